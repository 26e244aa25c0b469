import type { Clock } from '../platform/clock.ts'

/** Sleeps for `ms` milliseconds in steps of `stepMs`, and ends at the first step after which `isStopped` holds. */
export async function sleepUnlessStopped(
  clock: Clock,
  ms: number,
  stepMs: number,
  isStopped: () => boolean,
): Promise<void> {
  const end = clock.now() + ms
  while (clock.now() < end && !isStopped()) await clock.sleep(Math.min(end - clock.now(), stepMs))
}
