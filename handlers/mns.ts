import { eventsIn } from '../src/channels/mns/message.ts'
import { serve } from './fc.ts'

/**
 * The function with a trigger of a queue or a topic of MNS (SMQ): handler `mns.handler`. It serves the events in the
 * trigger's messages, and its own continuations.
 * https://www.alibabacloud.com/help/en/functioncompute/fc/mns-queue-triggers
 */
export async function handler(
  message: Uint8Array,
  context: unknown,
  callback?: (error: null, result: string) => void,
): Promise<string> {
  const events = eventsIn(message)
  if (events.length === 0) throw new Error('The message holds no event of ROS')
  const served = await Promise.allSettled(events.map(({ bytes, sentAt }) => serve(bytes, context, sentAt)))
  const failures = served.flatMap((one) => (one.status === 'rejected' ? [messageOf(one.reason)] : []))
  // After a failure the trigger delivers all events again. An event that was answered is answered in the same way again.
  if (failures.length > 0) throw new Error(inWords([...new Set(failures)]))
  const result = JSON.stringify(served.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : [])))
  callback?.(null, result)
  return result
}

/** A message can hold thousands of events. */
const MOST_FAILURES = 10

function inWords(failures: readonly string[]): string {
  const others = failures.length - MOST_FAILURES
  return [...failures.slice(0, MOST_FAILURES), ...(others > 0 ? [`and ${String(others)} more`] : [])].join(
    '; ',
  )
}

function messageOf(reason: unknown): string {
  return reason instanceof Error ? reason.message : 'an unknown error'
}
