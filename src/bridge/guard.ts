import type { Clock, EpochMs } from '../platform/clock.ts'

/** Errors of this process that nobody caught, and that belong to the event being served. */
export interface Crashes {
  /** Calls `listener` for each until the returned function is called. */
  listen(listener: (error: unknown) => void): () => void
}

export type Alarm = { readonly why: 'time' } | { readonly why: 'crash'; readonly error: unknown }

/**
 * Watches over work that may hang or die in a way that its promise does not show. `alarm` resolves at the moment that
 * `due` gives (it is asked again when that has come, since it may have moved), or with the first uncaught error; `time`
 * with the former alone.
 */
export function startGuard({
  clock,
  due,
  crashes,
}: {
  readonly clock: Clock
  readonly due: () => EpochMs
  readonly crashes: Crashes | undefined
}): { readonly alarm: Promise<Alarm>; readonly time: Promise<Alarm>; stop(): void } {
  const over = new AbortController()
  let unlisten: (() => void) | undefined
  const crashed = new Promise<Alarm>((resolve) => {
    unlisten = crashes?.listen((error) => {
      resolve({ why: 'crash', error })
    })
  })
  const time = timeIsUp(clock, due, over.signal)
  return {
    alarm: Promise.race([crashed, time]),
    time,
    stop() {
      over.abort()
      unlisten?.()
    },
  }
}

async function timeIsUp(clock: Clock, due: () => EpochMs, signal: AbortSignal): Promise<Alarm> {
  for (;;) {
    const left = due() - clock.now()
    if (left <= 0) return { why: 'time' }
    try {
      await clock.sleep(Math.min(left, LONGEST_SLEEP_MS), signal)
    } catch (error) {
      if (!signal.aborted) throw error
      // Stopped: whoever waits for the alarm has what it wanted.
      return new Promise(() => undefined)
    }
  }
}

/** Node's timers take no more than 2^31 - 1 ms. */
const LONGEST_SLEEP_MS = 3_600_000
