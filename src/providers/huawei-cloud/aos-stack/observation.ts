import type { Secrets } from '../../../platform/secrets.ts'
import type { Observation, Watch } from '../../provider.ts'
import type { AosExecution, AosStack } from './client.ts'
import { actionOf, causeOf, phaseOf, type ExecutionPhase } from './execution.ts'
import type { Marker } from './marker.ts'
import { isUndecided, isWorking } from './status.ts'

/** One look at a stack. */
export interface Look {
  readonly stack: AosStack
  /** The last run of its lifecycle. */
  readonly last: AosExecution | undefined
  /** The watched operation's own run, where it shows. */
  readonly own: AosExecution | undefined
}

/** What one look says of the operation that is watched. */
export type Judgement =
  | { readonly judged: true; readonly observation: Exclude<Observation, { phase: 'succeeded' }> }
  /** It has succeeded, and the outputs are to be read. */
  | { readonly judged: 'succeeded'; readonly status: string }
  /** What is seen can be from before the operation. */
  | { readonly judged: false; readonly status: string }

export function judge(kind: Watch['kind'], marker: Marker, look: Look, secrets: Secrets): Judgement {
  const { stack, last, own } = look
  const status = statusOf(stack)
  if (kind === 'read' || (kind === 'create' && !marker.runs)) return { judged: 'succeeded', status }
  if (own === undefined) return withoutRecord(kind, marker, look, secrets)
  // AOS uninstalls by a run of its own what it could not create, and that one may well succeed.
  const isRolledBack =
    kind !== 'delete' &&
    last !== undefined &&
    actionOf(last) === 'rollback' &&
    last.metadata.name !== marker.before
  if (isRolledBack && isWorking(status, last)) return working(status, marker)
  const phase = isRolledBack ? 'failed' : resolved(phaseOf(own), status)
  switch (phase) {
    case 'working':
      return working(status, marker)
    case 'succeeded':
      // Only a stack that is gone has been deleted.
      return kind === 'delete' ? working(status, marker) : { judged: 'succeeded', status }
    case 'failed': {
      if (status === 'Processing') return working(status, marker)
      const final = isRolledBack || kind !== 'create' || !marker.rollsBack
      return failed(look, secrets, { final, cause: causeOf(own) })
    }
  }
}

/** The stack's word where AOS tells nothing of the run: a new stack's is new, a standing one's has to be seen to change. */
function withoutRecord(kind: Watch['kind'], marker: Marker, look: Look, secrets: Secrets): Judgement {
  const status = statusOf(look.stack)
  if (status === 'Processing') return working(status, marker)
  const isFresh = marker.seen === true || (kind === 'create' && look.last === undefined)
  if (!isFresh || isUndecided(look.stack.status ?? '')) return { judged: false, status }
  if (kind !== 'delete' && status === 'Running') return { judged: 'succeeded', status }
  return failed(look, secrets, { final: true, cause: undefined })
}

function resolved(phase: ExecutionPhase, status: string): Exclude<ExecutionPhase, 'unknown'> {
  if (phase !== 'unknown') return phase
  if (isUndecided(status)) return 'working'
  return status === 'Running' ? 'succeeded' : 'failed'
}

/** Right after its creation a stack has an empty one. */
export function statusOf({ status }: AosStack): string {
  return status === undefined || status === null || status === '' ? 'Pending' : status
}

function working(status: string, marker: Marker): Judgement {
  return { judged: true, observation: { phase: 'working', status, marker: { ...marker, seen: true } } }
}

function failed(
  { stack }: Look,
  secrets: Secrets,
  { final, cause }: { readonly final: boolean; readonly cause: string | undefined },
): Judgement {
  return {
    judged: true,
    observation: {
      phase: 'failed',
      status: statusOf(stack),
      final,
      ...(cause === undefined ? {} : { statusReason: secrets.mask(cause) }),
    },
  }
}
