import { parse } from 'yaml'
import { isJsonObject, isJsonList, type JsonObject, type JsonValue } from '../../platform/json.ts'
import type { Starter } from './starter.ts'

/** The event that ROS sends to create the starter's custom resource, with the template's defaults. */
export function createEventOf({ resource, template }: Starter): JsonObject {
  const ros = mapOf(parse(template))
  const defaults = new Map(
    Object.entries(mapOf(ros['Parameters'])).map(([name, parameter]) => [name, mapOf(parameter)['Default']]),
  )
  const { Type = null, Properties = null } = mapOf(mapOf(ros['Resources'])[resource])
  return {
    RequestType: 'Create',
    ResourceType: Type,
    LogicalResourceId: resource,
    StackName: 'my-ros-stack',
    ResourceProperties: resolved(mapOf(Properties)['Parameters'] ?? {}, defaults),
  }
}

function resolved(value: JsonValue, defaults: ReadonlyMap<string, JsonValue | undefined>): JsonValue {
  if (isJsonList(value)) return value.map((one) => resolved(one, defaults))
  if (!isJsonObject(value)) return value
  const { Ref, ...rest } = value
  if (typeof Ref === 'string' && Object.keys(rest).length === 0) return defaults.get(Ref) ?? null
  return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, resolved(one, defaults)]))
}

function mapOf(value: unknown): JsonObject {
  if (!isJsonObject(value)) throw new TypeError('A starter template must have a map here')
  return value
}
