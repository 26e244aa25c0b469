import { createHash, createVerify } from 'node:crypto'
import type { EpochMs } from '../../platform/clock.ts'
import { MNS_LIMITS } from '../../platform/limits/mns.ts'
import { pathOf, type HttpRequest, type RequestHead } from '../http/exchange.ts'
import { isSameSecret } from '../same-secret.ts'
import type { CertificateStore } from './certificate-store.ts'
import { certificateUrl } from './certificate-url.ts'

export interface NotificationProof {
  /** The allowed beginnings of the URL of MNS's certificate; `<region>` matches any region. */
  readonly certificates: readonly string[]
  /** `<owner's account>/<topic>`: the topics to accept. Anyone with an account can own a topic, and MNS signs for it. */
  readonly topics: readonly string[]
  /**
   * One of them must be in the query, as `token`: the person who made the subscription chose it. A push without it
   * causes no fetch. Where there are no tokens, every push is refused.
   */
  readonly tokens: readonly string[]
}

/** Bytes of an RSA signature: MNS's key of 2023 had 512 bits. */
const SIGNATURE_BYTES = { least: 64, most: 1024 }
const LONGEST_AGE_MS = MNS_LIMITS.signatureAge.most * 1000

export type JudgedHead =
  { readonly ok: true; readonly certificate: URL } | { readonly ok: false; readonly problem: string }

/**
 * Decides from the head whether a push may be from MNS and for one of the topics. Nothing is fetched for a push that this
 * refuses. Never throws.
 */
export function judgeHead(head: RequestHead, proof: NotificationProof, now: EpochMs): JudgedHead {
  const { headers } = head
  const refused = (problem: string): JudgedHead => ({ ok: false, problem })
  if (!hasTopicToken(head, proof)) return refused('it has no token of STACKBRIDGE_TOPIC_TOKEN in its query')
  const topic = `${headers['x-mns-topic-owner'] ?? ''}/${headers['x-mns-topic-name'] ?? ''}`
  if (!proof.topics.includes(topic)) return refused('its topic is not one of STACKBRIDGE_TOPICS')
  const at = Date.parse(headers['date'] ?? '')
  if (!(Math.abs(now - at) <= LONGEST_AGE_MS)) return refused('its Date is more than 15 minutes off')
  if ((headers['content-md5'] ?? '') === '') return refused('it has no content-md5')
  if (!isSignature(headers['authorization'] ?? '')) return refused('its authorization is no RSA signature')
  const certificate = certificateUrl(headers['x-mns-signing-cert-url'] ?? '', proof.certificates)
  if (certificate === undefined)
    return refused('the URL of its certificate is not one of STACKBRIDGE_TOPIC_CERTIFICATES')
  return { ok: true, certificate }
}

/** Whether the head has one of the tokens. */
function hasTopicToken({ target }: RequestHead, { tokens }: NotificationProof): boolean {
  const given = new URLSearchParams(target.slice(pathOf({ target }).length)).getAll('token')
  const [token] = given
  return token !== undefined && given.length === 1 && tokens.some((one) => isSameSecret(one, token))
}

function isSignature(text: string): boolean {
  if (text.length > 2 * SIGNATURE_BYTES.most || !/^[A-Za-z0-9+/]+={0,2}$/.test(text)) return false
  const { length } = Buffer.from(text, 'base64')
  return length >= SIGNATURE_BYTES.least && length <= SIGNATURE_BYTES.most
}

/**
 * Why a push that `judgeHead` accepted is not from MNS; `undefined` if it is. The signature is RSA with SHA-1 over method,
 * MD5, type, date, `x-mns-` headers and target. Never rejects.
 * https://www.alibabacloud.com/help/en/mns/debugging-tool-of-http-endpoints
 */
export async function problemOfPush(
  request: HttpRequest,
  certificate: URL,
  certificates: CertificateStore,
): Promise<string | undefined> {
  const { headers } = request
  if (!isDigest(headers['content-md5'] ?? '', request.body)) return 'its Content-MD5 is not that of its body'
  try {
    const key = await certificates.keyAt(certificate)
    const verify = createVerify('RSA-SHA1').update(stringToSign(request))
    return verify.verify(key, headers['authorization'] ?? '', 'base64') ? undefined : 'its signature is wrong'
  } catch (error) {
    return `its signature cannot be checked: ${error instanceof Error ? error.message : 'an unknown error'}`
  }
}

function stringToSign({ method, target, headers }: HttpRequest): string {
  const own = Object.entries(headers)
    .filter(([name]) => name.startsWith('x-mns-'))
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .map(([name, value]) => `${name}:${value ?? ''}\n`)
  const type = (headers['content-type'] ?? '').toLowerCase()
  const fields = [method, headers['content-md5'] ?? '', type, headers['date'] ?? '']
  return `${fields.join('\n')}\n${own.join('')}${target}`
}

/** MNS has sent the digest as hexadecimal digits and as base64 of these digits; it documents base64 of the bytes. */
function isDigest(given: string, body: Uint8Array): boolean {
  const digest = createHash('md5').update(body).digest()
  const hex = digest.toString('hex')
  const forms = [hex, hex.toUpperCase(), digest.toString('base64')]
  return forms.includes(given) || forms.some((form) => Buffer.from(form).toString('base64') === given)
}
