import type { EpochMs } from '../platform/clock.ts'

/** ISO 8601 in UTC and whole seconds, as in `2026-01-01T00:00:00Z`. */
export function wholeSeconds(at: EpochMs): string {
  return `${new Date(at).toISOString().slice(0, 19)}Z`
}
