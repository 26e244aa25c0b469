import { gunzipSync } from 'node:zlib'
import { request } from 'undici'
import { createLogger } from '../../src/platform/log.ts'
import { createNetwork, type Network } from '../../src/platform/network.ts'
import { readSettings } from '../../src/platform/settings.ts'
import type { Clock } from '../../src/platform/clock.ts'
import type { Invoked } from '../../src/platform/function-compute.ts'
import { serveEvent, type Host } from '../../src/bridge/serve-event.ts'
import {
  CloudError,
  type ProviderRegistry,
  type StackProvider,
  type StackSession,
} from '../../src/providers/provider.ts'
import { ModelCloud, type Recognition } from '../bridge/model-cloud.ts'
import { FakeClock } from '../fake-clock.ts'
import type { EffectKind, FaultKind, PlannedFault } from './faults.ts'
import { MemoryDispatcher, type MemoryResponse } from './memory-dispatcher.ts'
import { CONTINUATION_KEY } from '../continuation-keys.ts'

/** The parts of the bridge that a history uses: the real ones, or those of a mutant. */
export interface Bridge {
  readonly serveEvent: typeof serveEvent
  readonly createNetwork: typeof createNetwork
  readonly createLogger: typeof createLogger
  readonly CloudError: typeof CloudError
}

export const realBridge: Bridge = { serveEvent, createNetwork, createLogger, CloudError }

export interface HistoryOptions {
  readonly bridge: Bridge
  readonly recognition: Recognition
  /** Whether the function may hand off operations to itself. */
  readonly continuation: boolean
  readonly faults: readonly PlannedFault[]
  /** The cloud does not list deleted stacks. */
  readonly forgetsDeleted?: boolean
  /** How many times Function Compute retries a failed invocation before it calls the failure destination. */
  readonly retries?: number
}

export interface Heard {
  readonly at: number
  readonly requestId: string
  readonly body: {
    readonly Status: 'SUCCESS' | 'FAILED'
    readonly Reason?: string
    readonly PhysicalResourceId?: string
    readonly Data?: Readonly<Record<string, unknown>>
  }
  /** Whether the resource's stack had an operation in progress when the answer arrived. */
  readonly wasBusy: boolean
  readonly bytes: number
}

export const ROS_TIMEOUT_MS = 300_000
const SHORT_FUNCTION_MS = 60_000
/** Without continuation, the function's timeout must be as long as ROS waits. */
const LONG_FUNCTION_MS = 3_600_000
const RETRY_PAUSE_MS = 1000
export const STACK_NAME = 'stack-by-ros'
export const OWNER = 'ros-stack/Resource'
export const OTHER_OWNER = 'another-stack/Resource'
export const PLANTED_SECRET = 'planted-secret-of-the-event'
export const OUTPUTS = { Url: 'https://made', Large: 'x'.repeat(5000) }
export const CAUSE = 'the bucket exists already'

/** One process of the function. After it is killed, nothing that it does has an effect. */
class Process {
  isKilled = false
  kill: () => void = () => undefined
  readonly killed: Promise<'killed'>

  constructor() {
    this.killed = new Promise((resolve) => {
      this.kill = () => {
        this.isKilled = true
        resolve('killed')
      }
    })
  }
}

const never = <T>(): Promise<T> => new Promise<T>(() => undefined)

/**
 * The bridge with a model of ROS, Function Compute and a cloud on a fake clock. Every effect of the bridge is counted, and a
 * planned fault happens at the effect with its number.
 */
export class History {
  readonly clock = new FakeClock()
  readonly cloud: ModelCloud
  /** Each attempted effect, in order. */
  readonly effects: EffectKind[] = []
  readonly heard: Heard[] = []
  readonly logged: string[] = []
  readonly payloads: Uint8Array[] = []
  readonly forbidden: string[] = []
  readonly #options: HistoryOptions
  readonly #running = new Set<Promise<void>>()
  readonly #tasks = new Set<string>()
  readonly #sentAt = new Map<string, number>()
  readonly #functionMs: number
  #drawn = 0
  /** When ROS sent the next event of the resource. */
  readonly #overtakenAt = new Map<string, number>()
  #requests = 0
  #last: { readonly requestType: 'Create' | 'Delete'; readonly requestId: string } | undefined
  #events: Uint8Array[] = []

  constructor(options: HistoryOptions) {
    this.#options = options
    this.#functionMs = options.continuation ? SHORT_FUNCTION_MS : LONG_FUNCTION_MS
    this.cloud = new ModelCloud(this.clock, options.recognition)
    this.cloud.outputs = OUTPUTS
    this.cloud.forgetsDeleted = options.forgetsDeleted ?? false
  }

  /** Sends an event as ROS does and waits at most its Timeout; gives the first answer. */
  async send(
    requestType: 'Create' | 'Update' | 'Delete',
    physicalResourceId?: string,
    more: { readonly responseUrl?: string } = {},
  ): Promise<Heard | undefined> {
    this.#requests += 1
    const requestId = `request-${String(this.#requests)}`
    this.#sentAt.set(requestId, this.clock.now())
    // With overlapping requests, one changes the expected answer of the other.
    if ([...this.#sentAt.keys()].some((id) => id !== requestId && !this.#isAnswered(id)))
      this.#overtakenAt.set(requestId, this.clock.now())
    for (const id of this.#sentAt.keys())
      if (id !== requestId && !this.#overtakenAt.has(id)) this.#overtakenAt.set(id, this.clock.now())
    const event = {
      RequestType: requestType,
      RequestId: requestId,
      ResponseURL: more.responseUrl ?? `https://ros.example.com/${requestId}?signature=${PLANTED_SECRET}`,
      StackId: 'ros-stack',
      StackName: 'ros-stack',
      LogicalResourceId: 'Resource',
      ResourceType: 'Custom::Model',
      ResourceProperties: { Name: STACK_NAME, Password: PLANTED_SECRET, Version: this.#requests },
      ...(requestType === 'Update' ? { OldResourceProperties: {} } : {}),
      ...(physicalResourceId === undefined ? {} : { PhysicalResourceId: physicalResourceId }),
    }
    if (requestType !== 'Update') this.#last = { requestType, requestId }
    const payload = Buffer.from(JSON.stringify(event))
    this.#events.push(payload)
    this.#deliver(payload)
    const until = this.clock.now() + ROS_TIMEOUT_MS
    for (;;) {
      const first = this.heard.find((one) => one.requestId === requestId)
      if (first !== undefined || this.clock.now() >= until) return first
      await this.clock.sleep(1000)
    }
  }

  /** Delivers the first event again. */
  deliverFirstAgain(): void {
    const [first] = this.#events
    if (first !== undefined) this.#deliver(first)
  }

  /** Whether an answer arrived before ROS stopped waiting. */
  isInTime({ requestId, at }: Heard): boolean {
    return at <= (this.#sentAt.get(requestId) ?? 0) + ROS_TIMEOUT_MS
  }

  /** Whether ROS had not sent another event of the resource by then. */
  isCurrent({ requestId, at }: Heard): boolean {
    return at < (this.#overtakenAt.get(requestId) ?? Infinity)
  }

  #isAnswered(id: string): boolean {
    return this.heard.some(({ requestId }) => requestId === id)
  }

  /** Waits until no invocation is queued or running. */
  async settle(): Promise<void> {
    while (this.#running.size > 0) await Promise.all(this.#running)
  }

  /** Whether ROS regards the resource as deleted: then none of its stacks may exist, now or later. */
  isDeleted(): boolean {
    const last = this.#last
    const first = this.heard.find(({ requestId }) => requestId === last?.requestId)
    return last?.requestType === 'Delete' && first?.body.Status === 'SUCCESS'
  }

  /** The existing stacks of the resource. */
  ownStacks() {
    return this.cloud.stacks.filter(({ owner }) => owner === OWNER)
  }

  /** Evenly distributed and unique. */
  #random(): number {
    this.#drawn += 1
    return (0.5 + this.#drawn * 0.381966) % 1
  }

  #deliver(payload: Uint8Array, delayMs = 0): void {
    const work = this.#invoke(payload, delayMs)
    this.#running.add(work)
    void work.then(() => this.#running.delete(work))
  }

  /** An asynchronous invocation: at least once, retried on failure, then sent to the failure destination. */
  async #invoke(payload: Uint8Array, delayMs: number): Promise<void> {
    await this.clock.sleep(delayMs)
    const retries = this.#options.retries ?? 3
    for (let attempt = 0; attempt <= retries; attempt += 1) {
      if (await this.#run(payload, undefined)) return
      await this.clock.sleep(RETRY_PAUSE_MS)
    }
    for (let attempt = 0; attempt <= retries; attempt += 1) {
      if (await this.#run(payload, 'The call of the bridge died (FunctionTimeout)')) return
      await this.clock.sleep(RETRY_PAUSE_MS)
    }
  }

  async #run(payload: Uint8Array, givenUp: string | undefined): Promise<boolean> {
    const process = new Process()
    const host = this.#host(process, payload)
    const served = this.#options.bridge.serveEvent(payload, host, givenUp).then(({ kind }) => kind)
    const timeLimit = this.clock.sleep(this.#functionMs).then(() => 'killed' as const)
    const end = await Promise.race([served, process.killed, timeLimit])
    process.kill()
    return end === 'answered' || end === 'handed-over'
  }

  /** Runs one effect with its planned fault; `act` makes the change. */
  async #effect<T>(
    kind: EffectKind,
    process: Process,
    payload: Uint8Array,
    act: () => Promise<T>,
    failures: { readonly [F in 'refused' | 'throttled' | 'answer-lost']: () => T | Promise<T> },
  ): Promise<T> {
    if (process.isKilled) return never()
    const fault = this.#faultFor(kind)
    switch (fault) {
      case undefined:
        return act()
      case 'crash-before':
        process.kill()
        return never()
      case 'crash-after':
        await act()
        process.kill()
        return never()
      case 'refused':
      case 'throttled':
        return failures[fault]()
      case 'answer-lost':
        await act()
        return failures['answer-lost']()
      case 'slow': {
        const done = await act()
        await this.clock.sleep(SLOW_MS)
        return process.isKilled ? never() : done
      }
      case 'silent':
        await act()
        return never()
      case 'delivered-twice':
        this.#deliver(payload)
        return act()
    }
  }

  #faultFor(kind: EffectKind): FaultKind | undefined {
    const index = this.effects.push(kind) - 1
    return this.#options.faults.find(({ at }) => at === index)?.kind
  }

  #host(process: Process, payload: Uint8Array): Host {
    const { continuation } = this.#options
    const environment = continuation
      ? { ...ENVIRONMENT, STACKBRIDGE_CONTINUATION_KEY: CONTINUATION_KEY }
      : ENVIRONMENT
    const { settings, problems } = readSettings(environment)
    const clock: Clock = {
      now: () => this.clock.now(),
      sleep: async (ms, signal) => {
        await this.clock.sleep(ms, signal)
        if (process.isKilled) await never()
      },
    }
    return {
      clock,
      random: () => this.#random(),
      environment,
      settings,
      misconfiguration: problems,
      network: this.#network(process, payload),
      registry: this.#registry(process, payload),
      log: (secrets, bindings) =>
        this.#options.bridge.createLogger({
          level: 'warn',
          secrets,
          bindings,
          destination: { write: (line) => void this.logged.push(line) },
        }),
      functionEndsAt: this.clock.now() + this.#functionMs,
      invokeSelf: {
        possible: true,
        invoke: (invocation) =>
          this.#effect<Invoked>(
            'hand-off',
            process,
            payload,
            () => {
              this.#take(invocation)
              return Promise.resolve({ invoked: true, fcRequestId: undefined })
            },
            {
              refused: () => ({ invoked: false, again: false, why: 'no permission' }),
              throttled: () => ({ invoked: false, again: true, why: 'throttled' }),
              'answer-lost': () => ({ invoked: false, again: true, why: 'no answer' }),
            },
          ),
      },
    }
  }

  #take(invocation: { payload: Uint8Array; delaySeconds: number; taskId: string }): void {
    this.payloads.push(invocation.payload)
    if (this.#tasks.has(invocation.taskId)) return
    this.#tasks.add(invocation.taskId)
    this.#deliver(invocation.payload, invocation.delaySeconds * 1000)
  }

  #network(process: Process, payload: Uint8Array): Network {
    const real = this.#options.bridge.createNetwork({
      allowPrivateAddresses: false,
      intranetCallbackRanges: [],
    })
    const dispatcher = new MemoryDispatcher(({ url, body }) => {
      if (!url.startsWith('https://ros.example.com/')) this.forbidden.push(url)
      return this.#effect<MemoryResponse>(
        'callback',
        process,
        payload,
        () => {
          const stack = this.ownStacks()[0]
          this.heard.push({
            at: this.clock.now(),
            requestId: new URL(url).pathname.slice(1),
            body: JSON.parse(body),
            bytes: Buffer.byteLength(body),
            wasBusy: stack?.ends !== undefined && stack.ends.at > this.clock.now(),
          })
          return Promise.resolve(200)
        },
        { refused: () => 500, throttled: () => 429, 'answer-lost': () => 'broken' },
      )
    })
    return {
      ...real,
      request: (url, _, options) => request(url, { ...options, dispatcher }),
    }
  }

  #registry(process: Process, payload: Uint8Array): ProviderRegistry {
    const provider: StackProvider = {
      name: 'Model',
      open: (request) => ({
        ok: true,
        bridge: { Timeout: ROS_TIMEOUT_MS / 1000 },
        session: this.#faulty(
          this.cloud.session({
            owner: `${request.owner.rosStackId}/${request.owner.logicalResourceId}`,
            requestId: `${request.requestId}/${request.fingerprint}`,
            kind: request.kind,
            name: STACK_NAME,
            ...(request.physicalResourceId === undefined
              ? {}
              : { physicalResourceId: request.physicalResourceId }),
          }),
          process,
          payload,
        ),
      }),
      propertiesToFollow: ({ Name }) => (Name === undefined ? {} : { Name }),
    }
    const load = () => Promise.resolve(provider)
    return {
      resolve: () => ({ ok: true, name: 'Model', load }),
      writersOf: () => ['Model'],
      isWritten: () => true,
    }
  }

  #faulty(session: StackSession, process: Process, payload: Uint8Array): StackSession {
    const { CloudError } = this.#options.bridge
    const through = <T>(act: () => Promise<T>): Promise<T> =>
      this.#effect<T>('cloud', process, payload, act, {
        refused: () => Promise.reject(new CloudError('unavailable', `refused: ${PLANTED_SECRET}`)),
        throttled: () => Promise.reject(new CloudError('throttled', 'rate exceeded')),
        'answer-lost': () => Promise.reject(new CloudError('unavailable', 'the connection broke')),
      })
    return {
      ...session,
      find: () => through(() => session.find()),
      create: () => through(() => session.create()),
      update: (stack) => through(() => session.update(stack)),
      delete: (stack, attempt) => through(() => session.delete(stack, attempt)),
      describe: (watch) => through(() => session.describe(watch)),
      explain: (watch) => through(() => session.explain(watch)),
      cancel: (watch) => through(() => session.cancel(watch)),
    }
  }
}

const SLOW_MS = 40_000

/** Few polls keep the number of effects small. */
const ENVIRONMENT = {
  STACKBRIDGE_POLL_MIN_MS: '20000',
  STACKBRIDGE_POLL_MAX_MS: '20000',
  STACKBRIDGE_INLINE_SECONDS: '25',
}

/** Whether a secret is readable in a payload that Function Compute stores, plain or compressed. */
export function isReadable(payload: Uint8Array, secret: string): boolean {
  const text = Buffer.from(payload).toString()
  const packed = [...text.matchAll(/[A-Za-z0-9+/]{40,}=*/g)].map(([part]) => Buffer.from(part, 'base64'))
  return [text, ...packed.map((part) => part.toString()), ...packed.map(unzipped)].some((one) =>
    one.includes(secret),
  )
}

function unzipped(bytes: Buffer): string {
  try {
    return gunzipSync(bytes).toString()
  } catch {
    // The plain text was checked above.
    return ''
  }
}
