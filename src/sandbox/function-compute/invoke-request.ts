import type { IncomingMessage } from 'node:http'
import { signAcs3, type AlibabaCloudCredentials } from '../../platform/acs3-signature.ts'
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

/** Signs the request again with its own date and nonce, and compares the signatures. */
export function isSigned(
  request: IncomingMessage,
  body: Buffer,
  credentials: AlibabaCloudCredentials,
): boolean {
  const { headers } = request
  const text = (name: string): string => {
    const value = headers[name]
    return typeof value === 'string' ? value : ''
  }
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
    { now: Date.parse(text('x-acs-date')), nonce: text('x-acs-signature-nonce') },
  )
  return signed['authorization'] === text('authorization')
}

export interface ApiAnswer {
  readonly status: number
  /** JSON; empty where the API has no body. */
  readonly body: string
}

export function error(status: number, code: string, message: string): ApiAnswer {
  return { status, body: JSON.stringify({ Code: code, Message: message }) }
}
