import type { Clock } from '../platform/clock.ts'
import {
  LARGEST_ASYNC_PAYLOAD_BYTES,
  LONGEST_DELAY_SECONDS,
  type Invoked,
} from '../platform/function-compute.ts'
import type { Logger } from '../platform/log.ts'
import { needsTemplate, writeContinuation, type Continuation } from './continuation/continuation.ts'
import type { Host, SelfInvocation } from './host.ts'
import type { Operation } from './operation.ts'

/** What of a continuation does not change while the operation goes on. */
export interface Baggage extends Omit<Continuation, 'operation' | 'properties' | 'whole' | 'oldProperties'> {
  readonly properties: Continuation['properties']
  /** Absent where this call has got only what is needed to follow the operation. */
  readonly whole?: Pick<Continuation, 'properties' | 'oldProperties'>
}

/**
 * How an operation gets to another call of the function: a function that sends it there, with the wait for its next
 * action as the delay, and says whether that was taken. What FC refuses for good is tried, and logged, once.
 */
export function handOverBy(
  { host, log }: { readonly host: Host; readonly log: Logger },
  invokeSelf: SelfInvocation,
  baggage: () => Baggage,
): (operation: Operation) => Promise<boolean> {
  const told = new Set<string>()
  const refuse = (why: string): false => {
    if (!told.has(why)) log.warn({ why }, 'the operation cannot be handed over: this call goes on with it')
    told.add(why)
    return false
  }
  let isRefused = false
  return async (operation) => {
    const { settings, clock } = host
    const [key] = settings.continuationKeys
    if (isRefused) return false
    if (settings.continuation === 'off') return refuse('STACKBRIDGE_CONTINUATION is off')
    if (key === undefined) return refuse('STACKBRIDGE_CONTINUATION_KEY is not set')
    if (!invokeSelf.possible) return refuse(invokeSelf.whyNot)
    const next = { ...operation, hops: operation.hops + 1 }
    const content = contentOf(baggage(), next)
    if (content === undefined)
      return refuse('what is left to do needs the template, which this call has not got')
    const payload = writeContinuation(content, key)
    if (payload.byteLength > LARGEST_ASYNC_PAYLOAD_BYTES) return refuse(TOO_LARGE)
    const delaySeconds = delayOf(operation, clock.now())
    const taskId = `stackbridge-${content.chain}-${String(next.hops)}`
    const sent = await withinTime(invokeSelf.invoke({ payload, delaySeconds, taskId }), clock)
    if (sent.invoked) {
      const { fcRequestId } = sent
      log.info(
        { hop: next.hops, delaySeconds, bytes: payload.byteLength, nextFcRequestId: fcRequestId },
        'the operation is handed over',
      )
      return true
    }
    isRefused = !sent.again
    log.warn({ why: sent.why }, 'the operation could not be handed over')
    return false
  }
}

const TOO_LARGE =
  `it would take more than the ${String(LARGEST_ASYNC_PAYLOAD_BYTES)} bytes of an asynchronous invocation: ` +
  'give the template by TemplateURL'

function contentOf(baggage: Baggage, operation: Operation): Continuation | undefined {
  const { whole, properties, ...rest } = baggage
  if (!needsTemplate(operation)) return { ...rest, properties, whole: false, operation }
  return whole === undefined ? undefined : { ...rest, ...whole, whole: true, operation }
}

/** What has not been answered by then may have been taken: the same task id then makes a second try harmless. */
async function withinTime(invoked: Promise<Invoked>, clock: Clock): Promise<Invoked> {
  const done = new AbortController()
  const late = clock.sleep(LONGEST_HAND_OVER_MS, done.signal).then(
    (): Invoked => ({ invoked: false, again: true, why: 'Function Compute gave no answer in time' }),
    // Aborted, since the answer was quicker: the race is decided already.
    () => invoked,
  )
  try {
    return await Promise.race([invoked, late])
  } finally {
    done.abort()
  }
}

/** Less than what is kept back at the end of a call of 60 s. */
const LONGEST_HAND_OVER_MS = 7000

function delayOf({ notBefore }: Operation, now: number): number {
  return Math.min(LONGEST_DELAY_SECONDS, Math.max(0, Math.ceil((notBefore - now) / 1000)))
}
