import {
  LARGEST_ASYNC_PAYLOAD_BYTES,
  LONGEST_DELAY_SECONDS,
  type Invoked,
} from '../platform/function-compute.ts'
import type { Logger } from '../platform/log.ts'
import { needsTemplate, writeContinuation, type Continuation } from './continuation/continuation.ts'
import type { Host, SelfInvocation } from './host.ts'
import type { Operation } from './operation.ts'
import { withTimeLimit } from './time-limit.ts'

/** What of a continuation stays the same while its operation changes. */
export interface ContinuationContent extends Omit<
  Continuation,
  'operation' | 'properties' | 'whole' | 'oldProperties'
> {
  /** The part that is needed to follow an operation that the cloud has accepted. */
  readonly properties: Continuation['properties']
  /** All properties; absent where this invocation was given only the part above. */
  readonly whole?: Pick<Continuation, 'properties' | 'oldProperties'>
}

/**
 * Sends the operation to another invocation, delayed until its next action is due. Whether that was accepted: where not,
 * this invocation continues the operation. Never throws.
 */
export type HandOff = (operation: Operation) => Promise<boolean>

/** What Function Compute refuses for good is tried once; each reason is logged once. */
export function createHandOff(
  { host, log }: { readonly host: Host; readonly log: Logger },
  invokeSelf: SelfInvocation,
  content: () => ContinuationContent,
): HandOff {
  const loggedReasons = new Set<string>()
  let isRefused = false
  const refuse = (why: string): false => {
    if (!loggedReasons.has(why))
      log.warn({ why }, 'the operation cannot be handed over: this call goes on with it')
    loggedReasons.add(why)
    return false
  }
  return async (operation) => {
    if (isRefused) return false
    const next = { ...operation, hops: operation.hops + 1 }
    const prepared = prepare(next, host, invokeSelf, content)
    if (!prepared.ok) return refuse(prepared.whyNot)
    const { invocation, invoke } = prepared
    const sent = await withTimeLimit(invoke(invocation), LONGEST_HAND_OFF_MS, host.clock, unanswered)
    if (sent.invoked) {
      const { payload, delaySeconds } = invocation
      log.info(
        { hop: next.hops, delaySeconds, bytes: payload.byteLength, nextFcRequestId: sent.fcRequestId },
        'the operation is handed over',
      )
      return true
    }
    isRefused = !sent.again
    log.warn({ why: sent.why }, 'the operation could not be handed over')
    return false
  }
}

type Invoke = Extract<SelfInvocation, { possible: true }>['invoke']

type Prepared =
  | { readonly ok: true; readonly invocation: Parameters<Invoke>[0]; readonly invoke: Invoke }
  | { readonly ok: false; readonly whyNot: string }

function prepare(
  next: Operation,
  { settings, clock }: Host,
  invokeSelf: SelfInvocation,
  content: () => ContinuationContent,
): Prepared {
  const [key] = settings.continuationKeys
  if (settings.continuation === 'off') return refused('STACKBRIDGE_CONTINUATION is off')
  if (key === undefined) return refused('STACKBRIDGE_CONTINUATION_KEY is not set')
  if (!invokeSelf.possible) return refused(invokeSelf.whyNot)
  const continuation = continuationOf(content(), next)
  if (continuation === undefined)
    return refused('what is left to do needs the template, which this call has not got')
  const payload = writeContinuation(continuation, key)
  if (payload.byteLength > LARGEST_ASYNC_PAYLOAD_BYTES) return refused(TOO_LARGE)
  const delaySeconds = delayOf(next, clock.now())
  const taskId = `stackbridge-${continuation.chain}-${String(next.hops)}`
  const invoke: Invoke = (invocation) => invokeSelf.invoke(invocation)
  return { ok: true, invocation: { payload, delaySeconds, taskId }, invoke }
}

function refused(whyNot: string): Prepared {
  return { ok: false, whyNot }
}

const TOO_LARGE =
  `it would take more than the ${String(LARGEST_ASYNC_PAYLOAD_BYTES)} bytes of an asynchronous invocation: ` +
  'give the template by TemplateURL'

/** `undefined` where the operation still needs the template and this invocation was not given it. */
function continuationOf(content: ContinuationContent, operation: Operation): Continuation | undefined {
  const { whole, properties, ...rest } = content
  if (!needsTemplate(operation)) return { ...rest, properties, whole: false, operation }
  return whole === undefined ? undefined : { ...rest, ...whole, whole: true, operation }
}

/** Less than the time kept back at the end of an invocation of 60 s. */
const LONGEST_HAND_OFF_MS = 7000

/** It may have been accepted; the same task id makes a second try harmless. */
function unanswered(): Invoked {
  return { invoked: false, again: true, why: 'Function Compute gave no answer in time' }
}

function delayOf({ notBefore }: Operation, now: number): number {
  return Math.min(LONGEST_DELAY_SECONDS, Math.max(0, Math.ceil((notBefore - now) / 1000)))
}
