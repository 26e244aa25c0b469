import * as v from 'valibot'
import { readPages } from '../../platform/read-pages.ts'
import { encode, signAcs3, type AlibabaCloudCredentials } from '../../platform/acs3-signature.ts'
import type { Clock } from '../../platform/clock.ts'
import type { FunctionAddress } from '../../platform/function-address.ts'
import { functionComputeBase } from '../../platform/function-compute.ts'
import { parseJson, type JsonValue } from '../../platform/json.ts'
import type { Network } from '../../platform/network.ts'
import { Secrets } from '../../platform/secrets.ts'
import { dateOfRefusal, inServiceTime } from '../../platform/service-time.ts'

/** Function Compute gave no answer, or refused one. The message quotes no secret. */
export class FunctionComputeError extends Error {
  override readonly name = 'FunctionComputeError'
}

export interface FunctionComputeReach {
  readonly credentials: AlibabaCloudCredentials
  /** `public`, `internal`, or a base URL. */
  readonly endpoint: string
  readonly network: Network
  readonly clock: Clock
  /** A number in [0, 1). */
  readonly random: () => number
}

export interface DeployedFunction {
  readonly runtime: string
  readonly handler: string
  readonly memorySize: number
  readonly timeout: number
  readonly environment: Readonly<Record<string, string>>
  /** Where its log goes; absent where it has none. */
  readonly log?: { readonly project: string; readonly logstore: string }
}

const count = v.pipe(
  v.union([v.number(), v.pipe(v.string(), v.regex(/^\d{1,9}$/), v.transform(Number))]),
  v.integer(),
)

/** https://www.alibabacloud.com/help/en/functioncompute/fc/developer-reference/api-fc-2023-03-30-getfunction */
const functionAnswer = v.object({
  runtime: v.string(),
  handler: v.optional(v.string(), ''),
  memorySize: count,
  timeout: count,
  environmentVariables: v.optional(v.nullable(v.record(v.string(), v.string()))),
  logConfig: v.optional(
    v.nullable(v.object({ project: v.optional(v.string(), ''), logstore: v.optional(v.string(), '') })),
  ),
})

/** https://www.alibabacloud.com/help/en/functioncompute/fc/developer-reference/api-fc-2023-03-30-getasyncinvokeconfig */
const asyncAnswer = v.object({
  asyncTask: v.optional(v.nullable(v.boolean())),
  destinationConfig: v.optional(
    v.nullable(
      v.object({ onFailure: v.optional(v.nullable(v.object({ destination: v.optional(v.string()) }))) }),
    ),
  ),
})

/** `undefined` if there is no such function. Rejects with `FunctionComputeError`. */
export async function getFunction(
  address: FunctionAddress,
  reach: FunctionComputeReach,
): Promise<DeployedFunction | undefined> {
  const answer = await readFunctionCompute('GetFunction', address, '', reach)
  if (answer === undefined) return undefined
  const read = v.safeParse(functionAnswer, answer)
  if (!read.success) throw new FunctionComputeError('the answer to GetFunction is not a function')
  const { environmentVariables, logConfig, ...rest } = read.output
  const { project = '', logstore = '' } = logConfig ?? {}
  const log = project === '' || logstore === '' ? {} : { log: { project, logstore } }
  return { ...rest, ...log, environment: environmentVariables ?? {} }
}

/** How Function Compute serves the function's asynchronous invocations. */
export interface AsyncInvocation {
  /** The ARN of the failure destination; absent where there is none. */
  readonly destination?: string
  /** Whether the function is in task mode: only then Function Compute keeps a list. */
  readonly isTaskMode: boolean
}

/** That of a function without a configuration of its own. */
const DEFAULT_INVOCATION: AsyncInvocation = { isTaskMode: false }

/** Rejects with `FunctionComputeError`. */
export async function asyncInvocationOf(
  address: FunctionAddress,
  reach: FunctionComputeReach,
): Promise<AsyncInvocation> {
  const answer = await readFunctionCompute('GetAsyncInvokeConfig', address, '/async-invoke-config', reach)
  if (answer === undefined) return DEFAULT_INVOCATION
  const read = v.safeParse(asyncAnswer, answer)
  if (!read.success)
    throw new FunctionComputeError('the answer to GetAsyncInvokeConfig is not a configuration')
  const { asyncTask, destinationConfig } = read.output
  const destination = destinationConfig?.onFailure?.destination
  return { isTaskMode: asyncTask === true, ...(destination === undefined ? {} : { destination }) }
}

/** An asynchronous invocation that Function Compute lists. Times are milliseconds since 1970. */
export interface AsyncTask {
  readonly taskId: string
  readonly status: string
  readonly enqueuedAt: number | undefined
  readonly startedAt: number | undefined
  readonly retries: number
}

/** https://www.alibabacloud.com/help/en/functioncompute/fc/developer-reference/api-fc-2023-03-30-listasynctasks */
const tasksAnswer = v.object({
  nextToken: v.optional(v.nullable(v.string())),
  tasks: v.optional(
    v.nullable(
      v.array(
        v.object({
          taskId: v.string(),
          status: v.optional(v.string(), ''),
          alreadyRetriedTimes: v.optional(v.number(), 0),
          events: v.optional(v.nullable(v.array(v.object({ status: v.string(), timestamp: v.number() })))),
        }),
      ),
    ),
  ),
})

/** The largest page, and how many of them are read. */
const TASKS_A_PAGE = 100
const MOST_PAGES = 10

/**
 * The asynchronous invocations since `since` (milliseconds since 1970), oldest first; a thousand at most. `undefined` if there
 * is no such function. Rejects with `FunctionComputeError`.
 */
export async function asyncTasksOf(
  address: FunctionAddress,
  since: number,
  reach: FunctionComputeReach,
): Promise<readonly AsyncTask[] | undefined> {
  const list = await readPages(
    async (token) => {
      const next = token === undefined ? '' : `&nextToken=${encode(token)}`
      const query = `limit=${String(TASKS_A_PAGE)}&sortOrderByTime=asc&startedTimeBegin=${String(since)}${next}`
      const answer = await readFunctionCompute('ListAsyncTasks', address, `/async-tasks?${query}`, reach)
      if (answer === undefined) return undefined
      const read = v.safeParse(tasksAnswer, answer)
      if (!read.success) throw new FunctionComputeError('the answer to ListAsyncTasks is not a list')
      return { items: read.output.tasks, next: read.output.nextToken }
    },
    { most: MOST_PAGES },
  )
  return list?.items.map(({ taskId, status, alreadyRetriedTimes, events }) => ({
    taskId,
    status,
    retries: alreadyRetriedTimes,
    enqueuedAt: events?.find((event) => event.status === 'Enqueued')?.timestamp,
    startedAt: events?.find((event) => event.status === 'Running')?.timestamp,
  }))
}

const VERSION = '2023-03-30'
const LONGEST_QUOTE = 300

/** The answer to a GET; `undefined` if there is no such function. Rejects with `FunctionComputeError`. */
export async function readFunctionCompute(
  action: string,
  address: FunctionAddress,
  under: string,
  { credentials, endpoint, network, clock, random }: FunctionComputeReach,
): Promise<JsonValue | undefined> {
  const base = functionComputeBase(endpoint, address)
  if (base === undefined) throw new FunctionComputeError('the address is not valid in Function Compute')
  const url = new URL(`/${VERSION}/functions/${encode(address.name)}${under}`, base)
  const { status, bytes } = await inServiceTime({
    network,
    clock,
    service: url.host,
    refusedAt: dateOfRefusal,
    send: (now) => {
      const nonce = [now, random()].map((part) => part.toString(36).replace('.', '')).join('-')
      const headers = signAcs3(
        {
          method: 'GET',
          url,
          action,
          version: VERSION,
          headers: { accept: 'application/json' },
          body: new Uint8Array(),
        },
        credentials,
        { now, nonce },
      )
      return answerOf(network, url, headers)
    },
  })
  if (status === 404) return undefined
  const parsed = parseJson(bytes)
  if (status === 200 && parsed.ok) return parsed.value
  const quote = secretsOf(credentials).maskBeginning(Buffer.from(bytes).toString(), LONGEST_QUOTE).trim()
  throw new FunctionComputeError(`${action} was answered with HTTP ${String(status)}: ${quote}`)
}

async function answerOf(network: Network, url: URL, headers: Record<string, string>) {
  try {
    const response = await network.request(url, 'own-function', { method: 'GET', headers })
    const bytes = new Uint8Array(await response.body.arrayBuffer())
    return { status: response.statusCode, headers: response.headers, bytes }
  } catch (cause) {
    // An error of undici or TLS, or of a limit of the request.
    const why = cause instanceof Error ? cause.message : 'an unknown error'
    throw new FunctionComputeError(`Function Compute gave no answer at ${url.host}: ${why}`, { cause })
  }
}

/** Function Compute quotes what a wrong signature was made of. */
function secretsOf({ accessKeyId, accessKeySecret, securityToken }: AlibabaCloudCredentials): Secrets {
  const secrets = new Secrets()
  for (const secret of [accessKeyId, accessKeySecret, securityToken ?? '']) secrets.add(secret)
  return secrets
}
