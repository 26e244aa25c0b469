import { parseJson, type JsonObject } from '../platform/json.ts'
import { Secrets } from '../platform/secrets.ts'
import { OperationTokens } from '../providers/http/operation-tokens.ts'
import { parseEvent, type ReplyAddress, type RosEvent } from '../ros/event.ts'
import { isContinuation, readContinuation, type Continuation } from './continuation/continuation.ts'
import type { Host } from './host.ts'
import { failed } from './operation.ts'
import { answerNow, createReplyContext, type ImmediateAnswer, type ReplyContext } from './reply-context.ts'

/** What an invocation was given, parsed and ready to be bound to a provider. */
export type ParsedRequest = EventRequest | ContinuationRequest

export interface EventRequest {
  readonly kind: 'event'
  readonly event: RosEvent
  readonly reply: ReplyContext
}

export interface ContinuationRequest {
  readonly kind: 'continuation'
  readonly continuation: Continuation
  readonly reply: ReplyContext
}

/** Neither a ResponseURL nor the ids of an event can be read. */
export interface UnanswerableRequest {
  readonly kind: 'unanswerable'
  readonly problems: readonly string[]
}

/**
 * Stage 2, parse: the bytes of a ROS event, or of a continuation that an earlier invocation wrote. From here on the log
 * masks the secrets of the process and of the request. Never throws.
 */
export function parseRequest(
  bytes: Uint8Array,
  host: Host,
): ParsedRequest | ImmediateAnswer | UnanswerableRequest {
  const secrets = new Secrets()
  for (const value of secretsOfHost(host)) secrets.add(value)
  const json = parseJson(bytes)
  if (json.ok && isContinuation(json.value)) return parseContinuation(json.value, secrets, host)
  const parsed = parseEvent(json, { needsUrl: host.answerInPlace === undefined })
  switch (parsed.kind) {
    case 'unanswerable':
      return unanswerable(parsed.problems, {}, secrets, host)
    case 'malformed':
      return malformed(parsed.problems, createReplyContext(parsed.replyTo, secrets, host))
    case 'event':
      return eventRequest(parsed.event, bytes.byteLength, secrets, host)
  }
}

/** Secrets of the process itself: they are masked, and no continuation holds them. */
export function secretsOfHost({ settings, secrets = [] }: Host): readonly string[] {
  return [
    ...settings.continuationKeys,
    ...settings.bearerTokens,
    ...settings.signKeys,
    ...settings.topicTokens,
    ...settings.metricsTokens,
    ...settings.operationsTokens,
    ...secrets,
  ]
}

function eventRequest(event: RosEvent, bytes: number, secrets: Secrets, host: Host): EventRequest {
  secrets.addFrom(event.resourceProperties)
  if (event.requestType === 'Update') secrets.addFrom(event.oldResourceProperties)
  const reply = createReplyContext(replyAddressOf(event), secrets, host, {
    requestType: event.requestType,
    resourceType: event.resourceType,
    rosStackName: event.stackName,
  })
  reply.log.info('an event has arrived')
  const rescuable = host.payloadLimits?.rescuable ?? Infinity
  if (bytes > rescuable)
    reply.log.warn(
      { bytes, rescuableBytes: rescuable },
      'the event is too large for a failure destination: nobody can answer for this call if it dies',
    )
  return { kind: 'event', event, reply }
}

function parseContinuation(
  event: JsonObject,
  secrets: Secrets,
  host: Host,
): ContinuationRequest | UnanswerableRequest {
  const read = readContinuation(event, host.settings.continuationKeys)
  if (read.kind === 'refused') return unanswerable([read.problem], read.ids, secrets, host)
  const { continuation } = read
  const { operation } = continuation
  const { tokens = [] } = continuation
  for (const value of [...continuation.secrets, ...tokens.flatMap((token) => token.secrets)])
    secrets.add(value)
  const reply = createReplyContext(continuation.replyTo, secrets, host, {
    hop: operation.hops,
    resourceType: continuation.resourceType,
    rosStackName: continuation.rosStackName,
  })
  reply.log.info(
    { step: operation.step.at, lateMs: host.clock.now() - operation.notBefore },
    'an operation has arrived',
  )
  return {
    kind: 'continuation',
    continuation: warnedOfDelay(continuation, reply),
    reply: {
      ...reply,
      bridge: continuation.bridge,
      previousStore: continuation.leftStore,
      addsStore: continuation.addsStore,
      tokens: new OperationTokens(host.settings.handOffTokens ? tokens : []),
    },
  }
}

/** A delay of a second is the shortest; clocks of two machines differ by less than this. Milliseconds. */
const EARLIEST_BY_CLOCKS_MS = 500

/** Warns once in a chain if Function Compute does not keep to the delay: the waits are then billed. */
function warnedOfDelay(continuation: Continuation, { log, host }: ReplyContext): Continuation {
  const { handOffs = {}, operation } = continuation
  const { at, delaySeconds = 0, isDelayIgnored = false } = handOffs
  const now = host.clock.now()
  const earlyMs = at === undefined ? 0 : at + delaySeconds * 1000 - now
  if (isDelayIgnored || earlyMs <= EARLIEST_BY_CLOCKS_MS || earlyMs <= delaySeconds * 500) return continuation
  const billedSecondsAtMost = Math.max(0, Math.ceil((operation.deadline - now) / 1000))
  log.warn(
    { delaySeconds, earlyMs, billedSecondsAtMost },
    'x-fc-async-delay is not honoured: this call and those after it wait in place, and their time is billed',
  )
  return { ...continuation, handOffs: { ...handOffs, isDelayIgnored: true } }
}

function malformed(problems: readonly string[], reply: ReplyContext): ImmediateAnswer {
  reply.log.error({ problems }, 'the event is malformed')
  return answerNow(failed(`The event is malformed: ${problems.join('; ')}.`), reply)
}

function unanswerable(
  problems: readonly string[],
  ids: Readonly<Record<string, string>>,
  secrets: Secrets,
  host: Host,
): UnanswerableRequest {
  host.log(secrets, ids).error({ problems }, 'the event cannot be read or answered')
  return { kind: 'unanswerable', problems }
}

/** Where the answer to an event goes. */
export function replyAddressOf(event: RosEvent): ReplyAddress {
  const { responseUrls, stackId, requestId, logicalResourceId } = event
  const address = { responseUrls, stackId, requestId, logicalResourceId }
  return event.requestType === 'Create' || event.physicalResourceId === undefined
    ? address
    : { ...address, physicalResourceId: event.physicalResourceId }
}
