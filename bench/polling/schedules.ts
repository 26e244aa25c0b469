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
