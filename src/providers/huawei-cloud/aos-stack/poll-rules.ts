import type { Watch } from '../../provider.ts'
import type { Failure, Phase, PollRules, StaleRule } from '../../session/judge-poll.ts'
import type { AosClient, AosExecution, AosStack } from './client.ts'
import { actionOf, causeOf, phaseOf, type ExecutionPhase } from './execution.ts'
import { readMarker, type Marker } from './marker.ts'
import { isUndecided, isWorking } from './status.ts'

/** One read of a stack. */
export interface AosRead {
  readonly stack: AosStack
  /** The last run of its lifecycle. */
  readonly last: AosExecution | undefined
  /** The watched operation's own run, where AOS shows it. */
  readonly own: AosExecution | undefined
}

export function pollRules(client: Pick<AosClient, 'outputs'>): PollRules<AosRead> {
  return {
    statusOf: ({ stack }) => statusOf(stack),
    phaseOf: (read, watch) => judge(read, watch).phase,
    startTimeOf: () => undefined,
    isFresh: (read, watch) => !judge(read, watch).isStale,
    staleRule,
    outputsOf: async ({ stack }) => ({ outputs: await client.outputs(stack.guid) }),
    failureOf: (read, watch) => judge(read, watch).failure,
  }
}

interface Judgement {
  readonly phase: Phase
  /** The read may show the state from before the operation. */
  readonly isStale: boolean
  readonly failure: Failure
}

/** The stack's status describes its resources; the runs of its lifecycle describe the operations on it. */
function judge(read: AosRead, { kind, marker: written }: Watch): Judgement {
  const marker = readMarker(written)
  const status = statusOf(read.stack)
  if (kind === 'read' || (kind === 'create' && !marker.runs)) return judged('succeeded')
  if (read.own === undefined) return withoutRecord(read, kind, marker)
  // The list does not show the run yet, so the other reads may be from before it as well.
  if (read.last?.metadata.name === marker.before) return judged('working')
  const isRolledBack = kind !== 'delete' && isRollback(read.last, marker)
  if (isRolledBack && isWorking(status, read.last)) return judged('working')
  const phase = isRolledBack ? 'failed' : resolved(phaseOf(read.own), status)
  switch (phase) {
    case 'working':
      return judged('working')
    case 'succeeded':
      // A deletion succeeds only when the stack does not exist any more.
      return judged(kind === 'delete' ? 'working' : 'succeeded')
    case 'failed': {
      if (status === 'Processing') return judged('working')
      const final = isRolledBack || kind !== 'create' || !marker.rollsBack
      const statusReason = causeOf(read.own)
      return judged('failed', { final, ...(statusReason === undefined ? {} : { statusReason }) })
    }
  }
}

/** AOS uninstalls a failed creation by a run of its own. A success of that run is no success of the operation. */
function isRollback(last: AosExecution | undefined, { before }: Marker): boolean {
  return last !== undefined && actionOf(last) === 'rollback' && last.metadata.name !== before
}

/**
 * Judges by the stack's status where AOS shows no run. A new stack's status is fresh; an existing stack's has to change
 * first.
 */
function withoutRecord({ stack, last }: AosRead, kind: Watch['kind'], { seen }: Marker): Judgement {
  const status = statusOf(stack)
  if (status === 'Processing') return judged('working')
  const phase = kind !== 'delete' && status === 'Running' ? 'succeeded' : 'failed'
  // No deletion ends so: this read is older than the one that has seen it at work.
  const isOlder = kind === 'delete' && status === 'Running'
  const isFresh = (seen === true && !isOlder) || (kind === 'create' && last === undefined)
  return { ...judged(phase), isStale: !isFresh || isUndecided(stack.status ?? '') }
}

function judged(phase: Phase, failure: Failure = { final: true }): Judgement {
  return { phase, isStale: false, failure }
}

function resolved(phase: ExecutionPhase, status: string): Exclude<ExecutionPhase, 'unknown'> {
  if (phase !== 'unknown') return phase
  if (isUndecided(status)) return 'working'
  return status === 'Running' ? 'succeeded' : 'failed'
}

function staleRule({ kind, marker }: Watch): StaleRule {
  const reason = kind === 'delete' ? NOT_STARTED : readMarker(marker).refusal
  return reason === undefined ? 'wait' : { reason }
}

const NOT_STARTED = 'AOS accepted the deletion and did not begin it'

/** A stack has an empty status right after its creation. */
export function statusOf({ status }: AosStack): string {
  return status === undefined || status === null || status === '' ? 'Pending' : status
}
