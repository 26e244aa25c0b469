import * as v from 'valibot'
import { isJsonObject, isJsonValue, type JsonObject } from '../../platform/json.ts'
import type { DriftProgress, DriftReport, Outputs, StackRef, Watch } from '../../providers/provider.ts'
import type { Failure, Observe, Operation, Policy, Step, Verdict } from '../operation.ts'

/**
 * An `Operation` as it comes back from JSON. Fields that this version does not know are dropped, so that a later version
 * can add optional ones while both versions run; unknown steps are refused.
 */

const time = v.pipe(v.number(), v.finite())
const count = v.pipe(v.number(), v.integer(), v.minValue(0))
const optionalText = v.optional(v.string())
const map = v.custom<JsonObject>((value) => isJsonObject(value) && isJsonValue(value), 'must be a map')
const outputs: v.GenericSchema<unknown, Outputs> = map

const stack: v.GenericSchema<unknown, StackRef> = v.object({ id: v.string(), name: v.string() })

const watch: v.GenericSchema<unknown, Watch> = v.object({
  kind: v.picklist(['create', 'update', 'delete', 'repair', 'read']),
  stack,
  marker: map,
})

const policy: v.GenericSchema<unknown, Policy> = v.object({
  onExisting: v.picklist(['own', 'never', 'any']),
  mayAdoptUnmarked: v.optional(v.boolean()),
  moves: v.optional(v.boolean()),
  onTimeout: v.picklist(['leave', 'cancel', 'delete']),
  deleteAttempts: count,
  repair: v.boolean(),
  reportsDrift: v.optional(v.boolean()),
  pollMinMs: count,
  pollMaxMs: count,
})

const then = v.picklist(['answer', 'create'])

const observe: v.GenericSchema<unknown, Observe> = v.object({
  at: v.literal('observe'),
  watch,
  since: time,
  status: optionalText,
  consecutiveFailedPolls: count,
  attempt: count,
  then,
})

const failure: v.GenericSchema<unknown, Failure> = v.object({
  status: optionalText,
  statusReason: optionalText,
  advice: optionalText,
})

const driftReport: v.GenericSchema<unknown, DriftReport> = v.object({
  status: v.picklist(['IN_SYNC', 'DRIFTED', 'UNKNOWN', 'NOT_CHECKED']),
  resources: v.array(v.string()),
})

const drift: v.GenericSchema<unknown, DriftProgress> = v.union([
  v.object({ at: v.literal('detecting'), since: time, detection: map }),
  v.object({ at: v.literal('known'), report: driftReport }),
])

const verdict: v.GenericSchema<unknown, Verdict> = v.union([
  v.object({
    status: v.literal('SUCCESS'),
    stack: v.optional(stack),
    outputs,
    failedOutputs: v.record(v.string(), v.string()),
    isRepeated: v.optional(v.boolean()),
    drift: v.optional(driftReport),
  }),
  v.object({ status: v.literal('FAILED'), reason: v.string() }),
])

const busy = v.optional(v.object({ status: v.string(), since: time }))

const step: v.GenericSchema<unknown, Step> = v.union([
  v.object({ at: v.literal('find'), busy, missingSince: v.optional(time) }),
  v.object({ at: v.literal('create'), busy }),
  v.object({ at: v.literal('update'), stack, planning: optionalText }),
  v.object({ at: v.literal('delete'), stack, attempt: count, then }),
  v.object({ at: v.literal('repair'), stack }),
  observe,
  v.object({ at: v.literal('explain'), observe, failure }),
  v.object({ at: v.literal('final-poll'), observe }),
  v.object({ at: v.literal('explain-timeout'), observe }),
  v.object({ at: v.literal('stop'), observe, reason: v.string() }),
  v.object({ at: v.literal('answer'), verdict, tries: count }),
  v.object({ at: v.literal('end'), delivered: v.boolean(), verdict }),
])

export const operationSchema: v.GenericSchema<unknown, Operation> = v.object({
  version: v.literal(2),
  kind: v.picklist(['create', 'update', 'delete']),
  physicalResourceId: optionalText,
  policy,
  startedAt: time,
  deadline: time,
  answerBy: time,
  end: time,
  notBefore: time,
  failedCalls: v.optional(
    v.object({
      count,
      since: time,
      kind: v.optional(v.picklist(['outage', 'lasting', 'unexplained'])),
      kindSince: v.optional(time),
      message: optionalText,
    }),
  ),
  nameTaken: v.optional(v.object({ since: time, latest: time, message: v.string() })),
  drift: v.optional(drift),
  isRepeated: v.optional(v.boolean()),
  throttles: count,
  hops: count,
  givenUp: optionalText,
  step,
})

const KNOWN_STEPS: Readonly<Record<Step['at'], true>> = {
  find: true,
  create: true,
  update: true,
  delete: true,
  repair: true,
  observe: true,
  explain: true,
  'final-poll': true,
  'explain-timeout': true,
  stop: true,
  answer: true,
  end: true,
}

/** Whether this version has the step: a continuation of a later version may be at another one. */
export function isKnownStep(at: string): boolean {
  return Object.hasOwn(KNOWN_STEPS, at)
}
