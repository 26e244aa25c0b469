import type { CallScope } from '../platform/call-scope.ts'
import type { EpochMs } from '../platform/clock.ts'
import type { OperationKind } from '../providers/provider.ts'
import type { Served } from './host.ts'
import { verdictAtOnce, type DeliveryResult } from './lifecycle.ts'
import type { Operation, Verdict } from './operation.ts'
import type { ReplyContext } from './reply-context.ts'
import { sendVerdict } from './send-verdict.ts'

/** In `deliverUntil` of the log: the answer is not delivered again. */
const NEVER: EpochMs = 0

/**
 * Stage 5, deliver: delivers at most one verdict per invocation. Where ROS could not be reached, it delivers the same one
 * again; any other verdict gets the result of the first.
 */
export class VerdictDelivery {
  readonly #reply: ReplyContext
  readonly #latestEnd: EpochMs
  readonly #canAct: boolean
  readonly #kind: OperationKind | undefined
  readonly #calls: CallScope | undefined
  #verdict: Verdict | undefined
  /** `#verdict` as it is sent to ROS, after its outputs are stored. */
  #settled: Verdict | undefined
  #result: Promise<DeliveryResult> | undefined
  #isRefused = false
  #isUnderWay = false

  /**
   * `latestEnd`: when this invocation ends; no attempt starts after it. `canAct`: what this invocation was given can begin
   * something in the cloud, if it is given to another one. `kind`: of the operation; absent without one. `calls`: to the cloud; none
   * starts any more once there is a verdict.
   */
  constructor(
    reply: ReplyContext,
    {
      latestEnd = Infinity,
      canAct,
      kind,
      calls,
    }: {
      readonly latestEnd?: EpochMs | undefined
      readonly canAct: boolean
      readonly kind?: OperationKind
      readonly calls?: CallScope | undefined
    },
  ) {
    this.#reply = reply
    this.#latestEnd = latestEnd
    this.#canAct = canAct
    this.#kind = kind
    this.#calls = calls
  }

  /** `end`: no attempt starts after it. */
  deliver(verdict: Verdict, end: EpochMs): Promise<DeliveryResult> {
    if (this.#result !== undefined && (this.#verdict !== verdict || this.#isUnderWay)) return this.#result
    this.#verdict = verdict
    this.#isUnderWay = true
    this.#result = this.#send(verdict, end).finally(() => {
      this.#isUnderWay = false
    })
    return this.#result
  }

  async answer(verdict: Verdict, end: EpochMs): Promise<Served> {
    const result = await this.deliver(verdict, end)
    return this.#served(result, this.#settled ?? verdict)
  }

  /** The result for the caller, by the state in which the operation has ended. */
  async served(operation: Operation): Promise<Served> {
    const verdict = this.#settled ?? verdictAtOnce(operation, this.#reply.host.clock.now())
    return this.#served(await this.#result, verdict)
  }

  async #send(decided: Verdict, lastEnd: EpochMs): Promise<DeliveryResult> {
    const { watcher } = this.#reply.host
    if (watcher?.readsAfterAnswer !== true) void this.#calls?.close()
    const end = Math.min(lastEnd, this.#latestEnd)
    const verdict = (this.#settled ??= await this.#settle(decided, end))
    const shown = maskVerdict(verdict, this.#reply)
    watcher?.answering(shown)
    const { result, isRefused, failure } = await sendVerdict(verdict, this.#reply, end)
    this.#isRefused ||= isRefused
    if (failure !== undefined) {
      const deliverUntil = this.#isTriedAgain(result, lastEnd) ? lastEnd : NEVER
      this.#reply.log.error({ ...failure, deliverUntil }, 'the answer could not be delivered')
    }
    watcher?.delivered?.(shown, result)
    return result
  }

  /** By this invocation, by one that is given the same once more, or by the failure destination. */
  #isTriedAgain(result: DeliveryResult, lastEnd: EpochMs): boolean {
    const { clock, invokeSelf } = this.#reply.host
    if (clock.now() >= lastEnd || invokeSelf === undefined) return false
    return !this.#isOver() || (result === 'unreachable' && this.#kind !== undefined)
  }

  /** If the event were served again, it could change the stack after later requests of ROS. */
  #isOver(): boolean {
    return this.#canAct && this.#isRefused
  }

  async #settle(verdict: Verdict, end: EpochMs): Promise<Verdict> {
    const { bridge, previousStore } = this.#reply
    const storesNothing = bridge.StoredOutputs === undefined && previousStore === undefined
    if (this.#kind === undefined || storesNothing) return verdict
    // Loaded here, since most resources have none.
    const { withStoredOutputs } = await import('./stored-outputs.ts')
    return withStoredOutputs(verdict, this.#kind, this.#reply, end)
  }

  #served(result: DeliveryResult | undefined, verdict: Verdict): Served {
    const kind = result === 'accepted' ? 'answered' : this.#isOver() ? 'refused' : 'undelivered'
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
