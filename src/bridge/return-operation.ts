import { createHandOff } from './hand-off.ts'
import type { ContinuationRequest } from './parse-request.ts'

/**
 * For one operation. What ended so many invocations will probably end the next one, too, and ROS must be answered in
 * time.
 */
const MOST_RETURNS = 3
/** Before the first return; doubled for each further one. What Function Compute lacked may be there again by then. */
const FIRST_PAUSE_MS = 15_000
/** Less time until the deadline is for the answer. */
const SHORTEST_TIME_LEFT_MS = 60_000

/**
 * Gives an operation back to the bridge, whose invocation Function Compute itself has ended: another invocation
 * continues it from the same state, as a retry would. Resolves with false if that is impossible or would not help: the
 * operation then has to be answered here. If the ended invocation had already handed the operation off, only that
 * hand-off runs: both have the same task id. Never throws.
 */
export async function returnOperation({ continuation, reply }: ContinuationRequest): Promise<boolean> {
  const { log, host } = reply
  const { operation, properties, oldProperties, whole, ...rest } = continuation
  const returns = (continuation.handOffs?.returns ?? 0) + 1
  const timeLeft = operation.deadline - host.clock.now()
  if (host.invokeSelf === undefined || operation.givenUp !== undefined) return false
  if (operation.step.at === 'answer' || operation.step.at === 'end') return false
  if (timeLeft < SHORTEST_TIME_LEFT_MS) return false
  if (returns > MOST_RETURNS) {
    log.warn({ returns: MOST_RETURNS }, 'the operation was returned to the bridge too often: it is answered')
    return false
  }
  const handOff = createHandOff(reply, host.invokeSelf, () => ({
    ...rest,
    tokens: reply.tokens,
    properties,
    ...(whole ? { whole: { properties, oldProperties } } : {}),
    handOffs: { ...continuation.handOffs, returns },
  }))
  const pauseMs = Math.min(timeLeft / 2, FIRST_PAUSE_MS * 2 ** (returns - 1))
  const notBefore = Math.max(operation.notBefore, host.clock.now() + pauseMs)
  const isReturned = await handOff({ ...operation, notBefore }, { isLastChance: true })
  if (isReturned) log.info({ returns }, 'the operation is returned to the bridge')
  return isReturned
}
