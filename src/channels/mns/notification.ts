import { createHash, createVerify, X509Certificate, type KeyObject } from 'node:crypto'
import type { Clock } from '../../platform/clock.ts'
import type { Network } from '../../platform/network.ts'
import type { HttpRequest } from '../http/exchange.ts'

export interface NotificationProof {
  /** What the URL of MNS's certificate begins with. */
  readonly certificatePrefix: string
  /** `<owner's account>/<topic>`: those whose messages are taken. Whoever has an account can have a topic that MNS signs for. */
  readonly topics: readonly string[]
  readonly network: Network
  readonly clock: Clock
}

const LONGEST_AGE_MS = 15 * 60_000
const MOST_CERTIFICATES = 16

/**
 * Judges whether a request is a push of MNS for one of the topics: why it is not, or `undefined`. The signature is RSA with
 * SHA-1 over method, MD5, type, date, `x-mns-` headers and target; the certificates are kept once they have been fetched.
 * https://www.alibabacloud.com/help/en/mns/debugging-tool-of-http-endpoints
 */
export function createNotificationJudge(
  proof: NotificationProof,
): (request: HttpRequest) => Promise<string | undefined> {
  const keys = new Map<string, Promise<KeyObject>>()
  const keyAt = (url: string): Promise<KeyObject> => {
    const known = keys.get(url)
    if (known !== undefined) return known
    if (keys.size >= MOST_CERTIFICATES) keys.clear()
    const fetching = fetchKey(url, proof.network)
    keys.set(url, fetching)
    fetching.catch(() => keys.delete(url))
    return fetching
  }
  return async (request) => {
    const { headers } = request
    const topic = `${headers['x-mns-topic-owner'] ?? ''}/${headers['x-mns-topic-name'] ?? ''}`
    if (!proof.topics.includes(topic)) return 'its topic is not one of STACKBRIDGE_TOPICS'
    const at = Date.parse(headers['date'] ?? '')
    if (!(Math.abs(proof.clock.now() - at) <= LONGEST_AGE_MS)) return 'its Date is more than 15 minutes off'
    if (!isDigest(headers['content-md5'] ?? '', request.body))
      return 'its Content-MD5 is not that of its body'
    const url = certificateUrl(headers['x-mns-signing-cert-url'] ?? '', proof.certificatePrefix)
    if (url === undefined) return 'its certificate is not one of MNS'
    try {
      const key = await keyAt(url)
      const verify = createVerify('RSA-SHA1').update(stringToSign(request))
      return verify.verify(key, headers['authorization'] ?? '', 'base64')
        ? undefined
        : 'its signature is wrong'
    } catch (error) {
      return `its signature cannot be checked: ${error instanceof Error ? error.message : 'an unknown error'}`
    }
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

/** MNS has written it in hexadecimal digits, in base64 of these, and its documents say base64 of the bytes. */
function isDigest(given: string, body: Uint8Array): boolean {
  const digest = createHash('md5').update(body).digest()
  const hex = digest.toString('hex')
  const forms = [hex, hex.toUpperCase(), digest.toString('base64')]
  return forms.includes(given) || forms.some((form) => Buffer.from(form).toString('base64') === given)
}

/** Read by https in any case: whoever could change the certificate on its way could sign. */
function certificateUrl(header: string, prefix: string): string | undefined {
  const text = Buffer.from(header, 'base64').toString()
  const url = prefix.startsWith('https:') ? text.replace(/^http:/, 'https:') : text
  return URL.canParse(url) && new URL(url).href.startsWith(prefix) ? url : undefined
}

async function fetchKey(url: string, network: Network): Promise<KeyObject> {
  const target = network.check(url, 'certificate')
  const response = await network.request(target, 'certificate', { method: 'GET', headers: {} })
  const pem = Buffer.from(await response.body.arrayBuffer())
  if (response.statusCode !== 200)
    throw new Error(`the certificate could not be fetched: HTTP ${String(response.statusCode)}`)
  return new X509Certificate(pem).publicKey
}
