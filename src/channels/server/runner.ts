import { randomUUID } from 'node:crypto'
import { setMaxListeners } from 'node:events'
import type { Host, Served } from '../../bridge/host.ts'
import { serveEvent } from '../../bridge/serve-event.ts'
import type { Clock, EpochMs } from '../../platform/clock.ts'
import type { Invoked } from '../../platform/function-compute.ts'
import type { Logger } from '../../platform/log.ts'
import { eventKey } from '../event-key.ts'
import type { Taken } from '../http/http-channel.ts'
import type { Journal, Task } from './journal.ts'

const MOST_RETRIES = 3
const RETRY_PAUSE_MS = 60_000

export interface RunnerOptions {
  readonly journal: Journal
  readonly clock: Clock
  readonly log: Logger
  /** Runs one call of the bridge with the process as its host. */
  readonly call: (work: (host: Host) => Promise<Served>) => Promise<Served>
}

/**
 * Serves events from a journal. An operation that has to wait is handed over to the journal, as a function hands it over
 * to Function Compute: what a killed process leaves behind is what a killed call leaves behind, and is gone on with.
 */
export class Runner {
  readonly #options: RunnerOptions
  readonly #stopped = new AbortController()
  /** By key; what is being written to the journal included. */
  readonly #known = new Map<string, Promise<Taken>>()
  readonly #listeners = new Map<string, ((served: Served) => void)[]>()
  readonly #calls = new Set<Promise<void>>()

  constructor(options: RunnerOptions) {
    this.#options = options
    // One for each operation that waits.
    setMaxListeners(0, this.#stopped.signal)
    for (const { key } of options.journal.left) this.#known.set(key, Promise.resolve({ taken: true }))
  }

  /** Goes on with what the journal held when it was opened. */
  resume(): void {
    for (const task of this.#options.journal.left) this.#schedule(task)
  }

  /** How many events have not been answered yet. */
  get size(): number {
    return this.#known.size
  }

  /** Resolves once the event is in the journal. One that is in it already is not served twice. */
  take(event: Uint8Array, sentAt?: EpochMs): Promise<Taken> {
    return this.#takeAs(eventKey(event) ?? randomUUID(), event, sentAt)
  }

  /** Whether the event is in the journal, and not answered yet. */
  has(event: Uint8Array): boolean {
    return this.#known.has(eventKey(event) ?? '')
  }

  /** Takes the event and resolves with what came of it; `undefined` where it could not be taken. */
  async serve(event: Uint8Array, sentAt?: EpochMs): Promise<Served | undefined> {
    const key = eventKey(event) ?? randomUUID()
    const served = new Promise<Served>((resolve) => {
      this.#listeners.set(key, [...(this.#listeners.get(key) ?? []), resolve])
    })
    const { taken } = await this.#takeAs(key, event, sentAt)
    if (taken) return served
    this.#listeners.delete(key)
    return undefined
  }

  /**
   * Begins nothing new and waits for the calls that are under way, for `graceMs` at most; how many were still running then.
   * All that is not answered stays in the journal.
   */
  async stop(graceMs: number): Promise<number> {
    this.#stopped.abort()
    const done = new AbortController()
    const grace = this.#options.clock.sleep(graceMs, done.signal).catch(() => undefined)
    await Promise.race([Promise.all(this.#calls), grace])
    done.abort()
    return this.#calls.size
  }

  #takeAs(key: string, event: Uint8Array, sentAt?: EpochMs): Promise<Taken> {
    if (this.#stopped.signal.aborted)
      return Promise.resolve({ taken: false, why: 'the server is about to stop' })
    const known = this.#known.get(key)
    if (known !== undefined) return known
    const taking = this.#write(key, event, sentAt)
    this.#known.set(key, taking)
    return taking
  }

  async #write(key: string, event: Uint8Array, sentAt?: EpochMs): Promise<Taken> {
    const now = this.#options.clock.now()
    const task = { key, arrivedAt: Math.min(now, sentAt ?? now), dueAt: now, payload: event }
    try {
      await this.#options.journal.put(task)
    } catch (error) {
      this.#known.delete(key)
      return { taken: false, why: `the journal cannot be written: ${messageOf(error)}` }
    }
    this.#schedule(task)
    return { taken: true }
  }

  #schedule(task: Task, tries = 0): void {
    const { clock, log } = this.#options
    const { signal } = this.#stopped
    const call = async (): Promise<void> => {
      const wait = task.dueAt - clock.now()
      if (wait > 0) await clock.sleep(wait, signal).catch(() => undefined)
      if (signal.aborted) return
      const run = this.#run(task, tries).catch((error: unknown) => {
        log.error({ err: error, key: task.key }, 'an operation stays in the journal until the next start')
      })
      this.#calls.add(run)
      await run
      this.#calls.delete(run)
    }
    void call()
  }

  async #run(task: Task, tries: number): Promise<void> {
    const { journal, clock, call } = this.#options
    const handedOver: { to?: Task } = {}
    const served = await call((host) =>
      serveEvent(task.payload, {
        ...host,
        arrivedAt: task.arrivedAt,
        invokeSelf: {
          possible: true,
          invoke: async ({ payload, delaySeconds }) => {
            const dueAt = host.clock.now() + delaySeconds * 1000
            handedOver.to = { ...task, dueAt, payload }
            return this.#keep(handedOver.to)
          },
        },
      }),
    )
    if (served.kind === 'handed-over' && handedOver.to !== undefined) {
      this.#schedule(handedOver.to)
      return
    }
    // As Function Compute does with an invocation that has failed.
    if (served.kind === 'undelivered' && tries < MOST_RETRIES) {
      this.#schedule({ ...(handedOver.to ?? task), dueAt: clock.now() + RETRY_PAUSE_MS }, tries + 1)
      return
    }
    await journal.end(task.key)
    this.#known.delete(task.key)
    for (const tell of this.#listeners.get(task.key) ?? []) tell(served)
    this.#listeners.delete(task.key)
  }

  async #keep(task: Task): Promise<Invoked> {
    try {
      await this.#options.journal.put(task)
      return { invoked: true, fcRequestId: undefined }
    } catch (error) {
      return { invoked: false, again: true, why: `the journal cannot be written: ${messageOf(error)}` }
    }
  }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : 'an unknown error'
}
