import type { Watcher } from '../../bridge/host.ts'
import type { RunnerObserver } from './runner.ts'

/** What the server can say of itself at any time. */
export interface ServerState {
  /** The number of events that are not answered yet. */
  readonly unfinished: () => number
  /** The number of them that are being worked on now; the others wait for their next poll. */
  readonly running: () => number
  /** The journal's size in bytes. */
  readonly journalBytes: () => number
  /** The number of writes to the journal that failed since the start. */
  readonly journalWriteFailures: () => number
}

export type EventChannel = 'http' | 'http-sync' | 'queue' | 'topic'

/** Figures of one server, and their text for a monitoring system. */
export interface ServerMetrics extends RunnerObserver {
  readonly contentType: string
  text(): Promise<string>
  /** An event came in. */
  taken(channel: EventChannel): void
  /** Counts what one call of the bridge does. */
  watcher(): Watcher
}
