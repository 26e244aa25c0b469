import type { EpochMs } from '../platform/clock.ts'
import { parseJson, type JsonObject } from '../platform/json.ts'
import { Secrets } from '../platform/secrets.ts'
import type { Settings } from '../platform/settings.ts'
import type { BridgeProperties } from '../providers/properties/bridge-properties.ts'
import type { StackSession } from '../providers/provider.ts'
import { parseEvent, type ReplyAddress, type RosEvent } from '../ros/event.ts'
import {
  followedStack,
  isContinuation,
  readContinuation,
  type Continuation,
} from './continuation/continuation.ts'
import { deadlines } from './deadline.ts'
import { answerAtOnce, drive, type Way } from './drive.ts'
import { startGuard, type Alarm } from './guard.ts'
import { handOverBy, type Baggage } from './hand-over.ts'
import type { Host, Served } from './host.ts'
import { kindOf, openForContinuation, openForEvent, type SessionOrVerdict } from './open-session.ts'
import { giveUp, startOperation, type Operation, type Verdict } from './operation.ts'

export type { Host, Served, Watcher } from './host.ts'

/**
 * From the bytes of a ROS custom-resource event, or of the bridge's own continuation of one, to the answer at its
 * ResponseURL or to the next call of the function. Never throws: what goes wrong is answered where that is possible, and
 * returned where it is not.
 *
 * `givenUp`: why nothing may be begun or waited for any more, without a full stop; then the foreign stack is looked at
 * once, and ROS is answered with what is true.
 */
export async function serveEvent(bytes: Uint8Array, host: Host, givenUp?: string): Promise<Served> {
  const secrets = new Secrets()
  for (const value of secretsOf(host)) secrets.add(value)
  const json = parseJson(bytes)
  if (json.ok && isContinuation(json.value)) return serveContinuation(json.value, secrets, host, givenUp)
  const parsed = parseEvent(json, { needsUrl: host.answerInPlace === undefined })
  switch (parsed.kind) {
    case 'unanswerable':
      return unanswerable(parsed.problems, {}, secrets, host)
    case 'malformed': {
      const way = wayOf(parsed.replyTo, secrets, host)
      way.log.error({ problems: parsed.problems }, 'the event is malformed')
      const verdict = failed(`The event is malformed: ${parsed.problems.join('; ')}.`)
      return answerAtOnce(verdict, way, timesOf(host).end)
    }
    case 'event':
      return serveRosEvent(parsed.event, secrets, host, givenUp)
  }
}

async function serveRosEvent(
  event: RosEvent,
  secrets: Secrets,
  host: Host,
  givenUp: string | undefined,
): Promise<Served> {
  secrets.addFrom(event.resourceProperties)
  if (event.requestType === 'Update') secrets.addFrom(event.oldResourceProperties)
  const startedAt = host.arrivedAt ?? host.clock.now()
  const way = wayOf(replyAddressOf(event), secrets, host, {
    requestType: event.requestType,
    resourceType: event.resourceType,
    rosStackName: event.stackName,
  })
  way.log.info('an event has arrived')
  const opened = await openOrDefect(() => openForEvent(event, way), way)
  if (!opened.ok) return answerAtOnce(opened.verdict, way, timesOf(host).end)
  const { session, bridge, provider, request } = opened
  const operation = startOperation({
    kind: kindOf(event),
    physicalResourceId: request.physicalResourceId,
    policy: policyOf(session, bridge, host.settings),
    startedAt,
    ...timesOf(host, bridge.Timeout, startedAt),
  })
  const { properties, oldProperties } = request
  const baggage = (): Baggage => ({
    chain,
    resourceType: event.resourceType,
    providerName: provider.name,
    rosStackName: event.stackName,
    replyTo: way.replyTo,
    fingerprint: request.fingerprint,
    bridge,
    secrets: secrets.values.filter((value) => !secretsOf(host).includes(value)),
    properties: provider.propertiesToFollow(properties),
    whole: { properties, oldProperties },
  })
  const chain = chainId(host.random)
  const inlineUntil = startedAt + host.settings.inlineSeconds * 1000
  return travel({ ...way, bridge }, session, operation, baggage, inlineUntil, givenUp)
}

async function serveContinuation(
  event: JsonObject,
  secrets: Secrets,
  host: Host,
  givenUp: string | undefined,
): Promise<Served> {
  const read = readContinuation(event, host.settings.continuationKeys)
  if (read.kind === 'refused') return unanswerable([read.problem], read.ids, secrets, host)
  const { continuation } = read
  const { operation, bridge } = continuation
  for (const value of continuation.secrets) secrets.add(value)
  const way = {
    ...wayOf(continuation.replyTo, secrets, host, {
      hop: operation.hops,
      resourceType: continuation.resourceType,
      rosStackName: continuation.rosStackName,
    }),
    bridge,
  }
  way.log.info(
    { step: operation.step.at, lateMs: host.clock.now() - operation.notBefore },
    'an operation has arrived',
  )
  const session = await sessionFor(continuation, way)
  if (session !== undefined && !session.ok) return answerAtOnce(session.verdict, way, operation.end)
  const { properties, oldProperties, whole, ...rest } = continuation
  const baggage = (): Baggage => ({
    ...rest,
    properties: session?.provider.propertiesToFollow(properties) ?? properties,
    ...(whole ? { whole: { properties, oldProperties } } : {}),
  })
  // A hop that comes early, perhaps since nothing delays it, waits here: it would only come early again.
  return travel(way, session?.session, operation, baggage, operation.notBefore, givenUp)
}

/** None is needed, nor may its lack be in the way, where only the answer is left. */
async function sessionFor(continuation: Continuation, way: Way): Promise<SessionOrVerdict | undefined> {
  const { operation, whole } = continuation
  if (operation.step.at === 'answer') return undefined
  const follows = whole ? undefined : followedStack(operation)
  return openOrDefect(() => openForContinuation(continuation, follows, way), way)
}

async function travel(
  way: Way,
  session: StackSession | undefined,
  operation: Operation,
  baggage: () => Baggage,
  inlineUntil: EpochMs,
  givenUp: string | undefined,
): Promise<Served> {
  try {
    const journey = { ...way, session, inlineUntil }
    const now = way.host.clock.now()
    if (givenUp !== undefined)
      return await drive({
        ...journey,
        operation: forOneLook(giveUp(operation, givenUp, now), now),
      })
    const { invokeSelf, answerInPlace } = way.host
    // Whoever waits for the answer in place waits for this call.
    return invokeSelf === undefined || answerInPlace !== undefined
      ? await drive({ ...journey, operation })
      : await drive({ ...journey, operation, handOver: handOverBy(way, invokeSelf, baggage) })
  } finally {
    session?.close()
  }
}

const TIME_FOR_ONE_LOOK_MS = 20_000

/** Late is better than never: whether ROS still listens is not known here. */
function forOneLook(operation: Operation, now: EpochMs): Operation {
  const answerBy = Math.max(operation.answerBy, now + TIME_FOR_ONE_LOOK_MS)
  const end = Math.max(operation.end, now + 2 * TIME_FOR_ONE_LOOK_MS)
  return { ...operation, answerBy, end }
}

/** A defect of the bridge itself must not leave ROS without an answer. */
async function openOrDefect(
  open: () => Promise<SessionOrVerdict>,
  { host, log }: Way,
): Promise<SessionOrVerdict> {
  const { clock, crashes, functionEndsAt } = host
  const from = clock.now()
  const due = deadlines({ from, end: functionEndsAt ?? from + LONGEST_OPENING_MS }).answerBy
  const guard = startGuard({ clock, due: () => due, crashes })
  const opening = open().catch((error: unknown) => ({ why: 'crash', error }) satisfies Alarm)
  try {
    const first = await Promise.race([opening, guard.alarm])
    if ('ok' in first) return first
    log.error(
      first.why === 'crash' ? { err: first.error } : {},
      'a defect of the bridge stopped the operation',
    )
    return { ok: false, verdict: failed(defect(first)) }
  } finally {
    guard.stop()
  }
}

/** It makes no call: nothing but a defect takes it more than a moment. */
const LONGEST_OPENING_MS = 60_000

function defect(alarm: Alarm): string {
  if (alarm.why === 'time') return 'The bridge itself hung before it could begin.'
  const { error } = alarm
  const message = error instanceof Error ? `${error.name}: ${error.message}` : 'an unknown error'
  return `The bridge itself failed (${message}); its log has the details.`
}

function secretsOf({ settings, secrets = [] }: Host): readonly string[] {
  return [...settings.continuationKeys, ...settings.bearerTokens, ...settings.signKeys, ...secrets]
}

function unanswerable(
  problems: readonly string[],
  ids: Readonly<Record<string, string>>,
  secrets: Secrets,
  host: Host,
): Served {
  host.log(secrets, ids).error({ problems }, 'the event cannot be read or answered')
  return { kind: 'unanswerable', problems }
}

function wayOf(
  replyTo: ReplyAddress,
  secrets: Secrets,
  host: Host,
  bindings: Readonly<Record<string, unknown>> = {},
): Way {
  const { public: publicUrl, intranet } = replyTo.responseUrls
  for (const url of [publicUrl, intranet]) if (url !== undefined) secrets.addUrl(url)
  const { stackId, requestId, logicalResourceId } = replyTo
  const log = host.log(secrets, { rosStackId: stackId, requestId, logicalResourceId, ...bindings })
  return { host, secrets, log, replyTo, bridge: {} }
}

function timesOf(host: Host, timeoutSeconds = host.settings.timeoutSeconds, from = host.clock.now()) {
  return deadlines({ from, end: from + timeoutSeconds * 1000 })
}

function policyOf(session: StackSession, bridge: BridgeProperties, settings: Settings): Operation['policy'] {
  return {
    onExisting: bridge.OnExisting ?? 'own',
    onTimeout: bridge.OnTimeout ?? 'leave',
    deleteAttempts: session.deleteAttempts,
    repair: session.repair !== undefined,
    pollMinMs: settings.pollMinMs,
    pollMaxMs: settings.pollMaxMs,
  }
}

function replyAddressOf(event: RosEvent): ReplyAddress {
  const { responseUrls, stackId, requestId, logicalResourceId } = event
  const address = { responseUrls, stackId, requestId, logicalResourceId }
  return event.requestType === 'Create' || event.physicalResourceId === undefined
    ? address
    : { ...address, physicalResourceId: event.physicalResourceId }
}

/** New for each delivery of an event: two deliveries are two chains, and neither may count on the other's life. */
function chainId(random: () => number): string {
  const part = () =>
    Math.floor(random() * 2 ** 32)
      .toString(16)
      .padStart(8, '0')
  return `${part()}${part()}${part()}`
}

function failed(reason: string): Verdict {
  return { status: 'FAILED', reason }
}
