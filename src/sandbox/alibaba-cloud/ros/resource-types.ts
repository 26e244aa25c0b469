import { asText, isJsonObject, type JsonObject, type JsonValue } from '../../../platform/json.ts'
import {
  madeResource,
  resourceBehaviour,
  type MadeResource,
  type ResourceBehaviour,
} from '../../made-resource.ts'

/** Which resources the sandbox can make: a few as Alibaba Cloud makes them, any other with attributes of a general kind. */

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

/** What there can be only one of in the whole cloud. */
export function exclusiveName(type: string, properties: JsonObject): string | undefined {
  const name = properties['BucketName']
  return type === 'ALIYUN::OSS::Bucket' && name !== undefined ? asText(name) : undefined
}

/** How a `Sandbox::Resource` is to behave; any other behaves well. */
export function behaviourOf(type: string, properties: JsonValue): ResourceBehaviour {
  const given = type === 'Sandbox::Resource' && isJsonObject(properties) ? properties : {}
  return resourceBehaviour(given, 'failed as it was asked to')
}
