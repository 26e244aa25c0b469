import * as v from 'valibot'
import { fieldRule, notTogether } from '../../properties/field-rules.ts'
import { planPolicyEntries } from '../../properties/plan-policy.ts'
import { flag, number, text } from '../../properties/property-schema.ts'
import { ifValid, stackSchema, existingSchema } from '../../properties/stack-schemas.ts'
import { huaweiConnection } from '../connection.ts'
import { markedDescription } from '../marked-description.ts'
import { rfsName, SAME_VARIABLES, templateBody, uri, variables, varsBody } from '../rfs-properties.ts'
import { LONGEST_DESCRIPTION, MARK } from './marks.ts'

/**
 * The properties of `Custom::HuaweiRfsStack`: the single source of their validation, their types and their JSON Schema.
 * `Stack` is RFS's own request in Pascal case.
 * https://support.huaweicloud.com/intl/en-us/api-aos/CreateStack.html
 */

/** Characters. */
const LONGEST_VALUE = 2048
const MOST_VARIABLES = 100
const MOST_AGENCIES = 10

const description = markedDescription(
  LONGEST_DESCRIPTION,
  "the owner's mark",
  [MARK],
  `must not hold ${MARK}, which marks the owner`,
)

const varKey = v.pipe(
  text,
  v.regex(
    /^[A-Za-z][A-Za-z0-9_-]{0,31}$/,
    'must begin with a letter and hold only letters, digits, _ and -, 32 at most; give other variables as Parameters',
  ),
)

const varValue = v.pipe(
  v.union([v.string(), v.pipe(v.union([number, v.boolean()]), v.transform(String))], 'must be a string'),
  v.maxLength(
    LONGEST_VALUE,
    `must be at most ${String(LONGEST_VALUE)} characters long; give what is longer as Parameters`,
  ),
)

const varsStructure = v.pipe(
  v.array(
    v.strictObject({
      VarKey: varKey,
      VarValue: varValue,
      Encryption: v.optional(v.strictObject({ Kms: v.strictObject({ Id: text, CipherText: text }) })),
    }),
    'must be a list of variables',
  ),
  v.maxLength(
    MOST_VARIABLES,
    `must be ${String(MOST_VARIABLES)} variables at most; give others as Parameters`,
  ),
)

const agency = v.pipe(
  v.strictObject({
    ProviderName: text,
    AgencyName: v.optional(text),
    AgencyUrn: v.optional(text),
  }),
  fieldRule(
    'AgencyName',
    ({ AgencyName, AgencyUrn }) => (AgencyName === undefined) !== (AgencyUrn === undefined),
    'must be given, or else AgencyUrn, but not both',
  ),
)

const agencies = v.pipe(
  v.array(agency, 'must be a list of agencies'),
  v.maxLength(MOST_AGENCIES, `must be ${String(MOST_AGENCIES)} agencies at most`),
  v.check(
    (given) => new Set(given.map(({ ProviderName }) => ProviderName)).size === given.length,
    'must name each ProviderName once',
  ),
)

const stack = v.pipe(
  v.strictObject({
    Name: v.optional(rfsName),
    Description: v.optional(description),
    TemplateBody: v.optional(templateBody),
    TemplateUri: v.optional(uri),
    Parameters: v.optional(variables),
    VarsStructure: v.optional(varsStructure),
    VarsBody: v.optional(varsBody),
    VarsUri: v.optional(uri),
    Agencies: v.optional(agencies),
    EnableDeletionProtection: v.optional(flag),
    EnableAutoRollback: v.optional(flag),
  }),
  notTogether('TemplateUri', 'TemplateBody'),
  notTogether('VarsBody', 'Parameters', SAME_VARIABLES),
  fieldRule(
    'VarsStructure',
    ({ Parameters = {}, VarsStructure = [] }) =>
      VarsStructure.every(({ VarKey }) => !Object.hasOwn(Parameters, VarKey)),
    'must not hold a variable that Parameters holds too',
  ),
  fieldRule(
    'VarsStructure',
    ({ VarsStructure = [] }) =>
      new Set(VarsStructure.map(({ VarKey }) => VarKey)).size === VarsStructure.length,
    'must hold each VarKey once',
  ),
  fieldRule(
    'TemplateBody',
    ({ TemplateBody, TemplateUri, Parameters, VarsStructure, VarsBody, VarsUri }) =>
      TemplateBody !== undefined ||
      TemplateUri !== undefined ||
      [Parameters, VarsStructure, VarsBody, VarsUri].every((one) => one === undefined),
    'must be given, or TemplateUri, where there are variables',
  ),
)

const onDeleteFailed = v.array(v.picklist(['retry', 'retain']))

export const properties = stackSchema(huaweiConnection, stack, {
  /** Continues a failed rollback before an Update. */
  ContinueRollback: v.optional(flag),
  RetainAllResources: v.optional(flag),
  OnDeleteFailed: v.optional(onDeleteFailed),
  ...planPolicyEntries,
})

export type RfsStackProperties = v.InferOutput<typeof properties>
export type StackProperties = RfsStackProperties['Stack']

export const existingProperties = existingSchema(
  huaweiConnection,
  { Name: ifValid(rfsName) },
  {
    RetainAllResources: ifValid(flag),
    OnDeleteFailed: ifValid(onDeleteFailed),
  },
)

export type ExistingRfsStackProperties = v.InferOutput<typeof existingProperties>
