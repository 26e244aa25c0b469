import * as v from 'valibot'
import { fieldRule, notTogether } from '../../properties/field-rules.ts'
import { driftPolicyEntries } from '../../properties/drift-policy.ts'
import { planPolicyEntries } from '../../properties/plan-policy.ts'
import { flag, integer, map, text } from '../../properties/property-schema.ts'
import { ifValid, stackSchema, existingSchema } from '../../properties/stack-schemas.ts'
import { certificates, document, names, textOfAtMost } from '../../properties/value-schemas.ts'
import { LONGEST_TAG, TAG_PREFIX } from './marks.ts'
import { STACK_NAME } from './stack-id.ts'

/**
 * The properties of `Custom::HeatStack`: the single source of their validation, their types and their JSON Schema.
 * `Auth` and the properties beside it have the names of `clouds.yaml`, `Stack` those of Heat's request, both in Pascal
 * case:
 * https://docs.openstack.org/python-openstackclient/latest/configuration/
 * https://docs.openstack.org/api-ref/orchestration/v1/#create-stack
 */

const auth = v.strictObject({
  ...v.entriesFromList(
    [
      'AuthUrl',
      'Username',
      'UserId',
      'Password',
      'UserDomainName',
      'UserDomainId',
      'ProjectName',
      'ProjectId',
      'ProjectDomainName',
      'ProjectDomainId',
      'Token',
      'ApplicationCredentialId',
      'ApplicationCredentialName',
      'ApplicationCredentialSecret',
    ],
    v.optional(text),
  ),
})

const connection = {
  Auth: v.optional(auth),
  AuthType: v.optional(v.picklist(['password', 'v3password', 'token', 'v3token', 'v3applicationcredential'])),
  RegionName: v.optional(text),
  Interface: v.optional(v.picklist(['public', 'internal', 'admin', 'publicURL', 'internalURL', 'adminURL'])),
  Endpoint: v.optional(text),
  CACert: v.optional(certificates),
  Insecure: v.optional(flag),
}

const stackName = v.pipe(
  text,
  v.regex(
    STACK_NAME,
    'must begin with a letter and hold only letters, digits and characters of _.-, 255 at most',
  ),
)

const tag = v.pipe(
  textOfAtMost(LONGEST_TAG),
  v.regex(/^[^,]*$/, 'must not hold a comma: Heat parts tags by it'),
  v.check(
    (given) => !given.startsWith(TAG_PREFIX),
    `must not begin with ${TAG_PREFIX}, which marks the owner`,
  ),
)

/** A file may be empty. */
const file = v.union([v.string(), map], 'must be a string or a map')

const stack = v.pipe(
  v.strictObject({
    Name: v.optional(stackName),
    Template: v.optional(document),
    TemplateURL: v.optional(text),
    Parameters: v.optional(v.record(text, v.unknown(), 'must be a map of parameter to value')),
    Environment: v.optional(document),
    Files: v.optional(v.record(text, file, 'must be a map of file name to content')),
    EnvironmentFiles: v.optional(names),
    TimeoutMins: v.optional(integer(1, 525_600)),
    DisableRollback: v.optional(flag),
    Tags: v.optional(v.array(tag, 'must be a list of tags')),
    /** An Update keeps the values that it does not give: the template, the environment, the parameters. */
    Existing: v.optional(flag),
    ClearParameters: v.optional(names),
  }),
  notTogether('TemplateURL', 'Template'),
  fieldRule(
    'ClearParameters',
    ({ ClearParameters, Existing }) => ClearParameters === undefined || Existing === true,
    'must be given together with Existing: true; without it no parameter keeps its value',
  ),
  fieldRule(
    'EnvironmentFiles',
    ({ EnvironmentFiles = [], Files = {} }) => EnvironmentFiles.every((name) => Object.hasOwn(Files, name)),
    'must name files whose content is given in Stack.Files',
  ),
)

const onDeleteFailed = v.array(v.picklist(['retry']))

export const properties = stackSchema(connection, stack, {
  OnDeleteFailed: v.optional(onDeleteFailed),
  ...planPolicyEntries,
  ...driftPolicyEntries,
})

export type HeatProperties = v.InferOutput<typeof properties>
export type StackProperties = HeatProperties['Stack']

export const existingProperties = existingSchema(
  connection,
  { Name: ifValid(stackName) },
  { OnDeleteFailed: ifValid(onDeleteFailed) },
)

export type ExistingHeatProperties = v.InferOutput<typeof existingProperties>

export type Connection = v.InferOutput<v.ObjectSchema<typeof connection, undefined>>
export type Auth = NonNullable<Connection['Auth']>
