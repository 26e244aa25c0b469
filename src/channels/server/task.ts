import type { EpochMs } from '../../platform/clock.ts'

/** An event, or the continuation that an operation has come to, and when it is to be gone on with. */
export interface Task {
  /** The same for all that becomes of one event. */
  readonly key: string
  readonly arrivedAt: EpochMs
  readonly dueAt: EpochMs
  readonly payload: Uint8Array
}

export interface LeftTask extends Task {
  /** How often it was begun since it was put, without an end. */
  readonly starts: number
}
