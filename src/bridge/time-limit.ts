import type { Clock } from '../platform/clock.ts'

/** `work`, or what `late` gives or throws where `work` takes longer than `ms` milliseconds. Does not stop `work`. */
export async function withTimeLimit<T>(
  work: Promise<T>,
  ms: number,
  clock: Clock,
  late: () => T,
): Promise<T> {
  const done = new AbortController()
  // Aborted: the work was faster, and decides the race.
  const limit = clock.sleep(ms, done.signal).then(late, () => work)
  try {
    return await Promise.race([work, limit])
  } finally {
    done.abort()
  }
}
