import type { Served } from '../../bridge/host.ts'
import type { Logger } from '../../platform/log.ts'
import { FUNCTION_COMPUTE_LIMITS } from '../../platform/limits/function-compute.ts'
import type { Environment, Settings } from '../../platform/settings.ts'
import { requiresProof, hasToken } from '../http/caller.ts'
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
  /** The environment of the process: Function Compute sets the function's name, region and account there. */
  readonly environment: Environment
  readonly log: Logger
  /** `context` has the form in which Function Compute's built-in runtimes pass it to a handler. */
  readonly serveEvent: (event: Uint8Array, context: object) => Promise<Served>
  /** Creates the entry of the function's HTTP trigger for one request. */
  readonly httpEntry: (context: object) => HttpEntry
}

/** Of a synchronous invocation, the larger one. */
export const LARGEST_PAYLOAD_BYTES = FUNCTION_COMPUTE_LIMITS.syncPayload.most

/**
 * Creates the entry for all requests that Function Compute sends to a custom runtime: invocations at `POST /invoke`, the
 * hooks `POST /initialize` and `GET /pre-stop`, and the requests of an HTTP trigger at any path. `/pre-stop` replies when
 * the requests in progress have ended. The entry trusts `x-fc-` headers, since Function Compute removes those that clients
 * send. Only Function Compute may be able to reach the port.
 * https://www.alibabacloud.com/help/en/functioncompute/fc/user-guide/custom-runtime
 */
export function createCustomRuntime(runtime: CustomRuntime): HttpEntry {
  const inProgress = new Set<Promise<HttpReply>>()
  const track = (work: Promise<HttpReply>): Promise<HttpReply> => {
    inProgress.add(work)
    const done = () => void inProgress.delete(work)
    work.then(done, done)
    return work
  }
  const tracked = (admission: Admission): Admission =>
    admission.admitted ? { ...admission, serve: (body) => track(admission.serve(body)) } : admission
  return (head) => {
    const context = contextOf(head.headers, runtime.environment)
    // Anyone can send a request to an HTTP trigger, so it must be authenticated even if its path is `/invoke`.
    if (head.headers['x-fc-control-path'] === '/http-invoke') return tracked(runtime.httpEntry(context)(head))
    switch (`${head.method} ${pathOf(head)}`) {
      case 'POST /invoke':
        return tracked(admitInvocation(head, context, runtime))
      case 'POST /initialize':
        return replied(jsonReply(200, {}))
      case 'GET /pre-stop':
        return replied(Promise.allSettled(inProgress).then(() => jsonReply(200, {})))
      default:
        return tracked(runtime.httpEntry(context)(head))
    }
  }
}

function admitInvocation(head: RequestHead, context: object, runtime: CustomRuntime): Admission {
  const { settings, environment, log } = runtime
  const problem =
    requiresProof(settings) && !hasToken(head, settings)
      ? problemOfInvocation(head.headers, environment)
      : undefined
  if (problem !== undefined) {
    log.warn({ problem }, 'an invocation was refused: it is not proven to be from Function Compute')
    return replied(refusal(403, `the invocation is not proven to be from Function Compute: ${problem}`))
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
    // Not a failure of the invocation: Function Compute would run the event again.
    case 'refused':
      return jsonReply(200, { refused: served.verdict.status }, SUCCEEDED)
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

/** Function Compute reads from this header whether the invocation failed and may be retried. */
const SUCCEEDED = { 'x-fc-status': '200' }
const FAILED = { 'x-fc-status': '404' }
