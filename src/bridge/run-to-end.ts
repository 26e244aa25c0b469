import type { CallScope } from '../platform/call-scope.ts'
import type { EpochMs } from '../platform/clock.ts'
import type { StackSession } from '../providers/provider.ts'
import type { BoundOperation } from './bind-request.ts'
import { leaseOf, type Lease } from './deadline.ts'
import type { Effects, HandOff } from './effects.ts'
import { startGuard, type Alarm } from './guard.ts'
import { createHandOff } from './hand-off.ts'
import type { Served } from './host.ts'
import { verdictAtOnce } from './lifecycle.ts'
import { canAct, giveUp, type Operation } from './operation.ts'
import type { ReplyContext } from './reply-context.ts'
import { runOperation } from './run-operation.ts'
import { VerdictDelivery } from './verdict-delivery.ts'

/** What one invocation needs to run its operation. */
interface RunContext {
  readonly reply: ReplyContext
  readonly operation: Operation
  readonly session: StackSession | undefined
  /** The session's calls to the cloud. */
  readonly calls: CallScope | undefined
  readonly lease: Lease | undefined
  readonly handOff: HandOff | undefined
  readonly delivery: VerdictDelivery
  /**
   * Whether the input of this invocation can start a write in the cloud: if another invocation gets the same input, it
   * could write again.
   */
  readonly canAct: boolean
}

/** What the guard has to know of the run beside it. */
interface RunState {
  latest: Operation
  /** The run must not act any more: its guard answers. */
  isHalted: boolean
  handingOff: Promise<boolean> | undefined
}

/**
 * Stage 4, run: takes an operation to its answer or hands it off to another invocation, and closes its session. ROS
 * gets at most one verdict from this invocation, in time: if the run hangs or fails, a guard answers. `givenUp`: see
 * `serveEvent`.
 */
export async function runToEnd(bound: BoundOperation, givenUp: string | undefined): Promise<Served> {
  try {
    return await runGuarded(contextOf(bound, givenUp))
  } finally {
    if (bound.reply.host.watcher?.readsAfterAnswer === true) bound.calls?.abort()
    else void bound.calls?.close()
    bound.session?.close()
  }
}

function contextOf(bound: BoundOperation, givenUp: string | undefined): RunContext {
  const { reply, session, calls } = bound
  const { clock } = reply.host
  const operation =
    givenUp === undefined ? bound.operation : limitToOnePoll(bound.operation, givenUp, clock.now())
  const handOff = givenUp === undefined ? handOffOf(bound) : undefined
  const lease = leaseFor(bound, handOff)
  return {
    reply,
    operation,
    session,
    calls,
    lease,
    handOff,
    delivery: new VerdictDelivery(reply, {
      latestEnd: lease?.end,
      canAct: canAct(bound.operation),
      kind: bound.operation.kind,
      calls,
    }),
    canAct: canAct(bound.operation),
  }
}

function handOffOf({ reply, continuationContent }: BoundOperation): HandOff | undefined {
  const { invokeSelf, answerInPlace } = reply.host
  // A caller that gets the answer in place waits for this very invocation.
  if (invokeSelf === undefined || answerInPlace !== undefined) return undefined
  return createHandOff(reply, invokeSelf, continuationContent)
}

function leaseFor({ reply, inlineUntil }: BoundOperation, handOff: HandOff | undefined): Lease | undefined {
  const { clock, functionEndsAt: endsAt = Infinity, endsBy } = reply.host
  if (endsAt === Infinity && handOff === undefined) return undefined
  return leaseOf({ from: clock.now(), endsAt, inlineUntil, endsBy })
}

const TIME_FOR_ONE_POLL_MS = 20_000

/** Allows a poll and an answer after ROS's Timeout, too: whether ROS still listens is not known here. */
function limitToOnePoll(operation: Operation, reason: string, now: EpochMs): Operation {
  const answerBy = Math.max(operation.answerBy, now + TIME_FOR_ONE_POLL_MS)
  const end = Math.max(operation.end, now + 2 * TIME_FOR_ONE_POLL_MS)
  return { ...giveUp(operation, reason, now), answerBy, end }
}

async function runGuarded(context: RunContext): Promise<Served> {
  const { operation, reply, delivery } = context
  const { clock, crashes } = reply.host
  const state: RunState = { latest: operation, isHalted: false, handingOff: undefined }
  const guard = startGuard({ clock, due: dueFor(context, state), crashes })
  try {
    const run = runOperation(operation, effectsOf(context, state)).catch(
      (error: unknown) => ({ why: 'crash', error }) satisfies Alarm,
    )
    const first = await Promise.race([run, guard.alarm])
    if ('at' in first) return first.at === 'handed-off' ? HANDED_OVER : await delivery.served(state.latest)
    state.isHalted = true
    if (first.why === 'crash' && (await isAcceptedElsewhere(state, guard.time))) return HANDED_OVER
    return await answerAfterAlarm(first, state.latest, context)
  } finally {
    guard.stop()
  }
}

const HANDED_OVER: Served = { kind: 'handed-over' }

/** Waits for a running hand-off. If it succeeds, the other invocation answers, and this one must not. */
async function isAcceptedElsewhere({ handingOff }: RunState, time: Promise<Alarm>): Promise<boolean> {
  return handingOff !== undefined && (await Promise.race([handingOff, time.then(() => false)]))
}

/** Answers for a run that cannot continue: polls once in the time that is left, and answers what is true. */
async function answerAfterAlarm(alarm: Alarm, latest: Operation, context: RunContext): Promise<Served> {
  const { reply, delivery } = context
  const { log, host } = reply
  if (alarm.why === 'time') {
    log.error({ step: latest.step.at }, 'the operation hangs: it is answered without it')
    const now = host.clock.now()
    const hung = giveUp(latest, 'The bridge itself hung', now)
    return delivery.answer(verdictAtOnce(hung, now), latest.end)
  }
  log.error({ err: alarm.error, step: latest.step.at }, 'a defect of the bridge stopped the operation')
  const reason = `The bridge itself failed (${messageOf(alarm.error)}); its log has the details. It stopped`
  return pollOnceAndAnswer(giveUp(latest, reason, host.clock.now()), context)
}

async function pollOnceAndAnswer(operation: Operation, context: RunContext): Promise<Served> {
  const { reply, lease, delivery } = context
  const { clock } = reply.host
  const state: RunState = { latest: operation, isHalted: false, handingOff: undefined }
  const guard = startGuard({ clock, due: () => guardDue(operation, lease), crashes: undefined })
  const run = runOperation(operation, effectsOf({ ...context, handOff: undefined }, state)).catch(
    (failure: unknown) => {
      reply.log.error({ err: failure }, 'the defect stopped the final poll, too')
      return undefined
    },
  )
  try {
    const ended = await Promise.race([run, guard.time.then(() => undefined)])
    state.isHalted = true
    return ended === undefined
      ? await delivery.answer(verdictAtOnce(operation, clock.now()), operation.end)
      : await delivery.served(operation)
  } finally {
    guard.stop()
  }
}

function effectsOf(
  { reply, session, calls, lease, handOff, delivery, canAct }: RunContext,
  state: RunState,
): Effects {
  const { host, log } = reply
  const { clock, random, watcher, invokeSelf } = host
  return {
    clock,
    random,
    log,
    async deliver(verdict) {
      const result = await delivery.deliver(verdict, state.latest.end)
      // A person at a command line must not wait until ROS's Timeout is over.
      return result === 'unreachable' && invokeSelf === undefined ? 'refused' : result
    },
    onState(operation) {
      state.latest = operation
    },
    isHalted: () => state.isHalted,
    ...(session === undefined ? {} : { session }),
    ...(calls === undefined
      ? {}
      : {
          abortCalls() {
            calls.abort()
          },
        }),
    ...(lease === undefined ? {} : { lease }),
    ...(handOff === undefined
      ? {}
      : {
          handOff: (operation, when) => (state.handingOff = handOff(operation, when)),
          handsOffVerdict: canAct,
        }),
    ...(watcher === undefined
      ? {}
      : {
          onProgress(progress) {
            watcher.progress(progress)
          },
        }),
  }
}

const LONGEST_DELIVERY_ATTEMPT_MS = 60_000

/**
 * When the guard acts. An invocation that starts too late gets time for its answer before that, since the guard is for a
 * run that hangs.
 */
function dueFor({ operation, lease, reply }: RunContext, state: RunState): () => EpochMs {
  const now = reply.host.clock.now()
  const isLate = guardDue(operation, lease) <= now
  const earliest = isLate ? Math.min(now + LONGEST_DELIVERY_ATTEMPT_MS, lease?.end ?? Infinity) : now
  return () => Math.max(guardDue(state.latest, lease), earliest)
}

/**
 * Between the time at which the run should have started the delivery and the last possible time. A running delivery has
 * its own limits; a second one at the same time would be a second answer.
 */
function guardDue({ answerBy, end, step }: Operation, lease: Lease | undefined): EpochMs {
  const last = Math.min(end, lease?.end ?? Infinity)
  if (step.at === 'answer' || step.at === 'end') return last + LONGEST_DELIVERY_ATTEMPT_MS
  const from = Math.min(answerBy, lease?.answerBy ?? Infinity)
  return from + Math.max(0, last - from) / 2
}

function messageOf(error: unknown): string {
  return error instanceof Error ? `${error.name}: ${error.message}` : 'an unknown error'
}
