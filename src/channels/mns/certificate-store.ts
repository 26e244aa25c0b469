import { X509Certificate, type KeyObject } from 'node:crypto'
import type { Clock, EpochMs } from '../../platform/clock.ts'
import type { Network } from '../../platform/network.ts'

/** MNS has one or two at a time. */
const MOST_CERTIFICATES = 16
/** A push is not proven before its certificate is there: what strangers can make the server fetch has to be little. */
const MOST_FETCHES = 8
const FETCHES_COUNTED_MS = 60_000

/**
 * The public keys of MNS's certificates, which are kept once they have been fetched. At most eight a minute are fetched,
 * each once at a time, within the network's limits for certificates; what could not be fetched does not displace what could.
 */
export class CertificateStore {
  readonly #network: Network
  readonly #clock: Clock
  readonly #keys = new Map<string, KeyObject>()
  readonly #underWay = new Map<string, Promise<KeyObject>>()
  #fetchedAt: EpochMs[] = []

  constructor({ network, clock }: { readonly network: Network; readonly clock: Clock }) {
    this.#network = network
    this.#clock = clock
  }

  /** Rejects where the certificate cannot be had; the message holds nothing of the URL. */
  async keyAt(url: URL): Promise<KeyObject> {
    const known = this.#keys.get(url.href) ?? this.#underWay.get(url.href)
    if (known !== undefined) return known
    const now = this.#clock.now()
    this.#fetchedAt = this.#fetchedAt.filter((at) => now - at < FETCHES_COUNTED_MS)
    if (this.#fetchedAt.length >= MOST_FETCHES) throw new Error('too many other certificates were asked for')
    this.#fetchedAt.push(now)
    const fetching = this.#fetch(url).finally(() => this.#underWay.delete(url.href))
    this.#underWay.set(url.href, fetching)
    return fetching
  }

  async #fetch(url: URL): Promise<KeyObject> {
    const key = new X509Certificate(await this.#read(url)).publicKey
    const [oldest] = this.#keys.keys()
    if (this.#keys.size >= MOST_CERTIFICATES && oldest !== undefined) this.#keys.delete(oldest)
    this.#keys.set(url.href, key)
    return key
  }

  async #read(url: URL): Promise<Uint8Array> {
    const target = this.#network.check(url.href, 'certificate')
    const { statusCode, body } = await this.#network.request(target, 'certificate', {
      method: 'GET',
      headers: {},
    })
    if (statusCode === 200) return new Uint8Array(await body.arrayBuffer())
    // Ends the connection.
    body.destroy()
    throw new Error(`the certificate could not be fetched: HTTP ${String(statusCode)}`)
  }
}
