import { createServer, type IncomingMessage } from 'node:http'
import { gzipSync } from 'node:zlib'
import * as v from 'valibot'
import { signSls4 } from '../../platform/sls4-signature.ts'
import type { AlibabaCloudCredentials } from '../../platform/acs3-signature.ts'
import type { Clock, EpochMs } from '../../platform/clock.ts'
import { isJsonObject, parseJson, type JsonObject } from '../../platform/json.ts'
import { LOG_SERVICE_LIMITS } from '../../platform/limits/log-service.ts'
import { listen } from '../loopback-server.ts'
import { readBody } from '../request-body.ts'
import { isFound, parseSearch } from './search-statement.ts'

export interface SandboxLogServiceOptions {
  readonly clock: Clock
  readonly credentials: AlibabaCloudCredentials
  readonly region: string
  readonly project: string
  readonly logstore: string
  /** The keys below `message` that are indexed; absent: the logstore has no index. */
  readonly indexed?: readonly string[]
  /** Whether the credentials lack the right log:GetLogStoreLogs. */
  readonly isDenied?: boolean
}

export interface SandboxLogService {
  /** The endpoint without a project, which is in the header `host`. */
  readonly url: string
  /** Statements that were searched for, in turn. */
  readonly searches: readonly string[]
  /** A line that Function Compute writes to the field `message`. */
  write(line: string, at: EpochMs): void
  /** The next answers are incomplete. */
  answerIncompletely(times: number): void
  close(): Promise<void>
}

interface Answer {
  readonly status: number
  readonly body: object
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

/**
 * GetLogsV2 of Simple Log Service on loopback, for searches without SQL in one logstore. Signatures are checked.
 * https://www.alibabacloud.com/help/en/sls/developer-reference/api-sls-2020-12-30-getlogsv2
 */
export async function startSandboxLogService(options: SandboxLogServiceOptions): Promise<SandboxLogService> {
  const logs: { readonly time: number; readonly message: string; readonly fields: JsonObject }[] = []
  const searches: string[] = []
  let incomplete = 0

  const search = (body: Buffer): Answer => {
    const parsed = parseJson(body)
    const read = v.safeParse(requestSchema, parsed.ok ? parsed.value : undefined)
    if (!read.success)
      return error(400, 'ParameterInvalid', 'a parameter is missing, unknown or of another type')
    const { from, to, query, line, offset, reverse } = read.output
    if (from >= to) return error(400, 'InvalidTimeRange', 'request time range is invalid')
    if (line > LOG_SERVICE_LIMITS.logsAPage.most) return error(400, 'InvalidLine', 'line is invalid')
    const { indexed } = options
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
    searches.push(query)
    const found = logs.filter(({ time, fields }) => time >= from && time < to && isFound(fields, statement))
    // Log Service orders by seconds.
    found.sort((one, other) => (reverse ? other.time - one.time : one.time - other.time))
    const isIncomplete = incomplete > 0
    if (isIncomplete) incomplete -= 1
    const data = found.slice(offset, offset + line).slice(0, isIncomplete ? 1 : line)
    return {
      status: 200,
      body: {
        meta: { progress: isIncomplete ? 'Incomplete' : 'Complete', count: data.length, hasSQL: false },
        data: data.map(({ time, message }) => ({ __time__: String(time), __source__: '', message })),
      },
    }
  }

  const answer = (request: IncomingMessage, body: Buffer): Answer => {
    const { project, logstore, region, clock } = options
    const host = headerOf(request, 'host')
    if (!host.startsWith(`${project}.`)) return error(404, 'ProjectNotExist', 'the project does not exist')
    if (request.headers['x-log-apiversion'] !== '0.6.0')
      return error(400, 'InvalidAPIVersion', 'the API version is not valid')
    if (request.headers['x-log-bodyrawsize'] !== String(body.byteLength))
      return error(400, 'InvalidBodyRawSize', 'x-log-bodyrawsize is not the size of the body')
    const at = dateOf(headerOf(request, 'x-log-date'))
    if (!(Math.abs(clock.now() - at) <= LOG_SERVICE_LIMITS.requestAge.most * 1000))
      return error(400, 'RequestTimeExpired', 'Request time has been expired')
    if (!isSigned(request, body, { credentials: options.credentials, region, now: at }))
      return error(401, 'SignatureNotMatch', 'signature is not matched')
    if (options.isDenied === true)
      return error(
        401,
        'Unauthorized',
        `denied by sts or ram, action: log:GetLogStoreLogs, resource: acs:log:${region}:1234567890123456:project/${project}/logstore/${logstore}`,
      )
    if (request.method !== 'POST' || request.url !== `/logstores/${logstore}/logs`)
      return error(404, 'LogStoreNotExist', 'logstore does not exist.')
    // The page has no default for it.
    if (request.headers['accept-encoding'] !== 'gzip')
      return error(400, 'ParameterInvalid', 'the sandbox compresses with gzip only')
    return search(body)
  }

  const server = createServer((request, response) => {
    void readBody(request).then((body) => {
      const { status, body: content } = answer(request, body)
      const text = JSON.stringify(content)
      const date = new Date(options.clock.now()).toUTCString()
      response.writeHead(status, { 'content-type': 'application/json', date })
      response.end(status === 200 ? gzipSync(text) : text)
    })
  })
  const listening = await listen(server)
  return {
    url: listening.url,
    searches,
    write(message, at) {
      const parsed = parseJson(Buffer.from(message))
      const fields = parsed.ok && isJsonObject(parsed.value) ? parsed.value : {}
      logs.push({ time: Math.floor(at / 1000), message, fields })
    },
    answerIncompletely(times) {
      incomplete = times
    },
    close: () => listening.close(),
  }
}

/** https://alibabacloud.com/help/en/sls/developer-reference/error-codes */
function error(status: number, errorCode: string, errorMessage: string): Answer {
  return { status, body: { errorCode, errorMessage } }
}

function headerOf(request: IncomingMessage, name: string): string {
  const value = request.headers[name]
  return typeof value === 'string' ? value : ''
}

/** `20260901T060000Z`; NaN for anything else. */
function dateOf(text: string): EpochMs {
  return Date.parse(text.replace(/^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/, '$1-$2-$3T$4:$5:$6Z'))
}

interface Signing {
  readonly credentials: AlibabaCloudCredentials
  readonly region: string
  readonly now: EpochMs
}

/** Signs the request again at its own time, and compares the signatures. */
function isSigned(request: IncomingMessage, body: Buffer, { credentials, region, now }: Signing): boolean {
  const names = Object.keys(request.headers)
  const again = signSls4(
    {
      method: request.method ?? '',
      path: request.url ?? '',
      query: {},
      headers: Object.fromEntries(names.map((name) => [name, headerOf(request, name)])),
      body,
    },
    credentials,
    { region, now },
  )
  return request.headers.authorization === again['authorization']
}
