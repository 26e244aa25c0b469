import * as v from 'valibot'
import { isJsonValue, type JsonValue } from '../../../platform/json.ts'
import { bridgeEntries } from '../../properties/bridge-properties.ts'
import { huaweiConnection } from '../connection.ts'
import { flag, integer, text } from '../../properties/property-schema.ts'
import { LABEL, LABEL_PREFIX, LONGEST_LABEL } from './owner-labels.ts'
import { STACK_NAME } from './stack-name.ts'

/**
 * The properties of `Custom::HuaweiAosStack`: the single source of their validation, their types and their JSON Schema.
 * `Stack` is the request of `POST /v2/stacks` in Pascal case.
 * https://support.huaweicloud.com/intl/en-us/api-aos/aos_02_0024.html
 */

const LONGEST_TEMPLATE_ID = 64
const LONGEST_TIMEOUT_MINUTES = 1440

const stackName = v.pipe(
  text,
  v.regex(
    STACK_NAME,
    'must hold only lowercase letters, digits and -, 63 at most, and neither begin nor end with -',
  ),
)

const json = v.custom<JsonValue>((given) => isJsonValue(given), 'must be a JSON value')

const labelRule =
  `must be labels whose keys and values have at most ${String(LONGEST_LABEL)} characters: letters, digits, _, - and ., ` +
  'the first one neither - nor .'

function isLabel(given: string): boolean {
  return given.length <= LONGEST_LABEL && LABEL.test(given)
}

const labels = v.pipe(
  v.record(v.string(), v.string('must be a string'), 'must be a map of label to value'),
  v.check((given) => Object.entries(given).flat().every(isLabel), labelRule),
  v.check(
    (given) => Object.keys(given).every((key) => !key.startsWith(LABEL_PREFIX)),
    `must not hold a label that begins with ${LABEL_PREFIX}: these mark the owner`,
  ),
)

const actionParameters = v.strictObject({
  FailureStrategy: v.optional(v.picklist(['DoNothing', 'Rollback'])),
  AutoCreate: v.optional(flag),
  /** Minutes. */
  Timeout: v.optional(integer(1, LONGEST_TIMEOUT_MINUTES)),
})

const stack = v.strictObject({
  Name: v.optional(stackName),
  Description: v.optional(v.string('must be a string')),
  TemplateId: v.pipe(
    text,
    v.maxLength(LONGEST_TEMPLATE_ID, `must be at most ${String(LONGEST_TEMPLATE_ID)} characters long`),
  ),
  InputsJson: v.optional(v.record(v.string(), json, 'must be a map of input to value')),
  Force: v.optional(flag),
  Labels: v.optional(labels),
  Namespace: v.optional(text),
  ClusterId: v.optional(text),
  ActionParameters: v.optional(actionParameters),
})

const onDeleteFailed = v.array(v.picklist(['retry', 'force']))

export const properties = v.strictObject({
  ...bridgeEntries,
  ...huaweiConnection,
  Stack: stack,
  /** Whether the bridge marks the stack as its own by labels. */
  OwnerLabels: v.optional(flag),
  OnDeleteFailed: v.optional(onDeleteFailed),
  SecretParameters: v.optional(v.array(text)),
})

export type AosStackProperties = v.InferOutput<typeof properties>
export type StackProperties = AosStackProperties['Stack']

/**
 * The properties that a Delete needs: where the stack is. All others may be invalid or missing, since the stack must be
 * deleted all the same.
 */
export const aosStackDeleteProperties = v.object({
  ...huaweiConnection,
  Timeout: v.fallback(bridgeEntries.Timeout, undefined),
  OnDeleteFailed: v.fallback(v.optional(onDeleteFailed), undefined),
  Stack: v.fallback(v.object({ Name: v.fallback(v.optional(stackName), undefined) }), {}),
})

export type AosStackDeleteProperties = v.InferOutput<typeof aosStackDeleteProperties>
