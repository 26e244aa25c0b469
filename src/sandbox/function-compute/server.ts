import { setMaxListeners } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AlibabaCloudCredentials } from '../../platform/acs3-signature.ts'
import { systemClock, type Clock, type EpochMs } from '../../platform/clock.ts'
import { FUNCTION_COMPUTE_LIMITS } from '../../platform/limits/function-compute.ts'
import { listen } from '../loopback-server.ts'
import { readBody } from '../request-body.ts'
import { error, isDelay, isSigned, parsePath, parseReadPath } from './invoke-request.ts'
import { TaskList } from './task-list.ts'

/**
 * How one invocation of a function ended. `killed`: the process ended, at its time limit or for another reason.
 * `refused`: Function Compute itself did not run it, by the name of its error; it is not retried.
 */
export type InvocationEnd =
  | { readonly ended: 'refused'; readonly condition: string }
  | { readonly ended: 'returned'; readonly value: string }
  | { readonly ended: 'threw'; readonly error: string }
  | { readonly ended: 'killed' }

/** The context that a handler gets with the event. https://help.aliyun.com/en/functioncompute/context-1-1 */
export interface SandboxContext {
  readonly requestId: string
  readonly credentials: AlibabaCloudCredentials
  readonly function: {
    readonly name: string
    readonly handler: string
    readonly memory: number
    readonly timeout: number
  }
  readonly service: { readonly name: string; readonly qualifier: string }
  readonly region: string
  readonly accountId: string
}

export interface SandboxFunction {
  readonly name: string
  /** For a function of FC 2.0. */
  readonly service?: string
  readonly timeoutSeconds: number
  /** How often FC retries an asynchronous invocation that failed; 3 by default, as in FC. */
  readonly retries?: number
  /** The failure destination: the function that FC invokes when the last retry of an asynchronous invocation failed. */
  readonly onFailure?: string
  /** Task mode: FC refuses a second invocation with the same task id. */
  readonly asyncTask?: boolean
  /** As GetFunction shows it. */
  readonly environment?: Readonly<Record<string, string>>
  /** The same, where the function has a log. */
  readonly logConfig?: { readonly project: string; readonly logstore: string }
  invoke(event: Uint8Array, context: SandboxContext): Promise<InvocationEnd>
}

export interface SandboxInvocation {
  readonly functionName: string
  readonly requestId: string
  readonly startedAt: EpochMs
  readonly endedAt: EpochMs
  readonly end: InvocationEnd
}

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
  readonly undelivered: readonly { readonly destination: string; readonly bytes: number }[]
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

const REGION = 'cn-hangzhou'
const ACCOUNT = '1234567890123456'
const RETRY_PAUSE_MS = 1000

/**
 * The part of Function Compute that the bridge uses, on loopback: asynchronous invocations with delay and task id,
 * retries, failure destinations and time limits, for FC 3.0 and FC 2.0. Signatures are checked.
 * https://www.alibabacloud.com/help/en/functioncompute/fc/asynchronous-invocation
 */
export async function startSandboxFunctionCompute(
  options: SandboxFunctionComputeOptions,
): Promise<SandboxFunctionCompute> {
  const clock = options.clock ?? systemClock
  const credentials = options.credentials ?? SANDBOX_ROLE
  const invocations: SandboxInvocation[] = []
  const undelivered: { destination: string; bytes: number }[] = []
  const accepted: { functionName: string; delaySeconds?: number }[] = []
  const tasks = new Set<string>()
  const taskLists = new Map(options.functions.map((one) => [one, new TaskList(clock)]))
  const running = new Set<Promise<void>>()
  const faults: (number | 'reset-before' | 'reset-after')[] = []
  const stop = new AbortController()
  // Each waiting invocation adds a listener.
  setMaxListeners(0, stop.signal)
  let count = 0

  const find = (name: string, service?: string) =>
    options.functions.find((one) => one.name === name && one.service === service)

  const run = async (
    wanted: SandboxFunction,
    event: Uint8Array,
    requestId: string,
  ): Promise<InvocationEnd> => {
    const startedAt = clock.now()
    const context: SandboxContext = {
      requestId,
      credentials,
      function: {
        name: wanted.name,
        handler: 'index.handler',
        memory: 256,
        timeout: wanted.timeoutSeconds,
      },
      service: { name: wanted.service ?? '', qualifier: 'LATEST' },
      region: REGION,
      accountId: ACCOUNT,
    }
    const done = new AbortController()
    const killed = clock.sleep(wanted.timeoutSeconds * 1000, done.signal).then(
      (): InvocationEnd => ({ ended: 'killed' }),
      (): InvocationEnd => ({ ended: 'killed' }),
    )
    const end = await Promise.race([wanted.invoke(event, context), killed])
    done.abort()
    invocations.push({ functionName: wanted.name, requestId, startedAt, endedAt: clock.now(), end })
    return end
  }

  const enqueue = (
    wanted: SandboxFunction,
    event: Uint8Array,
    delayMs: number,
    requestId: string,
    taskId = requestId,
  ): void => {
    const note = wanted.asyncTask === true ? taskLists.get(wanted)?.enqueue(taskId, event) : undefined
    const work = (async () => {
      await clock.sleep(delayMs, stop.signal)
      note?.('Running')
      let end = await run(wanted, event, requestId)
      const retries = wanted.retries ?? 3
      for (let retry = 0; retry < retries && isOwnFailure(end); retry += 1) {
        note?.('Retrying')
        await clock.sleep(options.retryPauseMs ?? RETRY_PAUSE_MS, stop.signal)
        end = await run(wanted, event, requestId)
      }
      note?.(end.ended === 'returned' ? 'Succeeded' : 'Failed')
      const destination = wanted.onFailure === undefined ? undefined : find(wanted.onFailure)
      if (end.ended === 'returned' || destination === undefined) return
      const record = failureEvent(wanted, event, requestId, end, retries + 1)
      if (record.byteLength > FUNCTION_COMPUTE_LIMITS.destinationPayload.most)
        undelivered.push({ destination: destination.name, bytes: record.byteLength })
      else enqueue(destination, record, 0, nextRequestId())
    })().catch(() => undefined)
    running.add(work)
    void work.then(() => running.delete(work))
  }

  const nextRequestId = (): string => {
    count += 1
    return `1-sandbox-${String(count).padStart(8, '0')}`
  }

  const failureEvent = (
    { name }: SandboxFunction,
    event: Uint8Array,
    requestId: string,
    end: InvocationEnd,
    approximateInvokeCount: number,
  ): Uint8Array =>
    // https://help.aliyun.com/zh/functioncompute/user-guide/result-callback
    Buffer.from(
      JSON.stringify({
        timestamp: clock.now(),
        requestContext: {
          requestId,
          functionArn: `acs:fc:${REGION}:${ACCOUNT}:functions/${name}`,
          condition: conditionOf(end),
          approximateInvokeCount,
        },
        requestPayload: Buffer.from(event).toString(options.recordEncoding === 'base64' ? 'base64' : 'utf8'),
        responseContext: {
          statusCode: 200,
          functionError: isOwnFailure(end) ? 'UnhandledInvocationError' : '',
        },
        responsePayload: '',
      }),
    )

  const readAnswer = (request: IncomingMessage, body: Buffer): { status: number; body: string } => {
    const path = parseReadPath(request.url ?? '')
    const wanted = path === undefined ? undefined : find(path.name)
    if (path === undefined || wanted === undefined) return error(404, 'FunctionNotFound', 'no such function')
    if (!isSigned(request, body, credentials))
      return error(403, 'SignatureNotMatch', 'the signature is wrong')
    if (path.what === 'async-invoke-config') return { status: 200, body: JSON.stringify(shownConfig(wanted)) }
    if (path.what === '') return { status: 200, body: JSON.stringify(shownFunction(wanted)) }
    const page = taskLists.get(wanted)?.page(path.query)
    if (page === undefined) return error(400, 'InvalidArgument', 'a parameter has an invalid value')
    return { status: 200, body: JSON.stringify(page) }
  }

  const answer = (request: IncomingMessage, body: Buffer): { status: number; body: string } => {
    if (request.method === 'GET') return readAnswer(request, body)
    const path = parsePath(request.url ?? '')
    if (path === undefined) return error(404, 'PathNotFound', 'no such API')
    if (!isSigned(request, body, credentials))
      return error(403, 'SignatureNotMatch', 'the signature is wrong')
    const wanted = find(path.name, path.service)
    if (wanted === undefined) return error(404, 'FunctionNotFound', `function ${path.name} does not exist`)
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
    if (taskId !== undefined && wanted.asyncTask === true) {
      if (tasks.has(taskId))
        return error(409, 'StatefulAsyncInvocationAlreadyExists', 'the task id is in use')
      tasks.add(taskId)
    }
    accepted.push({
      functionName: wanted.name,
      ...(delay === undefined ? {} : { delaySeconds: Number(delay) }),
    })
    const delayMs = options.ignoresDelay === true ? 0 : Number(delay ?? '0') * 1000
    enqueue(wanted, body, delayMs, nextRequestId(), taskId)
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
    else response.writeHead(answered.status, { 'content-type': 'application/json' }).end(answered.body)
  }
  const server = createServer((request, response) => void handle(request, response))
  const listening = await listen(server)

  return {
    url: listening.url,
    invocations,
    undelivered,
    accepted,
    fail(times, how) {
      for (let time = 0; time < times; time += 1) faults.push(how)
    },
    invokeAsync(name, event) {
      const wanted = find(name)
      if (wanted === undefined) throw new TypeError(`The sandbox has no function ${name}`)
      enqueue(wanted, event, 0, nextRequestId())
    },
    async idle() {
      while (running.size > 0) await Promise.all(running)
    },
    close() {
      stop.abort()
      return listening.close()
    },
  }
}

/** https://www.alibabacloud.com/help/en/functioncompute/fc/developer-reference/api-fc-2023-03-30-getfunction */
function shownFunction({ name, timeoutSeconds, environment = {}, logConfig }: SandboxFunction): object {
  return {
    functionName: name,
    runtime: 'nodejs20',
    handler: 'index.handler',
    memorySize: 256,
    timeout: timeoutSeconds,
    environmentVariables: environment,
    ...(logConfig === undefined ? {} : { logConfig }),
  }
}

/** https://www.alibabacloud.com/help/en/functioncompute/fc/developer-reference/api-fc-2023-03-30-getasyncinvokeconfig */
function shownConfig({ name, asyncTask = false, onFailure, retries = 3 }: SandboxFunction): object {
  const arnOf = (of: string) => `acs:fc:${REGION}:${ACCOUNT}:functions/${of}`
  return {
    functionArn: arnOf(name),
    asyncTask,
    maxAsyncRetryAttempts: retries,
    destinationConfig: onFailure === undefined ? {} : { onFailure: { destination: arnOf(onFailure) } },
  }
}

function isOwnFailure({ ended }: InvocationEnd): boolean {
  return ended === 'threw' || ended === 'killed'
}

function conditionOf(end: InvocationEnd): string {
  if (end.ended === 'refused') return end.condition
  return end.ended === 'threw' ? 'UnhandledInvocationError' : 'FunctionTimeout'
}
