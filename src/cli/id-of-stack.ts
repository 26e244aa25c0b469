import { isJsonObject, type JsonObject } from '../platform/json.ts'
import { providerRegistry, servedProviders, serviceOfId } from '../providers/registry.ts'
import { UsageError } from './usage-error.ts'

const WHERE_IDS_ARE = 'the reason of a FAILED answer ends with one'

/** The resource type of the stack that an id names. Throws `UsageError` for an id that does not name its cloud. */
export function typeOfId(id: string): string {
  const service = serviceOfId(id)
  if (service !== undefined) return service.resourceTypes[0]
  refuseMistakenId(id)
  throw new UsageError(`the id ${id} does not name its cloud; give --type with a resource type`)
}

/** Refuses a text that begins as the ids of stacks do, and is none. Throws `UsageError`. */
export function refuseMistakenId(id: string): void {
  if (/^(?:arn|acs|huaweicloud):/.test(id))
    throw new UsageError(`${id} is not the id of a stack as Stackbridge writes it; ${WHERE_IDS_ARE}`)
}

/**
 * Refuses an id that no stack of the event's resource type has. The bridge takes such an id for one that ROS made up, and looks
 * for a stack by its name: that would be another stack than the one that was asked for. Throws `UsageError`.
 */
export function checkIdOfType(id: string, event: JsonObject): void {
  const { ResourceType, ResourceProperties: properties = null } = event
  const type = typeof ResourceType === 'string' ? ResourceType : ''
  const provider = isJsonObject(properties) ? properties['Provider'] : undefined
  const resolved = providerRegistry.resolve(type, provider)
  // A type that is not served is told where the event is read.
  if (!resolved.ok) return
  const service = servedProviders.find(({ name }) => name === resolved.name)
  if (service?.writes(id) === false)
    throw new UsageError(
      `${id} is not the id of a stack of type ${type} as Stackbridge writes it; ${WHERE_IDS_ARE}`,
    )
}
