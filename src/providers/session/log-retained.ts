import type { Logger } from '../../platform/log.ts'
import type { StackRef } from '../provider.ts'

/** Logs a stack that a Delete without an id leaves: ROS does not have its id, so only the log names it. */
export function logRetained(log: Logger, { id: foreignStackId }: StackRef): void {
  log.warn(
    { foreignStackId },
    'the stack is left as it is: its creation has succeeded, and OnDelete is retain',
  )
}
