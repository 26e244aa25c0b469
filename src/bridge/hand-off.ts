import type { Invoked } from '../platform/function-compute.ts'
import { FUNCTION_COMPUTE_LIMITS } from '../platform/limits/function-compute.ts'
import { LARGEST_MESSAGE_PAYLOAD_BYTES } from '../platform/limits/mns.ts'
import type { Logger } from '../platform/log.ts'
import type { CarriedToken, OperationTokens } from '../providers/http/operation-tokens.ts'
import { needsTemplate, writeContinuation, type Continuation } from './continuation/continuation.ts'
import type { HandOff } from './effects.ts'
import type { Host, SelfInvocation } from './host.ts'
import type { Operation } from './operation.ts'
import { withTimeLimit } from './time-limit.ts'

/** What of a continuation stays the same while its operation changes. */
export interface ContinuationContent extends Omit<
  Continuation,
  'operation' | 'properties' | 'whole' | 'oldProperties' | 'tokens'
> {
  /** The part that is needed to follow an operation that the cloud has accepted. */
  readonly properties: Continuation['properties']
  /** All properties; absent where this invocation was given only the part above. */
  readonly whole?: Pick<Continuation, 'properties' | 'oldProperties'>
  /** Those that are valid are handed off. */
  readonly tokens?: OperationTokens
}

/** A hand-off that Function Compute will always refuse is tried once; each reason is logged once. */
export function createHandOff(
  { host, log }: { readonly host: Host; readonly log: Logger },
  invokeSelf: SelfInvocation,
  content: () => ContinuationContent,
): HandOff {
  const loggedReasons = new Set<string>()
  let isRefused = false
  const refuse = (why: string, isPrecaution: boolean): false => {
    if (!isPrecaution && !loggedReasons.has(why))
      log.warn({ why }, 'the operation cannot be handed over: this call goes on with it')
    if (!isPrecaution) loggedReasons.add(why)
    return false
  }
  return async (operation, { isLastChance, isPrecaution = false }) => {
    if (isRefused) return false
    const next = { ...operation, hops: operation.hops + 1 }
    const prepared = prepare(next, host, invokeSelf, content)
    if (!prepared.ok) return refuse(prepared.whyNot, isPrecaution)
    const { invocation, invoke } = prepared
    const { byteLength } = invocation.payload
    if (host.payloadLimits !== undefined && byteLength > host.payloadLimits.rescuable) {
      const { rescuable } = host.payloadLimits
      // Without the hand-off the operation certainly fails; with it, only if the next invocation dies and is not tried
      // again.
      if (!isLastChance) return refuse(notRescuable(byteLength, rescuable), isPrecaution)
      log.warn(
        { bytes: byteLength, rescuableBytes: rescuable },
        'what is handed over is too large for a failure destination: nobody can answer for the next call if it dies',
      )
    }
    const sent = await withTimeLimit(
      (signal) => invoke({ ...invocation, signal }),
      LONGEST_HAND_OFF_MS,
      host.clock,
      unanswered,
    )
    if (sent.invoked) {
      logHandedOver(log, { hop: next.hops, delaySeconds: invocation.delaySeconds, bytes: byteLength }, sent)
      return true
    }
    isRefused = !sent.again
    log.warn({ why: sent.why }, 'the operation could not be handed over')
    return false
  }
}

function logHandedOver(
  log: Logger,
  {
    hop,
    delaySeconds,
    bytes,
  }: { readonly hop: number; readonly delaySeconds: number; readonly bytes: number },
  { fcRequestId: nextFcRequestId, messageId, queueProblem }: Extract<Invoked, { invoked: true }>,
): void {
  log.info({ hop, delaySeconds, bytes, nextFcRequestId, messageId }, 'the operation is handed over')
  if (queueProblem !== undefined)
    log.warn(
      { why: queueProblem },
      'the queue of STACKBRIDGE_HAND_OFF_QUEUE cannot be used: Function Compute delays the next call',
    )
}

type Invoke = Extract<SelfInvocation, { possible: true }>['invoke']

type Prepared =
  | { readonly ok: true; readonly invocation: Parameters<Invoke>[0]; readonly invoke: Invoke }
  | { readonly ok: false; readonly whyNot: string }

function prepare(
  next: Operation,
  host: Host,
  invokeSelf: SelfInvocation,
  content: () => ContinuationContent,
): Prepared {
  const { settings, clock, payloadLimits } = host
  const [key] = settings.continuationKeys
  if (settings.continuation === 'off') return refused('STACKBRIDGE_CONTINUATION is off')
  if (key === undefined) return refused('STACKBRIDGE_CONTINUATION_KEY is not set')
  if (!invokeSelf.possible) return refused(invokeSelf.whyNot)
  const now = clock.now()
  const delaySeconds = delaySecondsOf(next.notBefore - now)
  const { handOffs, tokens, ...kept } = content()
  const continuation = continuationOf({ ...kept, handOffs: { ...handOffs, at: now, delaySeconds } }, next)
  if (continuation === undefined)
    return refused('the work that is left needs the template, which this call does not have')
  const payload = withTokens(continuation, tokensToHandOff(tokens, next, host), key, host)
  if (payloadLimits !== undefined && payload.byteLength > payloadLimits.largest)
    return refused(tooLarge(payloadLimits.largest))
  const taskId = `stackbridge-${continuation.chain}-${String(next.hops)}`
  const invoke: Invoke = (invocation) => invokeSelf.invoke(invocation)
  return {
    ok: true,
    invocation: { payload, delaySeconds, taskId, notBefore: next.notBefore, deadline: next.deadline },
    invoke,
  }
}

/** None where only the answer is left, which needs no call to the cloud. */
function tokensToHandOff(
  tokens: OperationTokens | undefined,
  { step }: Operation,
  { settings, clock }: Host,
): readonly CarriedToken[] {
  if (!settings.handOffTokens || step.at === 'answer' || step.at === 'end') return []
  return tokens?.validAt(clock.now()) ?? []
}

/** The payload with the tokens, or without them where it would then be too large: they only save the next call a login. */
function withTokens(
  continuation: Continuation,
  tokens: readonly CarriedToken[],
  key: string,
  host: Host,
): Uint8Array {
  if (tokens.length === 0) return writeContinuation(continuation, key)
  const payload = writeContinuation({ ...continuation, tokens }, key)
  return payload.byteLength <= roomOf(host) ? payload : writeContinuation(continuation, key)
}

/** The bytes that each way of handing off takes, so that tokens never decide which one is taken. */
function roomOf({ settings, payloadLimits }: Host): number {
  const inMessage = settings.handOffQueue === '' ? Infinity : LARGEST_MESSAGE_PAYLOAD_BYTES
  return Math.min(payloadLimits?.rescuable ?? Infinity, inMessage)
}

function refused(whyNot: string): Prepared {
  return { ok: false, whyNot }
}

function tooLarge(largest: number): string {
  return `it would take more than the ${String(largest)} bytes of an asynchronous invocation: give the template by TemplateURL`
}

function notRescuable(bytes: number, rescuable: number): string {
  return (
    `it would take ${String(bytes)} bytes, and a failure destination can be given ${String(rescuable)} at most: ` +
    'give the template by TemplateURL'
  )
}

/** `undefined` where the operation still needs the template and this invocation was not given it. */
function continuationOf(
  content: Omit<ContinuationContent, 'tokens'>,
  operation: Operation,
): Continuation | undefined {
  const { whole, properties, ...rest } = content
  if (!needsTemplate(operation)) return { ...rest, properties, whole: false, operation }
  return whole === undefined ? undefined : { ...rest, ...whole, whole: true, operation }
}

/** Less than the time kept back at the end of an invocation of 60 s. */
export const LONGEST_HAND_OFF_MS = 7000

/** The first try may have been accepted; with the same task id, a second one has no effect. */
function unanswered(): Invoked {
  return { invoked: false, again: true, why: 'Function Compute gave no answer in time' }
}

/** The part of a short wait beyond whole seconds is waited for in place up to this time, since that is billed. */
const LONGEST_REMAINDER_MS = 250
/** From this wait on, rounding up to whole seconds makes little difference. */
const SHORT_WAIT_MS = 10_000

/** Whole seconds, as Function Compute and MNS take them, for a wait in milliseconds. */
export function delaySecondsOf(waitMs: number): number {
  const remainderMs = waitMs < SHORT_WAIT_MS ? LONGEST_REMAINDER_MS : 0
  const seconds = Math.ceil((waitMs - remainderMs) / 1000)
  return Math.min(FUNCTION_COMPUTE_LIMITS.asyncDelay.most, Math.max(0, seconds))
}
