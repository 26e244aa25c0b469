import type { JsonObject } from '../../platform/json.ts'
import { LOG_SERVICE_LIMITS } from '../../platform/limits/log-service.ts'

export interface Condition {
  /** `message.requestId`: a key below a field that is indexed as JSON. */
  readonly field: string
  readonly words: readonly string[]
}

/** Alternatives, each of conditions that all have to hold. */
export type SearchStatement = readonly (readonly Condition[])[]

/**
 * The part of the search syntax that the command line uses: `field: "words"`, `and` and `or`, of which `and` binds closer.
 * `undefined` for anything else. https://alibabacloud.com/help/en/sls/user-guide/query-syntax
 */
export function parseSearch(statement: string): SearchStatement | undefined {
  const alternatives = statement.split(' or ').map((part) => part.split(' and ').map(conditionOf))
  const all = alternatives.flat()
  if (all.includes(undefined) || all.length > LOG_SERVICE_LIMITS.conditions.most) return undefined
  return alternatives.map((part) => part.filter((condition) => condition !== undefined))
}

function conditionOf(text: string): Condition | undefined {
  const [, field = '', value] = /^ *([\w.]+) *: *"([^"\\]*)" *$/.exec(text) ?? []
  return value === undefined ? undefined : { field, words: wordsOf(value) }
}

/**
 * By default a text is split into words, and a log is found that has all of them in any order: so more is found than the
 * phrase. https://www.alibabacloud.com/help/en/sls/phrase-search
 */
export function isFound(log: JsonObject, statement: SearchStatement): boolean {
  return statement.some((conditions) =>
    conditions.every(({ field, words }) => {
      const value = log[field.replace(/^message\./, '')]
      const own = new Set(wordsOf(typeof value === 'string' ? value : ''))
      return words.every((word) => own.has(word))
    }),
  )
}

/** At the delimiters that an index has by default; case does not count. */
function wordsOf(text: string): readonly string[] {
  return text
    .toLowerCase()
    .split(/[, '";=()[\]{}?@&<>/:\n\t\r]+/)
    .filter((word) => word !== '')
}
