import type { Logger } from '../platform/log.ts'
import type { Action, ActionResult } from './lifecycle.ts'
import type { Operation } from './operation.ts'

/** Logs what the cloud answered: one line a change at `info`, a poll without a change at `debug`. */
export function logProgress(log: Logger, before: Operation, action: Action, result: ActionResult): void {
  const fields = fieldsOf(result)
  if (fields === undefined) return
  const line = { action: action.do, ...fields }
  if (isUnchanged(before, result)) log.debug(line, 'the stack is as before')
  else log.info(line, 'the operation goes on')
}

function isUnchanged({ step }: Operation, result: ActionResult): boolean {
  return (
    result.of === 'describe' &&
    result.observation.phase === 'working' &&
    step.at === 'observe' &&
    step.status === result.observation.status
  )
}

/** docs/logging.md lists them. None for what is logged where it happens: failures and deliveries. */
function fieldsOf(result: ActionResult): Readonly<Record<string, unknown>> | undefined {
  switch (result.of) {
    case 'wait':
    case 'deliver':
    case 'failure':
      return undefined
    case 'find': {
      const { found } = result
      if (found.found !== true) return { foreignStackId: null }
      return { foreignStackId: found.stack.id, status: found.status, ownership: found.ownership.mark }
    }
    case 'create':
    case 'update':
    case 'delete': {
      const { outcome } = result
      const stack = 'watch' in outcome ? { foreignStackId: outcome.watch.stack.id } : {}
      return { outcome: outcome.outcome, ...stack }
    }
    case 'repair':
      return { foreignStackId: result.watch.stack.id }
    case 'describe': {
      const { observation } = result
      const status = 'status' in observation ? { status: observation.status } : {}
      return { phase: observation.phase, ...status }
    }
    case 'explain':
      return { cause: result.explanation.cause }
    case 'stop':
      return { said: result.message }
  }
}
