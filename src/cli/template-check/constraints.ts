import { breaksPattern } from './allowed-pattern.ts'

/** The rules of a parameter for a value as text. */
export interface Constraints {
  readonly allowedValues?: readonly string[]
  readonly pattern?: { readonly source: string; readonly matchesWhole: boolean }
  readonly minLength?: number
  readonly maxLength?: number
  readonly minValue?: number
  readonly maxValue?: number
}

const MOST_LISTED = 12

/** What is wrong with a value; `undefined` for a right one. */
export function constraintProblem(text: string, rules: Constraints): string | undefined {
  const { allowedValues, pattern, minLength = 0, maxLength = Infinity, minValue, maxValue } = rules
  if (allowedValues !== undefined && !allowedValues.includes(text))
    return `must be one of ${listed(allowedValues)}`
  const length = Array.from(text).length
  if (length < minLength) return `must have ${String(minLength)} characters at least`
  if (length > maxLength) return `must have ${String(maxLength)} characters at most`
  if (minValue !== undefined && Number(text) < minValue) return `must be at least ${String(minValue)}`
  if (maxValue !== undefined && Number(text) > maxValue) return `must be at most ${String(maxValue)}`
  if (pattern !== undefined && breaksPattern(text, pattern.source, pattern))
    return `must match the AllowedPattern ${pattern.source}`
  return undefined
}

/** Names for a message: all of them, or the first ones and how many more there are. */
export function listed(names: readonly string[]): string {
  const others = names.length - MOST_LISTED
  return others > 1
    ? `${names.slice(0, MOST_LISTED).join(', ')} and ${String(others)} more`
    : names.join(', ')
}

/** Numbers as templates write them. */
export function isNumeric(text: string): boolean {
  return text.trim() !== '' && Number.isFinite(Number(text))
}
