/** Characters of the texts that are compared. */
export interface Lengths {
  readonly from: number
  readonly to: number
}

export interface Growth {
  /** Milliseconds of CPU for a text of `lengths.from` and of `lengths.to`. */
  readonly shortMs: number
  /** `undefined` where the short one took too long already. */
  readonly longMs: number | undefined
  readonly isLinear: boolean
}

/** A quadratic run time grows by the square of the lengths' ratio, which is far beyond this many times the ratio. */
const TOLERANCE = 3
/** Times below it are noise. */
const SMALLEST_MS = 0.5
/** No linear scan takes so long for one character. */
const SLOWEST_MS_A_CHARACTER = 0.005
const ATTEMPTS = 4
/** Times the limit, beyond which no busy machine is to blame. */
const HOPELESS = 1.5

/**
 * Compares a run on a short text with one on a long text. CPU time is taken, not the clock's, and a growth that looks too
 * steep is measured again, so that a busy machine does not make a linear run look otherwise.
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
    // One slow run of the short text must not excuse the long one.
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
