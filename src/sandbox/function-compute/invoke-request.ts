import type { IncomingMessage } from 'node:http'
import { signAcs3, type AlibabaCloudCredentials } from '../../platform/acs3-signature.ts'
import type { EpochMs } from '../../platform/clock.ts'
import { FUNCTION_COMPUTE_LIMITS } from '../../platform/limits/function-compute.ts'

/** Whether the value of `x-fc-async-delay` is one that Function Compute documents. */
export function isDelay(text: string): boolean {
  const { least, most } = FUNCTION_COMPUTE_LIMITS.asyncDelay
  return /^\d{1,4}$/.test(text) && Number(text) >= least && Number(text) <= most
}

/** The function that a path of InvokeFunction names, of FC 3.0 or 2.0. */
export function parsePath(url: string): { readonly name: string; readonly service?: string } | undefined {
  const [path = ''] = url.split('?')
  const [, name] = /^\/2023-03-30\/functions\/([^/]+)\/invocations$/.exec(path) ?? []
  if (name !== undefined) return { name: decodeURIComponent(name) }
  const [, service, old] =
    /^\/2021-04-06\/services\/([^/]+)\/functions\/([^/]+)\/invocations$/.exec(path) ?? []
  if (service === undefined || old === undefined) return undefined
  return { name: decodeURIComponent(old), service: decodeURIComponent(service) }
}

/** The function that a path of GetFunction, GetAsyncInvokeConfig or ListAsyncTasks names, of FC 3.0. */
export function parseReadPath(
  url: string,
): { readonly name: string; readonly what: string; readonly query: URLSearchParams } | undefined {
  const { pathname, searchParams } = new URL(url, 'http://function-compute')
  const [, name, what = ''] =
    /^\/2023-03-30\/functions\/([^/]+)(?:\/(async-tasks|async-invoke-config))?$/.exec(pathname) ?? []
  return name === undefined ? undefined : { name: decodeURIComponent(name), what, query: searchParams }
}

const LARGEST_SKEW_MS = 15 * 60_000

/**
 * Signs the request again with its own date and nonce, and compares the signatures. Its answer, where it refuses the request. How far
 * the time may be off is that of other Alibaba Cloud APIs; the status and the text are those that users report.
 * https://github.com/alibaba/funcraft/issues/983
 */
export function refusalOf(
  request: IncomingMessage,
  body: Buffer,
  credentials: AlibabaCloudCredentials,
  now: EpochMs,
): { status: number; body: string } | undefined {
  const { headers } = request
  const text = (name: string): string => {
    const value = headers[name]
    return typeof value === 'string' ? value : ''
  }
  const at = Date.parse(text('x-acs-date'))
  if (!(Math.abs(now - at) <= LARGEST_SKEW_MS))
    return error(
      403,
      'AccessDenied',
      `the difference between the request time '${text('x-acs-date')}' and the current time '${new Date(now).toUTCString()}' is too large`,
    )
  const type = text('content-type')
  const signed = signAcs3(
    {
      method: request.method ?? '',
      url: new URL(request.url ?? '/', `http://${text('host')}`),
      action: text('x-acs-action'),
      version: text('x-acs-version'),
      headers: type === '' ? {} : { 'content-type': type },
      body,
    },
    credentials,
    { now: at, nonce: text('x-acs-signature-nonce') },
  )
  return signed['authorization'] === text('authorization')
    ? undefined
    : error(403, 'SignatureNotMatch', 'the signature is wrong')
}

export interface ApiAnswer {
  readonly status: number
  /** JSON; empty where the API has no body. */
  readonly body: string
}

export function error(status: number, code: string, message: string): ApiAnswer {
  return { status, body: JSON.stringify({ Code: code, Message: message }) }
}
