import * as v from 'valibot'
import type { EpochMs } from '../../platform/clock.ts'
import { isJsonObject, parseJson, type JsonObject } from '../../platform/json.ts'
import { LOG_SERVICE_LIMITS } from '../../platform/limits/log-service.ts'
import { isFound, parseSearch } from './search-statement.ts'

export interface Answer {
  readonly status: number
  readonly body: object
}

interface StoredLog {
  /** Seconds. */
  readonly time: number
  readonly message: string
  readonly fields: JsonObject
}

const wholeNumber = v.pipe(v.number(), v.integer(), v.minValue(0))

const requestSchema = v.strictObject({
  from: wholeNumber,
  to: wholeNumber,
  query: v.string(),
  line: v.optional(wholeNumber, LOG_SERVICE_LIMITS.logsAPage.byDefault),
  offset: v.optional(wholeNumber, 0),
  reverse: v.optional(v.boolean(), false),
})

/** The logs of one logstore, and GetLogsV2 of them. */
export class Logstore {
  /** Statements that were searched for, in order. */
  readonly searches: string[] = []
  readonly #indexed: readonly string[] | undefined
  readonly #logs: StoredLog[] = []
  #incompleteAnswers = 0

  /** `indexed`: the keys below `message` that are indexed; `undefined`: the logstore has no index. */
  constructor(indexed: readonly string[] | undefined) {
    this.#indexed = indexed
  }

  write(message: string, at: EpochMs): void {
    const parsed = parseJson(Buffer.from(message))
    const fields = parsed.ok && isJsonObject(parsed.value) ? parsed.value : {}
    this.#logs.push({ time: Math.floor(at / 1000), message, fields })
  }

  /** The next `times` answers are incomplete. */
  answerIncompletely(times: number): void {
    this.#incompleteAnswers = times
  }

  search(body: Buffer): Answer {
    const parsed = parseJson(body)
    const read = v.safeParse(requestSchema, parsed.ok ? parsed.value : undefined)
    if (!read.success)
      return error(400, 'ParameterInvalid', 'a parameter is missing, unknown or of another type')
    const { from, to, query, line, offset, reverse } = read.output
    if (from >= to) return error(400, 'InvalidTimeRange', 'request time range is invalid')
    if (line > LOG_SERVICE_LIMITS.logsAPage.most) return error(400, 'InvalidLine', 'line is invalid')
    const indexed = this.#indexed
    if (indexed === undefined) return error(400, 'IndexConfigNotExist', 'logstore without index config')
    const statement = parseSearch(query)
    if (statement === undefined) return error(400, 'InvalidQueryString', 'query string is invalid')
    const missing = statement.flat().find(({ field }) => !indexed.includes(field.replace(/^message\./, '')))
    if (missing !== undefined)
      return error(
        400,
        'ParameterInvalid',
        `key (${missing.field}) is not config as key value config,if symbol : is in your log,please wrap : with quotation mark "`,
      )
    this.searches.push(query)
    const isWanted = ({ time, fields }: StoredLog) => time >= from && time < to && isFound(fields, statement)
    const found = this.#logs.filter(isWanted)
    // Log Service orders by seconds.
    found.sort((one, other) => (reverse ? other.time - one.time : one.time - other.time))
    return this.#page(found.slice(offset, offset + line))
  }

  #page(page: readonly StoredLog[]): Answer {
    const isIncomplete = this.#incompleteAnswers > 0
    if (isIncomplete) this.#incompleteAnswers -= 1
    const data = isIncomplete ? page.slice(0, 1) : page
    return {
      status: 200,
      body: {
        meta: { progress: isIncomplete ? 'Incomplete' : 'Complete', count: data.length, hasSQL: false },
        data: data.map(({ time, message }) => ({ __time__: String(time), __source__: '', message })),
      },
    }
  }
}

/** https://alibabacloud.com/help/en/sls/developer-reference/error-codes */
export function error(status: number, errorCode: string, errorMessage: string): Answer {
  return { status, body: { errorCode, errorMessage } }
}
