import { X509Certificate, type KeyObject } from 'node:crypto'
import type { Clock, EpochMs } from '../../platform/clock.ts'
import type { Network } from '../../platform/network.ts'

/** MNS uses one or two at the same time. */
const MOST_CERTIFICATES = 16
/** Fetches a minute: anyone who has learned the token can cause some. */
const MOST_FETCHES = 8
const FETCHES_COUNTED_MS = 60_000

/**
 * Fetches MNS's certificates and caches their public keys. Fetches at most eight certificates a minute, and each only once
 * at the same time, within the limits that `network-limits.ts` sets for certificates. A failed fetch removes nothing from
 * the cache.
 */
export class CertificateStore {
  readonly #network: Network
  readonly #clock: Clock
  readonly #keys = new Map<string, KeyObject>()
  readonly #inProgress = new Map<string, Promise<KeyObject>>()
  #fetchedAt: EpochMs[] = []

  constructor({ network, clock }: { readonly network: Network; readonly clock: Clock }) {
    this.#network = network
    this.#clock = clock
  }

  /** Rejects if the certificate cannot be fetched or parsed; the message quotes nothing of the URL. */
  async keyAt(url: URL): Promise<KeyObject> {
    const known = this.#keys.get(url.href) ?? this.#inProgress.get(url.href)
    if (known !== undefined) return known
    const now = this.#clock.now()
    this.#fetchedAt = this.#fetchedAt.filter((at) => now - at < FETCHES_COUNTED_MS)
    if (this.#fetchedAt.length >= MOST_FETCHES)
      throw new Error('too many certificates were requested in the last minute')
    this.#fetchedAt.push(now)
    const fetching = this.#fetch(url).finally(() => this.#inProgress.delete(url.href))
    this.#inProgress.set(url.href, fetching)
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
