import type {
  Check,
  CreateOutcome,
  DeleteOutcome,
  DriftOutcome,
  Explanation,
  Found,
  Observation,
  PlanOutcome,
  ForeignStackState,
  StackEvent,
  StackRef,
  StackSession,
  UpdateOutcome,
  Watch,
} from '../provider.ts'
import type { EpochMs } from '../../platform/clock.ts'

/** What a session needs of the one that it reads through. */
export type Reader = Pick<StackSession, 'describe' | 'events' | 'close'> & {
  readonly readState: () => Promise<ForeignStackState | undefined>
}

export interface Reading {
  /** The id that ROS has for the resource, and the name or id of the stack that it asks for. */
  readonly ref: StackRef
  readonly onBusy: 'fail' | 'wait'
  /** The name that the properties give beside the id. */
  readonly stackName?: string | undefined
}

/**
 * The session of a Create or Update that only reads a stack. It knows no call that changes anything: both start nothing and
 * each poll reads the stack once more.
 */
export class ReadOnlySession implements StackSession {
  readonly identityProblems = []
  readonly deleteAttempts = 1
  readonly #reader: Reader
  readonly #reading: Reading

  constructor(reader: Reader, reading: Reading) {
    this.#reader = reader
    this.#reading = reading
  }

  /** For an Update: there is nothing to find before the read. */
  find(): Promise<Found> {
    const { ref: stack } = this.#reading
    return Promise.resolve({
      found: true,
      stack,
      status: 'READ',
      condition: 'settled',
      ownership: { mark: 'ours' },
      by: 'id',
      started: this.#watch(),
    })
  }

  create(): Promise<CreateOutcome> {
    return Promise.resolve({ outcome: 'started', watch: this.#watch() })
  }

  update(): Promise<UpdateOutcome> {
    return Promise.resolve({ outcome: 'unchanged', watch: this.#watch() })
  }

  delete(): Promise<DeleteOutcome> {
    return Promise.resolve({ outcome: 'missing' })
  }

  async describe(): Promise<Observation> {
    const seen = await this.#reader.readState()
    const { name } = this.#reading.ref
    if (seen === undefined)
      return { phase: 'failed', status: 'NOT_FOUND', statusReason: `There is no stack ${name}`, final: false }
    const { status, condition } = seen
    switch (condition) {
      case 'working':
      case 'deleting':
        return this.#whileBusy(status)
      case 'failed-create':
      case 'delete-failed':
      case 'stuck':
        return unsettled(status, `Stack ${name} is in no state whose outputs can be relied on`)
      case 'settled':
        return this.#settled(seen)
    }
  }

  explain(): Promise<Explanation> {
    return Promise.resolve({})
  }

  cancel(): Promise<string> {
    return Promise.resolve('Nothing was stopped: the resource only reads the stack.')
  }

  async *checks(): AsyncGenerator<Check> {
    const { checkReading } = await import('./checks.ts')
    const { name } = this.#reading.ref
    yield* checkReading({
      name,
      readState: () => this.#reader.readState(),
      describe: () => this.describe(),
    })
  }

  async events(_stack: StackRef, since: EpochMs): Promise<readonly StackEvent[]> {
    const seen = await this.#reader.readState()
    return seen === undefined ? [] : this.#reader.events(seen.watch.stack, since)
  }

  plan(): Promise<PlanOutcome> {
    return Promise.resolve({
      outcome: 'planned',
      operation: 'update',
      changes: [],
      notes: ['The resource only reads the stack.'],
    })
  }

  drift(): Promise<DriftOutcome> {
    const reason = 'The resource only reads the stack: detect drift where the stack is managed.'
    return Promise.resolve({ outcome: 'impossible', reason })
  }

  close(): void {
    this.#reader.close()
  }

  async #settled({ watch, status, lacks }: ForeignStackState): Promise<Observation> {
    const { stackName } = this.#reading
    const { name } = watch.stack
    // ROS and AOS find a stack by the UUID in its id alone.
    if (stackName !== undefined && name !== stackName)
      return unsettled(status, `StackId is the id of ${name}, and not of ${stackName}: correct one of them`)
    // The next poll tells whether the cloud has only shown a part so far.
    if (lacks !== undefined) return { phase: 'failed', status, statusReason: lacks, final: false }
    const observation = await this.#reader.describe(watch)
    switch (observation.phase) {
      case 'working':
        return this.#whileBusy(observation.status)
      case 'gone':
        // It was deleted between the two reads: the next poll tells.
        return { phase: 'failed', status, final: false }
      case 'succeeded':
      case 'failed':
        return observation
    }
  }

  #whileBusy(status: string): Observation {
    const { ref, onBusy } = this.#reading
    if (onBusy === 'wait') return { phase: 'working', status }
    return unsettled(
      status,
      `An operation runs on stack ${ref.name}; with OnBusy: wait the bridge waits for its end`,
    )
  }

  #watch(): Watch {
    return { kind: 'read', stack: this.#reading.ref, marker: {} }
  }
}

function unsettled(status: string, statusReason: string): Observation {
  return { phase: 'failed', status, statusReason, final: true }
}
