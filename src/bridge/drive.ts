import type { EpochMs } from '../platform/clock.ts'
import type { Logger } from '../platform/log.ts'
import type { Secrets } from '../platform/secrets.ts'
import type { BridgeProperties } from '../providers/properties/bridge-properties.ts'
import type { StackSession } from '../providers/provider.ts'
import type { ReplyAddress } from '../ros/event.ts'
import { leaseOf, type Lease } from './deadline.ts'
import { deliverVerdict } from './deliver-verdict.ts'
import type { Effects } from './effects.ts'
import { startGuard, type Alarm } from './guard.ts'
import type { Host, Served } from './host.ts'
import { hurriedVerdict, type Delivery } from './lifecycle.ts'
import { giveUp, type Operation, type Verdict } from './operation.ts'
import { runOperation } from './run-operation.ts'

/** What an answer needs: where it goes, and what is left out of it. */
export interface Way {
  readonly host: Host
  readonly secrets: Secrets
  readonly log: Logger
  readonly replyTo: ReplyAddress
  readonly bridge: BridgeProperties
}

export interface Journey extends Way {
  readonly operation: Operation
  /** Absent where nothing but the delivery is left. */
  readonly session: StackSession | undefined
  readonly handOver?: (operation: Operation) => Promise<boolean>
  /** Until when it is worth to wait in this call. */
  readonly inlineUntil: EpochMs
}

/**
 * Takes an operation to its answer, or to another call of the function. Whatever becomes of the work, ROS hears from this
 * call once at most, and in time: a guard answers where the work hangs, or where the process has lost its footing.
 */
export async function drive(journey: Journey): Promise<Served> {
  const { host, log, operation, handOver } = journey
  const lease = leaseFor(journey)
  const desk = new Desk(journey, lease)
  const state = { latest: operation, isHalted: false }
  const effects = effectsOf(journey, lease, desk, state)
  let leaving: Promise<boolean> | undefined
  const leave = (now: Operation) => (leaving = handOver?.(now) ?? Promise.resolve(false))
  const begunAt = host.clock.now()
  const isLate = guardDue(operation, lease) <= begunAt
  // A call that comes too late needs a moment for its answer, too: the guard is for what hangs.
  const earliest = isLate ? Math.min(begunAt + LONGEST_LAST_ATTEMPT_MS, lease?.end ?? Infinity) : begunAt
  const due = () => Math.max(guardDue(state.latest, lease), earliest)
  const guard = startGuard({ clock: host.clock, due, crashes: host.crashes })
  try {
    const work = runOperation(
      operation,
      handOver === undefined ? effects : { ...effects, handOver: leave },
    ).then(
      (ended) => ({ ended }),
      (error: unknown) => ({ alarm: { why: 'crash', error } satisfies Alarm }),
    )
    const first = await Promise.race([work, guard.alarm.then((alarm) => ({ alarm }))])
    if ('ended' in first)
      return first.ended.at === 'handed-over' ? { kind: 'handed-over' } : await desk.served(state.latest)
    state.isHalted = true
    // Once it is with another call, it is that call's to answer.
    const isLeaving = first.alarm.why === 'crash' && leaving !== undefined
    if (isLeaving && (await Promise.race([leaving, guard.time.then(() => false)])))
      return { kind: 'handed-over' }
    return await afterAlarm(first.alarm, state.latest, desk, { ...journey, lease, log })
  } finally {
    guard.stop()
  }
}

/** Where the work cannot be gone on with: one look, in what time is left, and what is true is answered. */
async function afterAlarm(
  alarm: Alarm,
  latest: Operation,
  desk: Desk,
  journey: Journey & { readonly lease: Lease | undefined },
): Promise<Served> {
  const { host, log, lease } = journey
  const { clock } = host
  if (alarm.why === 'time') {
    log.error({ step: latest.step.at }, 'the operation hangs: it is answered without it')
    return desk.answer(
      hurriedVerdict(giveUp(latest, 'The bridge itself hung', clock.now()), clock.now()),
      latest.end,
    )
  }
  const { error } = alarm
  log.error({ err: error, step: latest.step.at }, 'a defect of the bridge stopped the operation')
  const message = error instanceof Error ? `${error.name}: ${error.message}` : 'an unknown error'
  const given = giveUp(
    latest,
    `The bridge itself failed (${message}); its log has the details. It stopped`,
    clock.now(),
  )
  const state = { latest: given, isHalted: false }
  const guard = startGuard({ clock, due: () => guardDue(given, lease), crashes: undefined })
  const look = runOperation(given, effectsOf(journey, lease, desk, state)).catch((failure: unknown) => {
    log.error({ err: failure }, 'the defect stopped the last look, too')
    return undefined
  })
  try {
    const ended = await Promise.race([look, guard.time.then(() => undefined)])
    state.isHalted = true
    return ended === undefined
      ? await desk.answer(hurriedVerdict(given, clock.now()), given.end)
      : await desk.served(given)
  } finally {
    guard.stop()
  }
}

function effectsOf(
  { host, log, session }: Journey,
  lease: Lease | undefined,
  desk: Desk,
  state: { latest: Operation; isHalted: boolean },
): Effects {
  const { watcher } = host
  return {
    clock: host.clock,
    random: host.random,
    log,
    async deliver(verdict) {
      const delivery = await desk.deliver(verdict, state.latest.end)
      // A person who waits at a command line is not to wait for ROS's patience to end.
      return delivery === 'unreachable' && host.invokeSelf === undefined ? 'refused' : delivery
    },
    keep(operation) {
      state.latest = operation
    },
    isHalted: () => state.isHalted,
    ...(session === undefined ? {} : { session }),
    ...(lease === undefined ? {} : { lease }),
    ...(watcher === undefined
      ? {}
      : {
          observe(progress) {
            watcher.progress(progress)
          },
        }),
  }
}

/** The only one in this call who talks to ROS: a second answer would be one too many. */
class Desk {
  readonly #way: Way
  readonly #lease: Lease | undefined
  #verdict: Verdict | undefined
  #delivering: Promise<Delivery> | undefined
  #isUnderWay = false

  constructor(way: Way, lease: Lease | undefined) {
    this.#way = way
    this.#lease = lease
  }

  /** Delivers the first verdict that comes, and the same again where ROS was out of reach. */
  deliver(verdict: Verdict, end: EpochMs): Promise<Delivery> {
    if (this.#delivering !== undefined && (this.#verdict !== verdict || this.#isUnderWay))
      return this.#delivering
    this.#verdict = verdict
    this.#isUnderWay = true
    this.#delivering = deliverTo(this.#way, verdict, Math.min(end, this.#lease?.end ?? Infinity)).finally(
      () => {
        this.#isUnderWay = false
      },
    )
    return this.#delivering
  }

  async answer(verdict: Verdict, end: EpochMs): Promise<Served> {
    const delivery = await this.deliver(verdict, end)
    return servedBy(delivery, this.#verdict ?? verdict, this.#way)
  }

  async served(operation: Operation): Promise<Served> {
    const verdict = this.#verdict ?? hurriedVerdict(operation, this.#way.host.clock.now())
    return servedBy(await this.#delivering, verdict, this.#way)
  }
}

const LONGEST_LAST_ATTEMPT_MS = 60_000

/** An answer that needs no operation. */
export async function answerAtOnce(verdict: Verdict, way: Way, end: EpochMs): Promise<Served> {
  const delivery = await deliverTo(way, verdict, Math.min(end, way.host.functionEndsAt ?? Infinity))
  return servedBy(delivery, verdict, way)
}

function servedBy(delivery: Delivery | undefined, verdict: Verdict, way: Way): Served {
  return { kind: delivery === 'accepted' ? 'answered' : 'undelivered', verdict: showable(verdict, way) }
}

/** Whoever gets it has no secrets to mask it by. */
function showable(verdict: Verdict, { secrets, bridge }: Way): Verdict {
  if (verdict.status === 'FAILED') return { ...verdict, reason: secrets.mask(verdict.reason) }
  const hidden = new Set(bridge.SecretOutputs)
  const outputs = Object.entries(verdict.outputs).filter(([name]) => !hidden.has(name))
  const failed = Object.entries(verdict.failedOutputs).map(
    ([name, why]) => [name, secrets.mask(why)] as const,
  )
  return { ...verdict, outputs: Object.fromEntries(outputs), failedOutputs: Object.fromEntries(failed) }
}

function deliverTo(way: Way, verdict: Verdict, end: EpochMs): Promise<Delivery> {
  const { host, replyTo, secrets, log, bridge } = way
  host.watcher?.answering(showable(verdict, way))
  return deliverVerdict(verdict, {
    replyTo,
    selection: bridge.Outputs,
    secretOutputs: bridge.SecretOutputs ?? [],
    settings: host.settings,
    secrets,
    network: host.network,
    clock: host.clock,
    random: host.random,
    log,
    end,
    answerInPlace: host.answerInPlace,
  })
}

function leaseFor({ host, inlineUntil, handOver }: Journey): Lease | undefined {
  const endsAt = host.functionEndsAt ?? Infinity
  if (endsAt === Infinity && handOver === undefined) return undefined
  return leaseOf({ from: host.clock.now(), endsAt, inlineUntil, endsBy: host.endsBy })
}

/**
 * Between the moment at which the work should have begun to deliver and the last one. A delivery that has begun has its
 * own limits: another one beside it would only be a second answer.
 */
function guardDue({ answerBy, end, step }: Operation, lease: Lease | undefined): EpochMs {
  const last = Math.min(end, lease?.end ?? Infinity)
  if (step.at === 'answer' || step.at === 'end') return last + LONGEST_LAST_ATTEMPT_MS
  const from = Math.min(answerBy, lease?.answerBy ?? Infinity)
  return from + Math.max(0, last - from) / 2
}
