import { asText, type JsonObject, type JsonValue } from '../platform/json.ts'

/** The names of the properties that differ. A number and its text are the same value: clouds convert them. */
export function changedProperties(before: JsonObject, after: JsonObject): string[] {
  const names = new Set([...Object.keys(before), ...Object.keys(after)])
  return [...names].filter((name) => asComparable(before[name]) !== asComparable(after[name]))
}

function asComparable(value: JsonValue | undefined): string {
  if (value === undefined || value === null) return ''
  if (typeof value === 'object') return JSON.stringify(value)
  const text = asText(value)
  return /^(?:true|false)$/i.test(text) ? text.toLowerCase() : text
}
