import type { Clock, EpochMs } from '../platform/clock.ts'

/** Uncaught errors of this process that belong to the event being served. */
export interface Crashes {
  /** Calls `listener` with each error until the returned function is called. */
  listen(listener: (error: unknown) => void): () => void
}

export type Alarm = { readonly why: 'time' } | { readonly why: 'crash'; readonly error: unknown }

/**
 * Watches work that may hang, or fail without rejecting its promise. `alarm` resolves with the first uncaught error, or
 * at the time that `due` returns; `due` is called again at that time, since the time may have changed. `time` resolves
 * at that time only.
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
  const stopped = new AbortController()
  let unlisten: (() => void) | undefined
  const crashed = new Promise<Alarm>((resolve) => {
    unlisten = crashes?.listen((error) => {
      resolve({ why: 'crash', error })
    })
  })
  const time = timeIsUp(clock, due, stopped.signal)
  return {
    alarm: Promise.race([crashed, time]),
    time,
    stop() {
      stopped.abort()
      unlisten?.()
    },
  }
}

async function timeIsUp(clock: Clock, due: () => EpochMs, signal: AbortSignal): Promise<Alarm> {
  for (;;) {
    const remainingMs = due() - clock.now()
    if (remainingMs <= 0) return { why: 'time' }
    try {
      await clock.sleep(Math.min(remainingMs, LONGEST_SLEEP_MS), signal)
    } catch (error) {
      if (!signal.aborted) throw error
      // Stopped: the alarm is not needed any more, so it never resolves.
      return new Promise(() => undefined)
    }
  }
}

/** Node's timers take no more than 2^31 - 1 ms. */
const LONGEST_SLEEP_MS = 3_600_000
