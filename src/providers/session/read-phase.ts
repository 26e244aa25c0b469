import type { Condition } from '../provider.ts'

export type Phase = 'working' | 'succeeded' | 'failed' | 'gone'

/** How a look that only reads stands at a stack in this condition: any settled stack will do. `deleted`: it is no more. */
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
