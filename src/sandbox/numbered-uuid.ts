/** A UUID made of a count, so that runs are reproducible. Group `8000` is for resources, `9000` for requests, `a000` for operations. */
export function numberedUuid(count: number, group: '8000' | '9000' | 'a000' = '8000'): string {
  return `00000000-0000-4000-${group}-${count.toString(16).padStart(12, '0')}`
}

/** Each call returns the next UUID. */
export function uuidSequence(): () => string {
  let count = 0
  return () => {
    count += 1
    return numberedUuid(count)
  }
}
