import { isReadOnlyId, readerOf } from './identifiers/read-only-id.ts'
import type { ProviderRegistry, Resolved } from './provider.ts'
import { nearest } from '../platform/nearest-name.ts'
import type { Service } from './service.ts'
import * as services from './services.ts'

/** Each service that the bridge drives, in the order of the names in `services.ts`. */
export const servedProviders: readonly Service[] = Object.values(services)

/** ROS's own type for a custom resource; the property `Provider` says which cloud it means. */
export const GENERIC_TYPE = 'ALIYUN::ROS::CustomResource'

export const providerRegistry: ProviderRegistry = {
  resolve(resourceType, provider) {
    if (resourceType === GENERIC_TYPE) return byName(provider)
    const service = servedProviders.find(({ resourceTypes }) => resourceTypes.includes(resourceType))
    return service === undefined ? unknownType(resourceType) : { ok: true, ...loader(service) }
  },
  readerOf(physicalResourceId) {
    const name = readerOf(physicalResourceId)
    return name === undefined ? undefined : byName(name)
  },
  writersOf: (physicalResourceId) =>
    servedProviders
      .filter(({ name, writes }) => writes(physicalResourceId) || readerOf(physicalResourceId) === name)
      .map(({ name }) => name),
  isWritten: (physicalResourceId) =>
    isReadOnlyId(physicalResourceId) ||
    servedProviders.some(({ idScheme }) => physicalResourceId.startsWith(`${idScheme}:`)),
}

/**
 * The service whose stack a PhysicalResourceId names; `undefined` for an id of no cloud. Of several that write such ids it is
 * the one with the longest `idScheme`.
 */
export function serviceOfId(physicalResourceId: string): Service | undefined {
  return servedProviders
    .filter(({ writes }) => writes(physicalResourceId))
    .sort((one, other) => other.idScheme.length - one.idScheme.length)[0]
}

function byName(provider: unknown): Resolved {
  const service = servedProviders.find(({ name }) => name === provider)
  if (service !== undefined) return { ok: true, ...loader(service) }
  const names = servedProviders.map(({ name }) => name).join(', ')
  return { ok: false, problem: `Provider must be one of ${names} for a resource of type ${GENERIC_TYPE}` }
}

function unknownType(resourceType: string): Resolved {
  const types = [...servedProviders.flatMap((service) => service.resourceTypes), GENERIC_TYPE]
  const near = nearest(resourceType, types)
  const hint = near === undefined ? 'these are' : `did you mean ${near}? Served are`
  return {
    ok: false,
    problem: `The resource type ${resourceType} is not served; ${hint}: ${types.join(', ')}`,
  }
}

function loader({ name, load }: Service) {
  return { name, load }
}
