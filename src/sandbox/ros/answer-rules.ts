import * as v from 'valibot'
import type { IncomingHttpHeaders } from 'node:http'
import { isJsonObject, parseJson, type JsonObject } from '../../platform/json.ts'
import { ROS_LIMITS } from '../../platform/limits/ros.ts'

/** The ids that the answer to one event must repeat. */
export interface Expected {
  readonly stackId: string
  readonly requestId: string
  readonly logicalResourceId: string
  /** On Update and Delete, if ROS has one. */
  readonly physicalResourceId: string | undefined
}

export interface Answer {
  readonly logicalResourceId: string
  readonly status: 'SUCCESS' | 'FAILED'
  readonly reason: string | undefined
  readonly physicalResourceId: string | undefined
  readonly data: JsonObject
}

const LARGEST_BODY_BYTES = ROS_LIMITS.answer.most
const LONGEST_ID_BYTES = ROS_LIMITS.physicalResourceId.most

const ids = { StackId: v.string(), RequestId: v.string(), LogicalResourceId: v.string() }
const data = v.custom<JsonObject>(isJsonObject, 'must be an object')

/** The strictest reading of https://www.alibabacloud.com/help/doc-detail/145909.htm */
const answerSchema = v.variant('Status', [
  v.strictObject({
    ...ids,
    Status: v.literal('SUCCESS'),
    PhysicalResourceId: v.pipe(v.string(), v.nonEmpty()),
    Data: v.optional(data),
  }),
  v.strictObject({ ...ids, Status: v.literal('FAILED'), Reason: v.pipe(v.string(), v.nonEmpty()) }),
])

/**
 * Reads the answer in a request to a ResponseURL, and lists each rule of the documents that it breaks. Without
 * `expected`, the answer is not compared with its event.
 * https://www.alibabacloud.com/help/doc-detail/145909.htm
 */
export function judgeAnswer(
  request: { readonly method: string; readonly headers: IncomingHttpHeaders; readonly body: Uint8Array },
  expected: Expected | undefined,
): { readonly answer: Answer | undefined; readonly violations: readonly string[] } {
  const violations = headerViolations(request.method, request.headers)
  if (request.body.byteLength > LARGEST_BODY_BYTES)
    violations.push(
      `the body has ${String(request.body.byteLength)} bytes, more than ${String(LARGEST_BODY_BYTES)}`,
    )
  const json = parseJson(request.body)
  if (!json.ok) return { answer: undefined, violations: [...violations, `the body ${json.problem}`] }
  const parsed = v.safeParse(answerSchema, json.value)
  if (!parsed.success) {
    const problems = parsed.issues.map((issue) => `${v.getDotPath(issue) ?? 'the body'}: ${issue.message}`)
    return { answer: undefined, violations: [...violations, ...problems] }
  }
  const answer = parsed.output
  const logicalResourceId = answer.LogicalResourceId
  if (expected !== undefined) violations.push(...idViolations(answer, expected))
  if (answer.Status === 'FAILED')
    return {
      answer: {
        logicalResourceId,
        status: 'FAILED',
        reason: answer.Reason,
        physicalResourceId: undefined,
        data: {},
      },
      violations,
    }
  const id = answer.PhysicalResourceId
  if (Buffer.byteLength(id) > LONGEST_ID_BYTES) violations.push('PhysicalResourceId is too long')
  if (expected?.physicalResourceId !== undefined && id !== expected.physicalResourceId)
    violations.push('PhysicalResourceId has changed')
  return {
    answer: {
      logicalResourceId,
      status: 'SUCCESS',
      reason: undefined,
      physicalResourceId: id,
      data: answer.Data ?? {},
    },
    violations,
  }
}

function idViolations(answer: v.InferOutput<typeof answerSchema>, expected: Expected): string[] {
  const ids = [
    ['StackId', answer.StackId, expected.stackId],
    ['RequestId', answer.RequestId, expected.requestId],
    ['LogicalResourceId', answer.LogicalResourceId, expected.logicalResourceId],
  ] as const
  return ids.flatMap(([field, given, expected]) =>
    given === expected ? [] : [`${field} differs from that of the event`],
  )
}

function headerViolations(method: string, headers: IncomingHttpHeaders): string[] {
  const violations: string[] = []
  if (method !== 'POST') violations.push(`the method is ${method}, not POST`)
  if (headers['content-type'] !== 'application/json') violations.push('Content-Type is not application/json')
  const { date } = headers
  if (date === undefined || new Date(date).toUTCString() !== date) violations.push('Date is not a GMT date')
  return violations
}
