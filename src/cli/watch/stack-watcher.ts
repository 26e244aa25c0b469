import type { Progress } from '../../bridge/effects.ts'
import type { Watcher } from '../../bridge/serve-event.ts'
import type { Clock, EpochMs } from '../../platform/clock.ts'
import { CloudError, type StackEvent, type StackRef, type StackSession } from '../../providers/provider.ts'
import type { Secrets } from '../../platform/secrets.ts'
import { isReadOnlyId } from '../../providers/identifiers/read-only-id.ts'
import { masked } from '../terminal/masked-renderer.ts'
import type { Renderer, Report } from '../report.ts'
import { StackEventReporter } from './stack-event-reporter.ts'

/** How far the cloud's clock may differ from this machine's; milliseconds. */
const LARGEST_SKEW_MS = 300_000

export interface StackWatcherOptions {
  readonly renderer: Renderer
  readonly clock: Clock
  /** How often the stack's events are read; milliseconds. */
  readonly intervalMs: number
  /** The logical id of the custom resource that the event is about. */
  readonly customResource: string
  /** When the elapsed time of the reports is 0; by default at the start of this watcher. */
  readonly zeroAt?: EpochMs
}

/** Reports the bridge's actions, and the foreign stack's events as they happen. */
export class StackWatcher implements Watcher {
  readonly readsAfterAnswer = true
  readonly #options: StackWatcherOptions
  readonly #startedAt: EpochMs
  readonly #renderer: Pick<Renderer, 'report'>
  readonly #events: StackEventReporter
  #secrets: Secrets | undefined
  readonly #stop = new AbortController()
  #session: StackSession | undefined
  #stack: StackRef | undefined
  #following: Promise<void> | undefined
  #status: string | undefined
  #isFinishing = false
  #hasStarted = false
  #mayHaveStarted = false

  constructor(options: StackWatcherOptions) {
    const { clock, customResource } = options
    const renderer = {
      report: (one: Report): void => {
        this.report(one)
      },
    }
    this.#renderer = renderer
    this.#options = options
    this.#startedAt = clock.now()
    this.#events = new StackEventReporter({
      renderer,
      customResource,
      zeroAt: options.zeroAt ?? this.#startedAt,
      earliest: this.#startedAt,
    })
  }

  /** The stack of the operation, once it is known. */
  get stack(): StackRef | undefined {
    return this.#stack
  }

  /** The values that nobody may see, as far as they are known. */
  get secrets(): Secrets | undefined {
    return this.#secrets
  }

  /** Reports something about the event, such as its answer, without what nobody may see. */
  report(report: Report): void {
    this.#options.renderer.report(this.#secrets === undefined ? report : masked(report, this.#secrets))
  }

  /** No operation was started: a FAILED answer then is a refusal, by the cloud or the bridge. */
  get hasStartedNothing(): boolean {
    return !this.#hasStarted && !this.#mayHaveStarted
  }

  get elapsedMs(): number {
    return this.#options.clock.now() - (this.#options.zeroAt ?? this.#startedAt)
  }

  opened(session: StackSession, _providerName: string, secrets: Secrets): void {
    this.#session = session
    this.#secrets = secrets
  }

  progress(progress: Progress): void {
    if (progress.step === 'action') return
    const { news } = progress
    switch (news.of) {
      case 'create':
      case 'update':
      case 'delete':
        this.#hasStarted ||= news.outcome.outcome === 'started'
        if ('watch' in news.outcome) this.#follow(news.outcome.watch.stack)
        this.#reportAction(`${this.#isOnlyRead ? 'read' : news.of}: ${news.outcome.outcome}`)
        break
      case 'repair':
        this.#hasStarted = true
        this.#follow(news.watch.stack)
        this.#reportAction('continue the rollback')
        break
      case 'find':
        // The stack's earlier events do not belong to this operation.
        if (news.found.found === true) {
          this.#follow(news.found.stack, 'only-new-events')
          this.#reportAction(`found: ${news.found.status}`)
        } else this.#reportAction('found no stack')
        break
      case 'describe':
        this.#hasStarted = true
        if ('status' in news.observation) this.#reportStatus(news.observation.status)
        break
      case 'failure':
        // The cloud may have taken a request whose answer did not arrive.
        this.#mayHaveStarted ||= news.failure.kind === 'unavailable'
        this.#renderer.report({ type: 'trouble', ...news.failure, ...this.#place })
        break
      case 'explain':
      case 'stop':
      case 'deliver':
      case 'wait':
        break
    }
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
    this.#renderer.report({ type: 'asked', action, ...this.#place })
  }

  #reportStatus(status: string): void {
    if (status === this.#status) return
    this.#status = status
    this.#renderer.report({ type: 'status', status, ...this.#place })
  }

  get #place() {
    const { customResource } = this.#options
    return { customResource, stackId: this.#stack?.id ?? null, elapsedMs: this.elapsedMs }
  }

  /** What happens to a stack that the resource only reads is somebody else's work. */
  get #isOnlyRead(): boolean {
    return isReadOnlyId(this.#stack?.id ?? '')
  }

  #follow(stack: StackRef, which: 'all-events' | 'only-new-events' = 'all-events'): void {
    this.#stack = stack
    this.#following ??= this.#showEventsUntilStopped(which)
  }

  async #showEventsUntilStopped(which: 'all-events' | 'only-new-events'): Promise<void> {
    if (which === 'only-new-events' || this.#isOnlyRead) this.#events.skip(await this.#readEvents())
    while (!this.#stop.signal.aborted) {
      await this.#showEvents()
      await this.#options.clock.sleep(this.#options.intervalMs, this.#stop.signal).catch(() => undefined)
    }
  }

  async #showEvents(): Promise<void> {
    const stack = this.#stack
    if (stack !== undefined) this.#events.report(await this.#readEvents(), stack)
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
      this.#renderer.report({ type: 'trouble', kind, message, ...this.#place })
      return []
    }
  }
}
