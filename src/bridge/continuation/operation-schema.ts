import * as v from 'valibot'
import { isJsonObject, isJsonValue, type JsonObject } from '../../platform/json.ts'
import type { Outputs, StackRef, Watch } from '../../providers/provider.ts'
import type { Failure, Observe, Operation, Policy, Step, Verdict } from '../operation.ts'

/** An `Operation` as it comes back from JSON: nothing but what the bridge itself writes is taken. */

const time = v.pipe(v.number(), v.finite())
const count = v.pipe(v.number(), v.integer(), v.minValue(0))
const optionalText = v.optional(v.string())
const map = v.custom<JsonObject>((value) => isJsonObject(value) && isJsonValue(value), 'must be a map')
const outputs: v.GenericSchema<unknown, Outputs> = map

const stack: v.GenericSchema<unknown, StackRef> = v.strictObject({ id: v.string(), name: v.string() })

const watch: v.GenericSchema<unknown, Watch> = v.strictObject({
  kind: v.picklist(['create', 'update', 'delete', 'repair', 'read']),
  stack,
  marker: map,
})

const policy: v.GenericSchema<unknown, Policy> = v.strictObject({
  onExisting: v.picklist(['own', 'never', 'any']),
  onTimeout: v.picklist(['leave', 'cancel', 'delete']),
  deleteAttempts: count,
  repair: v.boolean(),
  pollMinMs: count,
  pollMaxMs: count,
})

const then = v.picklist(['answer', 'create'])

const observe: v.GenericSchema<unknown, Observe> = v.strictObject({
  at: v.literal('observe'),
  watch,
  since: time,
  status: optionalText,
  doubts: count,
  attempt: count,
  then,
})

const failure: v.GenericSchema<unknown, Failure> = v.strictObject({
  status: optionalText,
  statusReason: optionalText,
  advice: optionalText,
})

const verdict: v.GenericSchema<unknown, Verdict> = v.union([
  v.strictObject({
    status: v.literal('SUCCESS'),
    stack: v.optional(stack),
    outputs,
    failedOutputs: v.record(v.string(), v.string()),
  }),
  v.strictObject({ status: v.literal('FAILED'), reason: v.string() }),
])

const step: v.GenericSchema<unknown, Step> = v.union([
  v.strictObject({
    at: v.literal('find'),
    busy: v.optional(v.strictObject({ status: v.string(), since: time })),
  }),
  v.strictObject({ at: v.literal('create') }),
  v.strictObject({ at: v.literal('update'), stack }),
  v.strictObject({ at: v.literal('delete'), stack, attempt: count, then }),
  v.strictObject({ at: v.literal('repair'), stack }),
  observe,
  v.strictObject({ at: v.literal('explain'), observe, failure }),
  v.strictObject({ at: v.literal('last-look'), observe }),
  v.strictObject({ at: v.literal('explain-timeout'), observe }),
  v.strictObject({ at: v.literal('stop'), observe, reason: v.string() }),
  v.strictObject({ at: v.literal('answer'), verdict, tries: count }),
  v.strictObject({ at: v.literal('end'), delivered: v.boolean(), verdict }),
])

export const operationSchema: v.GenericSchema<unknown, Operation> = v.strictObject({
  version: v.literal(1),
  kind: v.picklist(['create', 'update', 'delete']),
  physicalResourceId: optionalText,
  policy,
  startedAt: time,
  deadline: time,
  answerBy: time,
  end: time,
  notBefore: time,
  silence: v.optional(v.strictObject({ calls: count, since: time })),
  throttles: count,
  hops: count,
  givenUp: optionalText,
  step,
})
