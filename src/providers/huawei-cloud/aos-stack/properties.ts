import * as v from 'valibot'
import { flag, integer, text } from '../../properties/property-schema.ts'
import { ifValid, stackSchema, existingSchema } from '../../properties/stack-schemas.ts'
import { jsonValue, textOfAtMost } from '../../properties/value-schemas.ts'
import { huaweiConnection } from '../connection.ts'
import { LABEL, LABEL_PREFIX, LONGEST_LABEL } from './owner-labels.ts'
import { STACK_NAME } from './stack-id.ts'

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
  TemplateId: textOfAtMost(LONGEST_TEMPLATE_ID),
  InputsJson: v.optional(v.record(v.string(), jsonValue, 'must be a map of input to value')),
  Force: v.optional(flag),
  Labels: v.optional(labels),
  Namespace: v.optional(text),
  ClusterId: v.optional(text),
  ActionParameters: v.optional(actionParameters),
})

const onDeleteFailed = v.array(v.picklist(['retry', 'force']))

export const properties = stackSchema(huaweiConnection, stack, {
  /** Whether the bridge marks the stack as its own by labels. */
  OwnerLabels: v.optional(flag),
  OnDeleteFailed: v.optional(onDeleteFailed),
})

export type AosStackProperties = v.InferOutput<typeof properties>
export type StackProperties = AosStackProperties['Stack']

export const existingProperties = existingSchema(
  huaweiConnection,
  { Name: ifValid(stackName) },
  { OnDeleteFailed: ifValid(onDeleteFailed) },
)

export type ExistingAosStackProperties = v.InferOutput<typeof existingProperties>
