import type { Served } from '../../bridge/host.ts'
import type { Settings } from '../../platform/settings.ts'
import { asksForProof } from '../http/caller.ts'
import {
  jsonReply,
  pathOf,
  refusal,
  type HttpHandler,
  type HttpReply,
  type HttpRequest,
} from '../http/exchange.ts'

export interface CustomRuntime {
  readonly settings: Settings
  /** `context`: as Function Compute's built-in runtimes pass it to a handler. */
  readonly serveEvent: (event: Uint8Array, context: object) => Promise<Served>
  /** A request to the function's HTTP trigger. */
  readonly serveHttp: (request: HttpRequest, context: object) => Promise<HttpReply>
}

/**
 * The handler of what Function Compute sends to a custom runtime: invocations at `POST /invoke`, its hooks `POST
 * /initialize` and `GET /pre-stop`, which waits for what is under way, and the requests of an HTTP trigger at any path.
 * https://www.alibabacloud.com/help/en/functioncompute/fc/user-guide/custom-runtime
 */
export function createCustomRuntime(runtime: CustomRuntime): HttpHandler {
  const underWay = new Set<Promise<HttpReply>>()
  const track = (work: Promise<HttpReply>): Promise<HttpReply> => {
    underWay.add(work)
    const done = () => void underWay.delete(work)
    work.then(done, done)
    return work
  }
  return async (request) => {
    const context = contextOf(request.headers)
    const controlPath = request.headers['x-fc-control-path']
    // Who sends what to an HTTP trigger is anyone's guess; whatever its path is, it has to prove itself.
    if (controlPath === '/http-invoke') return track(runtime.serveHttp(request, context))
    switch (`${request.method} ${pathOf(request)}`) {
      case 'POST /invoke':
        if (controlPath === undefined && asksForProof(runtime.settings))
          return refusal(
            403,
            'nothing says that Function Compute itself sent this: x-fc-control-path is missing',
          )
        return track(invoke(request, context, runtime))
      case 'POST /initialize':
        return jsonReply(200, {})
      case 'GET /pre-stop':
        await Promise.allSettled(underWay)
        return jsonReply(200, {})
      default:
        return track(runtime.serveHttp(request, context))
    }
  }
}

async function invoke({ body }: HttpRequest, context: object, runtime: CustomRuntime): Promise<HttpReply> {
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

function contextOf(headers: HttpRequest['headers']): object {
  const header = (name: string) => headers[`x-fc-${name}`]
  return {
    requestId: header('request-id'),
    region: header('region'),
    accountId: header('account-id'),
    function: { name: header('function-name'), timeout: header('function-timeout') },
    service: { name: header('service-name'), qualifier: header('qualifier') },
    credentials: {
      accessKeyId: header('access-key-id'),
      accessKeySecret: header('access-key-secret'),
      securityToken: header('security-token'),
    },
  }
}
