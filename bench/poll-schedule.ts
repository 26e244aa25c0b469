import { pollDelay } from '../src/bridge/poll-schedule.ts'
import { readSettings } from '../src/platform/settings.ts'

/**
 * How many calls a stack of a given length costs, and how late its end is seen: the bridge's schedule with its default
 * settings, and fixed intervals. Simulated, so the figures are exact and do not depend on the machine.
 */

interface Schedule {
  readonly name: string
  /** Milliseconds until the next look, after `elapsed` milliseconds. */
  next(elapsed: number, dice: number): number
}

const { settings } = readSettings({})
const bounds = { minMs: settings.pollMinMs, maxMs: settings.pollMaxMs }
const fixed = (seconds: number): Schedule => ({
  name: `every ${String(seconds)} s`,
  next: () => seconds * 1000,
})
const schedules: Schedule[] = [
  { name: 'Stackbridge', next: (elapsed, dice) => pollDelay(elapsed, 0, bounds, dice) },
  fixed(3),
  fixed(5),
  fixed(30),
]
const LENGTHS_S = [5, 15, 30, 60, 180, 600, 1800, 3600, 7200]
const RUNS = 2000

/** Mulberry32: the same sequence each time. */
function seeded(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}

/** Means over stacks whose length is within 10 % of the given one, so that no schedule profits from a round number. */
function measure(schedule: Schedule, lengthS: number): { calls: number; lateS: number } {
  const random = seeded(lengthS)
  let calls = 0
  let late = 0
  for (let run = 0; run < RUNS; run += 1) {
    const end = lengthS * 1000 * (0.9 + 0.2 * random())
    let now = 0
    while (now < end) {
      now += schedule.next(now, random())
      calls += 1
    }
    late += now - end
  }
  return { calls: calls / RUNS, lateS: late / RUNS / 1000 }
}

console.log(`| stack takes | ${schedules.map(({ name }) => `${name}: calls | late`).join(' | ')} |`)
console.log(`| --- | ${schedules.map(() => '---: | ---:').join(' | ')} |`)
for (const length of LENGTHS_S) {
  const cells = schedules.map((schedule) => {
    const { calls, lateS } = measure(schedule, length)
    return `${calls.toFixed(1)} | ${lateS.toFixed(1)} s`
  })
  console.log(`| ${String(length)} s | ${cells.join(' | ')} |`)
}
