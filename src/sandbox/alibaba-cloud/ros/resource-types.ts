import { asText, isJsonObject, type JsonObject, type JsonValue } from '../../../platform/json.ts'

/** Which resources the sandbox can make: a few as Alibaba Cloud makes them, any other with attributes of a general kind. */

export interface Made {
  readonly physicalId: string
  readonly attributes: ReadonlyMap<string, JsonValue>
}

export function make(
  type: string,
  properties: JsonObject,
  { generatedName, region }: { readonly generatedName: string; readonly region: string },
): Made {
  switch (type) {
    case 'ALIYUN::OSS::Bucket': {
      const name = asText(properties['BucketName'] ?? generatedName.toLowerCase())
      return made(name, { Name: name, DomainName: `${name}.oss-${region}.aliyuncs.com` })
    }
    case 'ALIYUN::ECS::VPC': {
      const id = `vpc-${generatedName.slice(-12).toLowerCase()}`
      return made(id, { VpcId: id, VpcName: asText(properties['VpcName'] ?? '') })
    }
    default:
      return made(generatedName, properties)
  }
}

function made(physicalId: string, attributes: JsonObject): Made {
  return { physicalId, attributes: new Map(Object.entries(attributes)) }
}

/** What there can be only one of in the whole cloud. */
export function exclusiveName(type: string, properties: JsonObject): string | undefined {
  const name = properties['BucketName']
  return type === 'ALIYUN::OSS::Bucket' && name !== undefined ? asText(name) : undefined
}

export interface Behaviour {
  readonly delayMs: number | undefined
  /** `create`, `update`, `rollback`, `delete`. */
  readonly failOn: readonly string[]
  readonly message: string
}

/** How a `Sandbox::Resource` is to behave: `DelaySeconds`, `FailOn` (a list, parted by commas) and `Message`. */
export function behaviourOf(type: string, properties: JsonValue): Behaviour {
  const given = type === 'Sandbox::Resource' && isJsonObject(properties) ? properties : {}
  const { DelaySeconds, FailOn, Message } = given
  return {
    delayMs: DelaySeconds === undefined ? undefined : Number(DelaySeconds) * 1000,
    failOn: asText(FailOn ?? '').split(','),
    message: asText(Message ?? 'failed as it was asked to'),
  }
}
