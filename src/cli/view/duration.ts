/** A time for people, in at most 8 characters up to 99 hours: `4.2 s`, `1m 05s` or `2h 00m`. */
export function duration(ms: number): string {
  if (ms < 0) return `-${duration(-ms)}`
  const tenths = Math.round(ms / 100)
  if (tenths < 600) return `${(tenths / 10).toFixed(1)} s`
  const seconds = Math.floor(ms / 1000 + 0.05)
  const minutes = Math.floor(seconds / 60)
  return minutes < 60
    ? `${String(minutes)}m ${twoDigits(seconds % 60)}s`
    : `${String(Math.floor(minutes / 60))}h ${twoDigits(minutes % 60)}m`
}

function twoDigits(count: number): string {
  return String(count).padStart(2, '0')
}
