import { asText, isJsonObject, type JsonObject } from '../../../platform/json.ts'
import {
  madeResource,
  resourceBehaviour,
  type MadeResource,
  type ResourceBehaviour,
} from '../../made-resource.ts'
import type { HookResult } from './stack.ts'
import { type ResourceDefinition } from './template.ts'

/** The resource types of the sandbox: a few as in AWS. Any other type gets a name, an id and an ARN. */

export interface Making {
  readonly accountId: string
  readonly region: string
  readonly stackName: string
  readonly logicalId: string
  /** Twelve characters in [A-Z0-9]. */
  readonly suffix: string
}

export function make(type: string, properties: JsonObject, making: Making): MadeResource {
  const { accountId, region, suffix } = making
  const given = (name: string) => (properties[name] === undefined ? undefined : asText(properties[name]))
  const generated = `${making.stackName}-${making.logicalId}-${suffix}`
  switch (type) {
    case 'AWS::S3::Bucket': {
      const name = given('BucketName') ?? generated.toLowerCase()
      return madeResource(name, {
        Arn: `arn:aws:s3:::${name}`,
        DomainName: `${name}.s3.amazonaws.com`,
        RegionalDomainName: `${name}.s3.${region}.amazonaws.com`,
      })
    }
    case 'AWS::SNS::Topic': {
      const name = given('TopicName') ?? generated
      const arn = `arn:aws:sns:${region}:${accountId}:${name}`
      return madeResource(arn, { TopicArn: arn, TopicName: name })
    }
    case 'AWS::SQS::Queue': {
      const name = given('QueueName') ?? generated
      const url = `https://sqs.${region}.amazonaws.com/${accountId}/${name}`
      return madeResource(url, {
        Arn: `arn:aws:sqs:${region}:${accountId}:${name}`,
        QueueName: name,
        QueueUrl: url,
      })
    }
    case 'AWS::IAM::Role': {
      const name = given('RoleName') ?? generated
      return madeResource(name, { Arn: `arn:aws:iam::${accountId}:role/${name}`, RoleId: `AROA${suffix}` })
    }
    case 'AWS::EC2::VPC': {
      const id = `vpc-0${suffix.toLowerCase()}`
      return madeResource(id, { VpcId: id, CidrBlock: given('CidrBlock') ?? '10.0.0.0/16' })
    }
    case 'AWS::CloudFormation::WaitConditionHandle':
      return madeResource(`https://cloudformation-waitcondition-${region}.s3.amazonaws.com/${suffix}`, {})
    case 'Sandbox::Resource':
      return madeResource(generated, {
        ...properties,
        Arn: `arn:aws:sandbox:${region}:${accountId}:${generated}`,
      })
    default:
      return madeResource(given('Name') ?? generated, {
        Arn: `arn:aws:${(type.split('::')[1] ?? 'any').toLowerCase()}:${region}:${accountId}:${generated}`,
        Id: generated,
        Name: given('Name') ?? generated,
      })
  }
}

/**
 * The properties whose change replaces the resource, as the reference of each type says ("Update requires: Replacement").
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-template-resource-type-ref.html
 * `Sandbox::Resource` has one of its own.
 */
export function createOnlyProperties(type: string): readonly string[] {
  switch (type) {
    case 'AWS::S3::Bucket':
      return ['BucketName']
    case 'AWS::SNS::Topic':
      return ['TopicName']
    case 'AWS::SQS::Queue':
      return ['QueueName']
    case 'AWS::IAM::Role':
      return ['RoleName']
    case 'AWS::EC2::VPC':
      return ['CidrBlock']
    case 'Sandbox::Resource':
      return ['ReplacedBy']
    default:
      return []
  }
}

/** Whether the sandbox knows which properties of the type replace a resource. */
export function isKnownType(type: string): boolean {
  return createOnlyProperties(type).length > 0
}

/** The property that names a resource whose name must be unique in the cloud or account. */
export function exclusiveProperty(type: string): string | undefined {
  return type === 'AWS::S3::Bucket' ? 'BucketName' : type === 'AWS::IAM::Role' ? 'RoleName' : undefined
}

/** The name of a resource that must be unique in the cloud or account. A second resource with that name fails. */
export function exclusiveName(type: string, properties: JsonObject): string | undefined {
  const name = properties[exclusiveProperty(type) ?? '']
  return typeof name === 'string' ? `${type}/${name}` : undefined
}

/** The behaviour that `Properties` of a Sandbox::Resource ask for, or `Metadata: {Sandbox: …}` of any other type. */
export function behaviourOf(definition: ResourceDefinition, properties: JsonObject): ResourceBehaviour {
  return resourceBehaviour(behaviourProperties(definition, properties))
}

function behaviourProperties({ type, metadata }: ResourceDefinition, properties: JsonObject): JsonObject {
  const given = metadata['Sandbox']
  return type === 'Sandbox::Resource' ? properties : isJsonObject(given) ? given : {}
}

/** The hook that `Hook: FAIL` or `Hook: WARN` asks for, in the same place. It finds every resource non-compliant. */
export function hookOf(definition: ResourceDefinition, properties: JsonObject): HookResult | undefined {
  const { Hook, HookMessage } = behaviourProperties(definition, properties)
  return Hook === 'FAIL' || Hook === 'WARN'
    ? {
        type: 'Sandbox::Guard::Hook',
        mode: Hook,
        reason: `Hook failed with message: ${asText(HookMessage ?? 'the resource is not compliant')}`,
      }
    : undefined
}

/**
 * The capability that a resource requires, if any.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_CreateStack.html
 */
export function capabilityFor(
  type: string,
  properties: JsonObject,
): 'CAPABILITY_IAM' | 'CAPABILITY_NAMED_IAM' | undefined {
  if (!type.startsWith('AWS::IAM::')) return undefined
  const named = [
    'RoleName',
    'UserName',
    'GroupName',
    'PolicyName',
    'InstanceProfileName',
    'ManagedPolicyName',
  ]
  return named.some((name) => properties[name] !== undefined) ? 'CAPABILITY_NAMED_IAM' : 'CAPABILITY_IAM'
}
