import type { Progress } from '../bridge/effects.ts'
import type { Watcher } from '../bridge/serve-event.ts'
import type { Clock } from '../platform/clock.ts'
import { CloudError, type StackEvent, type StackRef, type StackSession } from '../providers/provider.ts'
import type { Renderer } from './report.ts'
import { UnseenEvents } from './unseen-events.ts'

/** How far the cloud's clock may differ from this machine's; milliseconds. */
const LARGEST_SKEW_MS = 300_000

/** Reports the bridge's actions, and the foreign stack's events as they happen. */
export class StackWatcher implements Watcher {
  readonly #renderer: Renderer
  readonly #clock: Clock
  readonly #intervalMs: number
  readonly #startedAt: number
  readonly #events: UnseenEvents
  readonly #stop = new AbortController()
  #session: StackSession | undefined
  #stack: StackRef | undefined
  #following: Promise<void> | undefined
  #status: string | undefined
  #isFinishing = false

  constructor(renderer: Renderer, clock: Clock, intervalMs: number) {
    this.#renderer = renderer
    this.#clock = clock
    this.#intervalMs = intervalMs
    this.#startedAt = clock.now()
    this.#events = new UnseenEvents(renderer, this.#startedAt, 0)
  }

  /** The stack of the operation, once it is known. */
  get stack(): StackRef | undefined {
    return this.#stack
  }

  get elapsedMs(): number {
    return this.#clock.now() - this.#startedAt
  }

  opened(session: StackSession): void {
    this.#session = session
  }

  progress(progress: Progress): void {
    if (progress.step === 'action') return
    const { news } = progress
    switch (news.of) {
      case 'create':
      case 'update':
      case 'delete':
        if ('watch' in news.outcome) this.#follow(news.outcome.watch.stack)
        this.#reportAction(`${news.of}: ${news.outcome.outcome}`)
        break
      case 'repair':
        this.#follow(news.watch.stack)
        this.#reportAction('continue the rollback')
        break
      case 'find':
        // The stack's earlier events do not belong to this operation.
        if (news.found.found === true) {
          this.#follow(news.found.stack, 'only-new-events')
          this.#reportAction(`found ${news.found.stack.name}: ${news.found.status}`)
        } else this.#reportAction('found no stack')
        break
      case 'describe':
        if ('status' in news.observation) this.#reportStatus(news.observation.status)
        break
      case 'failure':
        this.#renderer.report({ type: 'trouble', ...news.failure, elapsedMs: this.elapsedMs })
        break
      case 'explain':
      case 'stop':
      case 'deliver':
      case 'wait':
        break
    }
    if (this.#status !== undefined) this.#reportStatus(this.#status)
  }

  answering(): void {
    this.#stop.abort()
  }

  /** Stops, after it has shown the last events. */
  async finish(): Promise<void> {
    this.#stop.abort()
    await this.#following
    this.#isFinishing = true
    await this.#showEvents()
  }

  #reportAction(action: string): void {
    this.#renderer.report({
      type: 'asked',
      action,
      stackId: this.#stack?.id ?? null,
      elapsedMs: this.elapsedMs,
    })
  }

  #reportStatus(status: string): void {
    this.#status = status
    this.#renderer.report({ type: 'status', status, elapsedMs: this.elapsedMs })
  }

  #follow(stack: StackRef, which: 'all-events' | 'only-new-events' = 'all-events'): void {
    this.#stack = stack
    this.#following ??= this.#showEventsUntilStopped(which)
  }

  async #showEventsUntilStopped(which: 'all-events' | 'only-new-events'): Promise<void> {
    if (which === 'only-new-events') this.#events.skip(await this.#readEvents())
    while (!this.#stop.signal.aborted) {
      await this.#showEvents()
      await this.#clock.sleep(this.#intervalMs, this.#stop.signal).catch(() => undefined)
    }
  }

  async #showEvents(): Promise<void> {
    this.#events.show(await this.#readEvents())
  }

  async #readEvents(): Promise<readonly StackEvent[]> {
    if (this.#session === undefined || this.#stack === undefined) return []
    try {
      return await this.#session.events(this.#stack, this.#startedAt - LARGEST_SKEW_MS)
    } catch (error) {
      // The end of the operation ends calls that are under way; `finish` reads once more.
      if (this.#stop.signal.aborted && !this.#isFinishing) return []
      // Events are for display only: the operation continues without them.
      const message = error instanceof Error ? error.message : String(error)
      const kind = error instanceof CloudError ? error.kind : 'unavailable'
      this.#renderer.report({ type: 'trouble', kind, message, elapsedMs: this.elapsedMs })
      return []
    }
  }
}
