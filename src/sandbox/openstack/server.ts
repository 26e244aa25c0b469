import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { systemClock, type Clock } from '../../platform/clock.ts'
import { isJsonObject, parseJson, type JsonObject } from '../../platform/json.ts'
import { Faults } from '../faults.ts'
import { answerWithFault } from '../faulty-answer.ts'
import { sendJson } from '../json-response.ts'
import { listen } from '../loopback-server.ts'
import { onceEach, type NoteSink } from '../notes.ts'
import { readBody } from '../request-body.ts'
import { faultBody, HeatFault, UNAUTHORIZED } from './fault.ts'
import { SandboxHeat } from './heat/heat-api.ts'
import type { HeatResponse } from './heat/heat-http.ts'
import { SandboxNova } from './nova.ts'
import { SandboxKeystone, type SandboxUser } from './keystone.ts'

export interface SandboxOpenStackOptions {
  /** A free one by default. */
  readonly port?: number
  readonly clock?: Clock
  readonly user?: SandboxUser
  readonly tokenSeconds?: number
  /** Receives what the sandbox invents; by default it is dropped. */
  readonly note?: NoteSink
}

export interface SandboxOpenStack {
  /** For `Auth.AuthUrl`. */
  readonly authUrl: string
  readonly region: string
  readonly user: SandboxUser
  readonly heat: SandboxHeat
  readonly nova: SandboxNova
  readonly keystone: SandboxKeystone
  readonly faults: Faults
  /** The method and kind of each request, in order, for example `GET events`. */
  readonly calls: readonly string[]
  /** The method and path of each request, in order, for example `GET /v1/0123…/stacks/name`. */
  readonly paths: readonly string[]
  close(): Promise<void>
}

export const SANDBOX_USER: SandboxUser = {
  name: 'demo',
  password: 'sandbox-password-of-no-value',
  projectId: '0123456789abcdef0123456789abcdef',
  projectName: 'demo',
  applicationCredentialId: 'fedcba9876543210fedcba9876543210',
  applicationCredentialSecret: 'sandbox-application-secret-of-no-value',
}

const INJECTED_ERROR: JsonObject = {
  code: 503,
  title: 'Service Unavailable',
  explanation: 'injected fault',
}

const REGION = 'RegionOne'
const NOVA = '/nova/v2.1'

/**
 * Keystone v3 and Heat v1 on one loopback port, which answer as a real Heat 19 answered the same calls, and what Nova tells of a
 * failed server.
 */
export async function startSandboxOpenStack(
  options: SandboxOpenStackOptions = {},
): Promise<SandboxOpenStack> {
  const clock = options.clock ?? systemClock
  const user = options.user ?? SANDBOX_USER
  let url = ''
  const heatUrl = () => `${url}/heat/v1/${user.projectId}`
  const keystone = new SandboxKeystone(clock, user, options.tokenSeconds ?? 3600, () =>
    catalog(url, heatUrl()),
  )
  const note = onceEach(options.note ?? (() => undefined))
  const heat = new SandboxHeat(clock, heatUrl, { project: user.projectId, note })
  const nova = new SandboxNova(() => heat.stacks.values())
  const faults = new Faults()
  const calls: string[] = []
  const paths: string[] = []

  const answer = (incoming: IncomingMessage, body: JsonObject): HeatResponse => {
    const { pathname, searchParams: query } = new URL(incoming.url ?? '/', url)
    const { method = '', headers } = incoming
    if (method === 'POST' && pathname === '/v3/auth/tokens') return issueToken(keystone, body)
    const token = headers['x-auth-token']
    if (typeof token !== 'string' || !keystone.accepts(token)) return { status: 401, body: UNAUTHORIZED }
    if (pathname.startsWith(`${NOVA}/`)) return nova.answer(method, pathname.slice(NOVA.length))
    const base = new URL(heatUrl()).pathname
    try {
      if (!pathname.startsWith(`${base}/`))
        throw new HeatFault(404, 'HTTPNotFound', 'The resource could not be found.')
      return heat.answer({ method, path: pathname.slice(base.length), query, body })
    } catch (error) {
      return refused(error)
    }
  }

  const handle = async (incoming: IncomingMessage, response: ServerResponse): Promise<void> => {
    const parsed = parseJson(await readBody(incoming))
    const body = parsed.ok && isJsonObject(parsed.value) ? parsed.value : {}
    const call = callOf(incoming)
    calls.push(call)
    paths.push(`${incoming.method ?? ''} ${new URL(incoming.url ?? '/', url).pathname}`)
    answerWithFault(faults.take(call), incoming, response, {
      answer: () => {
        const answered = answer(incoming, body)
        sendJson(response, answered.status, answered.body, answered.headers)
      },
      internalError: () => void sendJson(response, 503, INJECTED_ERROR),
      throttle: () => void sendJson(response, 429, { code: 429, title: 'Too Many Requests' }),
    })
  }

  const server = createServer((incoming, response) => void handle(incoming, response))
  const listening = await listen(server, options.port)
  url = listening.url
  return {
    authUrl: `${url}/v3`,
    region: REGION,
    user,
    heat,
    nova,
    keystone,
    faults,
    calls,
    paths,
    close: () => listening.close(),
  }
}

function issueToken(keystone: SandboxKeystone, body: JsonObject): HeatResponse {
  const issued = keystone.issue(body)
  if (issued === undefined) return { status: 401, body: UNAUTHORIZED }
  return { status: 201, body: issued.body, headers: { 'x-subject-token': issued.token } }
}

/** Errors that are not Heat's own are defects of the sandbox. */
function refused(error: unknown): HeatResponse {
  if (error instanceof HeatFault) return { status: error.status, body: faultBody(error) }
  return {
    status: 500,
    body: { code: 500, title: 'Internal Server Error', explanation: String(error) },
  }
}

/** For example `POST stacks`, `GET stack`, `GET events`. */
function callOf({ method = '', url = '' }: IncomingMessage): string {
  const [path = ''] = url.split('?', 1)
  if (path.startsWith(`${NOVA}/servers/`)) return `${method} server`
  const at = path.indexOf('/stacks')
  if (at === -1) return url.endsWith('/validate') ? `${method} validate` : `${method} tokens`
  const rest = path.slice(at + 1)
  const [, , , kind] = rest.split('/')
  if (kind !== undefined) return `${method} ${kind}`
  return `${method} ${rest.includes('/') ? 'stack' : 'stacks'}`
}

function catalog(url: string, heatUrl: string): JsonObject[] {
  return [
    service('identity', 'keystone', `${url}/v3`),
    service('orchestration', 'heat', heatUrl),
    service('cloudformation', 'heat-cfn', `${url}/heat-cfn/v1`),
    service('compute', 'nova', `${url}${NOVA}`),
  ]
}

function service(type: string, name: string, url: string): JsonObject {
  const endpoints = ['public', 'internal', 'admin'].map((one) => ({
    interface: one,
    region: REGION,
    region_id: REGION,
    url,
  }))
  return { type, name, endpoints }
}
