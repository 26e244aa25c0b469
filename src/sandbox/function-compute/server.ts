import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AlibabaCloudCredentials } from '../../platform/acs3-signature.ts'
import { systemClock, type Clock } from '../../platform/clock.ts'
import { listen } from '../loopback-server.ts'
import { readBody } from '../request-body.ts'
import { FunctionCalls, type AcceptedInvocation } from './function-calls.ts'
import { InvocationQueue, type SandboxInvocation, type UndeliveredRecord } from './invocation-queue.ts'
import { error } from './invoke-request.ts'
import type { SandboxFunction } from './sandbox-function.ts'

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
  /** Records that were too large for their destination, which never gets them. */
  readonly undelivered: readonly UndeliveredRecord[]
  /** In order. */
  readonly accepted: readonly AcceptedInvocation[]
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
  const calls = new FunctionCalls(queue, { credentials, clock, ignoresDelay: options.ignoresDelay === true })
  const faults: (number | 'reset-before' | 'reset-after')[] = []

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
        : calls.answer(request, body)
    if (fault === 'reset-after') request.socket.destroy()
    else {
      const date = new Date(clock.now()).toUTCString()
      response.writeHead(answered.status, { 'content-type': 'application/json', date }).end(answered.body)
    }
  }
  const server = createServer((request, response) => void handle(request, response))
  const listening = await listen(server)

  return {
    url: listening.url,
    invocations: queue.invocations,
    undelivered: queue.undelivered,
    accepted: calls.accepted,
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
