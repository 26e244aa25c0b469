import { seeded } from '../statistics.ts'
import type { Schedule } from './schedules.ts'

export interface Cost {
  /** Polls until the end of the stack was seen. */
  readonly calls: number
  /** Seconds between the end and the poll that saw it. */
  readonly lateS: number
  /** `lateS` as a share of the stack's time. */
  readonly lateShare: number
}

/** Averages over `runs` stacks of `fromS` to `toS` seconds, evenly distributed on a logarithmic scale. */
export function simulate(schedule: Schedule, fromS: number, toS: number, runs = 2000): Cost {
  const random = seeded(Math.round(fromS * 1000))
  const sum = { calls: 0, lateS: 0, lateShare: 0 }
  for (let run = 0; run < runs; run += 1) {
    const end = fromS * 1000 * (toS / fromS) ** random()
    let now = 0
    let calls = schedule.pollsAtStart ? 1 : 0
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

/** Stacks of about `lengthS` seconds. The range is wide enough that the positions of single polls do not matter. */
export function around(schedule: Schedule, lengthS: number, runs?: number): Cost {
  return simulate(schedule, lengthS / 1.2, lengthS * 1.2, runs)
}
