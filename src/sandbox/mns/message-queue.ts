import { randomUUID } from 'node:crypto'
import type { Clock, EpochMs } from '../../platform/clock.ts'

export interface StoredMessage {
  readonly id: string
  readonly body: string
  readonly sentAt: EpochMs
  /** How often it was received. */
  deliveries: number
  visibleAt: EpochMs
  /** Of the last time it was received; it is valid until `visibleAt`. */
  receiptHandle: string | undefined
}

const POLL_MS = 20

/** The messages of one queue. A received message is hidden for a while, and can be deleted only in that time. */
export class MessageQueue {
  readonly messages: StoredMessage[] = []
  readonly #clock: Clock
  readonly #stop = new AbortController()

  constructor(clock: Clock) {
    this.#clock = clock
  }

  get isStopped(): boolean {
    return this.#stop.signal.aborted
  }

  /** Ends the calls of `receive` that wait. */
  stop(): void {
    this.#stop.abort()
  }

  store(body: string, sentAt: EpochMs, delayMs: number): StoredMessage {
    const id = randomUUID().replaceAll('-', '').toUpperCase()
    const message = { id, body, sentAt, deliveries: 0, visibleAt: sentAt + delayMs, receiptHandle: undefined }
    this.messages.push(message)
    return message
  }

  /** Up to `limit` visible messages, hidden from now on; waits for the first one. */
  async receive(
    limit: number,
    waitSeconds: number,
    hiddenSeconds: number,
  ): Promise<readonly StoredMessage[]> {
    const found = await this.#visible(limit, this.#clock.now() + waitSeconds * 1000)
    for (const message of found) {
      message.deliveries += 1
      this.hide(message, hiddenSeconds)
    }
    return found
  }

  /** Gives the message a new receipt handle. */
  hide(message: StoredMessage, seconds: number): void {
    message.visibleAt = this.#clock.now() + seconds * 1000
    message.receiptHandle = randomUUID()
  }

  hiddenBy(receiptHandle: string | null): StoredMessage | undefined {
    const now = this.#clock.now()
    return this.messages.find((message) => message.receiptHandle === receiptHandle && message.visibleAt > now)
  }

  delete(message: StoredMessage): void {
    this.messages.splice(this.messages.indexOf(message), 1)
  }

  async #visible(limit: number, until: EpochMs): Promise<readonly StoredMessage[]> {
    for (;;) {
      const now = this.#clock.now()
      const found = this.messages.filter(({ visibleAt }) => visibleAt <= now).slice(0, limit)
      if (found.length > 0 || now >= until || this.isStopped) return found
      await this.#clock.sleep(POLL_MS)
    }
  }
}
