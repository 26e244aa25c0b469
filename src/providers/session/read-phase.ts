import type { Condition } from '../provider.ts'

export type Phase = 'working' | 'succeeded' | 'failed' | 'gone'

/** What a status means: what the bridge can do with the stack, and the phase of an operation that is watched. */
export interface StatusMeaning {
  /** `deleted`: the stack does not exist any more. */
  readonly condition: Condition | 'deleted'
  readonly create: Phase
  readonly update: Phase
  readonly delete: Phase
  readonly repair: Phase
}

/** The phase of a watch of kind `read`: any settled stack is a success. `deleted`: the stack does not exist any more. */
export function readPhase(condition: Condition | 'deleted'): Phase {
  switch (condition) {
    case 'settled':
      return 'succeeded'
    case 'working':
    case 'deleting':
      return 'working'
    case 'deleted':
      return 'gone'
    case 'failed-create':
    case 'delete-failed':
    case 'stuck':
      return 'failed'
  }
}
