import type { Diagnosis, Evidence } from '../../diagnosis/diagnosis.ts'
import { failedResources } from '../../diagnosis/failures.ts'
import { nestedFailures } from '../../diagnosis/nested-failures.ts'
import { Readings } from '../../diagnosis/readings.ts'
import { CloudError } from '../../provider.ts'
import type { NameAndId } from './client.ts'
import { heatEvents, type HeatClassifiedEvent } from './diagnosis/classified-events.ts'
import { OpenStackReader, type ShownResource, type ShownServer } from './diagnosis/openstack-reader.ts'
import { UUID } from './reason.ts'
import type { SessionSetup } from './session-setup.ts'
import { formatStackId } from './stack-id.ts'

/** Causes about which more than their events is read. The likely one is the first. */
const MOST_CAUSES = 10
/** Failed resources that are read themselves. */
const MOST_RESOURCES = 30
const SERVER_TYPES = ['OS::Nova::Server', 'AWS::EC2::Instance']

/**
 * What Heat tells of the latest operation that failed on the setup's stack, through nested stacks, each failed resource's own
 * status, and Nova's fault of a failed server. Reads only.
 */
export async function diagnoseHeat(setup: SessionSetup): Promise<Diagnosis | undefined> {
  const { client, stack: asked } = setup
  const readings = new Readings()
  const project = await client.projectId()
  if (asked.by === 'id' && asked.id.project !== project)
    throw new CloudError(
      'rejected',
      `Stack ${asked.id.name} is in the project ${asked.id.project}, and the credentials are for the project ${project}`,
    )
  const place = asked.by === 'id' ? asked.id : await client.locate(asked.name)
  if (place === undefined) return undefined
  const unseen = { stack_status: undefined }
  const shown = await readings.tried<{ readonly stack_status: string | undefined } | undefined>(
    { action: 'stacks:show of Heat', tells: "the stack's status", otherwise: unseen },
    () => client.show(place, { outputs: false }),
  )
  if (shown === undefined) return undefined
  const classifiedEvents = await nestedFailures(heatEvents(client, readings), place, readings)
  const failureEvidence = new FailureEvidence(new OpenStackReader(client.options), readings)
  const seen = await failureEvidence.ask(classifiedEvents)
  const typed = classifiedEvents.map((classified) => ({
    ...classified,
    type: classified.type === '?' ? (seen.typeOf(classified.path) ?? '?') : classified.type,
  }))
  return {
    stack: { id: formatStackId({ project, name: place.name, id: place.id }), name: place.name },
    status: shown.stack_status,
    isAtWork: shown.stack_status?.endsWith('_IN_PROGRESS') === true,
    failures: failedResources(typed, (path) => seen.evidence.get(path) ?? []),
    missing: readings.missing,
    notes: readings.notes,
  }
}

/** What a resource itself and its server say, by the resources' paths. */
class FailureEvidence {
  readonly #reader: OpenStackReader
  readonly #readings: Readings

  constructor(reader: OpenStackReader, readings: Readings) {
    this.#reader = reader
    this.#readings = readings
  }

  async ask(classifiedEvents: readonly HeatClassifiedEvent[]) {
    const evidence = new Map<string, readonly Evidence[]>()
    const shown = new Map<string, ShownResource | undefined>()
    const failed = classifiedEvents.filter((one) => one.failure !== 'none' && !one.isOwn)
    // Events in a list have no types.
    for (const { path, place, event } of failed)
      if (!shown.has(path) && shown.size < MOST_RESOURCES)
        shown.set(path, await this.#resource(place, event.resource_name ?? '?'))
    for (const cause of failed.filter(({ failure }) => failure === 'cause').slice(0, MOST_CAUSES)) {
      const resource = shown.get(cause.path)
      const type = resource?.resource_type ?? cause.type
      const id = resource?.physical_resource_id ?? cause.physicalId ?? ''
      const server = SERVER_TYPES.includes(type) && UUID.test(id) ? await this.#server(id, cause.path) : []
      evidence.set(cause.path, [...ownStatus(resource, cause), ...server])
    }
    return { evidence, typeOf: (path: string) => shown.get(path)?.resource_type }
  }

  #resource(stack: NameAndId, name: string): Promise<ShownResource | undefined> {
    const right = { action: 'resource:show of Heat', tells: "a resource's own status", otherwise: undefined }
    return this.#readings.tried<ShownResource | undefined>(right, () => this.#reader.resource(stack, name))
  }

  async #server(id: string, path: string): Promise<Evidence[]> {
    const server = await this.#readings.tried<SeenServer>(
      { action: 'os_compute_api:servers:show of Nova', tells: 'the fault of a server', otherwise: NOT_READ },
      () => this.#reader.server(id),
    )
    if (server === NOT_READ) return []
    if (server === undefined) {
      this.#readings.note(
        `Nova no longer has the server of ${path}: a rollback or a replacement has deleted it.`,
      )
      return []
    }
    const { fault, status } = server
    if (fault === undefined) return [{ source: 'Nova server', text: `status ${status}, without a fault` }]
    const at = Date.parse(fault.created)
    const code = fault.code === undefined ? '' : ` (code ${String(fault.code)})`
    const details = fault.details === undefined || fault.details === null ? '' : `: ${fault.details}`
    return [
      {
        source: 'Nova server fault',
        ...(Number.isNaN(at) ? {} : { at }),
        text: `${fault.message}${code}${details}`,
      },
    ]
  }
}

const NOT_READ = 'not read'
type SeenServer = ShownServer | typeof NOT_READ | undefined

/** Only where it says more than the event. */
function ownStatus(resource: ShownResource | undefined, { reason = '' }: HeatClassifiedEvent): Evidence[] {
  const own = resource?.resource_status_reason ?? ''
  if (resource === undefined || own === '' || own === 'state changed' || reason.includes(own)) return []
  return [{ source: 'Heat resource', text: `${resource.resource_status}: ${own}` }]
}
