import { DIAGNOSE_BY_ID } from '../../bridge/lifecycle/reasons.ts'
import { systemClock, type EpochMs } from '../../platform/clock.ts'
import { writeJson, type JsonObject } from '../../platform/json.ts'
import type { Secrets } from '../../platform/secrets.ts'
import { startResponseServer, type ResponseServer } from '../../sandbox/ros/response-server.ts'
import type { StackInProgress } from '../terminal/interruption.ts'
import type { LocalBridge } from '../local-bridge/local-bridge.ts'
import type { Renderer } from '../report.ts'
import type { SandboxClouds } from '../sandbox-clouds/sandbox-clouds.ts'
import { StackWatcher } from '../watch/stack-watcher.ts'
import { UsageError } from '../usage-error.ts'
import { LOCAL_ACCOUNT, LOCAL_REGION } from './stand-in.ts'
import type { EventAnswer } from './resource-steps.ts'
import type { AnsweredEvent, ResourceEvent, StackState } from './stack-state.ts'

/** How often a foreign stack's events are read for display; milliseconds. */
const CLOUD_INTERVAL_MS = 2000
const SANDBOX_INTERVAL_MS = 100

export interface EventSenderOptions {
  readonly bridge: LocalBridge
  readonly renderer: Renderer
  /** With `--sandbox`. */
  readonly clouds: SandboxClouds | undefined
  /** Learns what the events' properties hide. */
  readonly secrets: Secrets
}

/** Sends events of a local ROS to the bridge in this process, and takes its answers at a ResponseURL as ROS does. */
export class EventSender {
  readonly #options: EventSenderOptions
  readonly #responses: ResponseServer
  readonly #underWay = new Map<StackWatcher, ResourceEvent>()

  private constructor(options: EventSenderOptions, responses: ResponseServer) {
    this.#options = options
    this.#responses = responses
  }

  static async start(options: EventSenderOptions): Promise<EventSender> {
    return new EventSender(options, await startResponseServer())
  }

  /** Shows the foreign stack's events meanwhile; `zeroAt`: when their elapsed time is 0, by default now. */
  async send(
    event: ResourceEvent,
    stack: StackName,
    zeroAt: EpochMs = systemClock.now(),
  ): Promise<EventAnswer> {
    const { clouds, renderer } = this.#options
    const watcher = new StackWatcher({
      renderer,
      clock: systemClock,
      intervalMs: clouds === undefined ? CLOUD_INTERVAL_MS : SANDBOX_INTERVAL_MS,
      customResource: event.logicalId,
      zeroAt,
    })
    this.#underWay.set(watcher, event)
    try {
      return await this.#send(event, stack, watcher)
    } finally {
      this.#underWay.delete(watcher)
    }
  }

  /** The foreign stacks on which an operation runs at this moment. */
  get stacksInProgress(): readonly StackInProgress[] {
    const embedded = this.#options.clouds !== undefined
    return [...this.#underWay].flatMap(([{ stack }, { type: resourceType }]) =>
      stack === undefined ? [] : [{ stack, resourceType, embedded }],
    )
  }

  /**
   * Repeats answered events, which make the embedded clouds' stacks again. Throws `UsageError` where they
   * answer otherwise than before.
   */
  async rebuild({ history, ...stack }: StackState): Promise<void> {
    for (const { event, ...before } of history) {
      const watcher = new StackWatcher({
        renderer: SILENT,
        clock: systemClock,
        intervalMs: SANDBOX_INTERVAL_MS,
        customResource: event.logicalId,
      })
      const answer = await this.#send(event, stack, watcher)
      if (!isSame(answer, before))
        throw new UsageError(
          `the embedded clouds cannot be rebuilt: ${event.requestType} ${event.logicalId} had another answer in an earlier process; remove the folder of the stack's state, and start anew`,
        )
    }
  }

  close(): Promise<void> {
    return this.#responses.close()
  }

  async #send(event: ResourceEvent, stack: StackName, watcher: StackWatcher): Promise<EventAnswer> {
    const { bridge, secrets } = this.#options
    secrets.addFrom(event.properties)
    const awaited = this.#responses.await({
      stackId: stack.stackId,
      requestId: event.requestId,
      logicalResourceId: event.logicalId,
      physicalResourceId: event.physicalResourceId,
    })
    const sent = this.#rosEvent(event, stack, awaited.url)
    const served = await bridge.serve(Buffer.from(writeJson(sent)), watcher)
    await watcher.finish()
    switch (served.kind) {
      case 'answered': {
        const { answer, violations } = await awaited.first
        const id = answer?.physicalResourceId
        if (answer?.status === 'SUCCESS' && id !== undefined)
          return { ok: true, physicalResourceId: id, data: answer.data }
        const reason = answer?.reason ?? violations.join('; ')
        return {
          ok: false,
          // The embedded clouds end with this process; what can be run then is told at the end.
          reason: this.#options.clouds === undefined ? reason : reason.replace(` ${DIAGNOSE_BY_ID}.`, ''),
          refused: watcher.hasStartedNothing,
          ...(watcher.stack === undefined ? {} : { stackId: watcher.stack.id }),
        }
      }
      case 'unanswerable':
        return { ok: false, reason: served.problems.join('; '), refused: true }
      case 'undelivered':
      case 'refused':
        return { ok: false, reason: `the answer ${served.verdict.status} was not delivered`, refused: false }
      case 'handed-over':
        throw new TypeError('The command line cannot hand off an operation')
    }
  }

  #rosEvent(event: ResourceEvent, { stackId, stackName }: StackName, url: string): JsonObject {
    const { requestType, type, oldProperties, physicalResourceId } = event
    const connected = (properties: JsonObject): JsonObject =>
      this.#options.clouds?.connectedProperties(type, properties) ?? properties
    return {
      RequestType: requestType,
      RequestId: event.requestId,
      ResponseURL: url,
      ResourceType: type,
      LogicalResourceId: event.logicalId,
      StackId: stackId,
      StackName: stackName,
      ResourceOwnerId: LOCAL_ACCOUNT,
      CallerId: LOCAL_ACCOUNT,
      RegionId: LOCAL_REGION,
      ResourceProperties: connected(event.properties),
      ...(oldProperties === undefined ? {} : { OldResourceProperties: connected(oldProperties) }),
      ...(physicalResourceId === undefined ? {} : { PhysicalResourceId: physicalResourceId }),
    }
  }
}

type StackName = Pick<StackState, 'stackId' | 'stackName'>

export const SILENT: Renderer = { report: () => undefined, close: () => undefined }

function isSame(answer: EventAnswer, before: Omit<AnsweredEvent, 'event'>): boolean {
  return answer.ok
    ? before.status === 'SUCCESS' && before.physicalResourceId === answer.physicalResourceId
    : before.status === 'FAILED'
}
