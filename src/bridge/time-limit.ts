import type { Clock } from '../platform/clock.ts'

/** Aborts the signal of work that has exceeded its time limit. */
class WorkGivenUpError extends Error {
  override readonly name = 'AbortError'
}

/**
 * What `work` gives, or what `late` gives or throws where `work` takes longer than `ms` milliseconds. Then the signal
 * of `work` is aborted: its result is not used any more, and it must start nothing more.
 */
export async function withTimeLimit<T>(
  work: (signal: AbortSignal) => Promise<T>,
  ms: number,
  clock: Clock,
  late: () => T,
): Promise<T> {
  const [done, over] = [new AbortController(), new AbortController()]
  const working = work(over.signal)
  const giveUp = (): T => {
    over.abort(new WorkGivenUpError('the time limit is over'))
    return late()
  }
  // Aborted: the work was faster, and decides the race.
  const limit = clock.sleep(ms, done.signal).then(giveUp, () => working)
  try {
    return await Promise.race([working, limit])
  } finally {
    done.abort()
  }
}
