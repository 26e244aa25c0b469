import { setMaxListeners } from 'node:events'
import type { AlibabaCloudCredentials } from '../../platform/acs3-signature.ts'
import type { Clock, EpochMs } from '../../platform/clock.ts'
import { FUNCTION_COMPUTE_LIMITS } from '../../platform/limits/function-compute.ts'
import {
  ACCOUNT,
  arnOf,
  REGION,
  retriesOf,
  type InvocationEnd,
  type SandboxContext,
  type SandboxFunction,
} from './sandbox-function.ts'
import { TaskList } from './task-list.ts'

export interface SandboxInvocation {
  readonly functionName: string
  readonly requestId: string
  readonly startedAt: EpochMs
  readonly endedAt: EpochMs
  readonly end: InvocationEnd
}

/** A record that was too large for its destination, which never gets it. */
export interface UndeliveredRecord {
  readonly destination: string
  readonly bytes: number
}

export interface InvocationQueueOptions {
  readonly clock: Clock
  readonly functions: readonly SandboxFunction[]
  /** Of the role that functions get. */
  readonly credentials: AlibabaCloudCredentials
  /** Milliseconds between a failed invocation and its retry. */
  readonly retryPauseMs?: number | undefined
  /** How a destination's record holds the request; which of the two is not documented. */
  readonly recordEncoding?: 'text' | 'base64' | undefined
}

const RETRY_PAUSE_MS = 1000

/** The asynchronous invocations of all functions: delays, retries, time limits, lists of tasks and failure destinations. */
export class InvocationQueue {
  readonly invocations: SandboxInvocation[] = []
  readonly undelivered: UndeliveredRecord[] = []
  readonly #options: InvocationQueueOptions
  readonly #taskLists: ReadonlyMap<SandboxFunction, TaskList>
  readonly #running = new Set<Promise<void>>()
  readonly #stop = new AbortController()
  #count = 0

  constructor(options: InvocationQueueOptions) {
    this.#options = options
    this.#taskLists = new Map(options.functions.map((one) => [one, new TaskList(options.clock)]))
    // Each waiting invocation adds a listener.
    setMaxListeners(0, this.#stop.signal)
  }

  find(name: string, service?: string): SandboxFunction | undefined {
    return this.#options.functions.find((one) => one.name === name && one.service === service)
  }

  tasksOf(target: SandboxFunction): TaskList | undefined {
    return this.#taskLists.get(target)
  }

  enqueue(target: SandboxFunction, event: Uint8Array, delayMs = 0, givenTaskId?: string): void {
    const requestId = this.#nextRequestId()
    const taskId = givenTaskId ?? requestId
    const note = target.asyncTask === true ? this.tasksOf(target)?.enqueue(taskId, event) : undefined
    const work = this.#runToEnd(target, event, { requestId, delayMs, note }).catch(() => undefined)
    this.#running.add(work)
    void work.then(() => this.#running.delete(work))
  }

  /** Resolves when no invocation is queued or running. */
  async idle(): Promise<void> {
    while (this.#running.size > 0) await Promise.all(this.#running)
  }

  /** Starts no invocation any more. */
  stop(): void {
    this.#stop.abort()
  }

  async #runToEnd(
    target: SandboxFunction,
    event: Uint8Array,
    { requestId, delayMs, note }: QueuedInvocation,
  ): Promise<void> {
    const { clock, retryPauseMs = RETRY_PAUSE_MS } = this.#options
    await clock.sleep(delayMs, this.#stop.signal)
    note?.('Running')
    let end = await this.#run(target, event, requestId)
    const retries = retriesOf(target)
    for (let retry = 0; retry < retries && isOwnFailure(end); retry += 1) {
      note?.('Retrying')
      await clock.sleep(retryPauseMs, this.#stop.signal)
      end = await this.#run(target, event, requestId)
    }
    note?.(end.ended === 'returned' ? 'Succeeded' : 'Failed')
    const destination = target.onFailure === undefined ? undefined : this.find(target.onFailure)
    if (end.ended === 'returned' || destination === undefined) return
    const record = this.#failureRecord(target, event, { requestId, end, approximateInvokeCount: retries + 1 })
    if (record.byteLength > FUNCTION_COMPUTE_LIMITS.destinationPayload.most)
      this.undelivered.push({ destination: destination.name, bytes: record.byteLength })
    else this.enqueue(destination, record)
  }

  async #run(target: SandboxFunction, event: Uint8Array, requestId: string): Promise<InvocationEnd> {
    const { clock, credentials } = this.#options
    const startedAt = clock.now()
    const context: SandboxContext = {
      requestId,
      credentials,
      function: {
        name: target.name,
        handler: 'index.handler',
        memory: 256,
        timeout: target.timeoutSeconds,
      },
      service: { name: target.service ?? '', qualifier: 'LATEST' },
      region: REGION,
      accountId: ACCOUNT,
    }
    const done = new AbortController()
    const killed = clock.sleep(target.timeoutSeconds * 1000, done.signal).then(
      (): InvocationEnd => ({ ended: 'killed' }),
      (): InvocationEnd => ({ ended: 'killed' }),
    )
    const end = await Promise.race([target.invoke(event, context), killed])
    done.abort()
    this.invocations.push({ functionName: target.name, requestId, startedAt, endedAt: clock.now(), end })
    return end
  }

  /** https://help.aliyun.com/zh/functioncompute/user-guide/result-callback */
  #failureRecord(
    { name }: SandboxFunction,
    event: Uint8Array,
    {
      requestId,
      end,
      approximateInvokeCount,
    }: {
      readonly requestId: string
      readonly end: InvocationEnd
      readonly approximateInvokeCount: number
    },
  ): Uint8Array {
    const { clock, recordEncoding } = this.#options
    return Buffer.from(
      JSON.stringify({
        timestamp: clock.now(),
        requestContext: {
          requestId,
          functionArn: arnOf(name),
          condition: conditionOf(end),
          approximateInvokeCount,
        },
        requestPayload: Buffer.from(event).toString(recordEncoding === 'base64' ? 'base64' : 'utf8'),
        responseContext: {
          statusCode: 200,
          functionError: isOwnFailure(end) ? 'UnhandledInvocationError' : '',
        },
        responsePayload: '',
      }),
    )
  }

  #nextRequestId(): string {
    this.#count += 1
    return `1-sandbox-${String(this.#count).padStart(8, '0')}`
  }
}

interface QueuedInvocation {
  readonly requestId: string
  readonly delayMs: number
  /** Notes the task's status, in task mode. */
  readonly note: ReturnType<TaskList['enqueue']> | undefined
}

function isOwnFailure({ ended }: InvocationEnd): boolean {
  return ended === 'threw' || ended === 'killed'
}

function conditionOf(end: InvocationEnd): string {
  if (end.ended === 'refused') return end.condition
  return end.ended === 'threw' ? 'UnhandledInvocationError' : 'FunctionTimeout'
}
