/** Characters of the causes after the first: ROS takes 4,096 bytes for the whole answer. */
const LONGEST_OTHERS = 1500
const LONGEST_OTHER = 300

/**
 * The first cause in full, then the others as far as there is room, then how many more there are. `mask` masks secrets
 * before a cause is cut: in a cut cause, they could not be found.
 */
export function causesInWords(causes: readonly string[], mask: (text: string) => string): string {
  const [first = '', ...others] = causes.map(mask)
  if (others.length === 0) return first
  const shown: string[] = []
  let remaining = Math.max(0, LONGEST_OTHERS - first.length)
  for (const other of others) {
    const text = shortened(withoutStop(other))
    if (text.length > remaining) break
    shown.push(text)
    remaining -= text.length
  }
  const hidden = others.length - shown.length
  const more = hidden === 0 ? [] : [`${String(hidden)} more`]
  return `${withoutStop(first)}. Also failed: ${[...shown, ...more].join('; ')}`
}

function shortened(text: string): string {
  return text.length <= LONGEST_OTHER ? text : `${text.slice(0, LONGEST_OTHER - 1)}…`
}

function withoutStop(text: string): string {
  return text.endsWith('.') ? text.slice(0, -1) : text
}
