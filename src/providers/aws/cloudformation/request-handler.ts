import type {
  HttpHandlerOptions,
  HttpRequest,
  HttpResponse,
  QueryParameterBag,
  RequestHandler,
} from '@smithy/types'
import { ForbiddenAddressError, type Network } from '../../../platform/network.ts'

/** Milliseconds for one attempt, its answer read to the end. Three of them fit into what the bridge allows a call. */
const ATTEMPT_MS = 20_000
/** Longer than the longest pause between two polls. */
const KEEP_ALIVE_MS = 60_000

/**
 * Sends the AWS SDK's requests over the same guarded and limited network as all other requests.
 * https://github.com/smithy-lang/smithy-typescript/blob/main/packages/types/src/transfer.ts
 *
 * It returns an answer after it has read all of it. It reports errors in the words of the SDK's own handler, since the
 * SDK decides by them whether to retry.
 */
export class NetworkRequestHandler implements RequestHandler<HttpRequest, HttpResponse, HttpHandlerOptions> {
  readonly metadata = { handlerProtocol: 'http/1.1' }
  readonly #network: Network

  constructor(network: Network) {
    this.#network = network
  }

  async handle(
    request: HttpRequest,
    { abortSignal }: HttpHandlerOptions = {},
  ): Promise<{ response: HttpResponse }> {
    const signal = abortSignal instanceof AbortSignal ? abortSignal : undefined
    if (request.method !== 'POST') throw new TypeError(`The AWS SDK asked by ${request.method}`)
    try {
      const target = this.#network.check(urlOf(request), 'endpoint')
      const answer = await this.#network.request(target, 'endpoint', {
        method: 'POST',
        headers: request.headers,
        ...bodyOf(request.body),
        totalMs: ATTEMPT_MS,
        keepAliveMs: KEEP_ALIVE_MS,
        ...(signal === undefined ? {} : { signal }),
      })
      const body = new Uint8Array(await answer.body.arrayBuffer())
      if (isSuccess(answer.statusCode) && !answersAction(request.body, body))
        throw notOfAws(answer.statusCode)
      return { response: { statusCode: answer.statusCode, headers: joined(answer.headers), body } }
    } catch (error) {
      throw asTheSdkKnowsIt(error)
    }
  }

  /** The SDK passes options for its own handler; the network's limits apply instead. */
  updateHttpClientConfig(): void {
    return undefined
  }

  httpHandlerConfigs(): Readonly<Record<string, never>> {
    return {}
  }
}

function urlOf({ protocol, hostname, port, path, query = {} }: HttpRequest): string {
  const host = hostname.includes(':') && !hostname.startsWith('[') ? `[${hostname}]` : hostname
  const search = queryOf(query)
  return `${protocol}//${host}${port === undefined ? '' : `:${String(port)}`}${path}${search}`
}

/** Sorted and escaped as what was signed: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html */
function queryOf(query: QueryParameterBag): string {
  const pairs = Object.entries(query).flatMap(([name, value]) =>
    (Array.isArray(value) ? value : [value ?? '']).map((one) => `${escaped(name)}=${escaped(one)}`),
  )
  return pairs.length === 0 ? '' : `?${pairs.sort().join('&')}`
}

function escaped(text: string): string {
  return encodeURIComponent(text).replace(
    /[!'()*]/g,
    (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`,
  )
}

/** Both services speak the Query protocol, whose body is a form. */
function bodyOf(body: unknown): { body?: string | Uint8Array } {
  if (body === undefined || body === null) return {}
  if (typeof body === 'string' || body instanceof Uint8Array) return { body }
  throw new TypeError('A request of the AWS SDK has a body that is neither text nor bytes')
}

function joined(headers: Readonly<Record<string, string | string[] | undefined>>): Record<string, string> {
  const entries = Object.entries(headers).flatMap(([name, value]) =>
    value === undefined ? [] : [[name, Array.isArray(value) ? value.join(',') : value] as const],
  )
  return Object.fromEntries(entries)
}

function isSuccess(status: number): boolean {
  return status >= 200 && status < 300
}

/**
 * Whether a success is the service's own, by its root element. The SDK takes an empty body, and a page that happens to be
 * XML, for an answer without a result: a stack would seem deleted, or a write accepted.
 */
function answersAction(requestBody: unknown, body: Uint8Array): boolean {
  const action = typeof requestBody === 'string' ? /(?:^|&)Action=(\w+)/.exec(requestBody)?.[1] : undefined
  return action === undefined || new TextDecoder().decode(body).includes(`${action}Response`)
}

/** In the form of the SDK's own error for an answer that it cannot parse. */
function notOfAws(statusCode: number): Error {
  return Object.assign(new Error('The answer is none of the service'), { $response: { statusCode } })
}

/** undici's error codes, and the names that Node's own client uses for them. */
const CODES: Readonly<Record<string, string>> = {
  UND_ERR_SOCKET: 'ECONNRESET',
  UND_ERR_CONNECT_TIMEOUT: 'ETIMEDOUT',
  UND_ERR_INVALID_ARG: 'ERR_INVALID_CHAR',
}

function asTheSdkKnowsIt(error: unknown): unknown {
  if (!(error instanceof Error) || error instanceof ForbiddenAddressError) return error
  const code = 'code' in error && typeof error.code === 'string' ? CODES[error.code] : undefined
  if (code === undefined) return error
  return Object.assign(new Error(error.message, { cause: error }), { code })
}
