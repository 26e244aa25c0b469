import { systemClock, type Clock, type EpochMs } from '../src/platform/clock.ts'
import { SimulatedClock } from '../src/sandbox/simulated-clock.ts'

/** The time of a test's world: the bridge, the platform and the embedded clouds share its clock. */
export interface TestTime {
  readonly clock: Clock
  /** Waits until this is so, and asks every 10 milliseconds of this time. Rejects after a minute of it. */
  until(holds: () => boolean): Promise<void>
  /** Runs work that this time has to wait for, whatever it is busy with; it sleeps by the clock that it is given. */
  employ<T>(work: (clock: Clock) => Promise<T>): Promise<T>
  stop(): Promise<void>
}

const POLL_MS = 10
const LONGEST_MS = 60_000
/** Real milliseconds: longer than loading a provider takes on a busy machine, or the AWS SDK before it asks again. No test waits so long. */
const STUCK_MS = 120_000

/**
 * Time that stands still while something works, and jumps to the next sleeper when everybody waits. `now`: when it begins, for
 * who compares it with real time.
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

/** For clouds that know no other. */
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
