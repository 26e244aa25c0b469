import type { SelfInvocation } from '../../bridge/host.ts'
import type { Clock } from '../../platform/clock.ts'
import { whyUnwritten, type Journal, type Task } from './journal.ts'

/**
 * What a function does by an asynchronous invocation of itself: the continuation of `task` is stored in the journal, and
 * `onHandOff` is told of it, to serve it when it is due.
 */
export function handOffToJournal(
  journal: Journal,
  { key, arrivedAt }: Task,
  clock: Clock,
  onHandOff: (next: Task) => void,
): SelfInvocation {
  return {
    possible: true,
    invoke: async ({ payload, delaySeconds, notBefore, deadline: startBy }) => {
      // Unlike Function Compute, this process can wait for parts of a second.
      const dueAt = notBefore ?? clock.now() + delaySeconds * 1000
      const next = {
        key,
        arrivedAt,
        dueAt,
        ...(startBy === undefined ? {} : { startBy }),
        // A copy: a small Buffer is a part of Node's pool, and would keep 8 KB of it in memory.
        payload: new Uint8Array(payload),
      }
      onHandOff(next)
      try {
        await journal.put(next)
        return { invoked: true, fcRequestId: undefined }
      } catch (error) {
        return { invoked: false, again: true, why: whyUnwritten(error) }
      }
    },
  }
}
