import { randomUUID } from 'node:crypto'
import { systemClock, type Clock } from '../../platform/clock.ts'
import { type JsonObject, writeJson } from '../../platform/json.ts'
import type { Answer } from './answer-rules.ts'
import {
  startResponseServer,
  type AwaitedAnswer,
  type Received,
  type ResponseServer,
} from './response-server.ts'

export type RequestType = 'Create' | 'Update' | 'Delete'

/** The outcome of one event. */
export interface Outcome {
  readonly requestType: RequestType
  readonly requestId: string
  /** `undefined`: no answer came before the Timeout. */
  readonly answer: Answer | undefined
  /** The rules of ROS's documents that the answer, or its absence, breaks. */
  readonly violations: readonly string[]
  readonly elapsedMs: number
}

export interface SandboxRosOptions {
  readonly clock?: Clock
  /** Invokes the function that the ServiceToken names, with the bytes of an event. */
  readonly invoke: (event: Uint8Array) => Promise<void>
  /** The id of the stack; a random one by default. */
  readonly stackId?: string
  /** How an event writes a missing PhysicalResourceId. ROS's documents do not say. */
  readonly missingId?: 'absent' | 'null' | 'empty'
  /** Whether a failed Create is followed by a Delete, and a failed Update by the reverse Update. Yes by default. */
  readonly rollback?: boolean
}

export interface ResourceDefinition {
  readonly logicalResourceId: string
  readonly resourceType: string
  readonly parameters: JsonObject
  /** The Timeout of the custom resource, in seconds. */
  readonly timeoutSeconds?: number
}

/** An embedded ROS: one stack of custom resources. It sends their events to a function and checks the answers. */
export class SandboxRos {
  readonly stackId: string
  readonly stackName: string
  readonly outcomes: Outcome[] = []
  readonly #options: SandboxRosOptions
  readonly #clock: Clock
  readonly #responses: ResponseServer
  readonly #awaited = new Map<string, AwaitedAnswer>()

  private constructor(options: SandboxRosOptions, responses: ResponseServer, stackName: string) {
    this.#options = options
    this.#clock = options.clock ?? systemClock
    this.#responses = responses
    this.stackId = options.stackId ?? randomUUID()
    this.stackName = stackName
  }

  static async start(options: SandboxRosOptions, stackName = 'my-ros-stack'): Promise<SandboxRos> {
    return new SandboxRos(options, await startResponseServer(), stackName)
  }

  async create(definition: ResourceDefinition): Promise<SandboxResource> {
    const resource = new SandboxResource(this, definition)
    await resource.create()
    return resource
  }

  /** Refuses the next `times` callbacks with this HTTP status. */
  refuse(times: number, status: number, retryAfter?: string): void {
    this.#responses.refuse(times, status, retryAfter)
  }

  close(): Promise<void> {
    return this.#responses.close()
  }

  /** Every answer to a request, in order. ROS allows one. */
  answersTo(requestId: string): readonly Received[] {
    return this.#awaited.get(requestId)?.all ?? []
  }

  get rollsBack(): boolean {
    return this.#options.rollback ?? true
  }

  /** Sends an event and waits for its answer until the Timeout. */
  async send(
    requestType: RequestType,
    definition: ResourceDefinition,
    physicalResourceId: string | undefined,
    oldParameters?: JsonObject,
  ): Promise<Outcome> {
    const requestId = randomUUID().toUpperCase()
    const { logicalResourceId } = definition
    const awaited = this.#responses.await({
      stackId: this.stackId,
      requestId,
      logicalResourceId,
      physicalResourceId,
    })
    this.#awaited.set(requestId, awaited)
    const event = {
      RequestType: requestType,
      RequestId: requestId,
      ResponseURL: awaited.url,
      IntranetResponseURL: awaited.url,
      ResourceType: definition.resourceType,
      LogicalResourceId: logicalResourceId,
      StackId: this.stackId,
      StackName: this.stackName,
      ResourceOwnerId: '1234567890123456',
      CallerId: '1234567890123456',
      RegionId: 'cn-hangzhou',
      ResourceProperties: definition.parameters,
      ...(oldParameters === undefined ? {} : { OldResourceProperties: oldParameters }),
      ...(requestType === 'Create' ? {} : this.#idField(physicalResourceId)),
    }
    const outcome = await this.#waitForAnswer({ requestType, requestId, event }, definition, awaited)
    this.outcomes.push(outcome)
    return outcome
  }

  async #waitForAnswer(
    { requestType, requestId, event }: { requestType: RequestType; requestId: string; event: JsonObject },
    definition: ResourceDefinition,
    awaited: AwaitedAnswer,
  ): Promise<Outcome> {
    const startedAt = this.#clock.now()
    const done = new AbortController()
    const limitMs = (definition.timeoutSeconds ?? 60) * 1000
    const timeout = this.#clock.sleep(limitMs, done.signal).catch(() => undefined)
    const invoked = this.#options.invoke(Buffer.from(writeJson(event))).then(
      () => undefined,
      (error: unknown) => `the function failed: ${error instanceof Error ? error.message : String(error)}`,
    )
    const received = await Promise.race([awaited.first, timeout])
    done.abort()
    const elapsedMs = this.#clock.now() - startedAt
    if (received === undefined)
      return {
        requestType,
        requestId,
        answer: undefined,
        violations: ['no answer came before the Timeout'],
        elapsedMs,
      }
    const failure = await invoked
    const violations = [...received.violations, ...(failure === undefined ? [] : [failure])]
    if (awaited.all.length > 1) violations.push(`${String(awaited.all.length)} answers came`)
    return { requestType, requestId, answer: received.answer, violations, elapsedMs }
  }

  #idField(id: string | undefined): JsonObject {
    if (id !== undefined) return { PhysicalResourceId: id }
    switch (this.#options.missingId ?? 'absent') {
      case 'absent':
        return {}
      case 'null':
        return { PhysicalResourceId: null }
      case 'empty':
        return { PhysicalResourceId: '' }
    }
  }
}

/** One custom resource of the embedded ROS's stack. */
export class SandboxResource {
  readonly #ros: SandboxRos
  #definition: ResourceDefinition
  #physicalResourceId: string | undefined
  #data: JsonObject = {}

  constructor(ros: SandboxRos, definition: ResourceDefinition) {
    this.#ros = ros
    this.#definition = definition
  }

  get physicalResourceId(): string | undefined {
    return this.#physicalResourceId
  }

  /** What `Fn::GetAtt` reads. */
  get data(): JsonObject {
    return this.#data
  }

  async create(): Promise<Outcome> {
    const outcome = await this.#ros.send('Create', this.#definition, undefined)
    if (outcome.answer?.status === 'SUCCESS') this.#store(outcome.answer)
    else if (this.#ros.rollsBack) await this.delete()
    return outcome
  }

  async update(parameters: JsonObject): Promise<Outcome> {
    const before = this.#definition
    const next = { ...before, parameters }
    const outcome = await this.#ros.send('Update', next, this.#physicalResourceId, before.parameters)
    if (outcome.answer?.status === 'SUCCESS') {
      this.#definition = next
      this.#store(outcome.answer)
    } else if (this.#ros.rollsBack) {
      await this.#ros.send('Update', before, this.#physicalResourceId, parameters)
    }
    return outcome
  }

  async delete(): Promise<Outcome> {
    return this.#ros.send('Delete', this.#definition, this.#physicalResourceId)
  }

  #store({ physicalResourceId, data }: Answer): void {
    this.#physicalResourceId = physicalResourceId
    this.#data = data
  }
}
