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
import { roleOfHandler, type Role } from './role.ts'
import { contextOf, handlerOf, invocationIdOf, problemOfInvocation } from './runtime-headers.ts'

export interface CustomRuntime {
  /** Where absent, the name of the function's handler says it. */
  readonly role?: Role
  readonly settings: Settings
  /** The environment of the process: Function Compute sets the function's name, region and account there. */
  readonly environment: Environment
  readonly log: Logger
  /**
   * The handlers that the built-in runtimes call. `context` has the form that they pass. Each resolves to JSON text, and
   * rejects for an invocation that has failed.
   */
  readonly handlers: Readonly<Record<Role, (event: Uint8Array, context: object) => Promise<string>>>
  /** Creates the entry of the function's HTTP trigger for one request. */
  readonly httpEntry: (context: object) => HttpEntry
  /** Writes a line to the standard output at once. */
  readonly writeLine: (line: string) => void
}

export interface CustomRuntimeServer {
  readonly entry: HttpEntry
  /** The last step of each reply, also of those that the HTTP server makes itself. */
  readonly finish: (head: RequestHead, reply: HttpReply) => HttpReply
}

/** Of a synchronous invocation, the larger one. */
export const LARGEST_PAYLOAD_BYTES = FUNCTION_COMPUTE_LIMITS.syncPayload.most

/** The kinds of requests that Function Compute sends. */
type Kind = 'invocation' | 'http' | 'initialize' | 'pre-stop'

/**
 * Creates the entry for all requests that Function Compute sends to a custom runtime: invocations, the hooks `/initialize`
 * and `/pre-stop`, and the requests of an HTTP trigger. `x-fc-control-path` tells them apart and, where it is absent, the
 * path. `/pre-stop` replies when the requests in progress have ended. Each reply has `x-fc-status`, and each
 * invocation writes its two marks, by which Function Compute finds its log. The entry trusts `x-fc-` headers, since
 * Function Compute removes those that clients send. Only Function Compute may be able to reach the port.
 * https://help.aliyun.com/en/functioncompute/fc-2-0/user-guide/custom-runtime-specification-details
 */
export function createCustomRuntime(runtime: CustomRuntime): CustomRuntimeServer {
  const inProgress = new Set<Promise<HttpReply>>()
  const track = (work: Promise<HttpReply>): Promise<HttpReply> => {
    inProgress.add(work)
    const done = () => void inProgress.delete(work)
    work.then(done, done)
    return work
  }
  const tracked = (admission: Admission): Admission =>
    admission.admitted ? { ...admission, serve: (body) => track(admission.serve(body)) } : admission
  const admit = (head: RequestHead): Admission => {
    switch (kindOf(head)) {
      case 'invocation':
        return tracked(admitInvocation(head, runtime))
      // Anyone can send a request to an HTTP trigger, so it must be authenticated even if its path is `/invoke`.
      case 'http':
        return tracked(admitHttp(head, runtime))
      case 'initialize':
        return replied(jsonReply(200, {}))
      case 'pre-stop':
        return replied(Promise.allSettled(inProgress).then(() => jsonReply(200, {})))
    }
  }
  return {
    entry(head) {
      const id = invocationIdOf(head.headers)
      if (id !== undefined) runtime.writeLine(`FC Invoke Start RequestId: ${id}`)
      return admit(head)
    },
    finish(head, reply) {
      const hasFailed = kindOf(head) === 'http' ? reply.status >= 500 : reply.status !== 200
      const id = invocationIdOf(head.headers)
      if (id !== undefined)
        runtime.writeLine(
          `FC Invoke End RequestId: ${id}${hasFailed ? ', Error: Unhandled function error' : ''}`,
        )
      return { ...reply, headers: { ...reply.headers, 'x-fc-status': hasFailed ? '404' : '200' } }
    },
  }
}

function kindOf(head: RequestHead): Kind {
  switch (`${head.method} ${head.headers['x-fc-control-path'] ?? pathOf(head)}`) {
    case 'POST /invoke':
      return 'invocation'
    case 'POST /initialize':
      return 'initialize'
    case 'GET /pre-stop':
      return 'pre-stop'
    default:
      return 'http'
  }
}

function roleOf({ headers }: RequestHead, { role, environment }: CustomRuntime): Role {
  return role ?? roleOfHandler(handlerOf(headers, environment))
}

function admitInvocation(head: RequestHead, runtime: CustomRuntime): Admission {
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
    serve: (body) => invoke(body, head, runtime),
  }
}

async function invoke(body: Uint8Array, head: RequestHead, runtime: CustomRuntime): Promise<HttpReply> {
  try {
    const handle = runtime.handlers[roleOf(head, runtime)]
    const result = await handle(body, contextOf(head.headers, runtime.environment))
    return { status: 200, headers: { 'content-type': 'application/json' }, body: result }
  } catch (error) {
    // Whatever a handler throws is a failed invocation, as in the built-in runtimes: Function Compute may retry it.
    return refusal(404, error instanceof Error ? error.message : 'an unknown error')
  }
}

function admitHttp(head: RequestHead, runtime: CustomRuntime): Admission {
  const role = roleOf(head, runtime)
  return role === 'index' || role === 'http'
    ? runtime.httpEntry(contextOf(head.headers, runtime.environment))(head)
    : replied(refusal(404, `this function, ${role}, serves no requests over HTTP`))
}
