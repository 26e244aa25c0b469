import type { Dispatcher } from 'undici'
import type { Purpose } from '../../../src/platform/address-rule.ts'
import type { Clock } from '../../../src/platform/clock.ts'
import { REQUEST_LIMITS } from '../../../src/platform/network-limits.ts'
import type { Network, RequestOptions } from '../../../src/platform/network.ts'
import { TimeLimitError } from '../../../src/platform/time-limit.ts'
import {
  BLOCKED,
  GATEWAY_TIMEOUT,
  UNAVAILABLE,
  type CannedAnswer,
  type CannedAnswers,
} from './canned-answers.ts'
import { nameRequest, questionOf } from './effect-names.ts'
import type { FaultPlan } from './fault-plan.ts'
import type { Effect } from './faults.ts'
import type { FunctionCompute } from './function-compute.ts'
import type { Process } from './process.ts'

type Answer = Dispatcher.ResponseData

/** Shared by the networks of all processes of a history. */
export interface SharedParts {
  readonly plan: FaultPlan
  readonly fc: FunctionCompute
  readonly network: Network
  readonly canned: CannedAnswers
  readonly clock: Clock
  /** The cloud's own 404 about something else. */
  readonly unrelated404: CannedAnswer
  /** The last answer to each read, for stale reads. */
  readonly lastReads: Map<string, CannedAnswer>
}

const AGAIN_MS = { 'again-now': 0, 'again-after-20-s': 20_000, 'again-after-60-s': 60_000 } as const
const SHOWN_LATE_MS = 10_000
const LATE_MS = { 'applied-after-3-s': 3000, 'applied-after-20-s': 20_000 } as const

/** The network of one process: real requests over loopback, with the faults of the plan. */
export class FaultyNetwork implements Network {
  readonly #shared: SharedParts
  readonly #process: Process
  readonly #clock: Clock

  constructor(shared: SharedParts, process: Process, clock: Clock) {
    this.#shared = shared
    this.#process = process
    this.#clock = clock
  }

  check(url: string, purpose: Purpose): URL {
    return this.#shared.network.check(url, purpose)
  }

  async request(url: URL, purpose: Purpose, options: RequestOptions): Promise<Answer> {
    // The request must not stay pending: later processes would wait for a login that never ends.
    if (this.#process.isKilled) throw connectionReset()
    const { plan } = this.#shared
    const effect = plan.next(nameRequest(url, purpose, options), this.#process)
    const isOfCloud = effect.kind !== 'callback'
    const applies = async (): Promise<void> => {
      const answer = await this.#send(effect, url, purpose, withoutSignal(options))
      await answer.body.arrayBuffer()
    }
    switch (effect.fault) {
      case 'killed-before':
        return this.#kill()
      case 'killed-after':
      case 'killed-after-retried-late':
        await applies()
        return this.#kill()
      case 'killed-for-good-shown-late':
        this.#later(SHOWN_LATE_MS, applies)
        return this.#kill()
      case 'answer-lost':
      case 'answer-lost-then-503':
        await applies()
        throw connectionReset()
      case 'answer-lost-to-gateway':
        await applies()
        return this.#answer(effect, GATEWAY_TIMEOUT, purpose, options)
      case 'answer-blocked':
        await applies()
        return this.#answer(effect, BLOCKED, purpose, options)
      case 'answer-cut':
        return this.#cut(
          effect,
          await this.#send(effect, url, purpose, withoutSignal(options)),
          purpose,
          options,
        )
      case 'silent':
        await applies()
        return this.#untilGivenUp(purpose, options)
      case 'applied-after-3-s':
      case 'applied-after-20-s':
        this.#later(LATE_MS[effect.fault], applies)
        throw connectionReset()
      case 'unrelated-404':
        return this.#answer(effect, this.#shared.unrelated404, purpose, options)
      case 'again-now':
      case 'again-after-20-s':
      case 'again-after-60-s':
        this.#shared.fc.invoke(this.#process.payload, AGAIN_MS[effect.fault])
        break
      case 'stale-reads':
      case '503-for-30-s':
      case undefined:
        break
    }
    if (isOfCloud && plan.isUnavailable) return this.#answer(effect, UNAVAILABLE, purpose, options)
    return this.#send(effect, url, purpose, options)
  }

  close(): Promise<void> {
    return Promise.resolve()
  }

  async #send(effect: Effect, url: URL, purpose: Purpose, options: RequestOptions): Promise<Answer> {
    const { plan, network, lastReads } = this.#shared
    if (effect.kind !== 'read') {
      const answer = await network.request(url, purpose, options)
      effect.status = answer.statusCode
      plan.applied(effect)
      return answer
    }
    if (!plan.hasStaleReads) return network.request(url, purpose, options)
    const question = questionOf(url, options)
    const before = lastReads.get(question)
    if (plan.areReadsStale && before !== undefined) return this.#answer(effect, before, purpose, options)
    const read = await recorded(await network.request(url, purpose, options))
    if (!plan.areReadsStale) lastReads.set(question, read)
    return this.#answer(effect, read, purpose, options)
  }

  async #answer(
    effect: Effect,
    answer: CannedAnswer,
    purpose: Purpose,
    options: RequestOptions,
  ): Promise<Answer> {
    effect.status = answer.status
    return this.#shared.network.request(await this.#shared.canned.urlFor(answer), purpose, options)
  }

  async #cut(effect: Effect, answer: Answer, purpose: Purpose, options: RequestOptions): Promise<Answer> {
    const { status, headers, body } = await recorded(answer)
    const half = body.subarray(0, Math.floor(body.byteLength / 2))
    return this.#answer(effect, { status, headers, body: half }, purpose, options)
  }

  #later(ms: number, applies: () => Promise<void>): void {
    this.#shared.fc.track(this.#shared.clock.sleep(ms).then(applies))
  }

  #kill(): never {
    this.#process.kill()
    throw connectionReset()
  }

  /** The cloud has applied the request but does not answer, until the bridge's time limit ends the request. */
  async #untilGivenUp(purpose: Purpose, { totalMs, signal }: RequestOptions): Promise<never> {
    const limitMs = totalMs ?? REQUEST_LIMITS[purpose].totalMs
    const givenUp = new Promise<never>((_, reject) => {
      const giveUp = (): void => {
        reject(signal?.reason instanceof Error ? signal.reason : new Error('the request was given up'))
      }
      if (signal?.aborted === true) giveUp()
      signal?.addEventListener('abort', giveUp, { once: true })
    })
    await Promise.race([this.#clock.sleep(limitMs), givenUp])
    throw new TimeLimitError('no complete answer in time')
  }
}

/** A request that the cloud has received does not end when its sender is killed. */
function withoutSignal({ signal, ...options }: RequestOptions): RequestOptions {
  void signal
  return options
}

interface RecordedAnswer extends CannedAnswer {
  readonly body: Uint8Array
}

async function recorded({ statusCode: status, headers, body }: Answer): Promise<RecordedAnswer> {
  return { status, headers: singleHeaders(headers), body: new Uint8Array(await body.arrayBuffer()) }
}

function singleHeaders(headers: Answer['headers']): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).flatMap(([name, value]) =>
      typeof value !== 'string' || OF_THE_CONNECTION.includes(name) ? [] : [[name, value] as const],
    ),
  )
}

const OF_THE_CONNECTION = ['connection', 'content-length', 'date', 'keep-alive', 'transfer-encoding']

function connectionReset(): Error {
  return Object.assign(new Error('other side closed'), { code: 'UND_ERR_SOCKET' })
}
