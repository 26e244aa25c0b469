import * as v from 'valibot'
import { writeJson } from '../../../platform/json.ts'
import { fieldRule, notTogether } from '../../properties/field-rules.ts'
import { keyPairEntries } from '../../properties/key-pair.ts'
import { driftPolicyEntries } from '../../properties/drift-policy.ts'
import { planPolicyEntries } from '../../properties/plan-policy.ts'
import { flag, integer, map, text } from '../../properties/property-schema.ts'
import { ifValid, stackSchema, existingSchema } from '../../properties/stack-schemas.ts'
import { document, keyValueTags, names, scalar, textOfAtMost } from '../../properties/value-schemas.ts'
import { REGION } from './region.ts'
import { STACK_NAME } from './stack-id.ts'
import { suggestedRegion } from '../../identifiers/known-regions.ts'
import { ALIBABA_CLOUD_REGIONS } from '../known-regions.ts'

/**
 * The properties of `Custom::RosStack`: the single source of their validation, their types and their JSON Schema. Names and
 * limits are ROS's own: https://www.alibabacloud.com/help/en/ros/developer-reference/api-ros-2019-09-10-createstack
 */

const parameterValue = v.union(
  [scalar, v.array(v.unknown()), map],
  'must be a string, a number, true, false, a list or a map',
)
const LONGEST_POLICY_BYTES = 16_384
const policyText = v.pipe(
  document,
  v.check(
    (policy) =>
      Buffer.byteLength(typeof policy === 'string' ? policy : writeJson(policy)) <= LONGEST_POLICY_BYTES,
    `must have at most ${String(LONGEST_POLICY_BYTES)} bytes`,
  ),
)
const documentUrl = textOfAtMost(1350)
const ramRoleName = textOfAtMost(64)

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

const stackName = v.pipe(
  text,
  v.regex(
    STACK_NAME,
    'must begin with a letter and hold only letters, digits, hyphens and underscores, 255 at most',
  ),
)

const TEMPLATE_SOURCES = ['Template', 'TemplateBody', 'TemplateURL', 'TemplateId'] as const

type TemplateSources = { readonly [Name in (typeof TEMPLATE_SOURCES)[number]]?: unknown }

function sourcesIn(given: TemplateSources): readonly string[] {
  return TEMPLATE_SOURCES.filter((name) => given[name] !== undefined)
}

const stack = v.pipe(
  v.strictObject({
    Name: v.optional(stackName),
    Template: v.optional(document),
    TemplateBody: v.optional(document),
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
    Tags: v.optional(keyValueTags),
    DeletionProtection: v.optional(v.picklist(['Enabled', 'Disabled'])),
    ResourceGroupId: v.optional(text),
    NotificationURLs: v.optional(
      v.pipe(v.array(textOfAtMost(1024)), v.maxLength(5, 'must name at most 5 URLs')),
    ),
    ReplacementOption: v.optional(v.picklist(['Enabled', 'Disabled'])),
    Parallelism: v.optional(integer(0, 1_000_000)),
    RamRoleName: v.optional(ramRoleName),
    RetainResources: v.optional(names),
    RetainAllResources: v.optional(flag),
    DeleteOptions: v.optional(names),
    /** Continues a failed creation that an earlier attempt left without a rollback. */
    ContinueCreate: v.optional(flag),
    /** For `ContinueCreate`. */
    RecreatingResources: v.optional(names),
  }),
  fieldRule(
    'Template',
    (given) => sourcesIn(given).length > 0,
    'must be given, or TemplateURL or TemplateId',
  ),
  fieldRule(
    'Template',
    (given) => sourcesIn(given).length < 2,
    'must not be given together with another of Template, TemplateBody, TemplateURL and TemplateId',
  ),
  fieldRule(
    'TemplateVersion',
    ({ TemplateVersion, TemplateId }) => TemplateVersion === undefined || TemplateId !== undefined,
    'must be given together with TemplateId',
  ),
  notTogether('StackPolicyURL', 'StackPolicyBody'),
  notTogether('StackPolicyDuringUpdateURL', 'StackPolicyDuringUpdateBody'),
)

const region = v.pipe(
  text,
  v.regex(
    REGION,
    ({ input }) => `must be a region, such as cn-hangzhou${suggestedRegion(input, ALIBABA_CLOUD_REGIONS)}`,
  ),
)

const connection = {
  ...keyPairEntries,
  RegionId: v.optional(region),
  AssumeRole: v.optional(assumeRole),
  Endpoint: v.optional(text),
  StsEndpoint: v.optional(text),
}

const onDeleteFailed = v.array(v.picklist(['retry', 'retain']))

const MOST_DEPTH = 10

export const properties = v.strictObject({
  ...stackSchema(connection, stack, {
    OnDeleteFailed: v.optional(onDeleteFailed),
    ...planPolicyEntries,
    ...driftPolicyEntries,
  }).entries,
  /** How deep stacks may be nested that custom resources of this type make. */
  MaxDepth: v.optional(integer(1, MOST_DEPTH)),
})

export type RosProperties = v.InferOutput<typeof properties>
export type StackProperties = RosProperties['Stack']

export const existingProperties = existingSchema(
  connection,
  {
    Name: ifValid(stackName),
    RamRoleName: ifValid(ramRoleName),
    RetainResources: ifValid(names),
    RetainAllResources: ifValid(flag),
    DeleteOptions: ifValid(names),
  },
  { OnDeleteFailed: ifValid(onDeleteFailed) },
)

export type ExistingRosProperties = v.InferOutput<typeof existingProperties>

export type Connection = v.InferOutput<v.ObjectSchema<typeof connection, undefined>>
