import { randomUUID } from 'node:crypto'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AlibabaCloudCredentials } from '../../platform/acs3-signature.ts'
import { systemClock, type Clock } from '../../platform/clock.ts'
import { FUNCTION_COMPUTE_LIMITS } from '../../platform/limits/function-compute.ts'
import { listen } from '../loopback-server.ts'
import { readBody } from '../request-body.ts'
import { InvocationQueue, type SandboxInvocation, type UndeliveredRecord } from './invocation-queue.ts'
import { error, isDelay, isSigned, parsePath, parseReadPath } from './invoke-request.ts'
import { shownConfig, shownFunction, type SandboxFunction } from './sandbox-function.ts'

export type { InvocationEnd, SandboxContext, SandboxFunction } from './sandbox-function.ts'

export interface SandboxFunctionComputeOptions {
  readonly clock?: Clock
  readonly functions: readonly SandboxFunction[]
  readonly credentials?: AlibabaCloudCredentials
  /** Milliseconds between a failed invocation and its retry. */
  readonly retryPauseMs?: number
  /** Ignores the delay header and invokes at once, as an FC region without support for that header would. */
  readonly ignoresDelay?: boolean
  /** How a destination's record holds the request; which of the two is not documented. */
  readonly recordEncoding?: 'text' | 'base64'
}

export interface SandboxFunctionCompute {
  /** For STACKBRIDGE_FC_ENDPOINT. */
  readonly url: string
  readonly invocations: readonly SandboxInvocation[]
  /** Records that were too large for their destination, which never hears of them. */
  readonly undelivered: readonly UndeliveredRecord[]
  /** Asynchronous invocations that were taken, in turn. `delaySeconds` is absent where no delay was asked for. */
  readonly accepted: readonly { readonly functionName: string; readonly delaySeconds?: number }[]
  /** The next `times` API calls get this HTTP status, or their connection breaks before or after the call. */
  fail(times: number, how: number | 'reset-before' | 'reset-after'): void
  /** Queues an asynchronous invocation, as ROS does, and does not wait for its end. */
  invokeAsync(name: string, event: Uint8Array): void
  /** Resolves when no invocation is queued or running. */
  idle(): Promise<void>
  close(): Promise<void>
}

export const SANDBOX_ROLE: AlibabaCloudCredentials = {
  accessKeyId: 'STS.SandboxRole',
  accessKeySecret: 'sandbox-role-secret-of-no-value',
  securityToken: 'sandbox-role-token-of-no-value',
}

/**
 * The part of Function Compute that the bridge uses, on loopback: asynchronous invocations with delay and task id,
 * retries, failure destinations and time limits, for FC 3.0 and FC 2.0. Signatures are checked.
 * https://www.alibabacloud.com/help/en/functioncompute/fc/asynchronous-invocation
 */
export async function startSandboxFunctionCompute(
  options: SandboxFunctionComputeOptions,
): Promise<SandboxFunctionCompute> {
  const { clock = systemClock, credentials = SANDBOX_ROLE, functions, retryPauseMs, recordEncoding } = options
  const queue = new InvocationQueue({ clock, functions, credentials, retryPauseMs, recordEncoding })
  const accepted: { functionName: string; delaySeconds?: number }[] = []
  const tasks = new Set<string>()
  const faults: (number | 'reset-before' | 'reset-after')[] = []

  const readAnswer = (request: IncomingMessage, body: Buffer): { status: number; body: string } => {
    const path = parseReadPath(request.url ?? '')
    const target = path === undefined ? undefined : queue.find(path.name)
    if (path === undefined || target === undefined) return error(404, 'FunctionNotFound', 'no such function')
    if (!isSigned(request, body, credentials))
      return error(403, 'SignatureNotMatch', 'the signature is wrong')
    if (path.what === 'async-invoke-config') return { status: 200, body: JSON.stringify(shownConfig(target)) }
    if (path.what === '') return { status: 200, body: JSON.stringify(shownFunction(target)) }
    const page = queue.tasksOf(target)?.page(path.query)
    if (page === undefined) return error(400, 'InvalidArgument', 'a parameter has an invalid value')
    return { status: 200, body: JSON.stringify(page) }
  }

  const answer = (request: IncomingMessage, body: Buffer): { status: number; body: string } => {
    if (request.method === 'GET') return readAnswer(request, body)
    const path = parsePath(request.url ?? '')
    if (path === undefined) return error(404, 'PathNotFound', 'no such API')
    if (!isSigned(request, body, credentials))
      return error(403, 'SignatureNotMatch', 'the signature is wrong')
    const target = queue.find(path.name, path.service)
    if (target === undefined) return error(404, 'FunctionNotFound', `function ${path.name} does not exist`)
    const header = (name: string): string | undefined => {
      const value = request.headers[name]
      return Array.isArray(value) ? value[0] : value
    }
    if (header('x-fc-invocation-type') !== 'Async')
      return error(400, 'InvalidArgument', 'the sandbox supports asynchronous invocations only')
    if (body.byteLength > FUNCTION_COMPUTE_LIMITS.asyncPayload.most)
      return error(400, 'EntityTooLarge', 'payload size exceeds maximum allowed size')
    const delay = header('x-fc-async-delay')
    if (delay !== undefined && !isDelay(delay))
      return error(400, 'InvalidArgument', 'x-fc-async-delay must be in (0, 3600)')
    const taskId = header(
      path.service === undefined ? 'x-fc-async-task-id' : 'x-fc-stateful-async-invocation-id',
    )
    if (taskId !== undefined && !/^[A-Za-z_][\w-]{0,127}$/.test(taskId))
      return error(400, 'InvalidArgument', 'the task id is not valid')
    if (taskId !== undefined && target.asyncTask === true) {
      if (tasks.has(taskId))
        return error(409, 'StatefulAsyncInvocationAlreadyExists', 'the task id is in use')
      tasks.add(taskId)
    }
    accepted.push({
      functionName: target.name,
      ...(delay === undefined ? {} : { delaySeconds: Number(delay) }),
    })
    const delayMs = options.ignoresDelay === true ? 0 : Number(delay ?? '0') * 1000
    queue.enqueue(target, body, delayMs, taskId)
    return { status: 202, body: '' }
  }

  const handle = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const body = await readBody(request)
    const fault = faults.shift()
    if (fault === 'reset-before') {
      request.socket.destroy()
      return
    }
    const answered =
      typeof fault === 'number'
        ? error(fault, 'InternalServerError', 'injected fault')
        : answer(request, body)
    if (fault === 'reset-after') request.socket.destroy()
    else
      response
        .writeHead(answered.status, {
          'content-type': 'application/json',
          // https://www.alibabacloud.com/help/en/functioncompute/common-parameters: in all answers.
          'x-fc-request-id': randomUUID(),
        })
        .end(answered.body)
  }
  const server = createServer((request, response) => void handle(request, response))
  const listening = await listen(server)

  return {
    url: listening.url,
    invocations: queue.invocations,
    undelivered: queue.undelivered,
    accepted,
    fail(times, how) {
      for (let time = 0; time < times; time += 1) faults.push(how)
    },
    invokeAsync(name, event) {
      const target = queue.find(name)
      if (target === undefined) throw new TypeError(`The sandbox has no function ${name}`)
      queue.enqueue(target, event)
    },
    idle: () => queue.idle(),
    close() {
      queue.stop()
      return listening.close()
    },
  }
}
