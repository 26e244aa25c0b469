import type { Clock } from '../../../platform/clock.ts'
import { sleepUnlessStopped } from '../../interruptible-sleep.ts'
import type { SandboxHeatStack } from './stack.ts'

/** One operation on a stack. A later operation supersedes it: then it ends without changing anything more. */
export interface Traversal {
  readonly stack: SandboxHeatStack
}

/** Milliseconds between two checks whether the operation is superseded. */
export const STEP_MS = 10

export function isCurrent(traversal: Traversal): boolean {
  return traversal.stack.traversal === traversal
}

/** Waits for `ms` milliseconds; ends early when the operation is superseded. */
export async function pause(clock: Clock, ms: number, traversal: Traversal): Promise<void> {
  await sleepUnlessStopped(clock, ms, STEP_MS, () => !isCurrent(traversal))
}
