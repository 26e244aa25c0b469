import * as v from 'valibot'
import type { JsonObject } from '../../platform/json.ts'
import { Secrets } from '../../platform/secrets.ts'
import type { ReplyAddress } from '../../ros/event.ts'
import { followedStack, type Operation, type Step } from '../operation.ts'
import type { UnderWay } from '../under-way.ts'

/** The version of the envelope, open part and seal. */
export const ENVELOPE_VERSION = 1

/** The parts of a continuation that its open part is made of. */
interface Described {
  readonly resourceType: string
  readonly providerName: string
  readonly rosStackName: string
  readonly replyTo: ReplyAddress
  readonly secrets: readonly string[]
  readonly operation: Operation
}

/**
 * What stays readable of a continuation: the ids of its event and `about`, which says what the operation does, for lists of
 * what is under way. The seal covers all of it. Earlier versions write no `about`, and keep one that they read.
 */
export function openPartOf(continuation: Described): JsonObject {
  const { replyTo, operation } = continuation
  return {
    stackbridge: 'continuation',
    version: ENVELOPE_VERSION,
    rosStackId: replyTo.stackId,
    requestId: replyTo.requestId,
    logicalResourceId: replyTo.logicalResourceId,
    hop: operation.hops,
    about: aboutOf(continuation),
  }
}

const LONGEST_TEXT = 512

function aboutOf({ resourceType, providerName, rosStackName, operation, secrets }: Described): JsonObject {
  const stack = followedStack(operation)
  const status = statusOf(operation.step)
  const known = new Secrets()
  for (const secret of secrets) known.add(secret)
  // A template's author can put a secret into a name, and a cloud repeats it in an id.
  const masked = (text: string) => known.maskBeginning(text, LONGEST_TEXT)
  return {
    resourceType: masked(resourceType),
    provider: providerName,
    rosStackName: masked(rosStackName),
    kind: operation.kind,
    ...(stack === undefined ? {} : { stackId: masked(stack.id), stackName: masked(stack.name) }),
    ...(status === undefined ? {} : { status: masked(status) }),
    since: operation.startedAt,
    notBefore: operation.notBefore,
    deadline: operation.deadline,
    ...(isUndelivered(operation.step) ? { isUndelivered: true } : {}),
  }
}

function isUndelivered(step: Step): boolean {
  return step.at === 'answer' && step.tries > 0
}

function statusOf(step: Step): string | undefined {
  switch (step.at) {
    case 'observe':
      return step.status
    case 'explain':
    case 'final-poll':
    case 'explain-timeout':
    case 'stop':
      return step.observe.status
    case 'find':
    case 'create':
      return step.busy?.status
    case 'update':
    case 'delete':
    case 'repair':
    case 'answer':
    case 'end':
      return undefined
  }
}

const text = v.pipe(v.string(), v.maxLength(2 * LONGEST_TEXT))
const time = v.pipe(v.number(), v.finite())

const aboutSchema = v.object({
  resourceType: v.optional(text),
  provider: v.optional(text),
  rosStackName: v.optional(text),
  kind: v.optional(v.picklist(['create', 'update', 'delete'])),
  stackId: v.optional(text),
  stackName: v.optional(text),
  status: v.optional(text),
  since: v.optional(time),
  notBefore: v.optional(time),
  deadline: v.optional(time),
  isUndelivered: v.optional(v.boolean()),
})

const openSchema = v.object({
  rosStackId: text,
  requestId: text,
  logicalResourceId: text,
  hop: v.pipe(v.number(), v.integer(), v.minValue(0)),
  about: v.optional(v.fallback(aboutSchema, {}), {}),
})

/**
 * The open part of a continuation, not verified: that takes the key. `undefined` where it has no ids. The other fields
 * are absent in continuations of 0.1.0.
 */
export function readOpenPart(event: JsonObject): UnderWay | undefined {
  const read = v.safeParse(openSchema, event)
  if (!read.success) return undefined
  const { hop, about, ...ids } = read.output
  const { notBefore, ...rest } = about
  return { ...ids, ...rest, nextPoll: notBefore, hops: hop }
}
