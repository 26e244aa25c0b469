import type { IncomingMessage } from 'node:http'
import type { AlibabaCloudCredentials } from '../../platform/acs3-signature.ts'
import type { Clock } from '../../platform/clock.ts'
import { FUNCTION_COMPUTE_LIMITS } from '../../platform/limits/function-compute.ts'
import type { InvocationQueue } from './invocation-queue.ts'
import { error, isDelay, parsePath, parseReadPath, refusalOf, type ApiAnswer } from './invoke-request.ts'
import { shownConfig, shownFunction } from './sandbox-function.ts'

export interface AcceptedInvocation {
  readonly functionName: string
  /** Absent where no delay was asked for. */
  readonly delaySeconds?: number
}

export interface FunctionCallsOptions {
  readonly credentials: AlibabaCloudCredentials
  readonly clock: Clock
  /** Invokes at once, whatever the delay header says. */
  readonly ignoresDelay: boolean
}

/** The API calls for functions, once their body was read. */
export class FunctionCalls {
  readonly accepted: AcceptedInvocation[] = []
  readonly #queue: InvocationQueue
  readonly #options: FunctionCallsOptions
  readonly #taskIds = new Set<string>()

  constructor(queue: InvocationQueue, options: FunctionCallsOptions) {
    this.#queue = queue
    this.#options = options
  }

  answer(request: IncomingMessage, body: Buffer): ApiAnswer {
    return request.method === 'GET' ? this.#read(request, body) : this.#invoke(request, body)
  }

  /** GetFunction, GetAsyncInvokeConfig and ListAsyncTasks. */
  #read(request: IncomingMessage, body: Buffer): ApiAnswer {
    const path = parseReadPath(request.url ?? '')
    const target = path === undefined ? undefined : this.#queue.find(path.name)
    if (path === undefined || target === undefined) return error(404, 'FunctionNotFound', 'no such function')
    const refusal = this.#refusalOf(request, body)
    if (refusal !== undefined) return refusal
    if (path.what === 'async-invoke-config') return { status: 200, body: JSON.stringify(shownConfig(target)) }
    if (path.what === '') return { status: 200, body: JSON.stringify(shownFunction(target)) }
    const page = this.#queue.tasksOf(target)?.page(path.query)
    if (page === undefined) return error(400, 'InvalidArgument', 'a parameter has an invalid value')
    return { status: 200, body: JSON.stringify(page) }
  }

  /** InvokeFunction. */
  #invoke(request: IncomingMessage, body: Buffer): ApiAnswer {
    const path = parsePath(request.url ?? '')
    if (path === undefined) return error(404, 'PathNotFound', 'no such API')
    const refusal = this.#refusalOf(request, body)
    if (refusal !== undefined) return refusal
    const target = this.#queue.find(path.name, path.service)
    if (target === undefined) return error(404, 'FunctionNotFound', `function ${path.name} does not exist`)

    const delay = headerOf(request, 'x-fc-async-delay')
    const taskId = headerOf(
      request,
      path.service === undefined ? 'x-fc-async-task-id' : 'x-fc-stateful-async-invocation-id',
    )
    const problem = problemOf(request, body, { delay, taskId })
    if (problem !== undefined) return problem
    if (taskId !== undefined && target.asyncTask === true) {
      if (this.#taskIds.has(taskId))
        return error(409, 'StatefulAsyncInvocationAlreadyExists', 'the task id is in use')
      this.#taskIds.add(taskId)
    }

    const functionName = target.name
    this.accepted.push({ functionName, ...(delay === undefined ? {} : { delaySeconds: Number(delay) }) })
    const delayMs = this.#options.ignoresDelay ? 0 : Number(delay ?? '0') * 1000
    this.#queue.enqueue(target, body, delayMs, taskId)
    return { status: 202, body: '' }
  }

  #refusalOf(request: IncomingMessage, body: Buffer): ApiAnswer | undefined {
    const { credentials, clock } = this.#options
    return refusalOf(request, body, credentials, clock.now())
  }
}

/** Why Function Compute refuses an asynchronous invocation that is signed and names a function. */
function problemOf(
  request: IncomingMessage,
  body: Buffer,
  { delay, taskId }: { readonly delay: string | undefined; readonly taskId: string | undefined },
): ApiAnswer | undefined {
  if (headerOf(request, 'x-fc-invocation-type') !== 'Async')
    return error(400, 'InvalidArgument', 'the sandbox supports asynchronous invocations only')
  if (body.byteLength > FUNCTION_COMPUTE_LIMITS.asyncPayload.most)
    return error(400, 'EntityTooLarge', 'payload size exceeds maximum allowed size')
  if (delay !== undefined && !isDelay(delay))
    return error(400, 'InvalidArgument', 'x-fc-async-delay must be in (0, 3600)')
  if (taskId !== undefined && !/^[A-Za-z_][\w-]{0,127}$/.test(taskId))
    return error(400, 'InvalidArgument', 'the task id is not valid')
  return undefined
}

function headerOf(request: IncomingMessage, name: string): string | undefined {
  const value = request.headers[name]
  return Array.isArray(value) ? value[0] : value
}
