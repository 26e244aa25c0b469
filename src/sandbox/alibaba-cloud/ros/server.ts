import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { systemClock, type Clock } from '../../../platform/clock.ts'
import { type JsonObject, writeJson } from '../../../platform/json.ts'
import type { EmbeddedCloud } from '../../embedded-cloud.ts'
import { Faults, type FaultKind } from '../../faults.ts'
import { answerAsProxy, sendGarbage } from '../../faulty-answer.ts'
import { listen } from '../../loopback-server.ts'
import { onceEach } from '../../notes.ts'
import { numberedUuid } from '../../numbered-uuid.ts'
import { readBody } from '../../request-body.ts'
import { signedRequest } from '../../signed-request.ts'
import { TemporaryKeys } from '../../temporary-keys.ts'
import { SandboxRosCloud, type CloudOptions } from './cloud.ts'
import { RpcError, rpcRequestOf, type RpcRequest } from './rpc.ts'
import { SignatureCheck, type SandboxKey } from './signature.ts'
import { SandboxTokenService } from './token-service.ts'

/** `note` receives what the sandbox invents; by default it is dropped. */
export interface SandboxAliyunRosOptions extends Partial<CloudOptions> {
  /** A free one by default. */
  readonly port?: number
  readonly keys?: readonly SandboxKey[]
  /** The clock for checks of signatures and of key expiry; `clock` by default. */
  readonly signatureClock?: Clock
  /** The rate limit for each account, region and action, as in ROS. No limit by default. */
  readonly callsPerMinute?: number
}

export interface SandboxAliyunRos extends EmbeddedCloud<SandboxRosCloud, SandboxKey> {
  /** Each request, in order. */
  readonly requests: readonly RpcRequest[]
}

export const SANDBOX_ACCOUNT = '1234567890123456'

export const SANDBOX_KEY: SandboxKey = {
  accessKeyId: 'LTAI-sandbox-key-of-no-value',
  accessKeySecret: 'sandbox-secret-of-no-value',
  accountId: SANDBOX_ACCOUNT,
}

const ROS_VERSION = '2019-09-10'
const STS_VERSION = '2015-04-01'
const MINUTE_MS = 60_000

/** ROS and STS on loopback, for any account and a few regions. Signatures are checked, and operations take time. */
export async function startSandboxAliyunRos(
  options: SandboxAliyunRosOptions = {},
): Promise<SandboxAliyunRos> {
  const clock = options.clock ?? systemClock
  const keyClock = options.signatureClock ?? clock
  const keys = [...(options.keys ?? [SANDBOX_KEY])]
  const cloud = new SandboxRosCloud(cloudOptions(options, clock))
  const tokens = new SandboxTokenService(new TemporaryKeys<SandboxKey>(keyClock, (key) => keys.push(key)))
  const signatures = new SignatureCheck()
  const faults = new Faults()
  const requests: RpcRequest[] = []
  const calls: string[] = []
  const services = { cloud, tokens, limit: rateLimit(clock, options.callsPerMinute) }

  const handle = async (incoming: IncomingMessage, response: ServerResponse): Promise<void> => {
    const body = await readBody(incoming)
    const request = rpcRequestOf(incoming, body)
    const fault = faults.take(request.action)
    requests.push(request)
    calls.push(request.action)
    if (fault === 'reset-before') {
      incoming.socket.destroy()
      return
    }
    if (answerAsProxy(fault, response)) return
    const RequestId = numberedUuid(requests.length, '9000').toUpperCase()
    try {
      const key = signatures.verify(signedRequest(incoming, body), keys, keyClock.now())
      failAsAService(fault)
      const result = act(request, key, services)
      if (fault === 'reset-after') incoming.socket.destroy()
      else if (fault === 'garbage') sendGarbage(response)
      else send(response, 200, { RequestId, ...result })
    } catch (error) {
      sendError(response, RequestId, error)
    }
  }

  const server = createServer((incoming, response) => void handle(incoming, response))
  const listening = await listen(server, options.port)
  const [key = SANDBOX_KEY] = keys
  return {
    url: listening.url,
    region: 'cn-hangzhou',
    key,
    cloud,
    faults,
    calls,
    requests,
    close: () => listening.close(),
  }
}

function cloudOptions(options: SandboxAliyunRosOptions, clock: Clock): CloudOptions {
  return {
    clock,
    resourceDelayMs: options.resourceDelayMs ?? 300,
    writesUpdateTimeAt: options.writesUpdateTimeAt ?? 'beginning',
    listsEvents: options.listsEvents ?? 'newest-first',
    deletesWhileCreating: options.deletesWhileCreating ?? true,
    updatesForTagsAlone: options.updatesForTagsAlone ?? false,
    customResources: options.customResources,
    note: onceEach(options.note ?? (() => undefined)),
  }
}

interface Services {
  readonly cloud: SandboxRosCloud
  readonly tokens: SandboxTokenService
  readonly limit: ReturnType<typeof rateLimit>
}

/** Throws an `RpcError`. */
function act(request: RpcRequest, key: SandboxKey, { cloud, tokens, limit }: Services): JsonObject {
  if (key.denied?.includes(request.action) === true)
    throw new RpcError(403, 'Forbidden.RAM', `User not authorized to operate on the specified resource.`)
  switch (request.version) {
    case ROS_VERSION:
      limit(key, request)
      return cloud.act(request, key)
    case STS_VERSION:
      return tokens.act(request, key)
    default:
      throw new RpcError(404, 'InvalidVersion', 'Specified parameter Version is not valid.')
  }
}

function rateLimit(clock: Clock, callsPerMinute: number | undefined) {
  const made = new Map<string, number[]>()
  return ({ accountId }: SandboxKey, request: RpcRequest): void => {
    if (callsPerMinute === undefined) return
    const name = JSON.stringify([accountId, request.text('RegionId'), request.action])
    const recent = (made.get(name) ?? []).filter((at) => at > clock.now() - MINUTE_MS)
    if (recent.length >= callsPerMinute)
      throw new RpcError(400, 'Throttling.User', 'Request was denied due to user flow control.')
    made.set(name, [...recent, clock.now()])
  }
}

function failAsAService(fault: FaultKind | undefined): void {
  if (fault === 'throttle')
    throw new RpcError(400, 'Throttling.User', 'Request was denied due to user flow control.')
  if (fault === 'internal-error')
    throw new RpcError(
      500,
      'InternalError',
      'The request processing has failed due to some unknown error, exception or failure.',
    )
}

/** An error that is not the service's own is a defect of the sandbox. */
function sendError(response: ServerResponse, RequestId: string, error: unknown): void {
  const failure =
    error instanceof RpcError
      ? error
      : new RpcError(500, 'InternalError', error instanceof Error ? error.message : 'unknown')
  const { code: Code, message: Message } = failure
  send(response, failure.httpStatus, { RequestId, HostId: 'ros.aliyuncs.com', Code, Message })
}

function send(response: ServerResponse, status: number, body: JsonObject): void {
  response.writeHead(status, { 'content-type': 'application/json;charset=utf-8' }).end(writeJson(body))
}
