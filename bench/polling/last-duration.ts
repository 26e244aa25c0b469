import type { Table } from '../report/section.ts'
import { mean, seeded } from '../statistics.ts'
import { SECONDS_A_CALL } from './objective.ts'
import { PUBLISHED_TIMINGS } from './published-timings.ts'
import { bridge } from './schedules.ts'

/**
 * The cost of a schedule that uses the duration of the stack's last operation. It is not implemented: see docs/architecture.md.
 * The published timings stand for the last operation. The duration of the next one, relative to it, is an assumption.
 */

/** Milliseconds until the next poll, after `elapsed` milliseconds, if the last operation took `last` milliseconds. */
type InformedSchedule = (elapsed: number, last: number, dice: number) => number

/** The next operation takes between these multiples of the last one, evenly distributed on a logarithmic scale. */
interface Assumption {
  readonly name: string
  readonly from: number
  readonly to: number
}

const AS_LONG: Assumption = { name: 'half to twice as long', from: 0.5, to: 2 }
const MUCH_SHORTER: Assumption = { name: 'a twentieth to a half', from: 0.05, to: 0.5 }
const MUCH_LONGER: Assumption = { name: 'twice to eight times as long', from: 2, to: 8 }
const ASSUMPTIONS: readonly Assumption[] = [AS_LONG, MUCH_SHORTER, MUCH_LONGER]

const FIRST_MINUTE_MS = 60_000
/** The maximum cost of a wrong guess. */
const MOST_MS = 30_000
const LEAST_MS = 3000
const JITTER = 0.1

/**
 * The interval with the least sum, if the operation ends between half of and twice the last duration: the square root of two
 * calls, in seconds, over the probability per second that it ends now.
 */
function bestInterval(elapsed: number, last: number): number {
  const remaining = Math.log((AS_LONG.to * last) / elapsed)
  const best = Math.sqrt(2 * SECONDS_A_CALL * (elapsed / 1000) * Math.max(0.2, remaining)) * 1000
  return Math.min(MOST_MS, Math.max(LEAST_MS, best))
}

const isExpected = (elapsed: number, last: number): boolean =>
  elapsed >= AS_LONG.from * last && elapsed <= AS_LONG.to * last

/** The bridge's own schedule, independent of the last operation. */
const uninformed: InformedSchedule = (elapsed, _last, dice) => bridge.next(elapsed, dice)

/** Never later than the bridge's schedule: more polls while the end is expected, and as many at any other time. */
const moreOften: InformedSchedule = (elapsed, last, dice) =>
  isExpected(elapsed, last)
    ? Math.min(bridge.next(elapsed, dice), bestInterval(elapsed, last) * (1 - JITTER * dice))
    : bridge.next(elapsed, dice)

/** After the first minute, polls every 30 s until the end is expected. */
const rarelyThenOften: InformedSchedule = (elapsed, last, dice) => {
  if (isExpected(elapsed, last)) return bestInterval(elapsed, last) * (1 - JITTER * dice)
  const untilExpected = AS_LONG.from * last - elapsed
  return elapsed < FIRST_MINUTE_MS || untilExpected < 0
    ? bridge.next(elapsed, dice)
    : Math.min(MOST_MS * (1 - JITTER * dice), Math.max(LEAST_MS, untilExpected))
}

interface Score {
  readonly calls: number
  readonly lateS: number
  /** Seconds late, and calls in seconds. */
  readonly sum: number
}

function scoreOf(schedule: InformedSchedule, { from, to }: Assumption): Score {
  const costs = PUBLISHED_TIMINGS.map(({ seconds }) => costOf(schedule, seconds * 1000, from, to))
  const calls = mean(costs.map((cost) => cost.calls))
  const lateS = mean(costs.map((cost) => cost.lateS))
  return { calls, lateS, sum: calls * SECONDS_A_CALL + lateS }
}

const RUNS = 300

function costOf(
  schedule: InformedSchedule,
  last: number,
  from: number,
  to: number,
): { readonly calls: number; readonly lateS: number } {
  const random = seeded(Math.round(last))
  const sum = { calls: 0, lateS: 0 }
  for (let run = 0; run < RUNS; run += 1) {
    const end = last * from * (to / from) ** random()
    let now = 0
    while (now < end) {
      now += schedule(now, last, random())
      sum.calls += 1
    }
    sum.lateS += (now - end) / 1000
  }
  return { calls: sum.calls / RUNS, lateS: sum.lateS / RUNS }
}

export interface InformedRow {
  readonly schedule: string
  /** In the order of `ASSUMPTIONS`. */
  readonly scores: readonly Score[]
}

export function informedRows(): readonly InformedRow[] {
  const schedules: readonly (readonly [string, InformedSchedule])[] = [
    ['the bridge', uninformed],
    ['more often while the end is expected', moreOften],
    ['every 30 s before, more often then', rarelyThenOften],
  ]
  return schedules.map(([schedule, next]) => ({
    schedule,
    scores: ASSUMPTIONS.map((assumption) => scoreOf(next, assumption)),
  }))
}

/**
 * The share of operations that must take half to twice as long as the last one, so that the schedule costs no more than the
 * bridge's if all others are of the worst assumption for it.
 */
function shareToBreakEven({ scores }: InformedRow, own: InformedRow): number {
  const [gain = 0, ...losses] = scores.map(({ sum }, index) => sum - (own.scores[index]?.sum ?? Number.NaN))
  const loss = Math.max(0, ...losses)
  return loss / (loss - gain)
}

export function lastDurationTable(rows: readonly InformedRow[]): Table {
  const [own] = rows
  return {
    caption:
      'Polls that use the duration of the last operation (not built): calls, seconds late and their sum, if the next operation takes',
    head: ['schedule', ...ASSUMPTIONS.map(({ name }) => name), 'pays if the first is true for'],
    rows: rows.map((row) => [
      row.schedule,
      ...row.scores.map(
        ({ calls, lateS, sum }) => `${calls.toFixed(0)}, ${lateS.toFixed(1)} s late: ${sum.toFixed(1)}`,
      ),
      row === own || own === undefined ? '' : `${(100 * shareToBreakEven(row, own)).toFixed(0)} % or more`,
    ]),
  }
}
