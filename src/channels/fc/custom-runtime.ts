import type { Served } from '../../bridge/host.ts'
import type { Logger } from '../../platform/log.ts'
import { FUNCTION_COMPUTE_LIMITS } from '../../platform/limits/function-compute.ts'
import type { Environment, Settings } from '../../platform/settings.ts'
import { asksForProof, bearsToken } from '../http/caller.ts'
import {
  jsonReply,
  pathOf,
  refusal,
  replied,
  type Admission,
  type HttpEntry,
  type HttpReply,
  type RequestHead,
} from '../http/exchange.ts'
import { contextOf, problemOfInvocation } from './runtime-headers.ts'

export interface CustomRuntime {
  readonly settings: Settings
  /** That of the process, into which Function Compute writes what the function is. */
  readonly environment: Environment
  readonly log: Logger
  /** `context`: as Function Compute's built-in runtimes pass it to a handler. */
  readonly serveEvent: (event: Uint8Array, context: object) => Promise<Served>
  /** The entry of the function's HTTP trigger, for one request. */
  readonly httpEntry: (context: object) => HttpEntry
}

/** Of a synchronous invocation, the larger one. */
export const LARGEST_PAYLOAD_BYTES = FUNCTION_COMPUTE_LIMITS.syncPayload.most

/**
 * The entry of what Function Compute sends to a custom runtime: invocations at `POST /invoke`, its hooks `POST /initialize`
 * and `GET /pre-stop`, which waits for what is under way, and the requests of an HTTP trigger at any path. Function Compute
 * takes `x-fc-` headers away from what clients send; its own port must be reachable by nobody else.
 * https://www.alibabacloud.com/help/en/functioncompute/fc/user-guide/custom-runtime
 */
export function createCustomRuntime(runtime: CustomRuntime): HttpEntry {
  const underWay = new Set<Promise<HttpReply>>()
  const track = (work: Promise<HttpReply>): Promise<HttpReply> => {
    underWay.add(work)
    const done = () => void underWay.delete(work)
    work.then(done, done)
    return work
  }
  const tracked = (admission: Admission): Admission =>
    admission.admitted ? { ...admission, serve: (body) => track(admission.serve(body)) } : admission
  return (head) => {
    const context = contextOf(head.headers, runtime.environment)
    // Who sends what to an HTTP trigger is anyone's guess; whatever its path is, it has to prove itself.
    if (head.headers['x-fc-control-path'] === '/http-invoke') return tracked(runtime.httpEntry(context)(head))
    switch (`${head.method} ${pathOf(head)}`) {
      case 'POST /invoke':
        return tracked(admitInvocation(head, context, runtime))
      case 'POST /initialize':
        return replied(jsonReply(200, {}))
      case 'GET /pre-stop':
        return replied(Promise.allSettled(underWay).then(() => jsonReply(200, {})))
      default:
        return tracked(runtime.httpEntry(context)(head))
    }
  }
}

function admitInvocation(head: RequestHead, context: object, runtime: CustomRuntime): Admission {
  const { settings, environment, log } = runtime
  const problem =
    asksForProof(settings) && !bearsToken(head, settings)
      ? problemOfInvocation(head.headers, environment)
      : undefined
  if (problem !== undefined) {
    log.warn({ problem }, 'an invocation was refused: nothing says that Function Compute sent it')
    return replied(refusal(403, `nothing says that Function Compute itself sent this: ${problem}`))
  }
  return {
    admitted: true,
    limitBytes: LARGEST_PAYLOAD_BYTES,
    isProven: true,
    serve: (body) => invoke(body, context, runtime),
  }
}

async function invoke(body: Uint8Array, context: object, runtime: CustomRuntime): Promise<HttpReply> {
  const served = await runtime.serveEvent(body, context)
  switch (served.kind) {
    case 'answered':
      return jsonReply(200, { answered: served.verdict.status }, SUCCEEDED)
    case 'handed-over':
      return jsonReply(200, { handedOver: true }, SUCCEEDED)
    case 'undelivered':
      return jsonReply(404, { problem: `ROS could not be told of ${served.verdict.status}` }, FAILED)
    case 'unanswerable':
      return jsonReply(
        404,
        { problem: `The event cannot be answered: ${served.problems.join('; ')}` },
        FAILED,
      )
  }
}

/** By this Function Compute knows an invocation that has failed and may be tried again. */
const SUCCEEDED = { 'x-fc-status': '200' }
const FAILED = { 'x-fc-status': '404' }
