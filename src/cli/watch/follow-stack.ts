import type { Clock, EpochMs } from '../../platform/clock.ts'
import type { Found, StackRef, StackSession } from '../../providers/provider.ts'
import { CloudError } from '../../providers/provider.ts'
import type { Renderer, SettledReport } from '../report.ts'
import { displayStateOf } from '../view/display-state.ts'
import { StackEventReporter } from './stack-event-reporter.ts'

export interface FollowOptions {
  readonly clock: Clock
  readonly intervalMs: number
  /** Earlier events are not shown. */
  readonly since: EpochMs
}

/**
 * Reports a stack's events and status until no operation runs on it. True if the operation succeeded, or the stack was deleted
 * meanwhile. Changes nothing. Throws the `CloudError` of a refused call: it would be refused again.
 */
export async function followStack(
  session: StackSession,
  renderer: Renderer,
  options: FollowOptions,
): Promise<boolean> {
  const follower = new Follower(session, renderer, options)
  for (;;) {
    const end = await follower.poll()
    if (end !== undefined) {
      renderer.report(end)
      return end.outcome === 'succeeded' || end.outcome === 'gone'
    }
    await options.clock.sleep(options.intervalMs)
  }
}

type FoundStack = Extract<Found, { found: true }>

class Follower {
  readonly #session: StackSession
  readonly #renderer: Renderer
  readonly #options: FollowOptions
  readonly #startedAt: EpochMs
  readonly #events: StackEventReporter
  #stack: StackRef | undefined
  /** The failure status that the previous poll saw. */
  #previousFailure: string | undefined
  #lastError: string | undefined

  constructor(session: StackSession, renderer: Renderer, options: FollowOptions) {
    this.#session = session
    this.#renderer = renderer
    this.#options = options
    this.#startedAt = options.clock.now()
    this.#events = new StackEventReporter({ renderer, customResource: null, zeroAt: this.#startedAt })
  }

  /** One poll; gives the report of the end once no operation runs. */
  async poll(): Promise<SettledReport | undefined> {
    const found = await this.#find()
    if (found === undefined) return undefined
    // A session may find the stack by its name: another id means that the stack was deleted and replaced.
    if (found.found !== true || (this.#stack !== undefined && this.#stack.id !== found.stack.id))
      return this.#gone()
    return this.#afterPoll(found)
  }

  async #afterPoll({ stack, status, condition }: FoundStack): Promise<SettledReport | undefined> {
    if (this.#stack === undefined)
      this.#renderer.report({ type: 'watching', stackId: stack.id, name: stack.name, status })
    this.#stack = stack
    await this.#showEvents(stack)
    this.#renderer.report({
      type: 'status',
      customResource: null,
      stackId: stack.id,
      status,
      elapsedMs: this.#elapsedMs,
    })
    if (condition === 'working' || condition === 'deleting') {
      this.#previousFailure = undefined
      return undefined
    }
    if (condition === 'settled' && displayStateOf(status) === 'success')
      return this.#end('succeeded', status, stack)
    // Some clouds show a failure for a moment before the rollback starts.
    if (this.#previousFailure === status) return this.#end('failed', status, stack)
    this.#previousFailure = status
    return undefined
  }

  async #gone(): Promise<SettledReport> {
    if (this.#stack === undefined) return this.#end('absent', null, undefined)
    await this.#showEvents(this.#stack)
    return this.#end('gone', null, this.#stack)
  }

  /** Reports an error that a later poll may not have; throws any other. */
  async #find(): Promise<Found | undefined> {
    try {
      return await this.#session.find()
    } catch (error) {
      if (!(error instanceof CloudError) || error.kind === 'denied' || error.kind === 'rejected') throw error
      this.#reportError(error)
      return undefined
    }
  }

  /** An error here does not stop the polls: the status shows the end, not the events. */
  async #showEvents(stack: StackRef): Promise<void> {
    try {
      this.#events.report(await this.#session.events(stack, this.#options.since), stack)
    } catch (error) {
      if (!(error instanceof CloudError)) throw error
      this.#reportError(error)
    }
  }

  #reportError({ kind, message }: CloudError): void {
    if (this.#lastError === message) return
    this.#lastError = message
    this.#renderer.report({
      type: 'trouble',
      customResource: null,
      stackId: this.#stack?.id ?? null,
      kind,
      message,
      elapsedMs: this.#elapsedMs,
    })
  }

  #end(outcome: SettledReport['outcome'], status: string | null, stack: StackRef | undefined): SettledReport {
    return { type: 'settled', outcome, status, stackId: stack?.id ?? null, elapsedMs: this.#elapsedMs }
  }

  get #elapsedMs(): number {
    return this.#options.clock.now() - this.#startedAt
  }
}
