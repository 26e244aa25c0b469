import type { Found, Watch } from '../../providers/provider.ts'
import type { Operation, Step, Verdict } from '../operation.ts'
import * as reasons from './reasons.ts'

type FoundStack = Extract<Found, { found: true }>

export type Next =
  | { readonly next: 'answer'; readonly verdict: Verdict }
  | { readonly next: 'watch'; readonly watch: Watch }
  | { readonly next: 'do'; readonly step: Step }
  /** Another operation runs: look again when it may have ended. */
  | { readonly next: 'wait'; readonly status: string }

/** What a request does about the stack that it finds: the rules of repeats, ownership and identity. */
export function judgeFound(operation: Operation, found: Found): Next {
  if (found.found === 'spent') return refuse(reasons.spent(found.stack))
  switch (operation.kind) {
    case 'create':
      return found.found ? judgeForCreate(operation, found) : { next: 'do', step: { at: 'create' } }
    case 'update':
      return found.found
        ? judgeForUpdate(operation, found)
        : refuse(reasons.missing(operation.physicalResourceId))
    case 'delete':
      return found.found ? judgeForDelete(found) : NOTHING_TO_DELETE
  }
}

function judgeForCreate(operation: Operation, found: FoundStack): Next {
  const { onExisting } = operation.policy
  const ours = found.ownership.mark === 'ours'
  const adoptable = onExisting === 'any' && found.ownership.mark !== 'another'
  if (!ours && !adoptable) return refuse(reasons.strangersStack(found))
  if (found.begun !== undefined) return { next: 'watch', watch: found.begun }
  switch (found.condition) {
    case 'working':
    case 'deleting':
      return { next: 'wait', status: found.status }
    case 'failed-create':
    case 'delete-failed':
      // What an earlier Create of this very resource left behind; a stranger's leftover is not ours to delete.
      return ours
        ? { next: 'do', step: { at: 'delete', stack: found.stack, attempt: 0, then: 'create' } }
        : refuse(reasons.unusable(found))
    case 'stuck':
      return repair(operation, found)
    case 'settled':
      return onExisting === 'never'
        ? refuse(reasons.existsAlready(found))
        : { next: 'do', step: { at: 'update', stack: found.stack } }
  }
}

function judgeForUpdate(operation: Operation, found: FoundStack): Next {
  // The PhysicalResourceId that ROS echoes proves whose stack it is, unless the stack says otherwise.
  if (found.ownership.mark === 'another') return refuse(reasons.notTheOwner(found))
  if (found.begun !== undefined) return { next: 'watch', watch: found.begun }
  switch (found.condition) {
    case 'working':
      return { next: 'wait', status: found.status }
    case 'deleting':
    case 'failed-create':
    case 'delete-failed':
      return refuse(reasons.unusable(found))
    case 'stuck':
      return repair(operation, found)
    case 'settled':
      return { next: 'do', step: { at: 'update', stack: found.stack } }
  }
}

function judgeForDelete(found: FoundStack): Next {
  const proven = found.by === 'id' ? found.ownership.mark !== 'another' : found.ownership.mark === 'ours'
  if (!proven) return NOTHING_TO_DELETE
  if (found.begun !== undefined) return { next: 'watch', watch: found.begun }
  return found.condition === 'deleting'
    ? { next: 'wait', status: found.status }
    : { next: 'do', step: { at: 'delete', stack: found.stack, attempt: 0, then: 'answer' } }
}

function repair(operation: Operation, found: FoundStack): Next {
  return operation.policy.repair
    ? { next: 'do', step: { at: 'repair', stack: found.stack } }
    : refuse(reasons.unusable(found))
}

/** There is no stack, or it is another's: in both cases nothing of ours is left. */
const NOTHING_TO_DELETE: Next = {
  next: 'answer',
  verdict: { status: 'SUCCESS', stack: undefined, outputs: {}, failedOutputs: {} },
}

function refuse(reason: string): Next {
  return { next: 'answer', verdict: { status: 'FAILED', reason } }
}
