import type { Dispatcher } from 'undici'
import { parseAnswer, type JsonValue, writeJson } from '../../platform/json.ts'
import { ForbiddenAddressError, type Network, type TlsOptions } from '../../platform/network.ts'
import type { Secrets } from '../../platform/secrets.ts'
import { CloudError } from '../provider.ts'
import type { KnownRegions } from '../identifiers/known-regions.ts'
import { connectionFailure } from './connection-failure.ts'

/** How to call a cloud whose API uses JSON. */
export interface Http {
  readonly network: Network
  readonly tls: TlsOptions
  readonly secrets: Secrets
  /** The properties that decide which host is called, for a reason. */
  readonly placedBy: string
  /** For a suggestion, where a host name contains a region. */
  readonly regions?: KnownRegions
}

export interface HttpRequest {
  /** For messages, for example `Heat stack create`. */
  readonly action: string
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
  readonly url: string
  readonly headers: Readonly<Record<string, string>>
  readonly body?: JsonValue
}

export interface HttpAnswer {
  readonly status: number
  header(name: string): string | undefined
  /** `undefined` where the body is not JSON. */
  readonly json: JsonValue | undefined
}

/** The other side closed a kept-alive connection at the moment of the request. */
const STALE_CONNECTION = ['UND_ERR_SOCKET', 'ECONNRESET', 'EPIPE']
const UNTRUSTED = [
  ...['DEPTH_ZERO_SELF_SIGNED_CERT', 'SELF_SIGNED_CERT_IN_CHAIN', 'UNABLE_TO_GET_ISSUER_CERT_LOCALLY'],
  ...['UNABLE_TO_VERIFY_LEAF_SIGNATURE', 'ERR_TLS_CERT_ALTNAME_INVALID', 'CERT_HAS_EXPIRED'],
]

/**
 * Sends one request and returns its answer, with any status; follows no redirects. Throws a `CloudError`: `rejected`
 * for a forbidden or untrusted address, `unavailable` where no answer came.
 */
export async function exchange(http: Http, request: HttpRequest): Promise<HttpAnswer> {
  try {
    return await once(http, request)
  } catch (error) {
    if (request.method !== 'GET' || !STALE_CONNECTION.includes(codeOf(error)))
      throw failure(http, request, error)
  }
  try {
    return await once(http, request)
  } catch (error) {
    throw failure(http, request, error)
  }
}

async function once({ network, tls }: Http, request: HttpRequest): Promise<HttpAnswer> {
  const answer = await network.request(network.check(request.url, 'endpoint'), 'endpoint', {
    tls,
    method: request.method,
    headers: {
      accept: 'application/json',
      'user-agent': 'stackbridge',
      ...request.headers,
      ...(request.body === undefined ? {} : { 'content-type': 'application/json' }),
    },
    ...(request.body === undefined ? {} : { body: writeJson(request.body) }),
  })
  const parsed = parseAnswer(new Uint8Array(await answer.body.arrayBuffer()))
  return {
    status: answer.statusCode,
    header: (name) => headerOf(answer.headers, name),
    json: parsed.ok ? parsed.value : undefined,
  }
}

function headerOf(headers: Dispatcher.ResponseData['headers'], name: string): string | undefined {
  const value = headers[name]
  return Array.isArray(value) ? value[0] : value
}

function failure({ secrets, placedBy, regions }: Http, { action }: HttpRequest, error: unknown): CloudError {
  const forbidden = chain(error).find((cause) => cause instanceof ForbiddenAddressError)
  if (forbidden !== undefined)
    return new CloudError('rejected', `${action}: its address ${forbidden.message}`, { cause: error })
  if (UNTRUSTED.includes(codeOf(error)))
    return new CloudError(
      'rejected',
      `${action}: the certificate of its address is not trusted (${codeOf(error)}): give the authority as CACert`,
      { cause: error },
    )
  return connectionFailure(secrets.mask(`${action} gave no answer: ${inWords(error)}`), error, placedBy, {
    ...(regions === undefined ? {} : { regions }),
  })
}

function inWords(error: unknown): string {
  const messages = chain(error).map(({ message }) => message)
  return messages.find((message) => message !== '') ?? codeOf(error)
}

function codeOf(error: unknown): string {
  const codes = chain(error).map((cause) => ('code' in cause ? String(cause.code) : ''))
  return codes.find((code) => code !== '') ?? ''
}

function chain(error: unknown): Error[] {
  if (!(error instanceof Error)) return []
  const inner = error instanceof AggregateError ? error.errors.flatMap(chain) : []
  return [error, ...inner, ...chain(error.cause)]
}
