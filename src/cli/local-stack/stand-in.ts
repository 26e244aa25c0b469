import type { JsonValue } from '../../platform/json.ts'
import { nearest } from '../../platform/nearest-name.ts'
import { GENERIC_TYPE, servedProviders } from '../../providers/registry.ts'
import type { JsonObject } from '../../platform/json.ts'
import { isJsonObject } from '../../platform/json.ts'
import {
  attributesOf,
  inventedAttributeOf,
  physicalIdOf,
} from '../../sandbox/alibaba-cloud/ros/resource-values.ts'
import type { ResourceContext } from '../../sandbox/resource-values.ts'

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

/** The account and the region in which a local ROS says that it is. */
export const LOCAL_ACCOUNT = '1234567890123456'
export const LOCAL_REGION = 'cn-hangzhou'

interface StandIn {
  readonly type: string
  readonly properties: JsonObject
}

export interface StackName {
  readonly stackId: string
  readonly stackName: string
}

/** The id of a resource that a local ROS stands in for, in the form that Alibaba Cloud gives its type. The same each time. */
export function inventedId(logicalId: string, resource: StandIn, stack: StackName): string {
  return physicalIdOf(resourceContextOf(logicalId, resource, stack))
}

/** An attribute of such a resource. */
export function inventedAttribute(
  logicalId: string,
  attribute: string,
  resource: StandIn,
  stack: StackName,
): JsonValue {
  const resourceContext = resourceContextOf(logicalId, resource, stack)
  const physicalId = physicalIdOf(resourceContext)
  const known = attributesOf(resourceContext, physicalId).get(attribute)
  return known ?? inventedAttributeOf(resourceContext, physicalId, attribute) ?? ''
}

function resourceContextOf(
  logicalId: string,
  { type, properties }: StandIn,
  { stackId, stackName }: StackName,
): ResourceContext {
  const place = { accountId: LOCAL_ACCOUNT, region: LOCAL_REGION }
  return { ...place, type, properties, stackName, logicalId, seed: `${stackId}/${logicalId}` }
}

/** What a ServiceToken may be; a local bridge does not use it. */
export const INVENTED_ARN = 'acs:fc:cn-hangzhou:1234567890123456:functions/stackbridge'
