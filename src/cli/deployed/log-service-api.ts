import { isIP } from 'node:net'
import { promisify } from 'node:util'
import { gunzip } from 'node:zlib'
import * as v from 'valibot'
import type { AlibabaCloudCredentials } from '../../platform/acs3-signature.ts'
import type { Clock, EpochMs } from '../../platform/clock.ts'
import { parseJson, writeJson, type JsonValue } from '../../platform/json.ts'
import { LOG_SERVICE_LIMITS } from '../../platform/limits/log-service.ts'
import type { Network } from '../../platform/network.ts'
import { Secrets } from '../../platform/secrets.ts'
import { inServiceTime, type DateHeader } from '../../platform/service-time.ts'
import { signSls4 } from '../../platform/sls4-signature.ts'

/** Log Service gave no answer, or refused one. The message quotes no secret. */
export class LogServiceError extends Error {
  override readonly name = 'LogServiceError'
  /** `denied`: a right is missing. `not-indexed`: the logstore has no index of a field that the search names. */
  readonly problem: 'denied' | 'not-indexed' | 'other'

  constructor(message: string, problem: LogServiceError['problem'], options?: ErrorOptions) {
    super(message, options)
    this.problem = problem
  }
}

export interface LogPlace {
  readonly project: string
  readonly logstore: string
}

/** https://www.alibabacloud.com/help/en/sls/developer-reference/api-sls-2020-12-30-createproject */
const PROJECT = /^[a-z0-9][a-z0-9-]{1,61}[a-z0-9]$/
/** https://www.alibabacloud.com/help/en/sls/developer-reference/api-sls-2020-12-30-createlogstore */
const LOGSTORE = /^[a-z0-9][a-z0-9_-]{0,61}[a-z0-9]$/

/** What is wrong with the names, as a sentence without its full stop; `undefined` if they may be sent. */
export function logPlaceProblem({ project, logstore }: LogPlace): string | undefined {
  if (!PROJECT.test(project))
    return `${project} is not the name of a project; it must be 3 to 63 lower-case letters, digits and hyphens`
  return LOGSTORE.test(logstore)
    ? undefined
    : `${logstore} is not the name of a logstore; it must be 2 to 63 lower-case letters, digits, hyphens and underscores`
}

export interface LogServiceReach {
  readonly credentials: AlibabaCloudCredentials
  readonly region: string
  /** A base URL without the project, such as `https://cn-hangzhou-intranet.log.aliyuncs.com`. */
  readonly endpoint: string
  readonly network: Network
  readonly clock: Clock
}

export interface LogSearch {
  /** https://alibabacloud.com/help/en/sls/user-guide/query-syntax */
  readonly statement: string
  /** Lines from this second on. */
  readonly since: EpochMs
  /** Of more lines only the newest ones are read. */
  readonly most: number
}

export interface FoundLines {
  /** The field `message`, the newest line first. */
  readonly lines: readonly string[]
  /** Whether there may be more than are read. */
  readonly isCut: boolean
}

const answer = v.object({
  meta: v.object({ progress: v.string() }),
  data: v.optional(v.nullable(v.array(v.object({ message: v.optional(v.string(), '') }))), []),
})

const refusal = v.object({ errorCode: v.string(), errorMessage: v.string() })

/** "You can repeatedly execute a search statement up to 10 times": https://www.alibabacloud.com/help/doc-detail/43772.html */
const MOST_TRIES = 10
const PAUSE_MS = 500
const { most: LINES_A_PAGE } = LOG_SERVICE_LIMITS.logsAPage

/**
 * The lines that a search finds. It is read to the first empty page, as the vendor's page on paging says:
 * https://www.alibabacloud.com/help/en/sls/paged-query. Rejects with `LogServiceError`.
 */
export async function searchLog(
  place: LogPlace,
  search: LogSearch,
  reach: LogServiceReach,
): Promise<FoundLines> {
  const problem = logPlaceProblem(place)
  if (problem !== undefined) throw new LogServiceError(problem, 'other')
  // This machine's clock may be behind by as much as Log Service allows. What is logged meanwhile moves the pages: then a line
  // is read twice, and none is missed.
  const to = reach.clock.now() + LOG_SERVICE_LIMITS.requestAge.most * 1000
  const lines: string[] = []
  // A page may have fewer lines than were asked for.
  const mostPages = 2 * Math.ceil(search.most / LINES_A_PAGE)
  for (let count = 0; count < mostPages && lines.length < search.most; count += 1) {
    const page = await readWholePage(place, search, { to, offset: lines.length }, reach)
    if (page.length === 0) return { lines, isCut: false }
    lines.push(...page)
  }
  return { lines, isCut: true }
}

interface Page {
  readonly to: EpochMs
  readonly offset: number
}

async function readWholePage(place: LogPlace, search: LogSearch, page: Page, reach: LogServiceReach) {
  for (let attempt = 1; attempt <= MOST_TRIES; attempt += 1) {
    const { meta, data } = await readPage(place, search, page, reach)
    if (meta.progress.toLowerCase() === 'complete') return (data ?? []).map(({ message }) => message)
    await reach.clock.sleep(PAUSE_MS)
  }
  throw new LogServiceError(`the search did not end: ${String(MOST_TRIES)} answers were incomplete`, 'other')
}

/** https://www.alibabacloud.com/help/en/sls/developer-reference/api-sls-2020-12-30-getlogsv2 */
async function readPage(
  place: LogPlace,
  { statement, since }: LogSearch,
  { to, offset }: Page,
  reach: LogServiceReach,
) {
  const path = `/logstores/${place.logstore}/logs`
  const { url, host } = addressOf(place, path, reach.endpoint)
  const { network, clock, credentials, region } = reach
  const send = (now: EpochMs) => {
    // The lines have the time of the service.
    const seconds = (time: EpochMs) => Math.floor((time + now - clock.now()) / 1000)
    const body = Buffer.from(
      writeJson({
        from: seconds(since),
        to: seconds(to),
        query: statement,
        line: LINES_A_PAGE,
        offset,
        reverse: true,
      }),
    )
    const headers = signSls4(
      {
        method: 'POST',
        path,
        query: {},
        headers: {
          host,
          date: new Date(now).toUTCString(),
          'content-type': 'application/json',
          'accept-encoding': 'gzip',
          'x-log-apiversion': '0.6.0',
          'x-log-signaturemethod': 'hmac-sha256',
          'x-log-bodyrawsize': String(body.byteLength),
        },
        body,
      },
      credentials,
      { region, now },
    )
    return answerOf(url, headers, body, network)
  }
  const { status, content, text } = await inServiceTime({
    network,
    clock,
    service: host,
    send,
    refusedAt: (given) => (refusalIn(given.content)?.errorCode === REFUSED_TIME ? given.date : undefined),
  })
  const read = v.safeParse(answer, content)
  if (status === 200 && read.success) return read.output
  throw refused(status, content, text, credentials)
}

/** A host name gets the project before it; an address stays, and the project is in the header, as in the vendor's SDK. */
function addressOf({ project }: LogPlace, path: string, endpoint: string): { url: URL; host: string } {
  const url = new URL(path, endpoint)
  const host = `${project}.${url.host}`
  if (isIP(url.hostname.replace(/^\[|\]$/g, '')) === 0) url.host = host
  return { url, host }
}

async function answerOf(
  url: URL,
  headers: Readonly<Record<string, string>>,
  body: Uint8Array,
  network: Network,
): Promise<{ status: number; content: JsonValue | undefined; text: string; date: DateHeader }> {
  try {
    const response = await network.request(url, 'endpoint', { method: 'POST', headers, body })
    const bytes = new Uint8Array(await response.body.arrayBuffer())
    const plain =
      response.headers['content-encoding'] === 'gzip' || isGzip(bytes) ? await inflate(bytes) : bytes
    const parsed = parseJson(plain)
    return {
      status: response.statusCode,
      content: parsed.ok ? parsed.value : undefined,
      text: Buffer.from(plain).toString(),
      date: response.headers['date'],
    }
  } catch (cause) {
    // An error of undici, TLS or zlib, or of a limit of the request.
    const why = cause instanceof Error ? cause.message : 'an unknown error'
    throw new LogServiceError(`Log Service gave no answer at ${url.host}: ${why}`, 'other', { cause })
  }
}

/** The vendor's page says that the answer is compressed, and not which header says how. */
function isGzip(bytes: Uint8Array): boolean {
  return bytes[0] === 0x1f && bytes[1] === 0x8b
}

const MOST_INFLATED_BYTES = 64 * 1024 * 1024

async function inflate(bytes: Uint8Array): Promise<Uint8Array> {
  return promisify<Uint8Array, { maxOutputLength: number }, Buffer>(gunzip)(bytes, {
    maxOutputLength: MOST_INFLATED_BYTES,
  })
}

const LONGEST_QUOTE = 300

/** More than 15 minutes off: https://alibabacloud.com/help/en/sls/developer-reference/error-codes */
const REFUSED_TIME = 'RequestTimeExpired'

function refusalIn(content: JsonValue | undefined) {
  const read = v.safeParse(refusal, content)
  return read.success ? read.output : undefined
}

/**
 * https://alibabacloud.com/help/en/sls/developer-reference/error-codes; the texts of a missing index are in
 * https://alibabacloud.com/help/doc-detail/61628.htm. That of a missing right is one that users report.
 */
function refused(
  status: number,
  content: JsonValue | undefined,
  text: string,
  { accessKeyId, accessKeySecret, securityToken }: AlibabaCloudCredentials,
): LogServiceError {
  const secrets = new Secrets()
  for (const secret of [accessKeyId, accessKeySecret, securityToken ?? '']) secrets.add(secret)
  const { errorCode, errorMessage } = refusalIn(content) ?? {
    errorCode: `HTTP ${String(status)}`,
    errorMessage: text,
  }
  const message = `${errorCode}: ${secrets.maskBeginning(errorMessage, LONGEST_QUOTE).trim()}`
  if (errorMessage.startsWith('denied by sts or ram')) return new LogServiceError(message, 'denied')
  const isNotIndexed =
    errorCode === 'IndexConfigNotExist' || errorMessage.includes('is not config as key value config')
  return new LogServiceError(message, isNotIndexed ? 'not-indexed' : 'other')
}
