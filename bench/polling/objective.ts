import { mean } from '../statistics.ts'
import { PUBLISHED_TIMINGS, type PublishedTiming } from './published-timings.ts'
import type { Schedule } from './schedules.ts'
import { around, type Cost } from './simulate.ts'

/**
 * How the poll schedule was chosen: of the schedules that poll every 3 s in the first minute, and then at intervals that grow
 * with the square root of the stack's age, by the mean of the calls and of the seconds late over half of the published
 * timings. Differences of one percent are chance: of the schedules within one percent of the least sum, the one with the fewest
 * calls was taken. The other half of the timings was not used to choose it.
 */
export const SECONDS_A_CALL = 1 / 12

export interface Halves {
  readonly choosing: readonly PublishedTiming[]
  readonly judging: readonly PublishedTiming[]
}

/** Every other timing, by length: both halves have short ones and long ones. */
export function halves(): Halves {
  const sorted = [...PUBLISHED_TIMINGS].sort((one, other) => one.seconds - other.seconds)
  return {
    choosing: sorted.filter((_, index) => index % 2 === 0),
    judging: sorted.filter((_, index) => index % 2 === 1),
  }
}

export interface Score extends Pick<Cost, 'calls' | 'lateS'> {
  /** Seconds late, and calls in seconds. */
  readonly sum: number
}

export function scoreOf(schedule: Schedule, timings: readonly PublishedTiming[]): Score {
  const costs = timings.map(({ seconds }) => around(schedule, seconds, 3000))
  const calls = mean(costs.map((cost) => cost.calls))
  const lateS = mean(costs.map((cost) => cost.lateS))
  return { calls, lateS, sum: calls * SECONDS_A_CALL + lateS }
}
