import type { EpochMs } from '../platform/clock.ts'
import type { Logger } from '../platform/log.ts'
import type { StoreName } from '../platform/output-store/output-store.ts'
import type { Secrets } from '../platform/secrets.ts'
import { OperationTokens } from '../providers/http/operation-tokens.ts'
import type { BridgeProperties } from '../providers/properties/bridge-properties.ts'
import type { ReplyAddress } from '../ros/event.ts'
import type { Host } from './host.ts'
import type { Verdict } from './operation.ts'

/** What every stage needs to answer ROS: where the answer goes, what it may hold, what is masked. */
export interface ReplyContext {
  readonly host: Host
  readonly secrets: Secrets
  readonly log: Logger
  readonly replyTo: ReplyAddress
  /** The tokens that the operation uses, and hands off. */
  readonly tokens: OperationTokens
  /** Which outputs the answer holds; empty until the properties have been read. */
  readonly bridge: BridgeProperties
  /** Where an Update no longer keeps outputs: what is there is removed. */
  readonly previousStore?: StoreName | undefined
  /** An Update keeps outputs in a store that the properties before it do not name. */
  readonly addsStore?: boolean | undefined
}

/** A request that can be answered without an operation. */
export interface ImmediateAnswer {
  readonly kind: 'answer'
  readonly verdict: Verdict
  readonly reply: ReplyContext
  /** No delivery attempt starts after this. */
  readonly end: EpochMs
}

/** `bindings` are on each line of the log, beside the ids of the event. */
export function createReplyContext(
  replyTo: ReplyAddress,
  secrets: Secrets,
  host: Host,
  bindings: Readonly<Record<string, unknown>> = {},
): ReplyContext {
  const { public: publicUrl, intranet } = replyTo.responseUrls
  const { stackId, requestId, logicalResourceId, physicalResourceId = '' } = replyTo
  // Each line of the log has the bindings: the name of the ROS stack may be in the URL, too.
  const names = Object.values(bindings).filter((value) => typeof value === 'string')
  const ids = [stackId, requestId, logicalResourceId, physicalResourceId, ...names]
  for (const url of [publicUrl, intranet]) if (url !== undefined) secrets.addResponseUrl(url, ids)
  const log = host.log(secrets, { rosStackId: stackId, requestId, logicalResourceId, ...bindings })
  return { host, secrets, log, replyTo, tokens: new OperationTokens(), bridge: {} }
}

/** An answer to an event whose own Timeout is not known: ROS waits as long as the settings say. */
export function answerNow(verdict: Verdict, reply: ReplyContext): ImmediateAnswer {
  const { clock, settings } = reply.host
  return { kind: 'answer', verdict, reply, end: clock.now() + settings.timeoutSeconds * 1000 }
}
