import type { NoteSink } from '../../notes.ts'

/** What the stacks of a Heat need to know of the cloud that they are in. */
export interface HeatContext {
  readonly project: string
  readonly note: NoteSink
}
