/** Lengths of the compared texts, characters. */
export interface Lengths {
  readonly from: number
  readonly to: number
}

export interface Growth {
  /** CPU milliseconds for a text of `lengths.from` and of `lengths.to` characters. */
  readonly shortMs: number
  /** `undefined` if the short text already took too long. */
  readonly longMs: number | undefined
  readonly isLinear: boolean
}

/** Limit of the growth, as a multiple of the ratio of the lengths. A quadratic run time is far above it. */
const TOLERANCE = 3
/** Shorter times are noise. */
const SMALLEST_MS = 0.5
/** A linear scan needs less time per character. */
const SLOWEST_MS_A_CHARACTER = 0.005
const ATTEMPTS = 4
/** Above this multiple of the limit, a busy machine cannot be the cause. */
const HOPELESS = 1.5

/**
 * Compares the run time for a short text with that for a long one. It measures CPU time and repeats a measurement that is
 * above the limit, so that a busy machine does not cause a wrong result.
 */
export function growthOf(run: (length: number) => () => unknown, { from, to }: Lengths): Growth {
  const [short, long] = [run(from), run(to)]
  let shortMs = cpuMs(short)
  if (shortMs > from * SLOWEST_MS_A_CHARACTER) shortMs = Math.min(shortMs, cpuMs(short))
  if (shortMs > from * SLOWEST_MS_A_CHARACTER) return { shortMs, longMs: undefined, isLinear: false }
  let longMs = Number.POSITIVE_INFINITY
  for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
    longMs = Math.min(longMs, cpuMs(long))
    if (longMs <= limitOf(shortMs)) return { shortMs, longMs, isLinear: true }
    if (longMs > HOPELESS * limitOf(shortMs)) break
    // One slow run of the short text must not hide a slow long run.
    shortMs = Math.min(shortMs, cpuMs(short))
  }
  return { shortMs, longMs, isLinear: false }

  function limitOf(ms: number): number {
    return TOLERANCE * (to / from) * Math.max(ms, SMALLEST_MS)
  }
}

export function cpuMs(run: () => unknown): number {
  const before = process.cpuUsage()
  run()
  const { user, system } = process.cpuUsage(before)
  return (user + system) / 1000
}
