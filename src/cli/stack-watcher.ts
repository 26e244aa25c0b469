import type { Progress } from '../bridge/effects.ts'
import type { Watcher } from '../bridge/serve-event.ts'
import type { Clock } from '../platform/clock.ts'
import type { StackEvent, StackRef, StackSession } from '../providers/provider.ts'
import type { Renderer } from './report.ts'
import { UnseenEvents } from './unseen-events.ts'

/** The clocks of this machine and the cloud need not agree. */
const LARGEST_SKEW_MS = 300_000

/** Reports what the bridge does, and beside it the foreign stack's own events as they happen. */
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

  constructor(renderer: Renderer, clock: Clock, intervalMs: number) {
    this.#renderer = renderer
    this.#clock = clock
    this.#intervalMs = intervalMs
    this.#startedAt = clock.now()
    this.#events = new UnseenEvents(renderer, this.#startedAt, 0)
  }

  /** The stack that is being worked on, once it is known. */
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
        this.#asked(`${news.of}: ${news.outcome.outcome}`)
        break
      case 'repair':
        this.#follow(news.watch.stack)
        this.#asked('continue the rollback')
        break
      case 'find':
        // What the stack went through before this event is not news.
        if (news.found.found === true) {
          this.#follow(news.found.stack, 'from-now-on')
          this.#asked(`found ${news.found.stack.name}: ${news.found.status}`)
        } else this.#asked('found no stack')
        break
      case 'describe':
        if ('status' in news.observation) this.#show(news.observation.status)
        break
      case 'failure':
        this.#renderer.report({ type: 'trouble', message: news.failure.message, elapsedMs: this.elapsedMs })
        break
      case 'explain':
      case 'stop':
      case 'deliver':
      case 'wait':
        break
    }
    if (this.#status !== undefined) this.#show(this.#status)
  }

  answering(): void {
    this.#stop.abort()
  }

  /** Shows the events that came last, and ends. */
  async finish(): Promise<void> {
    this.#stop.abort()
    await this.#following
    await this.#showEvents()
  }

  #asked(action: string): void {
    this.#renderer.report({
      type: 'asked',
      action,
      stackId: this.#stack?.id ?? null,
      elapsedMs: this.elapsedMs,
    })
  }

  #show(status: string): void {
    this.#status = status
    this.#renderer.report({ type: 'status', status, elapsedMs: this.elapsedMs })
  }

  #follow(stack: StackRef, from: 'the-beginning' | 'from-now-on' = 'the-beginning'): void {
    this.#stack = stack
    this.#following ??= this.#showEventsUntilStopped(from)
  }

  async #showEventsUntilStopped(from: 'the-beginning' | 'from-now-on'): Promise<void> {
    if (from === 'from-now-on') this.#events.skip(await this.#readEvents())
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
      // Only for watching: the operation itself goes on without the events.
      const message = error instanceof Error ? error.message : String(error)
      this.#renderer.report({ type: 'trouble', message, elapsedMs: this.elapsedMs })
      return []
    }
  }
}
