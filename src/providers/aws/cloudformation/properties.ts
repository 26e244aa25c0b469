import * as v from 'valibot'
import { bridgeEntries } from '../../properties/bridge-properties.ts'
import { SIGNING_REGION } from './region.ts'
import { STACK_NAME } from './stack-name.ts'
import { flag, integer, map, text } from '../../properties/property-schema.ts'

/**
 * The properties of `Custom::AwsCloudFormationStack`: the single source of their validation, their types and their JSON
 * Schema. Names and limits are CloudFormation's own:
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_CreateStack.html
 */

const scalar = v.union([v.string(), v.number(), v.boolean()])

const parameterValue = v.union(
  [scalar, v.array(scalar), v.strictObject({ UsePreviousValue: v.literal(true) })],
  'must be a string, a number, true, false, a list of these, or {UsePreviousValue: true}',
)

const templateText = v.union([text, map], 'must be a string or a map')

const roleArn = v.pipe(
  text,
  v.regex(
    /^arn:aws[a-z-]*:iam::\d{12}:role\/.+$/,
    'must be the ARN of an IAM role, such as arn:aws:iam::123456789012:role/Name',
  ),
)

/** https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html */
const assumeRole = v.strictObject({
  RoleArn: roleArn,
  ExternalId: v.optional(text),
  SessionName: v.optional(
    v.pipe(text, v.regex(/^[\w+=,.@-]{2,64}$/, 'must be 2 to 64 letters, digits or characters of _+=,.@-')),
  ),
  DurationSeconds: v.optional(integer(900, 43_200)),
  Endpoint: v.optional(text),
})

const tags = v.union(
  [v.record(text, scalar), v.array(v.strictObject({ Key: text, Value: scalar }))],
  'must be a map of tag to value, or a list of {Key, Value}',
)

const stackName = v.pipe(
  text,
  v.regex(STACK_NAME, 'must begin with a letter and hold only letters, digits and hyphens, 128 at most'),
)

const stack = v.strictObject({
  Name: v.optional(stackName),
  Template: v.optional(templateText),
  TemplateURL: v.optional(v.pipe(text, v.maxLength(5120, 'must be at most 5120 characters long'))),
  Parameters: v.optional(v.record(text, parameterValue, 'must be a map of parameter to value')),
  Capabilities: v.optional(
    v.array(v.picklist(['CAPABILITY_IAM', 'CAPABILITY_NAMED_IAM', 'CAPABILITY_AUTO_EXPAND'])),
  ),
  Tags: v.optional(tags),
  RoleARN: v.optional(roleArn),
  NotificationARNs: v.optional(v.pipe(v.array(text), v.maxLength(5, 'must name at most 5 topics'))),
  OnFailure: v.optional(v.picklist(['DO_NOTHING', 'ROLLBACK', 'DELETE'])),
  DisableRollback: v.optional(flag),
  TimeoutInMinutes: v.optional(integer(1, 43_200)),
  StackPolicyBody: v.optional(templateText),
  StackPolicyURL: v.optional(text),
  EnableTerminationProtection: v.optional(flag),
  ResourceTypes: v.optional(v.array(text)),
  RollbackConfiguration: v.optional(
    v.strictObject({
      RollbackTriggers: v.optional(v.array(v.strictObject({ Arn: text, Type: text }))),
      MonitoringTimeInMinutes: v.optional(integer(0, 180)),
    }),
  ),
  RetainResources: v.optional(v.array(text)),
  DeletionMode: v.optional(v.picklist(['STANDARD', 'FORCE_DELETE_STACK'])),
  RetainExceptOnCreate: v.optional(flag),
  /** Repairs a stack in UPDATE_ROLLBACK_FAILED before an update. */
  ContinueUpdateRollback: v.optional(flag),
  ResourcesToSkip: v.optional(v.array(text)),
})

const connection = {
  AccessKeyId: v.optional(text),
  AccessKeySecret: v.optional(text),
  SecurityToken: v.optional(text),
  RegionId: v.optional(v.pipe(text, v.regex(SIGNING_REGION, 'must be a region, such as us-east-1'))),
  AssumeRole: v.optional(assumeRole),
  Endpoint: v.optional(text),
}

const onDeleteFailed = v.array(v.picklist(['retry', 'retain', 'force']))

export const properties = v.strictObject({
  ...bridgeEntries,
  ...connection,
  Stack: v.pipe(
    stack,
    v.forward(
      v.check(
        (given) => given.Template !== undefined || given.TemplateURL !== undefined,
        'must be given, or TemplateURL',
      ),
      ['Template'],
    ),
    v.forward(
      v.check(
        (given) => given.Template === undefined || given.TemplateURL === undefined,
        'must not be given together with Template',
      ),
      ['TemplateURL'],
    ),
    v.forward(
      v.check(
        (given) => given.OnFailure === undefined || given.DisableRollback === undefined,
        'must not be given together with DisableRollback',
      ),
      ['OnFailure'],
    ),
    v.forward(
      v.check(
        (given) => given.StackPolicyBody === undefined || given.StackPolicyURL === undefined,
        'must not be given together with StackPolicyBody',
      ),
      ['StackPolicyURL'],
    ),
  ),
  OnDeleteFailed: v.optional(onDeleteFailed),
  SecretParameters: v.optional(v.array(text)),
})

export type AwsProperties = v.InferOutput<typeof properties>
export type StackProperties = AwsProperties['Stack']

/**
 * The properties that a Delete needs: where the stack is. All others may be invalid or missing, since the stack must be
 * deleted all the same.
 */
export const awsDeleteProperties = v.object({
  ...connection,
  Timeout: v.fallback(bridgeEntries.Timeout, undefined),
  OnDeleteFailed: v.fallback(v.optional(onDeleteFailed), undefined),
  Stack: v.fallback(
    v.object({
      Name: v.fallback(v.optional(stackName), undefined),
      RoleARN: v.fallback(v.optional(roleArn), undefined),
      RetainResources: v.fallback(v.optional(v.array(text)), undefined),
      DeletionMode: v.fallback(v.optional(v.picklist(['STANDARD', 'FORCE_DELETE_STACK'])), undefined),
    }),
    {},
  ),
})

export type AwsDeleteProperties = v.InferOutput<typeof awsDeleteProperties>

export type Connection = Pick<
  AwsProperties,
  'AccessKeyId' | 'AccessKeySecret' | 'SecurityToken' | 'RegionId' | 'AssumeRole' | 'Endpoint'
>
