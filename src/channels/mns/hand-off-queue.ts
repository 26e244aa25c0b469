import type { AsyncInvocation, Invoked } from '../../platform/function-compute.ts'
import { MNS_LIMITS } from '../../platform/limits/mns.ts'
import { MnsError, type SendingQueue } from './queue.ts'

export { openQueue } from './queue.ts'

type Invoke = (invocation: AsyncInvocation) => Promise<Invoked>

/**
 * Invokes the function by a delayed message of a queue whose trigger invokes it: Function Compute 3.0 documents no header
 * for a delay. `invokeAsync` is used where no delay is needed, where the payload is too large for a message, and where the
 * queue does not take the message. A message has no task id, so that a message that the queue took without an answer makes
 * a second invocation. Rejects as `invokeAsync` does.
 */
export function invokeByQueue(queue: SendingQueue, invokeAsync: Invoke): Invoke {
  return async (invocation) => {
    const { payload, delaySeconds, signal } = invocation
    const text = Buffer.from(payload).toString('base64')
    if (delaySeconds < 1 || text.length > MNS_LIMITS.message.most) return invokeAsync(invocation)
    try {
      return {
        invoked: true,
        fcRequestId: undefined,
        messageId: await queue.send(text, delaySeconds, signal),
      }
    } catch (error) {
      if (!(error instanceof MnsError)) throw error
      const invoked = await invokeAsync(invocation)
      return invoked.invoked
        ? { ...invoked, queueProblem: error.message }
        : { ...invoked, why: `the queue: ${error.message}; ${invoked.why}` }
    }
  }
}
