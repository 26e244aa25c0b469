import type { Found, Watch } from '../../providers/provider.ts'
import {
  failed,
  NOTHING_LEFT,
  type AfterDelete,
  type Operation,
  type Verdict,
  type WriteStep,
} from '../operation.ts'
import * as reasons from './reasons.ts'
import { missingForTakeOver } from './take-over.ts'

type FoundStack = Extract<Found, { found: true }>

export type Next =
  | { readonly next: 'answer'; readonly verdict: Verdict }
  | { readonly next: 'watch'; readonly watch: Watch }
  | { readonly next: 'do'; readonly step: WriteStep }
  /** Another operation runs: read the stack again when that may have ended. */
  | { readonly next: 'wait'; readonly status: string }

/**
 * Decides what a request does with the stack that it finds, by the rules of repeated events, ownership and identity.
 */
export function judgeFound(operation: Operation, found: Found): Next {
  if (found.found === 'replayed-after-delete') return refuse(reasons.replayedAfterDelete(found.stack))
  if (found.found === 'superseded') return judgeSuperseded(operation, found)
  switch (operation.kind) {
    case 'create':
      if (found.found) return judgeForCreate(operation, found)
      return operation.policy.moves === true
        ? refuse(reasons.nothingToTakeOver())
        : { next: 'do', step: { at: 'create' } }
    case 'update':
      return found.found
        ? judgeForUpdate(operation, found)
        : refuse(reasons.missing(operation.physicalResourceId))
    case 'delete':
      return found.found ? judgeForDelete(operation, found) : NOTHING_TO_DELETE
  }
}

/** ROS already has the answer to this request; a repeated Delete answers the same again. */
function judgeSuperseded({ kind }: Operation, { stack }: Extract<Found, { found: 'superseded' }>): Next {
  return kind === 'delete' ? NOTHING_TO_DELETE : refuse(reasons.superseded(stack))
}

function judgeForCreate(operation: Operation, found: FoundStack): Next {
  const { onExisting, moves = false } = operation.policy
  const ours = found.ownership.mark === 'ours'
  if (missingForTakeOver(operation.policy, found.ownership).length > 0)
    return refuse(reasons.anotherOwnersStack(found, operation.policy))
  const started = startedIn(operation, found)
  if (started !== undefined) return { next: 'watch', watch: started }
  switch (found.condition) {
    case 'working':
    case 'deleting':
      return { next: 'wait', status: found.status }
    case 'failed-create':
    case 'delete-failed':
      // A failed Create of this resource left it. One that another owner left is not ours to delete.
      return ours && !moves ? deleteStack(found, 'create') : refuse(reasons.unusable(found))
    case 'stuck':
      return moves ? refuse(reasons.unusable(found)) : repair(operation, found)
    case 'settled':
      return onExisting === 'never'
        ? refuse(reasons.existsAlready(found))
        : { next: 'do', step: { at: 'update', stack: found.stack } }
  }
}

function judgeForUpdate(operation: Operation, found: FoundStack): Next {
  // The PhysicalResourceId that ROS echoes proves the ownership, unless the stack has another owner's mark.
  if (found.ownership.mark === 'another') return refuse(reasons.notTheOwner(found))
  const started = startedIn(operation, found)
  if (started !== undefined) return { next: 'watch', watch: started }
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

/**
 * A request that the cloud has refused because another operation runs has not started that operation. It may have refused it
 * before the other operation showed in the status.
 */
function startedIn({ step, failedCalls }: Operation, found: FoundStack): Watch | undefined {
  const wasBusy = step.at === 'find' && step.busy !== undefined
  const wasRefused = wasBusy || failedCalls?.kind === 'unexplained'
  return wasRefused && found.mayBeAnothers === true ? undefined : found.started
}

function judgeForDelete({ step }: Operation, found: FoundStack): Next {
  const proven = found.by === 'id' ? found.ownership.mark !== 'another' : found.ownership.mark === 'ours'
  if (!proven) return NOTHING_TO_DELETE
  if (found.started !== undefined) return { next: 'watch', watch: found.started }
  if (found.isOfAnotherCreation === true) return judgeOfAnotherCreation(step, found)
  return found.condition === 'deleting'
    ? { next: 'wait', status: found.status }
    : deleteStack(found, 'answer')
}

/**
 * A Delete without an id of a stack that a Create with other properties made may be a late one of an earlier creation.
 * If the creation is under way or has failed, ROS got no SUCCESS for it, so that this is its Delete.
 */
function judgeOfAnotherCreation(step: Operation['step'], found: FoundStack): Next {
  const wasBeingCreated = step.at === 'find' && step.busy !== undefined && isCreation(step.busy.status)
  switch (found.condition) {
    case 'deleting':
      return { next: 'wait', status: found.status }
    case 'working':
      return isCreation(found.status) ? deleteStack(found, 'answer') : { next: 'wait', status: found.status }
    case 'failed-create':
    case 'delete-failed':
      if (isCreation(found.status) || found.status.startsWith('DELETE_')) return deleteStack(found, 'answer')
      break
    case 'stuck':
    case 'settled':
      if (wasBeingCreated) return deleteStack(found, 'answer')
      break
  }
  return refuse(reasons.ofAnotherCreation(found.stack))
}

/** A status of a stack that has not been updated yet. Where a cloud has one status for both, it does not count as such. */
function isCreation(status: string): boolean {
  return status.startsWith('CREATE_')
}

function repair(operation: Operation, found: FoundStack): Next {
  return operation.policy.repair
    ? { next: 'do', step: { at: 'repair', stack: found.stack } }
    : refuse(reasons.unusable(found))
}

/** There is no stack, or it is another owner's: in both cases nothing of ours is left. */
const NOTHING_TO_DELETE: Next = { next: 'answer', verdict: NOTHING_LEFT }

function deleteStack({ stack }: FoundStack, then: AfterDelete): Next {
  return { next: 'do', step: { at: 'delete', stack, attempt: 0, then } }
}

function refuse(reason: string): Next {
  return { next: 'answer', verdict: failed(reason) }
}
