import type { EpochMs } from '../platform/clock.ts'
import type { Served } from './host.ts'
import { verdictAtOnce, type DeliveryResult } from './lifecycle.ts'
import type { Operation, Verdict } from './operation.ts'
import type { ReplyContext } from './reply-context.ts'
import { sendVerdict } from './send-verdict.ts'

/**
 * Stage 5, deliver: delivers at most one verdict per invocation. Where ROS could not be reached, it delivers the same one
 * again; any other verdict gets the result of the first.
 */
export class VerdictDelivery {
  readonly #reply: ReplyContext
  readonly #latestEnd: EpochMs
  #verdict: Verdict | undefined
  #result: Promise<DeliveryResult> | undefined
  #lastResult: DeliveryResult | undefined
  #isUnderWay = false

  /** `latestEnd`: when this invocation ends; no attempt starts after it. */
  constructor(reply: ReplyContext, latestEnd: EpochMs = Infinity) {
    this.#reply = reply
    this.#latestEnd = latestEnd
  }

  /** `end`: no attempt starts after it. */
  deliver(verdict: Verdict, end: EpochMs): Promise<DeliveryResult> {
    if (this.#result !== undefined && (this.#verdict !== verdict || this.#isUnderWay)) return this.#result
    this.#verdict = verdict
    this.#isUnderWay = true
    this.#result = this.#send(verdict, Math.min(end, this.#latestEnd)).finally(() => {
      this.#isUnderWay = false
    })
    return this.#result
  }

  /** Whether ROS was reached and did not accept the verdict. */
  get isRefused(): boolean {
    return this.#lastResult === 'refused'
  }

  async answer(verdict: Verdict, end: EpochMs): Promise<Served> {
    const result = await this.deliver(verdict, end)
    return this.#served(result, this.#verdict ?? verdict)
  }

  /** What became of the operation that has ended as `operation`. */
  async served(operation: Operation): Promise<Served> {
    const verdict = this.#verdict ?? verdictAtOnce(operation, this.#reply.host.clock.now())
    return this.#served(await this.#result, verdict)
  }

  async #send(verdict: Verdict, end: EpochMs): Promise<DeliveryResult> {
    this.#reply.host.watcher?.answering(maskVerdict(verdict, this.#reply))
    this.#lastResult = await sendVerdict(verdict, this.#reply, end)
    return this.#lastResult
  }

  #served(result: DeliveryResult | undefined, verdict: Verdict): Served {
    const kind = result === 'accepted' ? 'answered' : 'undelivered'
    return { kind, verdict: maskVerdict(verdict, this.#reply) }
  }
}

/** The caller of the bridge does not know the event's secrets, so it cannot mask them itself. */
function maskVerdict(verdict: Verdict, { secrets, bridge }: ReplyContext): Verdict {
  if (verdict.status === 'FAILED') return { ...verdict, reason: secrets.mask(verdict.reason) }
  const hidden = new Set(bridge.SecretOutputs)
  const outputs = Object.entries(verdict.outputs).filter(([name]) => !hidden.has(name))
  const failedOutputs = Object.entries(verdict.failedOutputs).map(
    ([name, why]) => [name, secrets.mask(why)] as const,
  )
  return {
    ...verdict,
    outputs: Object.fromEntries(outputs),
    failedOutputs: Object.fromEntries(failedOutputs),
  }
}
