import type { EpochMs } from '../platform/clock.ts'
import { deliver, type Delivery } from '../ros/callback.ts'
import { buildFailure, buildSuccess, selectOutputs, type BuiltReply } from '../ros/reply.ts'
import type { DeliveryResult } from './lifecycle.ts'
import type { Verdict } from './operation.ts'
import type { ReplyContext } from './reply-context.ts'

/** The result of one delivery. */
export interface Sent {
  readonly result: DeliveryResult
  /** ROS has refused the answer at one of its URLs, whatever the other one did. */
  readonly isRefused: boolean
  /** How the delivery failed, for the log; absent where ROS has the answer. */
  readonly failure?: Pick<Extract<Delivery, { delivered: false }>, 'delivered' | 'attempts' | 'lastFailure'>
}

/**
 * Writes a verdict as an answer in ROS's form and POSTs it to the event's ResponseURL, or gives it to `answerInPlace`.
 * No attempt starts after `end`. Never throws.
 */
export async function sendVerdict(verdict: Verdict, context: ReplyContext, end: EpochMs): Promise<Sent> {
  const { host, log } = context
  const reply = buildReply(verdict, context)
  log.info(
    { status: reply.status, bytes: reply.bytes, omittedOutputs: reply.omitted },
    'the answer is on its way',
  )
  if (host.answerInPlace !== undefined) {
    host.answerInPlace(reply.body)
    return ACCEPTED
  }
  return post(reply, context, end)
}

const ACCEPTED: Sent = { result: 'accepted', isRefused: false }

async function post(
  { body }: BuiltReply,
  { host, log, replyTo, secrets }: ReplyContext,
  end: EpochMs,
): Promise<Sent> {
  const { settings, network, clock, random } = host
  const delivery = await deliver(
    {
      body,
      responseUrls: replyTo.responseUrls,
      order: settings.responseUrlOrder,
      attemptTimeoutMs: settings.callbackAttemptTimeoutMs,
      hosts: settings.callbackHosts,
    },
    {
      network,
      clock,
      random,
      log,
      secrets,
      deadline: end,
      onAttempt: (url, accepted) => host.watcher?.attempted?.(url, accepted),
    },
  )
  if (delivery.delivered) {
    log.info(delivery, 'ROS has the answer')
    return ACCEPTED
  }
  const { again, refused, ...failure } = delivery
  return again
    ? { result: 'unreachable', isRefused: refused, failure }
    : { result: 'refused', isRefused: true, failure }
}

function buildReply(verdict: Verdict, { host, log, replyTo, secrets, bridge }: ReplyContext): BuiltReply {
  const limitBytes = host.settings.responseLimitBytes
  if (verdict.status === 'FAILED')
    return buildFailure({ replyTo, reason: secrets.mask(verdict.reason), limitBytes })
  const failedNames = Object.keys(verdict.failedOutputs)
  if (failedNames.length > 0)
    log.warn({ failedOutputs: verdict.failedOutputs }, 'the cloud could not compute some outputs')
  const { drift } = verdict
  const { data, missing } = selectOutputs(verdict.outputs, bridge.Outputs, bridge.SecretOutputs ?? [])
  if (missing.length > 0) log.warn({ missing }, 'the stack has no output of some names that Outputs asks for')
  return buildSuccess({
    replyTo,
    physicalResourceId: replyTo.physicalResourceId ?? verdict.stack?.id,
    outputs: data,
    ...(drift === undefined ? {} : { own: { DriftStatus: drift.status, DriftedResources: drift.resources } }),
    missing: [...new Set([...missing, ...failedNames])],
    limitBytes,
  })
}
