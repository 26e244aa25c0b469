/** A time for people: seconds with a decimal, minutes and seconds, or hours and minutes. */
export function duration(ms: number): string {
  if (ms < 0) return `-${duration(-ms)}`
  const seconds = ms / 1000
  if (seconds < 60) return `${seconds.toFixed(1)} s`
  const minutes = Math.floor(seconds / 60)
  if (minutes < 60) return `${String(minutes)} min ${String(Math.floor(seconds % 60))} s`
  return `${String(Math.floor(minutes / 60))} h ${String(minutes % 60)} min`
}
