import type { CallScope } from '../platform/call-scope.ts'
import type { EpochMs } from '../platform/clock.ts'
import type { Settings } from '../platform/settings.ts'
import type { BridgeProperties } from '../providers/properties/bridge-properties.ts'
import type { StackSession } from '../providers/provider.ts'
import { STACK_DIGEST_FIELD } from '../providers/recognition/stack-digest.ts'
import type { Continuation } from './continuation/continuation.ts'
import { deadlines } from './deadline.ts'
import { startGuard, type Alarm } from './guard.ts'
import type { ContinuationContent } from './hand-off.ts'
import {
  kindOf,
  openForContinuation,
  openForEvent,
  type OpenSession,
  type SessionOrVerdict,
} from './open-session.ts'
import { failed, followedStack, startOperation, type Operation } from './operation.ts'
import {
  secretsOfHost,
  type ContinuationRequest,
  type EventRequest,
  type ParsedRequest,
} from './parse-request.ts'
import { addsStore, previousStoreOf } from './previous-store.ts'
import { answerNow, type ImmediateAnswer, type ReplyContext } from './reply-context.ts'

/** An operation with all that is needed to run it. The caller that runs it closes the session. */
export interface BoundOperation {
  readonly kind: 'bound'
  readonly reply: ReplyContext
  readonly operation: Operation
  /** Absent where only the answer is left to deliver. */
  readonly session: StackSession | undefined
  /** The session's calls to the cloud. */
  readonly calls: CallScope | undefined
  /** Until when waiting in this invocation costs less than handing off. */
  readonly inlineUntil: EpochMs
  /** What a continuation holds beside the operation. */
  readonly continuationContent: () => ContinuationContent
}

/**
 * Stage 3, bind: finds the provider, checks the properties and opens the session. An event starts a new operation; a
 * continuation continues its own. Makes no call to the cloud. Never throws: if no operation can start, the result is an
 * answer.
 */
export function bindRequest(parsed: ParsedRequest): Promise<BoundOperation | ImmediateAnswer> {
  nameProvider(parsed)
  return parsed.kind === 'event' ? bindEventRequest(parsed) : bindContinuation(parsed)
}

function nameProvider(parsed: ParsedRequest): void {
  const { watcher, registry } = parsed.reply.host
  if (watcher?.serves === undefined) return
  const resolved =
    parsed.kind === 'event'
      ? registry.resolve(parsed.event.resourceType, parsed.event.resourceProperties['Provider'])
      : registry.resolve(parsed.continuation.resourceType, parsed.continuation.providerName)
  if (resolved.ok) watcher.serves(resolved.name)
}

async function bindEventRequest({ event, reply }: EventRequest): Promise<BoundOperation | ImmediateAnswer> {
  const { host } = reply
  const startedAt = host.arrivedAt ?? host.clock.now()
  const opened = await openGuarded(() => openForEvent(event, reply), reply)
  if (!opened.ok) return answerNow(opened.verdict, reply)
  const { session, calls, bridge } = opened
  const timeoutMs = (bridge.Timeout ?? host.settings.timeoutSeconds) * 1000
  const { oldProperties } = opened.request
  const bound = {
    ...reply,
    bridge,
    previousStore: previousStoreOf(oldProperties, bridge),
    ...(addsStore(oldProperties, bridge) ? { addsStore: true } : {}),
  }
  return {
    kind: 'bound',
    reply: bound,
    operation: startOperation({
      kind: kindOf(event),
      physicalResourceId: opened.request.physicalResourceId,
      policy: policyOf(session, bridge, host.settings),
      startedAt,
      ...deadlines({ from: startedAt, end: startedAt + timeoutMs }),
    }),
    session,
    calls,
    inlineUntil: startedAt + host.settings.inlineSeconds * 1000,
    continuationContent: contentFor(event, opened, bound),
  }
}

async function bindContinuation({
  continuation,
  reply,
}: ContinuationRequest): Promise<BoundOperation | ImmediateAnswer> {
  const { operation } = continuation
  const opened = await openFor(continuation, reply)
  if (opened !== undefined && !opened.ok)
    return { kind: 'answer', verdict: opened.verdict, reply, end: operation.end }
  const { properties, oldProperties, whole, ...rest } = continuation
  const { allowAdoption } = reply.host.settings
  const notBefore = notBeforeOf(continuation, reply.host.clock.now())
  return {
    kind: 'bound',
    reply,
    operation: { ...operation, notBefore, policy: { ...operation.policy, mayAdoptUnmarked: allowAdoption } },
    session: opened?.session,
    calls: opened?.calls,
    // An invocation that starts before its delay is over waits here: a second hand-off could start early, too.
    inlineUntil: notBefore,
    continuationContent: () => ({
      ...rest,
      tokens: reply.tokens,
      properties: opened?.provider.propertiesToFollow(properties) ?? properties,
      ...(whole ? { whole: { properties, oldProperties } } : {}),
    }),
  }
}

/** At most as long from now as the call that handed the operation off wanted to wait: this clock may be behind its clock. */
function notBeforeOf({ operation: { notBefore }, handOffs }: Continuation, now: EpochMs): EpochMs {
  const wait = Math.max(0, notBefore - (handOffs?.at ?? -Infinity))
  return Math.min(notBefore, now + wait)
}

/**
 * Only the answer is left: properties that have become invalid must not prevent its delivery, so no session is opened.
 */
async function openFor(
  continuation: Continuation,
  reply: ReplyContext,
): Promise<SessionOrVerdict | undefined> {
  const { operation, whole } = continuation
  if (operation.step.at === 'answer') return undefined
  const follows = whole ? undefined : followedStack(operation)
  return openGuarded(() => openForContinuation(continuation, follows, reply), reply)
}

function contentFor(
  event: EventRequest['event'],
  { provider, request }: OpenSession,
  { host, secrets, replyTo, tokens, bridge, previousStore, addsStore }: ReplyContext,
): () => ContinuationContent {
  const chain = chainId(host.random)
  const { properties, oldProperties, fingerprint, stackDigest } = request
  return () => ({
    chain,
    resourceType: event.resourceType,
    providerName: provider.name,
    rosStackName: event.stackName,
    replyTo,
    fingerprint,
    [STACK_DIGEST_FIELD]: stackDigest,
    bridge,
    leftStore: previousStore,
    ...(addsStore === undefined ? {} : { addsStore }),
    secrets: secrets.values.filter((value) => !secretsOfHost(host).includes(value) && !tokens.holds(value)),
    tokens,
    properties: provider.propertiesToFollow(properties),
    whole: { properties, oldProperties },
  })
}

/** Opening makes no call: it takes longer than a moment only through a defect. */
const LONGEST_OPENING_MS = 60_000

/** Opens a session. A defect of the bridge that hangs or throws becomes a FAILED, so that ROS gets an answer. */
async function openGuarded(
  open: () => Promise<SessionOrVerdict>,
  { host, log }: ReplyContext,
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
    return { ok: false, verdict: failed(describeDefect(first)) }
  } finally {
    guard.stop()
  }
}

function describeDefect(alarm: Alarm): string {
  if (alarm.why === 'time') return 'The bridge itself hung before it could begin.'
  const { error } = alarm
  const message = error instanceof Error ? `${error.name}: ${error.message}` : 'an unknown error'
  return `The bridge itself failed (${message}); its log has the details.`
}

function policyOf(session: StackSession, bridge: BridgeProperties, settings: Settings): Operation['policy'] {
  return {
    onExisting: bridge.OnExisting ?? 'own',
    mayAdoptUnmarked: settings.allowAdoption,
    ...(bridge.TakeOverFrom === undefined ? {} : { moves: true }),
    onTimeout: bridge.OnTimeout ?? 'leave',
    deleteAttempts: session.deleteAttempts,
    repair: session.repair !== undefined,
    ...(session.reportsDrift === true ? { reportsDrift: true } : {}),
    pollMinMs: settings.pollMinMs,
    pollMaxMs: settings.pollMaxMs,
  }
}

/**
 * New for each delivery of an event: two deliveries are two chains of invocations. Neither may rely on the other, since
 * each may end without an answer.
 */
function chainId(random: () => number): string {
  const part = () =>
    Math.floor(random() * 2 ** 32)
      .toString(16)
      .padStart(8, '0')
  return `${part()}${part()}${part()}`
}
