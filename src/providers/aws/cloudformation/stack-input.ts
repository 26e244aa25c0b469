import type {
  CreateChangeSetCommandInput,
  CreateStackCommandInput,
  DeploymentConfig,
  ExecuteChangeSetCommandInput,
  Stack,
  Tag,
  UpdateStackCommandInput,
} from '@aws-sdk/client-cloudformation'
import { isJsonObject, type JsonValue } from '../../../platform/json.ts'
import type { Owner } from '../../provider.ts'
import { tagsWithMark, type Marking } from './ownership.ts'
import { toParameters } from './parameters.ts'
import type { StackProperties } from './properties.ts'
import { templateBody } from './template.ts'

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_CreateStack.html */
export function createInput(
  stack: StackProperties,
  name: string,
  owner: Owner,
  token: string,
): CreateStackCommandInput {
  return {
    ...sharedInput(stack, { owner, adopted: false }, token),
    StackName: name,
    ...withoutUndefined({
      OnFailure: stack.OnFailure,
      TimeoutInMinutes: stack.TimeoutInMinutes,
      EnableTerminationProtection: stack.EnableTerminationProtection,
    }),
  }
}

export interface UpdateParts {
  readonly stackId: string
  readonly marking: Marking
  /** The `ClientRequestToken`. */
  readonly token: string
  /** The property `Stack` of the request before. */
  readonly before: JsonValue | undefined
}

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_UpdateStack.html */
export function updateInput(
  stack: StackProperties,
  { stackId, marking, token, before }: UpdateParts,
): UpdateStackCommandInput {
  const shared = sharedInput(stack, marking, token)
  return {
    ...shared,
    ...withoutUndefined({
      ...removals(stack, before),
      StackPolicyDuringUpdateBody: templateBody(stack.StackPolicyDuringUpdateBody),
      StackPolicyDuringUpdateURL: stack.StackPolicyDuringUpdateURL,
    }),
    StackName: stackId,
  }
}

/**
 * An update that changes only the tags: everything else stays as the stack has it. `roleArn`: the stack's own role, where the
 * credentials may update stacks by this role only.
 */
export function tagsInput(
  stack: Stack,
  Tags: readonly Tag[],
  token: string,
  roleArn: string | undefined,
): UpdateStackCommandInput {
  return {
    StackName: stack.StackId,
    ClientRequestToken: token,
    UsePreviousTemplate: true,
    Parameters: (stack.Parameters ?? []).map(({ ParameterKey }) => ({
      ParameterKey,
      UsePreviousValue: true,
    })),
    Tags: [...Tags],
    ...withoutUndefined({ Capabilities: stack.Capabilities, RoleARN: roleArn }),
  }
}

/**
 * The same update as a change set. It carries no stack policy, and how failures are handled belongs to its execution.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_CreateChangeSet.html
 */
export function changeSetInput(update: UpdateStackCommandInput, name: string): CreateChangeSetCommandInput {
  const { StackName, TemplateBody, TemplateURL, UsePreviousTemplate, Parameters, Tags } = update
  const { Capabilities, RoleARN } = update
  const { NotificationARNs, ResourceTypes, RollbackConfiguration, DeploymentConfig, DisableValidation } =
    update
  return {
    StackName,
    ChangeSetName: name,
    ChangeSetType: 'UPDATE',
    ClientToken: name,
    IncludeNestedStacks: true,
    ...withoutUndefined({ TemplateBody, TemplateURL, UsePreviousTemplate, Parameters, Tags }),
    ...withoutUndefined({ Capabilities, RoleARN }),
    ...withoutUndefined({ NotificationARNs, ResourceTypes, RollbackConfiguration, DeploymentConfig }),
    ...withoutUndefined({ DisableValidation }),
  }
}

/** What belongs to the execution, and not to the change set. */
export type Execution = Pick<
  ExecuteChangeSetCommandInput,
  'ClientRequestToken' | 'DisableRollback' | 'RetainExceptOnCreate'
>

/** The rest of the update: what belongs to the execution of its change set. */
export function executionOf({
  ClientRequestToken,
  DisableRollback,
  RetainExceptOnCreate,
}: UpdateStackCommandInput): Execution {
  return withoutUndefined({ ClientRequestToken, DisableRollback, RetainExceptOnCreate })
}

/**
 * CloudFormation keeps what an update does not name: only an empty list removes topics and alarms. `before`: the `Stack` of
 * the old properties.
 */
function removals(
  { NotificationARNs, RollbackConfiguration: desired }: StackProperties,
  before: JsonValue | undefined,
): Pick<UpdateStackCommandInput, 'NotificationARNs' | 'RollbackConfiguration'> {
  if (before === undefined || !isJsonObject(before)) return {}
  const alarms = before['RollbackConfiguration']
  const had = isJsonObject(alarms) ? alarms : {}
  const gone = {
    ...(had['RollbackTriggers'] === undefined || desired?.RollbackTriggers !== undefined
      ? {}
      : { RollbackTriggers: [] }),
    ...(had['MonitoringTimeInMinutes'] === undefined || desired?.MonitoringTimeInMinutes !== undefined
      ? {}
      : { MonitoringTimeInMinutes: 0 }),
  }
  return {
    ...(before['NotificationARNs'] === undefined || NotificationARNs !== undefined
      ? {}
      : { NotificationARNs: [] }),
    ...(Object.keys(gone).length === 0
      ? {}
      : { RollbackConfiguration: { ...withoutUndefined(desired ?? {}), ...gone } }),
  }
}

function sharedInput(stack: StackProperties, marking: Marking, token: string) {
  return {
    ClientRequestToken: token,
    Parameters: toParameters(stack.Parameters),
    Tags: tagsWithMark(stack.Tags, marking),
    ...withoutUndefined({
      TemplateBody: templateBody(stack.Template),
      TemplateURL: stack.TemplateURL,
      Capabilities: stack.Capabilities,
      RoleARN: stack.RoleARN,
      NotificationARNs: stack.NotificationARNs,
      DisableRollback: stack.DisableRollback,
      StackPolicyBody: templateBody(stack.StackPolicyBody),
      StackPolicyURL: stack.StackPolicyURL,
      ResourceTypes: stack.ResourceTypes,
      RetainExceptOnCreate: stack.RetainExceptOnCreate,
      DisableValidation: stack.DisableValidation,
      DeploymentConfig: deploymentConfig(stack.DeploymentConfig),
    }),
    ...(stack.RollbackConfiguration === undefined
      ? {}
      : { RollbackConfiguration: withoutUndefined(stack.RollbackConfiguration) }),
  }
}

export function deploymentConfig(given: StackProperties['DeploymentConfig']): DeploymentConfig | undefined {
  return given === undefined ? undefined : withoutUndefined(given)
}

type Defined<T> = { [K in keyof T]?: Exclude<T[K], undefined> }

/** Only the given fields: the SDK's types, and the service, tell an absent field from an empty one. */
function withoutUndefined<T extends object>(fields: T): Defined<T> {
  const given: Defined<T> = {}
  for (const name in fields) {
    const value = fields[name]
    if (isDefined(value)) given[name] = value
  }
  return given
}

function isDefined<V>(value: V): value is Exclude<V, undefined> {
  return value !== undefined
}
