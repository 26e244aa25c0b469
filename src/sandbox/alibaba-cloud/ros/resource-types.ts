import { asText, isJsonObject, type JsonObject, type JsonValue } from '../../../platform/json.ts'
import {
  madeResource,
  resourceBehaviour,
  type MadeResource,
  type ResourceBehaviour,
} from '../../made-resource.ts'

/** The resource types of the sandbox: a few as in Alibaba Cloud. Any other type gets its properties as attributes. */

export function make(
  type: string,
  properties: JsonObject,
  { generatedName, region }: { readonly generatedName: string; readonly region: string },
): MadeResource {
  switch (type) {
    case 'ALIYUN::OSS::Bucket': {
      const name = asText(properties['BucketName'] ?? generatedName.toLowerCase())
      return madeResource(name, { Name: name, DomainName: `${name}.oss-${region}.aliyuncs.com` })
    }
    case 'ALIYUN::ECS::VPC': {
      const id = `vpc-${generatedName.slice(-12).toLowerCase()}`
      return madeResource(id, { VpcId: id, VpcName: asText(properties['VpcName'] ?? '') })
    }
    default:
      return madeResource(generatedName, properties)
  }
}

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

/** The name of a resource that must be unique in the whole cloud. */
export function exclusiveName(type: string, properties: JsonObject): string | undefined {
  const name = properties['BucketName']
  return type === 'ALIYUN::OSS::Bucket' && name !== undefined ? asText(name) : undefined
}

/**
 * The behaviour that the properties of a `Sandbox::Resource` ask for. A wait condition fails after its time, since no signal
 * reaches the handles of the sandbox; any other type succeeds.
 * https://www.alibabacloud.com/help/en/ros/developer-reference/aliyun-ros-waitcondition
 */
export function behaviourOf(type: string, properties: JsonValue): ResourceBehaviour {
  if (type === 'ALIYUN::ROS::WaitCondition' && isJsonObject(properties)) {
    const { Timeout = 0, Count = 1 } = properties
    const Message = `WaitConditionTimeout: 0 of ${asText(Count)} received`
    return resourceBehaviour({ DelaySeconds: Timeout, FailOn: 'create', Message })
  }
  const given = type === 'Sandbox::Resource' && isJsonObject(properties) ? properties : {}
  return resourceBehaviour(given)
}
