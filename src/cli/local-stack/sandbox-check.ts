import { UsageError } from '../usage-error.ts'
import type { StackState } from './stack-state.ts'

/** For a command that says where the stack is to be. Throws `UsageError` where it is not there. */
export function checkSandbox(state: StackState, sandbox: boolean): void {
  if (sandbox) checkIsEmbedded(state)
  else if (state.sandbox)
    throw new UsageError(
      `the stack ${state.stackName} is in embedded clouds; give --sandbox, or another --stack-name for one in real clouds`,
    )
}

/** For `--sandbox` of a command that finds a stack by its state, which says where the stack is. Throws `UsageError`. */
export function checkIsEmbedded({ stackName, sandbox }: StackState): void {
  if (sandbox) return
  throw new UsageError(
    `the stack ${stackName} is in real clouds; leave out --sandbox, or give another --stack-name`,
  )
}
