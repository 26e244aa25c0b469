import type { Dispatcher } from 'undici'
import { encode, signAcs3, type AlibabaCloudCredentials } from './acs3-signature.ts'
import type { Clock, EpochMs } from './clock.ts'
import { parseFunctionAddress, type FunctionAddress } from './function-address.ts'
import { FUNCTION_COMPUTE_LIMITS } from './limits/function-compute.ts'
import type { Network } from './network.ts'
import { Secrets } from './secrets.ts'
import { dateOfRefusal, inServiceTime } from './service-time.ts'

export interface AsyncInvocation {
  readonly payload: Uint8Array
  /** Whole seconds; one that Function Compute does not take is as long as it takes. */
  readonly delaySeconds: number
  /** In task mode, FC accepts one invocation with this id and refuses others. */
  readonly taskId: string
  /** No attempt starts after it has aborted. */
  readonly signal?: AbortSignal
}

export type Invoked =
  | {
      readonly invoked: true
      readonly fcRequestId: string | undefined
      /** Of the queue's message that will invoke the function. */
      readonly messageId?: string
      /** Why the queue could not be used. */
      readonly queueProblem?: string
    }
  /** `again`: the failure may be temporary. */
  | { readonly invoked: false; readonly why: string; readonly again: boolean }

export interface FunctionComputeOptions {
  readonly address: FunctionAddress
  readonly credentials: AlibabaCloudCredentials
  /** The endpoints to try, best first: `internal`, `public`, or a base URL. */
  readonly endpoints: readonly string[]
  readonly network: Network
  readonly clock: Clock
  /** A number in [0, 1). */
  readonly random: () => number
}

const LARGEST_PAYLOAD_BYTES = FUNCTION_COMPUTE_LIMITS.asyncPayload.most
const ATTEMPT_TIMEOUT_MS = 3000
const LONGEST_QUOTE = 300

/**
 * Invokes a function asynchronously, after a delay: InvokeFunction of FC 3.0 (2023-03-30), or of FC 2.0 (2021-04-06)
 * where the function belongs to a service. Each endpoint is tried once. Never throws.
 * https://www.alibabacloud.com/help/en/functioncompute/fc/developer-reference/api-fc-2023-03-30-invokefunction
 */
export async function invokeAsync(
  invocation: AsyncInvocation,
  options: FunctionComputeOptions,
): Promise<Invoked> {
  if (invocation.payload.byteLength > LARGEST_PAYLOAD_BYTES)
    return {
      invoked: false,
      again: false,
      why: `the payload has ${String(invocation.payload.byteLength)} bytes; FC takes ${String(LARGEST_PAYLOAD_BYTES)}`,
    }
  const failures: string[] = []
  let again = false
  for (const endpoint of options.endpoints) {
    const tried = await invokeAt(endpoint, invocation, options)
    if (tried.invoked) return tried
    failures.push(tried.why)
    again ||= tried.again
  }
  return { invoked: false, again, why: failures.join('; ') }
}

async function invokeAt(
  endpoint: string,
  invocation: AsyncInvocation,
  options: FunctionComputeOptions,
): Promise<Invoked> {
  const { address, credentials, network, clock } = options
  const target = targetOf(endpoint, address)
  if (target === undefined)
    return { invoked: false, again: false, why: "the function's address is not valid in Function Compute" }
  const { url } = target
  const limit = new AbortController()
  const done = new AbortController()
  void clock.sleep(ATTEMPT_TIMEOUT_MS, done.signal).then(
    () => {
      limit.abort(new Error(`no answer within ${String(ATTEMPT_TIMEOUT_MS)} ms`))
    },
    // Aborted: the answer arrived in time.
    () => undefined,
  )
  try {
    const { status, headers, body } = await inServiceTime({
      network,
      clock,
      service: url.host,
      refusedAt: dateOfRefusal,
      send: (now) => send(target, { invocation, now, limit: limit.signal }, options),
    })
    if (isPage(headers['content-type']))
      return {
        invoked: false,
        again: true,
        why: `${url.host} answered HTTP ${String(status)} with a page, which is no answer of FC`,
      }
    return judge(status, headers, body, secretsOf(credentials))
  } catch (error) {
    return { invoked: false, again: true, why: `${url.host}: ${describeError(error)}` }
  } finally {
    done.abort()
  }
}

/** Signs and sends the call once, and reads what is answered, whatever it is. Throws where no answer comes. */
async function send(
  { url, version, taskIdHeader }: Target,
  { invocation, now, limit }: { invocation: AsyncInvocation; now: EpochMs; limit: AbortSignal },
  { credentials, network, random }: FunctionComputeOptions,
) {
  const { payload, delaySeconds, taskId, signal } = invocation
  const headers = signAcs3(
    {
      method: 'POST',
      url,
      action: 'InvokeFunction',
      version,
      headers: {
        accept: 'application/json',
        'content-type': 'application/octet-stream',
        'x-fc-invocation-type': 'Async',
        ...delayHeader(delaySeconds),
        [taskIdHeader]: taskId,
      },
      body: payload,
    },
    credentials,
    { now, nonce: `${taskId}-${random().toString(36).slice(2)}` },
  )
  const response = await network.request(url, 'own-function', {
    method: 'POST',
    headers,
    body: payload,
    signal: signal === undefined ? limit : AbortSignal.any([limit, signal]),
  })
  return { status: response.statusCode, headers: response.headers, body: await response.body.text() }
}

/** Of a proxy, or of whatever else is at the endpoint. */
function isPage(contentType: string | string[] | undefined): boolean {
  return contentType?.includes('html') === true
}

/** None for no delay: Function Compute documents the open interval (0, 3600). */
function delayHeader(seconds: number): Readonly<Record<string, string>> {
  const { least, most } = FUNCTION_COMPUTE_LIMITS.asyncDelay
  return seconds < least ? {} : { 'x-fc-async-delay': String(Math.min(seconds, most)) }
}

interface Target {
  readonly url: URL
  readonly version: string
  /** The name of the header that holds the task's id. */
  readonly taskIdHeader: string
}

/** `undefined` if the address does not have Function Compute's form: no request to such a host may be signed. */
function targetOf(endpoint: string, address: FunctionAddress): Target | undefined {
  const { accountId, region, service, name, qualifier } = address
  const isParsed = parseFunctionAddress({ accountId, region, service, name, qualifier }).address !== undefined
  const base = isParsed ? functionComputeBase(endpoint, address) : undefined
  if (base === undefined) return undefined
  const isOfService = service !== undefined
  const version = isOfService ? '2021-04-06' : '2023-03-30'
  const place = isOfService ? `services/${encode(service)}/functions` : 'functions'
  const url = new URL(base)
  url.pathname = `${withoutSlashes(base.pathname)}/${version}/${place}/${encode(name)}/invocations`
  url.search = qualifier === undefined ? '' : `?qualifier=${encode(qualifier)}`
  return {
    url,
    version,
    taskIdHeader: isOfService ? 'x-fc-stateful-async-invocation-id' : 'x-fc-async-task-id',
  }
}

/** The base URL of an endpoint. `internal` and `public` are always hosts of Function Compute. */
export function functionComputeBase(
  endpoint: string,
  { accountId, region }: Pick<FunctionAddress, 'accountId' | 'region'>,
): URL | undefined {
  if (endpoint !== 'internal' && endpoint !== 'public') return new URL(endpoint)
  const host = `${accountId}.${region}${endpoint === 'internal' ? '-internal' : ''}.fc.aliyuncs.com`
  const url = new URL(`https://${host}`)
  return url.href === `https://${host}/` ? url : undefined
}

function withoutSlashes(path: string): string {
  let end = path.length
  while (path[end - 1] === '/') end -= 1
  return path.slice(0, end)
}

/** FC quotes what a wrong signature was made of. */
function secretsOf({ accessKeyId, accessKeySecret, securityToken }: AlibabaCloudCredentials): Secrets {
  const secrets = new Secrets()
  for (const secret of [accessKeyId, accessKeySecret, securityToken ?? '']) secrets.add(secret)
  return secrets
}

/**
 * What says that Function Compute has accepted the invocation: an operation that anybody else accepted would never be
 * continued. It answers 202 (https://help.aliyun.com/en/functioncompute/call-example), and each of its answers has the id
 * of the request (https://www.alibabacloud.com/help/en/functioncompute/common-parameters); that of the OpenAPI gateway
 * has another name. 409: it has accepted an equal invocation before
 * (https://www.alibabacloud.com/help/en/fc/task-deduplication).
 */
function judge(
  status: number,
  headers: Dispatcher.ResponseData['headers'],
  body: string,
  secrets: Secrets,
): Invoked {
  const [fcRequestId] = [headers['x-fc-request-id'] ?? headers['x-acs-request-id']].flat()
  const isSuccess = (status >= 200 && status < 300) || status === 409
  if (status === 202 || (isSuccess && fcRequestId !== undefined) || /AlreadyExist/i.test(body))
    return { invoked: true, fcRequestId }
  if (isSuccess)
    return {
      invoked: false,
      again: true,
      why: `HTTP ${String(status)} without X-Fc-Request-Id is not of FC`,
    }
  const quote = secrets.maskBeginning(body, LONGEST_QUOTE).trim()
  return {
    invoked: false,
    again: status === 408 || status === 429 || status >= 500,
    why: `FC answered HTTP ${String(status)}${quote === '' ? '' : `: ${quote}`}`,
  }
}

function describeError(error: unknown): string {
  if (!(error instanceof Error)) return 'an unknown error'
  const code = 'code' in error && typeof error.code === 'string' ? `${error.code}: ` : ''
  return `${code}${error.message}`
}
