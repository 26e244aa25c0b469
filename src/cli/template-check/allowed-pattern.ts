/** Longer values are not compared: a pattern can take time that grows much faster than its text. */
const LONGEST_VALUE = 128

/** An unlimited repetition of a group. Most patterns that take exponential time have one. */
const REPEATED_GROUP = /\)(?:[*+]|\{\d*,\})/
/** Constructs that other languages' regular expressions have, and JavaScript's reads as something else. */
const OTHER_LANGUAGE = /\\[pPAZzQEGhHRXN]|\[\[|&&/

/**
 * Whether a value breaks a template's `AllowedPattern`. `false` also where it cannot be told: the pattern is in the language
 * of the cloud. `matchesWhole`: the pattern must match all of the value, and otherwise its beginning.
 */
export function breaksPattern(
  value: string,
  pattern: string,
  { matchesWhole }: { readonly matchesWhole: boolean },
): boolean {
  if (value.length > LONGEST_VALUE || REPEATED_GROUP.test(pattern) || OTHER_LANGUAGE.test(pattern))
    return false
  try {
    return !new RegExp(matchesWhole ? `^(?:${pattern})$` : `^(?:${pattern})`).test(value)
  } catch (error) {
    if (error instanceof SyntaxError) return false
    throw error
  }
}
