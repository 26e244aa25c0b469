import type { EpochMs } from '../../platform/clock.ts'

/** Work in the journal: an event, or the newest continuation of its operation. */
export interface Task {
  /** The same for an event and all its continuations: see `eventKey`. */
  readonly key: string
  readonly arrivedAt: EpochMs
  /** When the work continues. */
  readonly dueAt: EpochMs
  /** Until when it may wait for its turn after that. Absent for an event, whose properties tell it: see `deadlineOfEvent`. */
  readonly startBy?: EpochMs
  readonly payload: Uint8Array
}

export interface UnfinishedTask extends Task {
  /** How often the task was started since it was written, without an end. */
  readonly starts: number
}
