import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { systemClock, type Clock } from '../../platform/clock.ts'
import { isJsonObject, parseJson, type JsonObject, type JsonValue } from '../../platform/json.ts'
import { Faults } from '../faults.ts'
import { answerWithFault } from '../faulty-answer.ts'
import { sendJson } from '../json-response.ts'
import { listen } from '../loopback-server.ts'
import { onceEach, type NoteSink } from '../notes.ts'
import { uuidSequence } from '../numbered-uuid.ts'
import { readBody } from '../request-body.ts'
import { AosEngine } from './aos-stack/engine.ts'
import { SandboxAosStacks } from './aos-stack/stacks.ts'
import { aosTemplates } from './aos-stack/templates.ts'
import { aosFaultBody, badRequest, faultBody, HuaweiFault } from './fault.ts'
import { SandboxIam, type SandboxHuaweiUser } from './iam.ts'
import { RfsEngine } from './rfs-stack/engine.ts'
import { RfsStackSetEngine } from './rfs-stack-set/engine.ts'
import { isForAos, RegionApi, type SandboxHuaweiRequest } from './region-api.ts'
import { SandboxRfsStackSets } from './rfs-stack-set/stack-sets.ts'
import { SandboxRfsStacks } from './rfs-stack/stacks.ts'
import type { SandboxKeys } from './signature.ts'

export interface SandboxHuaweiCloudOptions {
  readonly clock?: Clock
  /** A free one by default. */
  readonly port?: number
  readonly tokenSeconds?: number
  /** The id of the region's project. */
  readonly projectId?: string
  /** Milliseconds until an accepted request shows in the status. */
  readonly queueMs?: number
  /** The contents of objects in OBS, by their URLs. */
  readonly objects?: ReadonlyMap<string, string>
  /** The accounts in each organizational unit. */
  readonly units?: ReadonlyMap<string, readonly string[]>
  /** Receives what the sandbox invents; by default it is dropped. */
  readonly note?: NoteSink
}

export interface SandboxHuaweiCloud {
  /** For `Endpoint` and `Auth.AuthUrl`. */
  readonly url: string
  readonly region: string
  readonly user: SandboxHuaweiUser
  readonly keys: SandboxKeys
  readonly temporaryKeys: SandboxKeys
  readonly iam: SandboxIam
  readonly rfs: SandboxRfsStacks
  readonly aos: SandboxAosStacks
  readonly stackSets: SandboxRfsStackSets
  readonly faults: Faults
  /** Each request, in order. */
  readonly requests: readonly SandboxHuaweiRequest[]
  close(): Promise<void>
}

export const SANDBOX_HUAWEI_USER: SandboxHuaweiUser = {
  name: 'demo-user',
  password: 'sandbox-huawei-password-of-no-value',
  domainName: 'demo-domain',
  domainId: '6cbcca2a2f114a63841bdbc7a19b7b12',
  projectId: 'ba2b9930c977f71edaeaa3a5e96a8ff1',
  projectName: 'cn-north-4',
}

export const SANDBOX_HUAWEI_KEYS: SandboxKeys = {
  accessKey: 'SANDBOXACCESSKEY0001',
  secretKey: 'sandbox-secret-key-of-no-value-0001',
}

const TEMPORARY_KEYS: SandboxKeys = {
  accessKey: 'SANDBOXACCESSKEY0002',
  secretKey: 'sandbox-secret-key-of-no-value-0002',
  securityToken: 'sandbox-security-token-of-no-value',
}

const DEFAULT_QUEUE_MS = 15

/** IAM, RFS and AOS of one region of Huawei Cloud on one loopback port, as strict as their documents. */
export async function startSandboxHuaweiCloud(
  options: SandboxHuaweiCloudOptions = {},
): Promise<SandboxHuaweiCloud> {
  const clock = options.clock ?? systemClock
  const user = { ...SANDBOX_HUAWEI_USER, projectId: options.projectId ?? SANDBOX_HUAWEI_USER.projectId }
  const iam = new SandboxIam(clock, user, options.tokenSeconds ?? 86_400)
  const services = stackServices(options, clock)
  const faults = new Faults()
  const requests: SandboxHuaweiRequest[] = []

  const api = new RegionApi({ clock, user, iam, ...services }, [SANDBOX_HUAWEI_KEYS, TEMPORARY_KEYS])

  const respond = (request: SandboxHuaweiRequest, response: ServerResponse): void => {
    try {
      const body = bodyOf(request)
      if (request.method === 'POST' && request.url === '/v3/auth/tokens') {
        const issued = iam.issue(body)
        if (issued === undefined) sendJson(response, 401, UNAUTHORIZED)
        else sendJson(response, 201, issued.body, { 'x-subject-token': issued.token })
        return
      }
      const { status, body: answered } = api.answer(request, body)
      sendJson(response, status, answered)
    } catch (error) {
      if (error instanceof HuaweiFault)
        sendJson(response, error.status, isForAos(request) ? aosFaultBody(error) : faultBody(error))
      else sendJson(response, 500, internalError(String(error)))
    }
  }

  const handle = async (incoming: IncomingMessage, response: ServerResponse): Promise<void> => {
    const body = await readBody(incoming)
    const { method = '', url = '', headers } = incoming
    const request = { method, url, headers, body: body.toString() }
    requests.push(request)
    answerWithFault(faults.take(callOf(request)), incoming, response, {
      answer: () => void respond(request, response),
      internalError: () => void sendJson(response, 500, internalError('Injected internal error.')),
      throttle: () =>
        void sendJson(response, 429, { error_code: 'RF.10014001', error_msg: 'Too many requests.' }),
    })
  }

  const server = createServer((incoming, response) => void handle(incoming, response))
  const listening = await listen(server, options.port)
  return {
    url: listening.url,
    region: user.projectName,
    user,
    keys: SANDBOX_HUAWEI_KEYS,
    temporaryKeys: TEMPORARY_KEYS,
    iam,
    ...services,
    faults,
    requests,
    close: () => listening.close(),
  }
}

function stackServices(options: SandboxHuaweiCloudOptions, clock: Clock) {
  const nextId = uuidSequence()
  const queueMs = options.queueMs ?? DEFAULT_QUEUE_MS
  const objects = options.objects ?? new Map<string, string>()
  const note = onceEach(options.note ?? (() => undefined))
  const engine = new RfsEngine(clock, nextId, queueMs, note)
  return {
    rfs: new SandboxRfsStacks(engine, clock, objects),
    aos: new SandboxAosStacks(new AosEngine(clock, queueMs), clock, nextId, aosTemplates),
    stackSets: new SandboxRfsStackSets({
      engine: new RfsStackSetEngine(engine, clock, nextId, queueMs),
      clock,
      objects,
      units: options.units ?? new Map<string, readonly string[]>(),
    }),
  }
}

function internalError(error_msg: string): JsonObject {
  return { error_code: 'RF.10010001', error_msg }
}

const UNAUTHORIZED: JsonValue = {
  error: { code: 401, title: 'Unauthorized', message: 'The username or password is wrong.' },
}

/** For example `POST stacks`, `GET metadata`; for stack sets `POST stack-instances`, `PATCH stack-set`. */
function callOf({ method, url }: SandboxHuaweiRequest): string {
  const [path = ''] = url.split('?')
  const [, set, ...behind] = /^\/v1\/stack-sets(?:\/([^/]+)(?:\/(.*))?)?$/.exec(path) ?? []
  if (path.startsWith('/v1/stack-sets'))
    return `${method} ${behind[0] ?? (set === undefined ? 'stack-sets' : 'stack-set')}`
  // The paths of AOS do not contain the project.
  const [name, kind] = path.split('/').slice(isForAos({ url }) ? 3 : 4)
  if (/^\/v3(?:\.0)?\//.test(path)) return `${method} ${path.split('/').at(-1) ?? ''}`
  return `${method} ${kind ?? (name === undefined ? 'stacks' : 'stack')}`
}

function bodyOf({ body, headers }: SandboxHuaweiRequest): JsonObject {
  if (body === '') return {}
  const parsed = parseJson(Buffer.from(body))
  if (!parsed.ok || !isJsonObject(parsed.value) || headers['content-type'] !== 'application/json')
    throw badRequest('The body is not a JSON object')
  return parsed.value
}
