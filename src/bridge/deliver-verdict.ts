import type { Clock, EpochMs } from '../platform/clock.ts'
import type { Logger } from '../platform/log.ts'
import type { Network } from '../platform/network.ts'
import type { Secrets } from '../platform/secrets.ts'
import type { Settings } from '../platform/settings.ts'
import type { BridgeProperties } from '../providers/properties/bridge-properties.ts'
import { deliver } from '../ros/callback.ts'
import type { ReplyAddress } from '../ros/event.ts'
import { buildFailure, buildSuccess, selectOutputs, type BuiltReply } from '../ros/reply.ts'
import type { Delivery } from './lifecycle.ts'
import type { Verdict } from './operation.ts'

export interface Delivering {
  readonly replyTo: ReplyAddress
  /** `Outputs` of the properties: which outputs the answer holds, and under which names. */
  readonly selection: BridgeProperties['Outputs']
  readonly secretOutputs: readonly string[]
  readonly settings: Settings
  readonly secrets: Secrets
  readonly network: Network
  readonly clock: Clock
  readonly random: () => number
  readonly log: Logger
  /** No attempt begins after this. */
  readonly end: EpochMs
  readonly answerInPlace?: ((body: string) => void) | undefined
}

/** Writes the answer as ROS wants it and brings it to ROS. Never throws. */
export async function deliverVerdict(verdict: Verdict, to: Delivering): Promise<Delivery> {
  const reply = write(verdict, to)
  to.log.info(
    { status: reply.status, bytes: reply.bytes, omittedOutputs: reply.omitted },
    'the answer is on its way',
  )
  if (to.answerInPlace !== undefined) {
    to.answerInPlace(reply.body)
    return 'accepted'
  }
  const delivery = await deliver(
    {
      body: reply.body,
      responseUrls: to.replyTo.responseUrls,
      order: to.settings.responseUrlOrder,
      attemptTimeoutMs: to.settings.callbackAttemptTimeoutMs,
      hosts: to.settings.callbackHosts,
    },
    { network: to.network, clock: to.clock, random: to.random, log: to.log, deadline: to.end },
  )
  if (delivery.delivered) {
    to.log.info(delivery, 'ROS has the answer')
    return 'accepted'
  }
  to.log.error(delivery, 'the answer could not be delivered')
  return delivery.again ? 'unreachable' : 'refused'
}

function write(verdict: Verdict, to: Delivering): BuiltReply {
  const { replyTo, settings, secrets, log } = to
  const limitBytes = settings.responseLimitBytes
  if (verdict.status === 'FAILED')
    return buildFailure({ replyTo, reason: secrets.mask(verdict.reason), limitBytes })
  const failedNames = Object.keys(verdict.failedOutputs)
  if (failedNames.length > 0)
    log.warn({ failedOutputs: verdict.failedOutputs }, 'the cloud could not compute some outputs')
  const { data, missing } = selectOutputs(verdict.outputs, to.selection, to.secretOutputs)
  if (missing.length > 0) log.warn({ missing }, 'the stack has no output of some names that Outputs asks for')
  return buildSuccess({
    replyTo,
    physicalResourceId: replyTo.physicalResourceId ?? verdict.stack?.id,
    outputs: data,
    missing: [...new Set([...missing, ...failedNames])],
    limitBytes,
  })
}
