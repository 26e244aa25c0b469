import { asText, isJsonList, type JsonObject } from '../../../platform/json.ts'
import { nearest } from '../../../platform/nearest-name.ts'
import { RESOURCE_TYPE_LIST } from '../../../resource-types/cloudformation-list.ts'
import { ResourceTypes } from '../../../resource-types/resource-types.ts'
import { changedProperties } from '../../changed-properties.ts'
import { resourceBehaviour, type ResourceBehaviour } from '../../resource-behaviour.ts'
import type { ResourceEvidence } from '../evidence/evidence-store.ts'
import { resourceDrift, type ResourceDrift } from '../../resource-drift.ts'
import { OWN_TYPE } from '../../resource-values.ts'
import { settingsOf } from '../../resource-settings.ts'
import type { HookResult } from './stack.ts'
import { type ResourceDefinition } from './template.ts'

const TYPES = new ResourceTypes(RESOURCE_TYPE_LIST)

/**
 * Whether a change of the property replaces the resource, as AWS's specification has it ("Update requires" of the reference);
 * `undefined`: the specification does not have the type. `Sandbox::Resource` has one property that does.
 */
export function replacementBy(type: string, property: string): 'yes' | 'maybe' | 'no' | undefined {
  if (type === OWN_TYPE) return property === 'ReplacedBy' ? 'yes' : 'no'
  const specified = TYPES.get(type)
  if (specified === undefined) return undefined
  if (specified.replacing.has(property)) return 'yes'
  return specified.mayReplace.has(property) ? 'maybe' : 'no'
}

/** What AWS's specification does not have, with the name that it is probably a misspelling of. */
export function unknownProperties(type: string, properties: JsonObject): string[] {
  const known = TYPES.get(type)?.properties
  if (known === undefined) return []
  return Object.keys(properties)
    .filter((name) => !known.includes(name))
    .map((name) => {
      const meant = nearest(name, known)
      return meant === undefined ? name : `${name} (did you mean ${meant}?)`
    })
}

/** Whether an update replaces the resource. Where that depends on the resource, it does not. */
export function isReplaced(type: string, before: JsonObject, after: JsonObject): boolean {
  return changedProperties(before, after).some((name) => replacementBy(type, name) === 'yes')
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

/**
 * The behaviour that `Properties` of a Sandbox::Resource ask for, or `Metadata: {Sandbox: …}` of any other type. A wait
 * condition fails after its time: no signal reaches the handles of the sandbox.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-cloudformation-waitcondition.html
 */
export function behaviourOf(definition: ResourceDefinition, properties: JsonObject): ResourceBehaviour {
  if (definition.type === 'AWS::CloudFormation::WaitCondition') {
    const Message = `WaitCondition timed out. Received 0 conditions when expecting ${asText(properties['Count'] ?? 1)}`
    return resourceBehaviour({ DelaySeconds: properties['Timeout'] ?? 0, FailOn: 'create', Message })
  }
  return resourceBehaviour(settingsOf(definition, properties))
}

/** The drift that `Drift` asks for, in the same place. */
export function driftOf(definition: ResourceDefinition, properties: JsonObject): ResourceDrift {
  return resourceDrift(settingsOf(definition, properties))
}

/** The hook that `Hook: FAIL` or `Hook: WARN` asks for, in the same place. It finds every resource non-compliant. */
export function hookOf(definition: ResourceDefinition, properties: JsonObject): HookResult | undefined {
  const { Hook, HookMessage } = settingsOf(definition, properties)
  return Hook === 'FAIL' || Hook === 'WARN'
    ? {
        type: 'Sandbox::Guard::Hook',
        mode: Hook,
        reason: `Hook failed with message: ${asText(HookMessage ?? 'the resource is not compliant')}`,
      }
    : undefined
}

/**
 * What other services show of the resource: `Log`, lines of its function's log or events of its service, `LogGroup`, where the
 * function writes them to, and `DeniedCall`.
 */
export function evidenceOf(definition: ResourceDefinition, properties: JsonObject): ResourceEvidence {
  const { Log = [], LogGroup, DeniedCall } = settingsOf(definition, properties)
  return {
    logGroup: LogGroup === undefined ? undefined : asText(LogGroup),
    lines: (isJsonList(Log) ? Log : [Log]).map(asText),
    deniedCall: DeniedCall === undefined ? undefined : asText(DeniedCall),
  }
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
