import { asText, isJsonObject, type JsonObject, type JsonValue } from '../../platform/json.ts'
import { withNested, type SandboxHeatResource, type SandboxHeatStack } from './heat/stack.ts'

const DEEPEST = 5
const SERVERS = /^\/servers\/([^/]+)$/

/** The part of Nova by which a failed server is explained. https://docs.openstack.org/api-ref/compute/#show-server-details */
export class SandboxNova {
  /** Whether the policy `os_compute_api:servers:show` allows the user to see servers. */
  mayShow = true
  readonly #stacks: () => Iterable<SandboxHeatStack>

  constructor(stacks: () => Iterable<SandboxHeatStack>) {
    this.#stacks = stacks
  }

  /** `path`: after the endpoint of the catalogue. Errors name their kind: https://docs.openstack.org/api-guide/compute/faults.html */
  answer(method: string, path: string): { readonly status: number; readonly body: JsonValue } {
    const [, id] = SERVERS.exec(path) ?? []
    if (method !== 'GET' || id === undefined)
      return fault(404, 'itemNotFound', 'The resource could not be found.')
    if (!this.mayShow)
      return fault(403, 'forbidden', "Policy doesn't allow os_compute_api:servers:show to be performed.")
    const server = this.#server(id)
    return server === undefined
      ? fault(404, 'itemNotFound', `Instance ${id} could not be found.`)
      : { status: 200, body: { server: shown(id, server) } }
  }

  #server(id: string): SandboxHeatResource | undefined {
    for (const stack of this.#stacks())
      for (const { resources } of withNested(stack, DEEPEST))
        for (const resource of resources.values())
          if (resource.mapped === 'OS::Nova::Server' && resource.physicalId === id) return resource
    return undefined
  }
}

/** A fault is there where the status is ERROR. Only administrators see its details. */
function shown(id: string, { name, failed, updatedAt, metadata }: SandboxHeatResource): JsonObject {
  if (!failed) return { id, name, status: 'ACTIVE' }
  const { Sandbox: given = null } = metadata
  const message = isJsonObject(given) ? given['Fault'] : undefined
  return {
    id,
    name,
    status: 'ERROR',
    fault: {
      code: 500,
      created: new Date(updatedAt).toISOString(),
      message: asText(message ?? 'No valid host was found. There are not enough hosts available.'),
    },
  }
}

function fault(status: number, kind: string, message: string) {
  return { status, body: { [kind]: { code: status, message } } }
}
