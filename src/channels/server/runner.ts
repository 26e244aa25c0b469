import { randomUUID } from 'node:crypto'
import { setMaxListeners } from 'node:events'
import { setImmediate as nextTurn } from 'node:timers/promises'
import { isContinuation } from '../../bridge/continuation/continuation.ts'
import { deadlineOfEvent } from '../../bridge/event-deadline.ts'
import type { Host, Served } from '../../bridge/host.ts'
import { refuseEvent } from '../../bridge/refuse-event.ts'
import { serveEvent } from '../../bridge/serve-event.ts'
import type { Clock, EpochMs } from '../../platform/clock.ts'
import { parseJson } from '../../platform/json.ts'
import type { Logger } from '../../platform/log.ts'
import { Semaphore } from '../../platform/semaphore.ts'
import { eventKey } from '../event-key.ts'
import type { Taken } from '../http/http-channel.ts'
import { whyUnwritten, type Journal, type Task, type UnfinishedTask } from './journal.ts'
import { handOffToJournal } from './journal-hand-off.ts'
import { resumeGradually } from './resume.ts'
import { StartCounts } from './start-counts.ts'
import { StoppableWaits } from './stoppable-waits.ts'

const MOST_RETRIES = 3
const RETRY_PAUSE_MS = 60_000
/** How often an event is served. An event that ended this many processes would probably end the next one too. */
export const MOST_STARTS = 3
/** How often the bridge then tries to answer the event without serving it. */
const MOST_REFUSALS = 2
/** The pause before another attempt to write an operation's end to the journal. */
const END_RETRY_PAUSE_MS = 5000
/** A call that takes longer waits for its cloud: clouds that do not answer must not keep all places. */
const LONGEST_IN_PLACE_MS = 5000
const LONGEST_TURN_MS = 1000

export interface RunnerObserver {
  /** A waiting operation is continued, `lateMs` milliseconds after the time that was planned. */
  continued(lateMs: number): void
  /** An event has ended, `ms` milliseconds after its arrival. */
  ended(served: Served, ms: number): void
}

export interface RunnerOptions {
  readonly journal: Journal
  readonly clock: Clock
  readonly log: Logger
  readonly observer?: RunnerObserver
  /** Runs `work` with this process as the host. */
  readonly call: (work: (host: Host) => Promise<Served>) => Promise<Served>
  /** How many events begin at once, and how many operations are continued at once. */
  readonly places: number
  /** ROS's Timeout for an event that names none, seconds. */
  readonly timeoutSeconds: number
}

/**
 * Serves events from a journal. An operation that has to wait is handed off to the journal, as a function hands it off to
 * Function Compute. After the process is killed, the next process continues each task from its newest continuation.
 *
 * Many events at once would otherwise all begin in one turn of the event loop, and their calls to the clouds would wait for
 * each other beyond their time limits. So they wait for a place, at most until their deadline: an event whose time is up is
 * served without one, which gives its answer and begins nothing. Operations under way have places of their own, so that new
 * events do not delay them.
 */
export class Runner {
  readonly #options: RunnerOptions
  readonly #stopped = new AbortController()
  /** All unfinished events by key, also those that are being written to the journal. */
  readonly #known = new Map<string, Promise<Taken>>()
  readonly #listeners = new Map<string, ((served: Served) => void)[]>()
  readonly #calls = new Set<Promise<void>>()
  readonly #starts: StartCounts
  readonly #running = new Set<string>()
  /** When events whose answer could not be delivered are served once more. */
  readonly #retries = new Map<string, EpochMs>()
  readonly #waits: StoppableWaits
  readonly #beginning: Semaphore
  readonly #continuing: Semaphore
  #freeTurn: Promise<void> = Promise.resolve()

  constructor(options: RunnerOptions) {
    this.#options = options
    const { places, clock } = options
    this.#beginning = new Semaphore({ places, longestMs: LONGEST_IN_PLACE_MS, clock })
    this.#continuing = new Semaphore({ places, longestMs: LONGEST_IN_PLACE_MS, clock })
    this.#waits = new StoppableWaits(clock)
    this.#starts = new StartCounts(options.journal, options.log)
    // On a full disk, each operation that has ended adds a listener.
    setMaxListeners(0, this.#stopped.signal)
    for (const { key } of options.journal.unfinished) this.#known.set(key, Promise.resolve({ taken: true }))
  }

  /** Starts to continue the tasks that were unfinished when the journal was opened: see `resumeGradually`. */
  resume(): void {
    const { journal, clock } = this.#options
    const { signal } = this.#stopped
    void resumeGradually(journal.unfinished, {
      clock,
      signal,
      run: (task) => this.#schedule(task, this.#placesFor(task)),
    })
  }

  /** None for a task that may have ended a process: `resumeGradually` keeps it apart from others, and counts its time. */
  #placesFor({ starts, payload }: UnfinishedTask): Semaphore | undefined {
    if (starts > 0) return undefined
    return isContinuationPayload(payload) ? this.#continuing : this.#beginning
  }

  /**
   * Resolves when the events that wait now have begun, after a second at the latest. Until then the caller leaves
   * further messages to other servers. The wait is limited, since an event that no server receives cannot be answered
   * in time.
   */
  async turn(): Promise<void> {
    const leave = await this.#beginning.enter(() => this.#options.clock.now() + LONGEST_TURN_MS)
    leave()
  }

  /** The number of unfinished events. */
  get size(): number {
    return this.#known.size
  }

  /** The number of events that are being worked on now. */
  get running(): number {
    return this.#running.size
  }

  /** Whether a call works on this event now. */
  isRunning(key: string): boolean {
    return this.#running.has(key)
  }

  /** When the event is served once more, if its answer could not be delivered. */
  retryAt(key: string): EpochMs | undefined {
    return this.#retries.get(key)
  }

  /**
   * Takes an event to be answered. Resolves when the event is in the journal. An event that is in the journal already is not
   * served twice. `sentAt`: when ROS sent it, if that is known; its Timeout counts from then. Never rejects.
   */
  take(event: Uint8Array, sentAt?: EpochMs): Promise<Taken> {
    return this.#takeAs(eventKey(event) ?? randomUUID(), event, sentAt)
  }

  /** Whether the event is in the journal and unfinished. */
  has(event: Uint8Array): boolean {
    return this.#known.has(eventKey(event) ?? '')
  }

  /** Takes the event and resolves when it is finished; with `undefined` if it could not be taken. Never rejects. */
  serve(event: Uint8Array, sentAt?: EpochMs): Promise<Served | undefined> {
    const key = eventKey(event) ?? randomUUID()
    return this.#served(key, this.#takeAs(key, event, sentAt))
  }

  /** Not given the event, which would stay in memory until it is finished. */
  async #served(key: string, taking: Promise<Taken>): Promise<Served | undefined> {
    const served = new Promise<Served>((resolve) => {
      this.#listeners.set(key, [...(this.#listeners.get(key) ?? []), resolve])
    })
    const { taken } = await taking
    if (taken) return served
    this.#listeners.delete(key)
    return undefined
  }

  /**
   * Starts no more calls and waits for the running ones, for at most `graceMs` milliseconds. Resolves with the number of
   * calls that still run then. Unfinished events stay in the journal.
   */
  async stop(graceMs: number): Promise<number> {
    this.#stopped.abort()
    this.#waits.stop()
    this.#beginning.letAllIn()
    this.#continuing.letAllIn()
    const done = new AbortController()
    const grace = this.#options.clock.sleep(graceMs, done.signal).catch(() => undefined)
    await Promise.race([Promise.all(this.#calls), grace])
    done.abort()
    const running = this.#calls.size
    await this.#starts.uncount(this.#running)
    return running
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
      return { taken: false, why: whyUnwritten(error) }
    }
    void this.#schedule(task, this.#beginning)
    return { taken: true }
  }

  /** Runs the task when it is due and there is a place. Resolves when the call has ended. Never rejects. */
  async #schedule(task: Task, places: Semaphore | undefined, tries = 0): Promise<void> {
    const { log, clock, observer } = this.#options
    const { signal } = this.#stopped
    const isWaiting = task.dueAt > clock.now()
    const isStopped = () => signal.aborted
    await this.#waits.until(task.dueAt)
    if (isStopped()) return
    const leave = await places?.enter(() => this.#startBy(task))
    if (isStopped()) return
    if (isWaiting) observer?.continued(clock.now() - task.dueAt)
    const run = this.#run(task, tries)
      .catch((error: unknown) => {
        log.error({ err: error, key: task.key }, 'an operation stays in the journal until the next start')
      })
      .finally(leave)
    this.#calls.add(run)
    await run
    this.#calls.delete(run)
  }

  #startBy({ startBy, arrivedAt, dueAt, payload }: Task): EpochMs {
    if (startBy !== undefined) return startBy
    // A version without places wrote this task.
    if (isContinuationPayload(payload)) return dueAt
    return deadlineOfEvent(payload, arrivedAt, this.#options.timeoutSeconds)
  }

  async #run(task: Task, tries: number): Promise<void> {
    const { clock, log, journal } = this.#options
    const { key } = task
    const starts = this.#starts.of(key)
    if (journal.endedForGood.has(key) || starts >= MOST_STARTS + MOST_REFUSALS) {
      log.error({ key, starts }, 'an event is given up for good: nothing more is done with it')
      await this.#finish(task, ENDED_FOR_GOOD, true)
      return
    }
    await this.#starts.set(key, starts + 1)
    this.#running.add(key)
    this.#retries.delete(key)
    await this.#ownTurn()
    const isRefused = starts >= MOST_STARTS
    const { served, next } = await this.#call(task, isRefused).finally(() => this.#running.delete(key))
    if (served.kind === 'handed-over' && next !== undefined) {
      this.#starts.forget(key)
      void this.#schedule(next, this.#continuing)
      return
    }
    // Function Compute retries a failed invocation in the same way.
    if (served.kind === 'undelivered' && tries < MOST_RETRIES) {
      if (next === undefined) await this.#starts.set(key, starts)
      else this.#starts.forget(key)
      const again = { ...(next ?? task), dueAt: clock.now() + RETRY_PAUSE_MS }
      this.#retries.set(key, again.dueAt)
      void this.#schedule(again, this.#continuing, tries + 1)
      return
    }
    if (served.kind === 'unanswerable' && isContinuationPayload(task.payload)) {
      await this.#starts.set(key, 0)
      log.error({ key }, 'the journal keeps an operation that this version, or this key, cannot read')
      return
    }
    await this.#finish(task, served, isRefused)
  }

  /**
   * Resolves when the event loop has had a turn since the last call began. A call begins with some milliseconds of CPU time,
   * and one write to the disk lets many begin: in one turn, they would keep the loop from all else.
   */
  #ownTurn(): Promise<void> {
    const turn = this.#freeTurn
    this.#freeTurn = turn.then(() => nextTurn())
    return turn
  }

  async #call(task: Task, isRefused: boolean): Promise<{ readonly served: Served; readonly next?: Task }> {
    const handedOff: { next?: Task } = {}
    const served = await this.#options.call((host) =>
      isRefused
        ? refuseEvent(task.payload, host, REFUSAL)
        : serveEvent(task.payload, {
            ...host,
            arrivedAt: task.arrivedAt,
            invokeSelf: handOffToJournal(this.#options.journal, task, host.clock, (next) => {
              handedOff.next = next
            }),
          }),
    )
    return { served, ...handedOff }
  }

  /**
   * Notifies the listeners at once, but keeps the event until its end is in the journal: an event that is delivered again
   * before that must not be served again.
   */
  async #finish({ key, arrivedAt }: Task, served: Served, isForGood: boolean): Promise<void> {
    const { journal, clock, log, observer } = this.#options
    observer?.ended(served, clock.now() - arrivedAt)
    const write = () => (isForGood ? journal.endForGood(key, clock.now()) : journal.end(key))
    const notify = (): void => {
      for (const listener of this.#listeners.get(key) ?? []) listener(served)
      this.#listeners.delete(key)
    }
    for (let tries = 1; ; tries += 1) {
      try {
        await write()
        break
      } catch (error) {
        if (tries === 1)
          log.error({ err: error, key }, 'the end of an operation could not be written: it is tried again')
        if (this.#stopped.signal.aborted) throw error
        notify()
        await clock.sleep(END_RETRY_PAUSE_MS, this.#stopped.signal).catch(() => undefined)
      }
    }
    this.#starts.forget(key)
    this.#known.delete(key)
    notify()
  }
}

const REFUSAL = `Stackbridge was stopped ${String(MOST_STARTS)} times while it served this event, and does not try again. The state of the stack is unknown: check it in the console of its cloud.`
const ENDED_FOR_GOOD: Served = { kind: 'undelivered', verdict: { status: 'FAILED', reason: REFUSAL } }

/** A continuation, of any version, means that the foreign stack's operation may be running. */
function isContinuationPayload(payload: Uint8Array): boolean {
  const json = parseJson(payload)
  return json.ok && isContinuation(json.value)
}
