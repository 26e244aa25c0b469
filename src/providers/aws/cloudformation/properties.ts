import * as v from 'valibot'
import { fieldRule, notTogether } from '../../properties/field-rules.ts'
import { keyPairEntries } from '../../properties/key-pair.ts'
import { driftPolicyEntries } from '../../properties/drift-policy.ts'
import { planPolicyEntries } from '../../properties/plan-policy.ts'
import { flag, integer, text } from '../../properties/property-schema.ts'
import { ifValid, stackSchema, existingSchema } from '../../properties/stack-schemas.ts'
import { document, keyValueTags, names, scalar, textOfAtMost } from '../../properties/value-schemas.ts'
import { SIGNING_REGION } from './region.ts'
import { STACK_NAME } from './arn.ts'
import { suggestedRegion } from '../../identifiers/known-regions.ts'
import { AWS_REGIONS } from '../known-regions.ts'

/**
 * The properties of `Custom::AwsCloudFormationStack`: the single source of their validation, their types and their JSON
 * Schema. Names and limits are CloudFormation's own:
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_CreateStack.html
 */

const parameterValue = v.union(
  [scalar, v.array(scalar), v.strictObject({ UsePreviousValue: v.literal(true) })],
  'must be a string, a number, true, false, a list of these, or {UsePreviousValue: true}',
)

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

const stackName = v.pipe(
  text,
  v.regex(STACK_NAME, 'must begin with a letter and hold only letters, digits and hyphens, 128 at most'),
)

const deletionMode = v.picklist(['STANDARD', 'FORCE_DELETE_STACK'])

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_DeploymentConfig.html */
const deploymentConfig = v.strictObject({
  Mode: v.optional(v.picklist(['STANDARD', 'EXPRESS'])),
  DisableRollback: v.optional(flag),
})

const stack = v.pipe(
  v.strictObject({
    Name: v.optional(stackName),
    Template: v.optional(document),
    TemplateURL: v.optional(textOfAtMost(5120)),
    Parameters: v.optional(v.record(text, parameterValue, 'must be a map of parameter to value')),
    Capabilities: v.optional(
      v.array(v.picklist(['CAPABILITY_IAM', 'CAPABILITY_NAMED_IAM', 'CAPABILITY_AUTO_EXPAND'])),
    ),
    Tags: v.optional(keyValueTags),
    RoleARN: v.optional(roleArn),
    NotificationARNs: v.optional(v.pipe(names, v.maxLength(5, 'must name at most 5 topics'))),
    OnFailure: v.optional(v.picklist(['DO_NOTHING', 'ROLLBACK', 'DELETE'])),
    DisableRollback: v.optional(flag),
    TimeoutInMinutes: v.optional(integer(1, 43_200)),
    StackPolicyBody: v.optional(document),
    StackPolicyURL: v.optional(text),
    EnableTerminationProtection: v.optional(flag),
    ResourceTypes: v.optional(names),
    RollbackConfiguration: v.optional(
      v.strictObject({
        RollbackTriggers: v.optional(v.array(v.strictObject({ Arn: text, Type: text }))),
        MonitoringTimeInMinutes: v.optional(integer(0, 180)),
      }),
    ),
    RetainResources: v.optional(names),
    DeletionMode: v.optional(deletionMode),
    RetainExceptOnCreate: v.optional(flag),
    /** Repairs a stack in UPDATE_ROLLBACK_FAILED before an update. */
    ContinueUpdateRollback: v.optional(flag),
    ResourcesToSkip: v.optional(names),
    ForceRollback: v.optional(flag),
    /** Rolls back a stack in CREATE_FAILED or UPDATE_FAILED that DisableRollback has kept, before anything else. */
    RollbackStack: v.optional(flag),
    DisableValidation: v.optional(flag),
    DeploymentConfig: v.optional(deploymentConfig),
    StackPolicyDuringUpdateBody: v.optional(document),
    StackPolicyDuringUpdateURL: v.optional(text),
  }),
  fieldRule(
    'Template',
    ({ Template, TemplateURL }) => Template !== undefined || TemplateURL !== undefined,
    'must be given, or TemplateURL',
  ),
  notTogether('TemplateURL', 'Template'),
  notTogether('OnFailure', 'DisableRollback'),
  notTogether('StackPolicyURL', 'StackPolicyBody'),
  notTogether('StackPolicyDuringUpdateURL', 'StackPolicyDuringUpdateBody'),
  notTogether('ForceRollback', 'ResourcesToSkip'),
)

const region = v.pipe(
  text,
  v.regex(
    SIGNING_REGION,
    ({ input }) => `must be a region, such as us-east-1${suggestedRegion(input, AWS_REGIONS)}`,
  ),
)

const connection = {
  ...keyPairEntries,
  RegionId: v.optional(region),
  AssumeRole: v.optional(assumeRole),
  UseDualstackEndpoint: v.optional(flag),
  UseFipsEndpoint: v.optional(flag),
  Endpoint: v.optional(text),
}

const onDeleteFailed = v.array(v.picklist(['retry', 'retain', 'force']))

export const properties = stackSchema(connection, stack, {
  OnDeleteFailed: v.optional(onDeleteFailed),
  ...planPolicyEntries,
  ...driftPolicyEntries,
})

export type AwsProperties = v.InferOutput<typeof properties>
export type StackProperties = AwsProperties['Stack']

export const existingProperties = existingSchema(
  connection,
  {
    Name: ifValid(stackName),
    RoleARN: ifValid(roleArn),
    RetainResources: ifValid(names),
    DeletionMode: ifValid(deletionMode),
    DeploymentConfig: ifValid(deploymentConfig),
  },
  { OnDeleteFailed: ifValid(onDeleteFailed) },
)

export type ExistingAwsProperties = v.InferOutput<typeof existingProperties>

export type Connection = v.InferOutput<v.ObjectSchema<typeof connection, undefined>>
