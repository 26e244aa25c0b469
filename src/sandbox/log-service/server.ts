import { createServer, type IncomingMessage } from 'node:http'
import { gzipSync } from 'node:zlib'
import { signSls4 } from '../../platform/sls4-signature.ts'
import type { AlibabaCloudCredentials } from '../../platform/acs3-signature.ts'
import type { Clock, EpochMs } from '../../platform/clock.ts'
import { LOG_SERVICE_LIMITS } from '../../platform/limits/log-service.ts'
import { listen } from '../loopback-server.ts'
import { readBody } from '../request-body.ts'
import { error, Logstore, type Answer } from './logstore.ts'

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
  /** Statements that were searched for, in order. */
  readonly searches: readonly string[]
  /** A line that Function Compute writes to the field `message`. */
  write(line: string, at: EpochMs): void
  /** The next answers are incomplete. */
  answerIncompletely(times: number): void
  close(): Promise<void>
}

/**
 * GetLogsV2 of Simple Log Service on loopback, for searches without SQL in one logstore. Signatures are checked.
 * https://www.alibabacloud.com/help/en/sls/developer-reference/api-sls-2020-12-30-getlogsv2
 */
export async function startSandboxLogService(options: SandboxLogServiceOptions): Promise<SandboxLogService> {
  const logstore = new Logstore(options.indexed)
  const answer = (request: IncomingMessage, body: Buffer): Answer =>
    problemOf(request, body, options) ?? logstore.search(body)

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
    searches: logstore.searches,
    write(line, at) {
      logstore.write(line, at)
    },
    answerIncompletely(times) {
      logstore.answerIncompletely(times)
    },
    close: () => listening.close(),
  }
}

/** The error for a request that is refused before its search is read. */
function problemOf(
  request: IncomingMessage,
  body: Buffer,
  { project, logstore, region, clock, credentials, isDenied }: SandboxLogServiceOptions,
): Answer | undefined {
  const host = headerOf(request, 'host')
  if (!host.startsWith(`${project}.`)) return error(404, 'ProjectNotExist', 'the project does not exist')
  if (request.headers['x-log-apiversion'] !== '0.6.0')
    return error(400, 'InvalidAPIVersion', 'the API version is not valid')
  if (request.headers['x-log-bodyrawsize'] !== String(body.byteLength))
    return error(400, 'InvalidBodyRawSize', 'x-log-bodyrawsize is not the size of the body')
  const at = dateOf(headerOf(request, 'x-log-date'))
  if (!(Math.abs(clock.now() - at) <= LOG_SERVICE_LIMITS.requestAge.most * 1000))
    return error(400, 'RequestTimeExpired', 'Request time has been expired')
  if (!isSigned(request, body, { credentials, region, now: at }))
    return error(401, 'SignatureNotMatch', 'signature is not matched')
  if (isDenied === true)
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
  return undefined
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
