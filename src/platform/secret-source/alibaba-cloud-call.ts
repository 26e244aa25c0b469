import * as v from 'valibot'
import { encode, REFUSED_TIME, signAcs3, type AlibabaCloudCredentials } from '../acs3-signature.ts'
import type { EpochMs } from '../clock.ts'
import { parseJson, type JsonValue } from '../json.ts'
import { Secrets } from '../secrets.ts'
import { inServiceTime, type DateHeader } from '../service-time.ts'
import type { SecretCaller, SecretReach } from './secret-reach.ts'
import { SecretSourceError } from './secret-source.ts'

/** A call of KMS or OOS: an RPC, whose parameters may be in the query or in a form. */
export interface SecretCall {
  /** For messages. */
  readonly product: string
  /** The first part of its hosts. */
  readonly host: string
  readonly action: string
  readonly version: string
  readonly parameters: Readonly<Record<string, string>>
  /**
   * Further parameters, in the body: values that are secret, and too long for the line of a request. Alibaba Cloud's provider for
   * Terraform sends all parameters there.
   * https://github.com/aliyun/terraform-provider-alicloud/blob/master/alicloud/resource_alicloud_kms_secret.go
   */
  readonly form?: Readonly<Record<string, string>> | undefined
  /** The endpoints to try, best first: `internal`, `public`, or a base URL. */
  readonly endpoints: readonly string[]
}

/** A refusal by KMS or OOS itself. */
export class SecretCallRefused extends SecretSourceError {
  readonly code: string

  constructor(code: string, message: string, options: { readonly isTransient: boolean }) {
    super(message, options)
    this.code = code
  }
}

/** Every answer has it, also one without a result: without it, a proxy has answered. */
const answerSchema = v.object({ RequestId: v.string() })
const failureSchema = v.object({ Code: v.string(), Message: v.optional(v.string(), '') })
const LONGEST_QUOTE = 300
const REGION = /^[a-z][a-z0-9-]{0,63}$/

interface CallReach extends Omit<SecretReach, 'settings'> {
  /** No request starts after it has aborted. */
  readonly signal?: AbortSignal
}

/**
 * The JSON of the answer. Each endpoint is tried once, the next one where the one before gave no answer. Rejects with
 * `SecretSourceError`, and with `SecretCallRefused` where the call was answered with an error.
 */
export async function callSecretApi(
  call: SecretCall,
  { credentials, region }: SecretCaller,
  reach: CallReach,
): Promise<JsonValue> {
  if (credentials === undefined)
    throw new SecretSourceError(
      'there are no credentials: give the function a role, or the process ALIBABA_CLOUD_ACCESS_KEY_ID and ALIBABA_CLOUD_ACCESS_KEY_SECRET',
    )
  let unanswered: SecretSourceError | undefined
  for (const endpoint of call.endpoints) {
    const url = urlOf(endpoint, call, region)
    const answer = await inServiceTime({
      network: reach.network,
      clock: reach.clock,
      service: url.host,
      send: (now) => callAt(now, url, call, credentials, reach),
      refusedAt: (given) => ('noAnswer' in given || !refusesTime(given) ? undefined : given.date),
    })
    if ('noAnswer' in answer) unanswered = answer.noAnswer
    else return read(answer, call, secretsOf(call, credentials))
  }
  throw unanswered ?? new SecretSourceError('no endpoint is set')
}

/** What was answered with HTTP 200 and is no answer of the action. */
export function noAnswerOf({ product, action }: Pick<SecretCall, 'product' | 'action'>, status = 200) {
  return new SecretSourceError(
    `the answer to ${product} ${action}, HTTP ${String(status)}, does not have the form of an answer of it`,
    { isTransient: true },
  )
}

function urlOf(endpoint: string, { host, parameters }: SecretCall, region: string | undefined): URL {
  const url = new URL(baseOf(endpoint, host, region))
  url.search = encoded(parameters)
  return url
}

function encoded(parameters: Readonly<Record<string, string>>): string {
  return Object.entries(parameters)
    .map(([key, value]) => `${key}=${encode(value)}`)
    .join('&')
}

/** https://www.alibabacloud.com/help/en/oos/developer-reference/api-oos-2019-06-01-endpoint; KMS's hosts have the same form. */
function baseOf(endpoint: string, host: string, region: string | undefined): string {
  if (endpoint !== 'public' && endpoint !== 'internal') return endpoint
  if (region === undefined || !REGION.test(region))
    throw new SecretSourceError('the region is not known: set FC_REGION')
  return `https://${host}${endpoint === 'internal' ? '-vpc' : ''}.${region}.aliyuncs.com/`
}

interface Answer {
  readonly status: number
  readonly bytes: Uint8Array
  readonly date: DateHeader
}

async function callAt(
  now: EpochMs,
  url: URL,
  { product, action, version, form }: SecretCall,
  credentials: AlibabaCloudCredentials,
  { network, random, signal }: CallReach,
): Promise<Answer | { readonly noAnswer: SecretSourceError }> {
  const nonce = [now, random(), random()].map((part) => part.toString(36).replace('.', '')).join('-')
  const body = form === undefined ? new Uint8Array() : Buffer.from(encoded(form))
  try {
    const headers = signAcs3(
      {
        method: 'POST',
        url,
        action,
        version,
        headers: {
          accept: 'application/json',
          'user-agent': 'stackbridge',
          ...(form === undefined ? {} : { 'content-type': 'application/x-www-form-urlencoded' }),
        },
        body,
      },
      credentials,
      { now, nonce },
    )
    const response = await network.request(network.check(url.href, 'own-secrets'), 'own-secrets', {
      method: 'POST',
      headers,
      body,
      ...(signal === undefined ? {} : { signal }),
    })
    const bytes = new Uint8Array(await response.body.arrayBuffer())
    return { status: response.statusCode, bytes, date: response.headers['date'] }
  } catch (error) {
    // An error of undici or TLS, or of a limit of the request: another endpoint or attempt may be answered.
    const why = error instanceof Error ? error.message : 'an unknown error'
    const message = `${product} ${action} gave no answer at ${url.host}: ${why}`
    return { noAnswer: new SecretSourceError(message, { cause: error, isTransient: true }) }
  }
}

function failureIn(answer: JsonValue | undefined) {
  const failure = v.safeParse(failureSchema, answer)
  return failure.success ? failure.output : undefined
}

function refusesTime({ status, bytes }: Answer): boolean {
  const parsed = status === 400 ? parseJson(bytes) : undefined
  return parsed?.ok === true && REFUSED_TIME.includes(failureIn(parsed.value)?.Code ?? '')
}

function read({ status, bytes }: Answer, call: SecretCall, secrets: Secrets): JsonValue {
  const parsed = parseJson(bytes)
  if (status === 200 && parsed.ok && v.is(answerSchema, parsed.value)) return parsed.value
  const failure = failureIn(parsed.ok ? parsed.value : undefined)
  if (failure === undefined || status === 200) throw noAnswerOf(call, status)
  const { Code, Message } = failure
  const quote = secrets.maskBeginning(`${Code}: ${Message}`, LONGEST_QUOTE)
  throw new SecretCallRefused(
    Code,
    `${call.product} ${call.action} answered HTTP ${String(status)}: ${quote}`,
    {
      isTransient: status >= 500 || status === 429 || /Throttling|ServiceUnavailable/i.test(Code),
    },
  )
}

/** What a refusal may quote: what a wrong signature was made of, and a value that is not taken. */
function secretsOf(
  { form = {} }: SecretCall,
  { accessKeyId, accessKeySecret, securityToken }: AlibabaCloudCredentials,
): Secrets {
  const secrets = new Secrets()
  for (const secret of [accessKeyId, accessKeySecret, securityToken ?? '']) secrets.add(secret)
  for (const secret of Object.values(form)) secrets.addHidden(secret)
  return secrets
}
