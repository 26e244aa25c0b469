import * as v from 'valibot'
import { bridgeEntries } from '../../properties/bridge-properties.ts'
import { flag, integer, map, text } from '../../properties/property-schema.ts'
import { REGION } from './region.ts'
import { STACK_NAME } from './stack-id.ts'

/**
 * The properties of `Custom::RosStack`: the single source of their validation, their types and their JSON Schema. Names and
 * limits are ROS's own: https://www.alibabacloud.com/help/en/ros/developer-reference/api-ros-2019-09-10-createstack
 */

const scalar = v.union([v.string(), v.number(), v.boolean()])
const parameterValue = v.union(
  [scalar, v.array(v.unknown()), map],
  'must be a string, a number, true, false, a list or a map',
)
const templateText = v.union([text, map], 'must be a string or a map')
const LONGEST_POLICY_BYTES = 16_384
const policyText = v.pipe(
  templateText,
  v.check(
    (policy) =>
      Buffer.byteLength(typeof policy === 'string' ? policy : JSON.stringify(policy)) <= LONGEST_POLICY_BYTES,
    `must have at most ${String(LONGEST_POLICY_BYTES)} bytes`,
  ),
)
const documentUrl = v.pipe(text, v.maxLength(1350, 'must be at most 1350 characters long'))
const ramRoleName = v.pipe(text, v.maxLength(64, 'must be at most 64 characters long'))

/** https://www.alibabacloud.com/help/en/ram/developer-reference/api-sts-2015-04-01-assumerole */
const assumeRole = v.strictObject({
  RoleArn: v.pipe(
    text,
    v.regex(
      /^acs:ram::\d+:role\/.+$/,
      'must be the ARN of a RAM role, such as acs:ram::1234567890123456:role/name',
    ),
  ),
  ExternalId: v.optional(text),
  SessionName: v.optional(
    v.pipe(text, v.regex(/^[\w.@-]{2,64}$/, 'must be 2 to 64 letters, digits or characters of _.@-')),
  ),
  DurationSeconds: v.optional(integer(900, 43_200)),
})

const tags = v.union(
  [v.record(text, scalar), v.array(v.strictObject({ Key: text, Value: scalar }))],
  'must be a map of tag to value, or a list of {Key, Value}',
)

const stackName = v.pipe(
  text,
  v.regex(
    STACK_NAME,
    'must begin with a letter and hold only letters, digits, hyphens and underscores, 255 at most',
  ),
)

const deletion = {
  RamRoleName: v.optional(ramRoleName),
  RetainResources: v.optional(v.array(text)),
  RetainAllResources: v.optional(flag),
  DeleteOptions: v.optional(v.array(text)),
}

const stack = v.strictObject({
  Name: v.optional(stackName),
  Template: v.optional(templateText),
  TemplateBody: v.optional(templateText),
  TemplateURL: v.optional(documentUrl),
  TemplateId: v.optional(text),
  TemplateVersion: v.optional(text),
  Parameters: v.optional(v.record(text, parameterValue, 'must be a map of parameter to value')),
  UsePreviousParameters: v.optional(flag),
  TimeoutInMinutes: v.optional(integer(10, 1440)),
  DisableRollback: v.optional(flag),
  StackPolicyBody: v.optional(policyText),
  StackPolicyURL: v.optional(documentUrl),
  StackPolicyDuringUpdateBody: v.optional(policyText),
  StackPolicyDuringUpdateURL: v.optional(documentUrl),
  Tags: v.optional(tags),
  DeletionProtection: v.optional(v.picklist(['Enabled', 'Disabled'])),
  ResourceGroupId: v.optional(text),
  NotificationURLs: v.optional(
    v.pipe(
      v.array(v.pipe(text, v.maxLength(1024, 'must be at most 1024 characters long'))),
      v.maxLength(5, 'must name at most 5 URLs'),
    ),
  ),
  ReplacementOption: v.optional(v.picklist(['Enabled', 'Disabled'])),
  Parallelism: v.optional(integer(0, 1_000_000)),
  ...deletion,
  /** Continues a failed creation that an earlier attempt left without a rollback. */
  ContinueCreate: v.optional(flag),
  /** For `ContinueCreate`. */
  RecreatingResources: v.optional(v.array(text)),
})

const connection = {
  AccessKeyId: v.optional(text),
  AccessKeySecret: v.optional(text),
  SecurityToken: v.optional(text),
  RegionId: v.optional(v.pipe(text, v.regex(REGION, 'must be a region, such as cn-hangzhou'))),
  AssumeRole: v.optional(assumeRole),
  Endpoint: v.optional(text),
  StsEndpoint: v.optional(text),
}

const onDeleteFailed = v.array(v.picklist(['retry', 'retain']))

const TEMPLATE_SOURCES = ['Template', 'TemplateBody', 'TemplateURL', 'TemplateId'] as const

function sourcesIn(given: v.InferOutput<typeof stack>): readonly string[] {
  return TEMPLATE_SOURCES.filter((name) => given[name] !== undefined)
}

const MOST_DEPTH = 10

export const properties = v.strictObject({
  ...bridgeEntries,
  ...connection,
  Stack: v.pipe(
    stack,
    v.forward(
      v.check((given) => sourcesIn(given).length > 0, 'must be given, or TemplateURL or TemplateId'),
      ['Template'],
    ),
    v.forward(
      v.check(
        (given) => sourcesIn(given).length < 2,
        'must not be given together with another of Template, TemplateBody, TemplateURL and TemplateId',
      ),
      ['Template'],
    ),
    v.forward(
      v.check(
        (given) => given.TemplateVersion === undefined || given.TemplateId !== undefined,
        'must be given together with TemplateId',
      ),
      ['TemplateVersion'],
    ),
    v.forward(
      v.check(
        (given) => given.StackPolicyBody === undefined || given.StackPolicyURL === undefined,
        'must not be given together with StackPolicyBody',
      ),
      ['StackPolicyURL'],
    ),
    v.forward(
      v.check(
        (given) =>
          given.StackPolicyDuringUpdateBody === undefined || given.StackPolicyDuringUpdateURL === undefined,
        'must not be given together with StackPolicyDuringUpdateBody',
      ),
      ['StackPolicyDuringUpdateURL'],
    ),
  ),
  OnDeleteFailed: v.optional(onDeleteFailed),
  SecretParameters: v.optional(v.array(text)),
  /** How deep stacks may be nested that custom resources of this type make. */
  MaxDepth: v.optional(integer(1, MOST_DEPTH)),
})

export type RosProperties = v.InferOutput<typeof properties>
export type StackProperties = RosProperties['Stack']

/**
 * The properties that a Delete needs: where the stack is. All others may be invalid or missing, since the stack must be
 * deleted all the same.
 */
export const rosDeleteProperties = v.object({
  ...connection,
  Timeout: v.fallback(bridgeEntries.Timeout, undefined),
  OnDeleteFailed: v.fallback(v.optional(onDeleteFailed), undefined),
  Stack: v.fallback(
    v.object({
      Name: v.fallback(v.optional(stackName), undefined),
      RamRoleName: v.fallback(deletion.RamRoleName, undefined),
      RetainResources: v.fallback(deletion.RetainResources, undefined),
      RetainAllResources: v.fallback(deletion.RetainAllResources, undefined),
      DeleteOptions: v.fallback(deletion.DeleteOptions, undefined),
    }),
    {},
  ),
})

export type RosDeleteProperties = v.InferOutput<typeof rosDeleteProperties>

export type Connection = Pick<
  RosProperties,
  'AccessKeyId' | 'AccessKeySecret' | 'SecurityToken' | 'RegionId' | 'AssumeRole' | 'Endpoint' | 'StsEndpoint'
>
