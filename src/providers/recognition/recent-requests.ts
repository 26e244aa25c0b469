/**
 * The requests whose operations were started on a stack, as its marks remember them. A request that is delivered again after
 * a later one is known by them. Earlier ones are shortened, since marks have little room.
 */
export interface RecentRequests {
  /** The request whose operation was started last; empty where the marks name none. */
  readonly latest: string
  /** The first 12 digits of those before it, newest first. */
  readonly earlier: readonly string[]
}

const DIGITS = 12
/** ROS sends one request after the other, and a queue delivers one late only within hours. */
const MOST_EARLIER = 5

/** What the marks remember once `request`, a digest of at least 12 digits, is the latest. */
export function remember({ latest, earlier }: RecentRequests, request: string): RecentRequests {
  const own = shortened(request)
  const before = [shortened(latest), ...earlier].filter((one) => one !== '' && one !== own)
  return { latest: request, earlier: [...new Set(before)].slice(0, MOST_EARLIER) }
}

/** Whether a later request than `request` has started an operation since. */
export function isSuperseded({ latest, earlier }: RecentRequests, request: string): boolean {
  return latest !== request && earlier.includes(shortened(request))
}

/** The written form of the earlier ones, at most 60 characters. */
export function writeEarlier(earlier: readonly string[]): string {
  return earlier.join('')
}

/** Reads what `writeEarlier` wrote; anything else is no request. */
export function readEarlier(written: string | undefined): readonly string[] {
  return (written ?? '').match(/[0-9a-f]{12}/g) ?? []
}

function shortened(request: string): string {
  return request.slice(0, DIGITS)
}
