import * as v from 'valibot'
import { isJsonValue, type JsonValue } from '../../../platform/json.ts'
import { bridgeEntries } from '../../properties/bridge-properties.ts'
import { huaweiConnection } from '../connection.ts'
import { flag, text } from '../../properties/property-schema.ts'
import { LONGEST_DESCRIPTION, MARK } from './marks.ts'
import { RFS_NAME } from '../rfs-name.ts'
import { VARIABLE_NAME } from '../tfvars.ts'

/**
 * The properties of `Custom::HuaweiRfsStack`: the single source of their validation, their types and their JSON Schema.
 * `Stack` is RFS's own request in Pascal case.
 * https://support.huaweicloud.com/intl/en-us/api-aos/CreateStack.html
 */

/** Characters. */
const LONGEST_BODY = 51_200
const LONGEST_URI = 2048
const LONGEST_VALUE = 2048
const MOST_VARIABLES = 100
const MOST_AGENCIES = 10

const stackName = v.pipe(
  text,
  v.regex(
    RFS_NAME,
    'must begin with a letter and hold only letters, digits, _ and -, 128 at most; Chinese characters count as letters',
  ),
)

const description = v.pipe(
  v.string('must be a string'),
  v.maxLength(
    LONGEST_DESCRIPTION,
    `must be at most ${String(LONGEST_DESCRIPTION)} characters long: RFS takes 1024, and the rest is for the owner's mark`,
  ),
  v.check((given) => !given.includes(MARK), `must not hold ${MARK}: it marks the owner`),
)

function body(instead: string) {
  const rule = `must be at most ${String(LONGEST_BODY)} characters long; give what is longer as ${instead}`
  return v.pipe(text, v.maxLength(LONGEST_BODY, rule))
}

const uri = v.pipe(text, v.maxLength(LONGEST_URI, `must be at most ${String(LONGEST_URI)} characters long`))

const json = v.custom<JsonValue>((given) => isJsonValue(given), 'must be a JSON value')

const variableName = v.pipe(
  text,
  v.regex(
    VARIABLE_NAME,
    'must be the name of a variable: letters, digits, _ and -, not beginning with a digit',
  ),
)

const varKey = v.pipe(
  text,
  v.regex(
    /^[A-Za-z][A-Za-z0-9_-]{0,31}$/,
    'must begin with a letter and hold only letters, digits, _ and -, 32 at most; give other variables as Parameters',
  ),
)

const varValue = v.pipe(
  v.union([v.string(), v.pipe(v.union([v.number(), v.boolean()]), v.transform(String))], 'must be a string'),
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
  v.forward(
    v.check(
      ({ AgencyName, AgencyUrn }) => (AgencyName === undefined) !== (AgencyUrn === undefined),
      'must be given, or else AgencyUrn, but not both',
    ),
    ['AgencyName'],
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

const stack = v.strictObject({
  Name: v.optional(stackName),
  Description: v.optional(description),
  TemplateBody: v.optional(body('TemplateUri')),
  TemplateUri: v.optional(uri),
  /** The variables, which keep their types and become `vars_body`. */
  Parameters: v.optional(v.record(variableName, json, 'must be a map of variable to value')),
  VarsStructure: v.optional(varsStructure),
  VarsBody: v.optional(body('VarsUri')),
  VarsUri: v.optional(uri),
  Agencies: v.optional(agencies),
  EnableDeletionProtection: v.optional(flag),
  EnableAutoRollback: v.optional(flag),
})

const checkedStack = v.pipe(
  stack,
  v.forward(
    v.check(
      (given) => given.TemplateBody === undefined || given.TemplateUri === undefined,
      'must not be given together with TemplateBody',
    ),
    ['TemplateUri'],
  ),
  v.forward(
    v.check(
      (given) => given.Parameters === undefined || given.VarsBody === undefined,
      'must not be given together with Parameters, which is the same in another form',
    ),
    ['VarsBody'],
  ),
  v.forward(
    v.check(
      ({ Parameters = {}, VarsStructure = [] }) =>
        VarsStructure.every(({ VarKey }) => !Object.hasOwn(Parameters, VarKey)),
      'must not hold a variable that Parameters holds too',
    ),
    ['VarsStructure'],
  ),
  v.forward(
    v.check(
      ({ VarsStructure = [] }) =>
        new Set(VarsStructure.map(({ VarKey }) => VarKey)).size === VarsStructure.length,
      'must hold each VarKey once',
    ),
    ['VarsStructure'],
  ),
  v.forward(
    v.check(
      ({ TemplateBody, TemplateUri, Parameters, VarsStructure, VarsBody, VarsUri }) =>
        TemplateBody !== undefined ||
        TemplateUri !== undefined ||
        [Parameters, VarsStructure, VarsBody, VarsUri].every((one) => one === undefined),
      'must be given, or TemplateUri, where there are variables',
    ),
    ['TemplateBody'],
  ),
)

const onDeleteFailed = v.array(v.picklist(['retry', 'retain']))

export const properties = v.strictObject({
  ...bridgeEntries,
  ...huaweiConnection,
  Stack: checkedStack,
  /** Continues a failed rollback before an Update. */
  ContinueRollback: v.optional(flag),
  RetainAllResources: v.optional(flag),
  OnDeleteFailed: v.optional(onDeleteFailed),
  SecretParameters: v.optional(v.array(text)),
})

export type RfsStackProperties = v.InferOutput<typeof properties>
export type StackProperties = RfsStackProperties['Stack']

/**
 * The properties that a Delete needs: where the stack is. All others may be invalid or missing, since the stack must be
 * deleted all the same.
 */
export const rfsStackDeleteProperties = v.object({
  ...huaweiConnection,
  Timeout: v.fallback(bridgeEntries.Timeout, undefined),
  RetainAllResources: v.fallback(v.optional(flag), undefined),
  OnDeleteFailed: v.fallback(v.optional(onDeleteFailed), undefined),
  Stack: v.fallback(v.object({ Name: v.fallback(v.optional(stackName), undefined) }), {}),
})

export type RfsStackDeleteProperties = v.InferOutput<typeof rfsStackDeleteProperties>
