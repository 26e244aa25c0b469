import type { Clock, EpochMs } from '../../../src/platform/clock.ts'
import type { NamedRequest } from './effect-names.ts'
import type { Effect, FaultKind, PlannedFault } from './faults.ts'
import type { Process } from './process.ts'

/** Longer than the time until the first poll. */
const STALE_MS = 8000
/** Longer than the AWS SDK retries by itself; its pauses are in real time. */
const SHORT_OUTAGE_MS = 12_000
const OUTAGE_MS = 30_000
const RETRY_PAUSE_MS = 1000
const LATE_RETRY_PAUSE_MS = 60_000

/** Counts the effects of a history, and chooses the fault for each of them. */
export class FaultPlan {
  readonly effects: Effect[] = []
  readonly #clock: Clock
  readonly #plan: readonly PlannedFault[]
  readonly #counts = new Map<string, number>()
  readonly #alwaysKilled = new Set<Uint8Array>()
  readonly #retriedLate = new Set<Uint8Array>()
  #countsFrom: EpochMs | undefined
  #unavailableUntil: EpochMs = 0
  #staleUntil: EpochMs = 0

  constructor(clock: Clock, plan: readonly PlannedFault[]) {
    this.#clock = clock
    this.#plan = plan
  }

  /** Earlier effects prepare the scenario: they are not counted and have no faults. */
  beginScenario(): void {
    this.#countsFrom = this.#clock.now()
  }

  next({ name, kind }: NamedRequest, process: Process): Effect {
    const count = (this.#counts.get(name) ?? 0) + 1
    const now = this.#clock.now()
    if (this.#countsFrom !== undefined) this.#counts.set(name, count)
    const effect: Effect = {
      name: `${name}#${String(count)}`,
      kind,
      at: now - (this.#countsFrom ?? now),
      process: process.number,
    }
    if (this.#countsFrom === undefined) return effect
    this.effects.push(effect)
    const fault = this.#faultOf(effect, process)
    if (fault !== undefined) effect.fault = fault
    return effect
  }

  /** Whether the answers to reads must be kept. */
  get hasStaleReads(): boolean {
    return this.#plan.some(({ kind }) => kind === 'stale-reads')
  }

  get isUnavailable(): boolean {
    return this.#clock.now() < this.#unavailableUntil
  }

  get areReadsStale(): boolean {
    return this.#clock.now() < this.#staleUntil
  }

  retryPauseMs(payload: Uint8Array): number {
    return this.#retriedLate.has(payload) ? LATE_RETRY_PAUSE_MS : RETRY_PAUSE_MS
  }

  /** Call this when the effect's request has been applied. */
  applied({ fault }: Effect): void {
    const now = this.#clock.now()
    if (fault === 'answer-lost-then-503') this.#unavailableUntil = now + SHORT_OUTAGE_MS
    if (fault === 'stale-reads') this.#staleUntil = now + STALE_MS
  }

  #faultOf(effect: Effect, process: Process): FaultKind | undefined {
    if (this.#alwaysKilled.has(process.payload) && process.givenUp === undefined) return 'killed-before'
    const kind = this.#plan.find(({ at }) => at === effect.name)?.kind
    if (kind === 'killed-for-good-shown-late') this.#alwaysKilled.add(process.payload)
    if (kind === 'killed-after-retried-late') this.#retriedLate.add(process.payload)
    if (kind === '503-for-30-s') this.#unavailableUntil = this.#clock.now() + OUTAGE_MS
    return kind
  }
}
