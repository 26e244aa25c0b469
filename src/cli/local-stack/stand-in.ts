import type { JsonValue } from '../../platform/json.ts'
import { nearest } from '../../providers/properties/property-schema.ts'
import { GENERIC_TYPE, servedProviders } from '../../providers/registry.ts'
import type { JsonObject } from '../../platform/json.ts'
import { isJsonObject } from '../../platform/json.ts'

const SERVED_TYPES = servedProviders.flatMap(({ resourceTypes }) => resourceTypes)

/** Whether the bridge serves a resource of a ROS template; a local ROS stands in for all others. */
export function isServed(type: string, properties: JsonObject): boolean {
  if (type !== GENERIC_TYPE) return SERVED_TYPES.includes(type)
  const { Parameters: parameters } = properties
  const provider = parameters !== undefined && isJsonObject(parameters) ? parameters['Provider'] : undefined
  return servedProviders.some(({ name }) => name === provider)
}

/** What a user should know of a resource that a local ROS stands in for. */
export function standInNote(type: string): string {
  const near = type.startsWith('Custom::') ? nearest(type, SERVED_TYPES) : undefined
  const hint = near === undefined ? '' : `; did you mean ${near}?`
  return `stood in for: nothing was made, and its attributes are invented${hint}`
}

/** The id of a resource that a local ROS stands in for. */
export function inventedId(logicalId: string): string {
  return `invented-${logicalId.toLowerCase()}`
}

/** An attribute of such a resource; a list where its name says that it is one. It is the same each time. */
export function inventedAttribute(logicalId: string, attribute: string): JsonValue {
  const value =
    attribute.toLowerCase() === 'arn' ? INVENTED_ARN : `${inventedId(logicalId)}-${attribute.toLowerCase()}`
  return /(?:Ids|Addresses|List)$/.test(attribute) ? [value] : value
}

/** What a ServiceToken may be; a local bridge does not use it. */
export const INVENTED_ARN = 'acs:fc:cn-hangzhou:1234567890123456:functions/stackbridge'
