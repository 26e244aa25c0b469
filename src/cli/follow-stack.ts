import type { Clock, EpochMs } from '../platform/clock.ts'
import type { Found, StackRef, StackSession } from '../providers/provider.ts'
import { CloudError } from '../providers/provider.ts'
import type { Renderer, SettledReport } from './report.ts'
import { toneOf } from './status-tone.ts'
import { UnseenEvents } from './unseen-events.ts'

export interface FollowOptions {
  readonly clock: Clock
  readonly intervalMs: number
  /** From when on events are shown. */
  readonly since: EpochMs
}

/**
 * Reports a stack's events and status until nothing runs on it any more. True when it has settled well, or was deleted
 * while it was followed. Changes nothing. Throws the `CloudError` of a call that will not be answered either if asked again.
 */
export async function followStack(
  session: StackSession,
  renderer: Renderer,
  options: FollowOptions,
): Promise<boolean> {
  const follower = new Follower(session, renderer, options)
  for (;;) {
    const end = await follower.look()
    if (end !== undefined) {
      renderer.report(end)
      return end.outcome === 'succeeded' || end.outcome === 'gone'
    }
    await options.clock.sleep(options.intervalMs)
  }
}

type Standing = Extract<Found, { found: true }>

class Follower {
  readonly #session: StackSession
  readonly #renderer: Renderer
  readonly #options: FollowOptions
  readonly #startedAt: EpochMs
  readonly #events: UnseenEvents
  #stack: StackRef | undefined
  /** The failure that the last look saw. */
  #doubted: string | undefined
  #lastTrouble: string | undefined

  constructor(session: StackSession, renderer: Renderer, options: FollowOptions) {
    this.#session = session
    this.#renderer = renderer
    this.#options = options
    this.#startedAt = options.clock.now()
    this.#events = new UnseenEvents(renderer, this.#startedAt)
  }

  /** One look; gives the end where there is nothing left to follow. */
  async look(): Promise<SettledReport | undefined> {
    const found = await this.#find()
    if (found === undefined) return undefined
    // Followed by its name, a stack that was replaced by another is as gone as one that was not.
    if (found.found !== true || (this.#stack !== undefined && this.#stack.id !== found.stack.id))
      return this.#gone()
    return this.#take(found)
  }

  async #take({ stack, status, condition }: Standing): Promise<SettledReport | undefined> {
    if (this.#stack === undefined)
      this.#renderer.report({ type: 'watching', stackId: stack.id, name: stack.name, status })
    this.#stack = stack
    await this.#showEvents(stack)
    this.#renderer.report({ type: 'status', status, elapsedMs: this.#elapsedMs })
    if (condition === 'working' || condition === 'deleting') {
      this.#doubted = undefined
      return undefined
    }
    if (condition === 'settled' && toneOf(status) === 'good') return this.#end('succeeded', status, stack)
    // Some clouds show a failure for a moment before they roll back.
    if (this.#doubted === status) return this.#end('failed', status, stack)
    this.#doubted = status
    return undefined
  }

  async #gone(): Promise<SettledReport> {
    if (this.#stack === undefined) return this.#end('absent', null, undefined)
    await this.#showEvents(this.#stack)
    return this.#end('gone', null, this.#stack)
  }

  /** What passes is told and asked for again; the rest is thrown. */
  async #find(): Promise<Found | undefined> {
    try {
      return await this.#session.find()
    } catch (error) {
      if (!(error instanceof CloudError) || error.kind === 'denied' || error.kind === 'rejected') throw error
      this.#trouble(error)
      return undefined
    }
  }

  /** The status tells the end: without the events it is followed all the same. */
  async #showEvents(stack: StackRef): Promise<void> {
    try {
      this.#events.show(await this.#session.events(stack, this.#options.since))
    } catch (error) {
      if (!(error instanceof CloudError)) throw error
      this.#trouble(error)
    }
  }

  #trouble({ message }: CloudError): void {
    if (this.#lastTrouble === message) return
    this.#lastTrouble = message
    this.#renderer.report({ type: 'trouble', message, elapsedMs: this.#elapsedMs })
  }

  #end(outcome: SettledReport['outcome'], status: string | null, stack: StackRef | undefined): SettledReport {
    return { type: 'settled', outcome, status, stackId: stack?.id ?? null, elapsedMs: this.#elapsedMs }
  }

  get #elapsedMs(): number {
    return this.#options.clock.now() - this.#startedAt
  }
}
