import { pollDelay } from '../../src/bridge/poll-schedule.ts'
import { readSettings } from '../../src/platform/settings.ts'

export interface Schedule {
  readonly name: string
  /** Whether the first poll is at the start, without a delay. */
  readonly pollsAtStart: boolean
  /** Milliseconds until the next poll, after `elapsed` milliseconds; `dice` is a random number in [0, 1). */
  next(elapsed: number, dice: number): number
}

const { settings } = readSettings({})
const bounds = { minMs: settings.pollMinMs, maxMs: settings.pollMaxMs }

export const bridge: Schedule = {
  name: 'the bridge',
  pollsAtStart: false,
  next: (elapsed, dice) => pollDelay(elapsed, 0, bounds, dice),
}

/** The article, CDK's waiter and the AWS SDK's waiter: a poll at the start, then fixed intervals. */
export const fixed = (seconds: number): Schedule => ({
  name: `every ${String(seconds)} s`,
  pollsAtStart: true,
  next: () => seconds * 1000,
})

export const article = fixed(3)
export const OTHERS: readonly Schedule[] = [article, fixed(5), fixed(30)]

/** 3 s until `quickMs`, then a share of the elapsed time, at most `mostMs`. */
export const growing = (share: number, mostMs: number, quickMs = 60_000): Schedule => ({
  name:
    `${quickMs > 0 ? '3 s for a minute, then ' : ''}${String(share * 100)} % of the time, at least 3 s` +
    (mostMs === Infinity ? '' : `, at most ${String(mostMs / 1000)} s`),
  pollsAtStart: false,
  next: (elapsed, dice) =>
    (elapsed < quickMs ? 3000 : Math.min(mostMs, Math.max(3000, elapsed * share))) * (1 - 0.1 * dice),
})

/** 3 s for a minute, then `factor` times the square root of the elapsed seconds, at most 30 s. */
export const rootGrowing = (factor: number): Schedule => ({
  name: `3 s for a minute, then ${String(factor)} √t, at most 30 s`,
  pollsAtStart: false,
  next: (elapsed, dice) =>
    (elapsed < 60_000 ? 3000 : Math.min(30_000, Math.max(3000, factor * Math.sqrt(elapsed * 1000)))) *
    (1 - 0.1 * dice),
})

/** The bridge's schedule until the present one: 3 s for a minute, a quarter of the time until ten minutes, a fiftieth from then on. */
export const former: Schedule = {
  name: 'the former one: 3 s, then 25 %, then 2 %',
  pollsAtStart: false,
  next: (elapsed, dice) => {
    const [share, untilMs] =
      elapsed < 60_000 ? [0, 60_000] : elapsed < 600_000 ? [0.25, 600_000] : [0.02, Infinity]
    return Math.min(30_000, Math.max(3000, Math.min(elapsed * share, untilMs - elapsed))) * (1 - 0.1 * dice)
  },
}
