import type { Dispatcher } from 'undici'
import * as v from 'valibot'
import {
  encode,
  REFUSED_TIME,
  signAcs3,
  type AlibabaCloudCredentials,
} from '../../../platform/acs3-signature.ts'
import type { Clock, EpochMs } from '../../../platform/clock.ts'
import { parseAnswer, type JsonValue } from '../../../platform/json.ts'
import { ForbiddenAddressError, ProxyError, type Network } from '../../../platform/network.ts'
import type { Secrets } from '../../../platform/secrets.ts'
import { inServiceTime, type DateHeader } from '../../../platform/service-time.ts'
import { connectionFailure } from '../../http/connection-failure.ts'
import { CloudError } from '../../provider.ts'
import { createHash } from 'node:crypto'
import { withoutTrailingSlashes } from '../../../platform/trailing-slashes.ts'

/** Calls Alibaba Cloud's APIs of the RPC style. */
export interface Rpc {
  readonly network: Network
  readonly clock: Clock
  /** A number in [0, 1). */
  readonly random: () => number
  readonly secrets: Secrets
}

/** The address and version of one API. */
export interface RpcApi {
  readonly name: 'ROS' | 'STS'
  /** A base URL. */
  readonly endpoint: string
  readonly version: string
}

export type RpcValue = string | number | boolean | readonly RpcValue[] | RpcParameters
export interface RpcParameters {
  readonly [name: string]: RpcValue | undefined
}

export interface RpcCall {
  readonly action: string
  readonly parameters: RpcParameters
  /** Sent in the body, since it could make the URL too long. */
  readonly form?: Readonly<Record<string, string | undefined>>
}

export type RpcAnswer =
  { readonly ok: true; readonly result: JsonValue } | { readonly ok: false; readonly failure: ServiceFailure }

/** The service's own error. */
export interface ServiceFailure {
  readonly httpStatus: number
  readonly code: string
  readonly message: string
}

const TOTAL_MS = 30_000
/** Most gateways accept 8 KiB of request line; with the other parts of the URL, this stays below it. */
const LONGEST_QUERY = 6000

/**
 * Every answer has it, also one without a result: without it, a proxy has answered.
 * https://www.alibabacloud.com/help/en/ros/developer-reference/api-ros-2019-09-10-deletestack
 */
const answerSchema = v.object({ RequestId: v.string() })
const failureSchema = v.object({ Code: v.string(), Message: v.optional(v.string(), '') })

/**
 * Makes one call and returns its answer. Throws a `CloudError`: `rejected` for a forbidden address, `unavailable` where
 * no valid answer came.
 * https://www.alibabacloud.com/help/en/sdk/product-overview/v3-request-structure-and-signature
 */
export async function callRpc(
  rpc: Rpc,
  api: RpcApi,
  credentials: AlibabaCloudCredentials,
  call: RpcCall,
): Promise<RpcAnswer> {
  const answer = await inServiceTime({
    network: rpc.network,
    clock: rpc.clock,
    service: api.endpoint,
    send: (now) => callAt(now, rpc, api, credentials, call),
    refusedAt: ({ read, date }) => (!read.ok && REFUSED_TIME.includes(read.failure.code) ? date : undefined),
  })
  return answer.read
}

async function callAt(
  now: EpochMs,
  { network, random, secrets }: Rpc,
  api: RpcApi,
  credentials: AlibabaCloudCredentials,
  call: RpcCall,
): Promise<{ readonly read: RpcAnswer; readonly date: DateHeader }> {
  const place = `${api.name} ${call.action}`
  const { query, form } = partsOf(call)
  const body = Buffer.from(form)
  let response: Dispatcher.ResponseData
  let bytes: ArrayBuffer
  try {
    const url = network.check(`${withoutTrailingSlashes(api.endpoint)}/?${query}`, 'endpoint')
    const headers = signAcs3(
      {
        method: 'POST',
        url,
        action: call.action,
        version: api.version,
        headers: {
          accept: 'application/json',
          'user-agent': 'stackbridge',
          ...(form === '' ? {} : { 'content-type': 'application/x-www-form-urlencoded' }),
        },
        body,
      },
      credentials,
      { now, nonce: nonceOf(now, random, query) },
    )
    response = await network.request(url, 'endpoint', {
      method: 'POST',
      headers,
      body,
      totalMs: TOTAL_MS,
    })
    bytes = await response.body.arrayBuffer()
  } catch (error) {
    if (chain(error).some((cause) => cause instanceof ForbiddenAddressError))
      throw new CloudError('rejected', `${place}: its address ${inWords(error)}`, { cause: error })
    if (chain(error).some((cause) => 'code' in cause && cause.code === 'UND_ERR_INVALID_ARG'))
      throw new CloudError('denied', `${place}: ${UNSENDABLE_KEY}`)
    const text = secrets.mask(`${place} gave no answer: ${inWords(error)}`)
    throw connectionFailure(text, error, api.name === 'STS' ? 'StsEndpoint' : 'Endpoint')
  }
  return { read: read(place, response.statusCode, new Uint8Array(bytes)), date: response.headers['date'] }
}

/** The only user text in a header. The error's cause is left out, since it may quote that text. */
const UNSENDABLE_KEY =
  'the key id or the security token holds a character that cannot be sent, such as a line break'

function read(place: string, httpStatus: number, bytes: Uint8Array): RpcAnswer {
  const parsed = parseAnswer(bytes)
  if (parsed.ok && httpStatus === 200 && v.is(answerSchema, parsed.value))
    return { ok: true, result: parsed.value }
  const failure = v.safeParse(failureSchema, parsed.ok ? parsed.value : undefined)
  if (failure.success && httpStatus !== 200)
    return {
      ok: false,
      failure: { httpStatus, code: failure.output.Code, message: failure.output.Message },
    }
  throw new CloudError(
    'unavailable',
    `The answer to ${place}, HTTP ${String(httpStatus)}, does not have the form of an answer of ${place.split(' ')[0] ?? ''}: check the endpoint`,
  )
}

/** Like the vendor's SDK: all parameters are in the query, where they fit. */
function partsOf({ parameters, form = {} }: RpcCall): { query: string; form: string } {
  const query = written(parameters)
  const body = written(form)
  if (query.length <= LONGEST_QUERY) return { query, form: body }
  return { query: '', form: [query, body].filter((part) => part !== '').join('&') }
}

function written(parameters: RpcParameters): string {
  return flatten(parameters)
    .map(([name, value]) => `${encode(name)}=${encode(value)}`)
    .join('&')
}

/** Lists are numbered from 1: `Tags.1.Key`. */
export function flatten(value: RpcValue, path = ''): [string, string][] {
  if (typeof value !== 'object') return [[path, String(value)]]
  const entries: [string, RpcValue | undefined][] = isList(value)
    ? value.map((item, index) => [String(index + 1), item])
    : Object.entries(value)
  return entries.flatMap(([name, item]) =>
    item === undefined ? [] : flatten(item, path === '' ? name : `${path}.${name}`),
  )
}

function isList(value: RpcValue): value is readonly RpcValue[] {
  return Array.isArray(value)
}

/**
 * Two calls can be in the same millisecond. If their random parts are equal too, the service refuses one, and a retry
 * succeeds.
 */
function nonceOf(now: number, random: () => number, query: string): string {
  const parts = [now, random(), random(), query].map(String)
  return createHash('sha256').update(parts.join('\n')).digest('hex').slice(0, 32)
}

function inWords(error: unknown): string {
  const errors = chain(error)
  const proxied = errors.find((one) => one instanceof ProxyError)
  if (proxied !== undefined) return proxied.message
  const message = errors.findLast((one) => one.message !== '')?.message
  const code = errors.flatMap((one) => ('code' in one ? [String(one.code)] : []))[0]
  return message ?? code ?? 'an unknown error'
}

function chain(error: unknown): Error[] {
  if (!(error instanceof Error)) return []
  const inner = error instanceof AggregateError ? error.errors.flatMap(chain) : []
  return [error, ...inner, ...chain(error.cause)]
}
