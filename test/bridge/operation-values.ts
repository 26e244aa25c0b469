import type { Operation, Step } from '../../src/bridge/operation.ts'
import type { Watch } from '../../src/providers/provider.ts'

/** The policy for operations that do not depend on it. */
export const POLICY: Operation['policy'] = {
  onExisting: 'own',
  onTimeout: 'leave',
  deleteAttempts: 1,
  repair: false,
  pollMinMs: 1,
  pollMaxMs: 2,
}

/** The step that polls for the first time. */
export function observing(watch: Watch): Extract<Step, { at: 'observe' }> {
  return { at: 'observe', watch, since: 0, consecutiveFailedPolls: 0, attempt: 0, then: 'answer' }
}
