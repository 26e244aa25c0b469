import { parse } from 'yaml'
import { isJsonObject, isJsonList, type JsonObject, type JsonValue } from '../../platform/json.ts'

/** A ROS template to begin with. */
export interface Starter {
  /** As `stackbridge init` takes it. */
  readonly cloud: string
  /** The environment's variables that connect to the cloud, in words. */
  readonly credentials: string
  /** The logical id of the custom resource. */
  readonly resource: string
  /** The ROS template, YAML. Each of its parameters that the resource's `Parameters` refer to has a default. */
  readonly template: string
}

/** The event that ROS would send to create the starter's custom resource, with the template's defaults. */
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
  if (!isJsonObject(value)) throw new TypeError('A starter is a map where ROS wants one')
  return value
}
