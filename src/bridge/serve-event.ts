import { bindRequest } from './bind-request.ts'
import type { Host, Served } from './host.ts'
import { canAct } from './operation.ts'
import { parseRequest } from './parse-request.ts'
import { returnOperation } from './return-operation.ts'
import { runToEnd } from './run-to-end.ts'
import { VerdictDelivery } from './verdict-delivery.ts'

export type { Host, Served, Watcher } from './host.ts'

/**
 * Serves one event: receive, parse, bind, run, deliver. Never throws: an error is answered where that is possible, and
 * returned where it is not.
 *
 * All that an invocation can be given comes in here: a ROS event, sent directly or by a queue (`host.arrivedAt` says since
 * when it waited), and a continuation, which has an operation already. The failure destination calls with `givenUp`.
 *
 * `givenUp`: why an earlier invocation died, without a full stop. The operation then starts nothing and waits for nothing:
 * the stack is polled once, and ROS gets the answer that is true. `mayReturn`: that invocation was not at fault, so a
 * continuation that it got is given to another one first, where that may help.
 */
export async function serveEvent(
  bytes: Uint8Array,
  host: Host,
  givenUp?: string,
  mayReturn = false,
): Promise<Served> {
  const parsed = parseRequest(bytes, host)
  if (parsed.kind === 'unanswerable') return parsed
  if (mayReturn && parsed.kind === 'continuation' && (await returnOperation(parsed)))
    return { kind: 'handed-over' }
  const bound = parsed.kind === 'answer' ? parsed : await bindRequest(parsed)
  if (bound.kind !== 'answer') return runToEnd(bound, givenUp)
  const delivery = { latestEnd: host.functionEndsAt, canAct: couldAct(parsed) }
  return new VerdictDelivery(bound.reply, delivery).answer(bound.verdict, bound.end)
}

/** What was wrong with an event may be corrected before another invocation, which would then start its operation. */
function couldAct(parsed: ReturnType<typeof parseRequest>): boolean {
  return parsed.kind !== 'continuation' || canAct(parsed.continuation.operation)
}
