import { asText, type JsonObject } from '../../../platform/json.ts'
import { resourceBehaviour, type ResourceBehaviour } from '../../resource-behaviour.ts'
import { resourceDrift, type ResourceDrift } from '../../resource-drift.ts'
import { settingsOf } from '../../resource-settings.ts'
import type { ResourceDefinition } from './template.ts'

/**
 * The properties whose change replaces the resource, where ROS's reference does not allow them to be updated.
 * https://www.alibabacloud.com/help/en/ros/developer-reference/aliyun-oss-bucket
 * `Sandbox::Resource` has one of its own.
 */
export function createOnlyProperties(type: string): readonly string[] {
  switch (type) {
    case 'ALIYUN::OSS::Bucket':
      return ['BucketName']
    case 'Sandbox::Resource':
      return ['ReplacedBy']
    default:
      return []
  }
}

/** Whether a change of properties replaces the resource. */
export function isReplaced(type: string, before: JsonObject, after: JsonObject): boolean {
  return createOnlyProperties(type).some(
    (name) => JSON.stringify(before[name]) !== JSON.stringify(after[name]),
  )
}

/** The name of a resource that must be unique in the whole cloud. */
export function exclusiveName(type: string, properties: JsonObject): string | undefined {
  const name = properties['BucketName']
  return type === 'ALIYUN::OSS::Bucket' && name !== undefined ? asText(name) : undefined
}

/**
 * The behaviour that `Properties` of a Sandbox::Resource ask for, or `Metadata: {Sandbox: …}` of any other type. A wait condition
 * fails after its time, since no signal reaches the handles of the sandbox.
 * https://www.alibabacloud.com/help/en/ros/developer-reference/aliyun-ros-waitcondition
 */
export function behaviourOf(
  { type, metadata }: Pick<ResourceDefinition, 'type' | 'metadata'>,
  properties: JsonObject,
): ResourceBehaviour {
  if (type === 'ALIYUN::ROS::WaitCondition') {
    const { Timeout = 0, Count = 1 } = properties
    const Message = `WaitConditionTimeout: 0 of ${asText(Count)} received`
    return resourceBehaviour({ DelaySeconds: Timeout, FailOn: 'create', Message })
  }
  return resourceBehaviour(settingsOf({ type, metadata }, properties))
}

/** The drift that `Drift` asks for, in the same place. */
export function driftOf(
  definition: Pick<ResourceDefinition, 'type' | 'metadata'>,
  properties: JsonObject,
): ResourceDrift {
  return resourceDrift(settingsOf(definition, properties))
}
