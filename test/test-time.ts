import { systemClock, type Clock, type EpochMs } from '../src/platform/clock.ts'
import { SimulatedClock } from '../src/sandbox/simulated-clock.ts'

/** The clock of a test's world, which the bridge, the platform and the embedded clouds share. */
export interface TestTime {
  readonly clock: Clock
  /** Waits until the condition is true, and checks it every 10 simulated milliseconds. Rejects after a simulated minute. */
  until(holds: () => boolean): Promise<void>
  /** Runs work for which this clock waits; the work sleeps with the clock that it gets. */
  employ<T>(work: (clock: Clock) => Promise<T>): Promise<T>
  stop(): Promise<void>
}

const POLL_MS = 10
const LONGEST_MS = 60_000
/**
 * Real milliseconds: longer than it takes to load a provider on a busy machine, or until the AWS SDK retries. No test waits
 * this long.
 */
const STUCK_MS = 120_000

/**
 * A clock that stops while something works, and jumps to the next sleeper when everything waits. `now`: the start time, for
 * comparisons with real time.
 */
export function startSimulatedTime({ now }: { readonly now?: EpochMs } = {}): TestTime {
  const clock = new SimulatedClock({ stuckMs: STUCK_MS, ...(now === undefined ? {} : { now }) })
  let end = (): void => undefined
  const passing = clock.run(
    new Promise<void>((resolve) => {
      end = resolve
    }),
  )
  return {
    clock,
    until: (holds) => until(clock, holds),
    employ: (work) => clock.employ(work),
    stop() {
      end()
      return passing
    },
  }
}

/** For clouds that accept only this type. */
export const realTime: TestTime = {
  clock: systemClock,
  until: (holds) => until(systemClock, holds),
  employ: (work) => work(systemClock),
  stop: () => Promise.resolve(),
}

async function until(clock: Clock, holds: () => boolean): Promise<void> {
  const end = clock.now() + LONGEST_MS
  while (!holds()) {
    if (clock.now() >= end) throw new Error(`not so within ${String(LONGEST_MS)} ms: ${String(holds)}`)
    await clock.sleep(POLL_MS)
  }
}
