import { badRequest, HeatFault } from '../fault.ts'
import type { Engine } from './engine.ts'
import type { HeatResponse } from './heat-http.ts'
import type { Design, SandboxHeatStack } from './stack.ts'

const DONE: HeatResponse = { status: 200 }
const ACTIONS = ['SUSPEND', 'RESUME'] as const

/**
 * Starts an action on the stack, or cancels its operation. `before`: what a rollback of its update leads to. Throws `HeatFault`.
 * https://docs.openstack.org/api-ref/orchestration/v1/#stack-actions
 */
export function startAction(
  action: string,
  stack: SandboxHeatStack,
  before: Design | undefined,
  engine: Engine,
): HeatResponse {
  switch (action) {
    case 'cancel_update':
      return cancelUpdate(stack, before, engine)
    case 'cancel_without_rollback':
      return cancelWithoutRollback(stack)
    default:
      return startWithLock(action, stack, engine)
  }
}

function cancelUpdate(stack: SandboxHeatStack, before: Design | undefined, engine: Engine): HeatResponse {
  const status = statusOf(stack)
  if (status !== 'UPDATE_IN_PROGRESS' || before === undefined)
    throw new HeatFault(400, 'NotSupported', `Cancelling update when stack is ${status} is not supported.`)
  engine.cancelUpdate(stack, before)
  return DONE
}

function cancelWithoutRollback(stack: SandboxHeatStack): HeatResponse {
  if (stack.state !== 'IN_PROGRESS')
    throw new HeatFault(
      400,
      'NotSupported',
      `Cancelling without rollback when stack is ${statusOf(stack)} is not supported.`,
    )
  stack.traversal = {}
  stack.state = 'FAILED'
  stack.reason = 'Stack operation cancelled'
  return DONE
}

/** heat/common/exception.py, ActionInProgress: these actions take the lock of the stack. */
function startWithLock(action: string, stack: SandboxHeatStack, engine: Engine): HeatResponse {
  if (stack.state === 'IN_PROGRESS')
    throw new HeatFault(
      409,
      'ActionInProgress',
      `Stack ${stack.name} already has an action (${stack.action}) in progress.`,
    )
  if (action === 'check') {
    void engine.check(stack)
    return DONE
  }
  const started = ACTIONS.find((one) => one.toLowerCase() === action)
  if (started === undefined) throw badRequest(`Invalid action ${action} specified`)
  void engine.act(stack, started)
  return DONE
}

function statusOf({ action, state }: SandboxHeatStack): string {
  return `${action}_${state}`
}
