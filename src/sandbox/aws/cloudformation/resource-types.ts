import { asText, isJsonObject, type JsonObject } from '../../../platform/json.ts'
import { resourceBehaviour, type ResourceBehaviour } from '../../resource-behaviour.ts'
import type { HookResult } from './stack.ts'
import { type ResourceDefinition } from './template.ts'

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
