import * as v from 'valibot'
import { encode, signAcs3, type AlibabaCloudCredentials } from '../acs3-signature.ts'
import { parseJson, type JsonValue } from '../json.ts'
import { Secrets } from '../secrets.ts'
import type { SecretReference } from './reference.ts'
import { SecretSourceError } from './secret-source.ts'
import type { SecretCaller, SecretReach } from './secret-reach.ts'

interface Api {
  readonly name: string
  /** The first part of its hosts. */
  readonly host: string
  readonly action: string
  readonly version: string
  readonly parameters: (name: string, region: string | undefined) => Readonly<Record<string, string>>
  /** The secret in an answer; `undefined` for what is no such answer. Throws `SecretSourceError`. */
  readonly valueIn: (answer: JsonValue) => string | undefined
}

const kmsAnswer = v.object({
  SecretData: v.string(),
  SecretDataType: v.optional(v.picklist(['text', 'binary']), 'text'),
})

const oosAnswer = v.object({ Parameter: v.object({ Value: v.string() }) })

const APIS: Readonly<Record<SecretReference['source'], Api>> = {
  /** https://www.alibabacloud.com/help/en/kms/key-management-service/developer-reference/api-getsecretvalue */
  kms: {
    name: 'KMS',
    host: 'kms',
    action: 'GetSecretValue',
    version: '2016-01-20',
    parameters: (name) => ({ SecretName: name }),
    valueIn(answer) {
      const parsed = v.safeParse(kmsAnswer, answer)
      if (!parsed.success) return undefined
      if (parsed.output.SecretDataType === 'binary')
        throw new SecretSourceError('it is binary; it must be a text')
      return parsed.output.SecretData
    },
  },
  /** https://www.alibabacloud.com/help/en/oos/developer-reference/api-oos-2019-06-01-getsecretparameter */
  oos: {
    name: 'OOS',
    host: 'oos',
    action: 'GetSecretParameter',
    version: '2019-06-01',
    parameters: (name, region) => ({
      Name: name,
      WithDecryption: 'true',
      ...(region === undefined ? {} : { RegionId: region }),
    }),
    valueIn(answer) {
      const parsed = v.safeParse(oosAnswer, answer)
      return parsed.success ? parsed.output.Parameter.Value : undefined
    },
  },
}

const failureSchema = v.object({ Code: v.string(), Message: v.optional(v.string(), '') })
const LONGEST_QUOTE = 300
const REGION = /^[a-z][a-z0-9-]{0,63}$/

/**
 * Reads one secret with the caller's credentials: GetSecretValue of KMS, or GetSecretParameter of OOS. Each endpoint is
 * tried once, the next one where the one before gave no answer. Rejects with `SecretSourceError`.
 */
export async function readSecret(
  { source, name }: SecretReference,
  { credentials, region }: SecretCaller,
  reach: SecretReach,
): Promise<string> {
  const { kmsEndpoints, oosEndpoints } = reach.settings
  if (credentials === undefined)
    throw new SecretSourceError(
      'there are no credentials: give the function a role, or the process ALIBABA_CLOUD_ACCESS_KEY_ID and ALIBABA_CLOUD_ACCESS_KEY_SECRET',
    )
  const api = APIS[source]
  let unanswered: SecretSourceError | undefined
  for (const endpoint of source === 'kms' ? kmsEndpoints : oosEndpoints) {
    const url = urlOf(endpoint, api, name, region)
    const answer = await callAt(url, api, credentials, reach)
    if ('noAnswer' in answer) unanswered = answer.noAnswer
    else return read(answer, api, secretsOf(credentials))
  }
  throw unanswered ?? new SecretSourceError('no endpoint is set')
}

function urlOf(endpoint: string, api: Api, name: string, region: string | undefined): URL {
  const query = Object.entries(api.parameters(name, region))
    .map(([key, value]) => `${key}=${encode(value)}`)
    .join('&')
  const url = new URL(baseOf(endpoint, api, region))
  url.search = query
  return url
}

/** https://www.alibabacloud.com/help/en/oos/developer-reference/api-oos-2019-06-01-endpoint; KMS's hosts have the same form. */
function baseOf(endpoint: string, { host }: Api, region: string | undefined): string {
  if (endpoint !== 'public' && endpoint !== 'internal') return endpoint
  if (region === undefined || !REGION.test(region))
    throw new SecretSourceError('the region is not known: set FC_REGION')
  return `https://${host}${endpoint === 'internal' ? '-vpc' : ''}.${region}.aliyuncs.com/`
}

interface Answer {
  readonly status: number
  readonly bytes: Uint8Array
}

async function callAt(
  url: URL,
  { name, action, version }: Api,
  credentials: AlibabaCloudCredentials,
  { network, clock, random }: SecretReach,
): Promise<Answer | { readonly noAnswer: SecretSourceError }> {
  const nonce = [clock.now(), random(), random()].map((part) => part.toString(36).replace('.', '')).join('-')
  const body = new Uint8Array()
  try {
    const headers = signAcs3(
      {
        method: 'POST',
        url,
        action,
        version,
        headers: { accept: 'application/json', 'user-agent': 'stackbridge' },
        body,
      },
      credentials,
      { now: clock.now(), nonce },
    )
    const response = await network.request(network.check(url.href, 'own-secrets'), 'own-secrets', {
      method: 'POST',
      headers,
      body,
    })
    return { status: response.statusCode, bytes: new Uint8Array(await response.body.arrayBuffer()) }
  } catch (error) {
    // Whatever undici, TLS or the limits say: the secret was not read, and another endpoint or attempt may be.
    const why = error instanceof Error ? error.message : 'an unknown error'
    const message = `${name} ${action} gave no answer at ${url.host}: ${why}`
    return { noAnswer: new SecretSourceError(message, { cause: error, isTransient: true }) }
  }
}

function read({ status, bytes }: Answer, api: Api, secrets: Secrets): string {
  const place = `${api.name} ${api.action}`
  const parsed = parseJson(bytes)
  const value = status === 200 && parsed.ok ? api.valueIn(parsed.value) : undefined
  if (value !== undefined) return value
  const failure = v.safeParse(failureSchema, parsed.ok ? parsed.value : undefined)
  if (!failure.success || status === 200)
    throw new SecretSourceError(
      `${place} was answered with HTTP ${String(status)} and what is no answer of it`,
      {
        isTransient: true,
      },
    )
  const { Code, Message } = failure.output
  // It quotes what a wrong signature was made of.
  const said = secrets.maskBeginning(`${Code}: ${Message}`, LONGEST_QUOTE)
  throw new SecretSourceError(`${place} answered HTTP ${String(status)}: ${said}`, {
    isTransient: status >= 500 || status === 429 || /Throttling|ServiceUnavailable/i.test(Code),
  })
}

function secretsOf({ accessKeyId, accessKeySecret, securityToken }: AlibabaCloudCredentials): Secrets {
  const secrets = new Secrets()
  for (const secret of [accessKeyId, accessKeySecret, securityToken ?? '']) secrets.add(secret)
  return secrets
}
