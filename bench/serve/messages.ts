/** Figures of the server's process; bytes and milliseconds. */
export interface ServerFigures {
  readonly heap: number
  readonly loopMedianMs: number
  readonly loopWorstMs: number
  /** The part of the worst delay that was CPU time of the process itself. */
  readonly cpuWorstMs: number
}
