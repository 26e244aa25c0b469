import { seeded } from '../statistics.ts'
import type { Schedule } from './schedules.ts'

export interface Cost {
  /** Looks at the stack until its end was seen. */
  readonly calls: number
  /** Between the end and the look that saw it. */
  readonly lateS: number
  /** The same as a share of the stack's time. */
  readonly lateShare: number
}

/** Means over `runs` stacks whose lengths lie between the two, evenly on a logarithmic scale. */
export function simulate(schedule: Schedule, fromS: number, toS: number, runs = 2000): Cost {
  const random = seeded(Math.round(fromS * 1000))
  const sum = { calls: 0, lateS: 0, lateShare: 0 }
  for (let run = 0; run < runs; run += 1) {
    const end = fromS * 1000 * (toS / fromS) ** random()
    let now = 0
    let calls = schedule.looksAtOnce ? 1 : 0
    while (now < end) {
      now += schedule.next(now, random())
      calls += 1
    }
    sum.calls += calls
    sum.lateS += (now - end) / 1000
    sum.lateShare += (now - end) / end
  }
  return { calls: sum.calls / runs, lateS: sum.lateS / runs, lateShare: sum.lateShare / runs }
}

/** Stacks that take about as long as the one given: wide enough that no schedule profits from where its looks fall. */
export function around(schedule: Schedule, lengthS: number, runs?: number): Cost {
  return simulate(schedule, lengthS / 1.2, lengthS * 1.2, runs)
}
