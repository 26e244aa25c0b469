import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { expect } from 'vitest'
import type { Role } from '../../src/channels/fc/role.ts'
import { isJsonObject, parseJson } from '../../src/platform/json.ts'
import {
  SANDBOX_ROLE,
  type InvocationEnd,
  type SandboxContext,
} from '../../src/sandbox/function-compute/server.ts'
import { freePort } from './bridge-server.ts'
import { FcInstance } from './fc-instance.ts'

/** Runs the instances of one function of the zip in a runtime of Function Compute. */
export interface RoleHost {
  readonly invoke: (event: Uint8Array, context: SandboxContext) => Promise<InvocationEnd>
  /** Sends a request to the function's HTTP trigger. */
  readonly request: (request: TriggeredRequest) => Promise<{ status: number; body: string }>
  /** The output of its processes, from both streams. */
  readonly output: () => string
  readonly close: () => void
}

export interface TriggeredRequest {
  readonly path: string
  readonly body: Uint8Array
  readonly token: string
}

export interface RoleHostOptions {
  /** The folder with the files of the zip. */
  readonly folder: string
  readonly role: Role
  /** Read when a process starts. */
  readonly environment: Readonly<Record<string, string>>
}

const CONTENT_TYPE = 'application/json'

/** The context that Function Compute passes by default. */
export function contextOfRole(role: Role): SandboxContext {
  return {
    requestId: '1-front',
    credentials: SANDBOX_ROLE,
    function: { name: 'stackbridge', handler: `${role}.handler`, memory: 256, timeout: 30 },
    service: { name: '', qualifier: 'LATEST' },
    region: 'cn-hangzhou',
    accountId: '1234567890123456',
  }
}

/** A handler in the built-in runtime of Node. Each instance serves one call at a time. */
export async function startHandler({ folder, role, environment }: RoleHostOptions): Promise<RoleHost> {
  const all: FcInstance[] = []
  const resting: FcInstance[] = []
  const invoke: RoleHost['invoke'] = async (event, context) => {
    const instance = resting.pop() ?? new FcInstance({ entry: join(folder, `${role}.mjs`), environment })
    if (!all.includes(instance)) all.push(instance)
    const end = await instance.invoke(event, context)
    resting.push(instance)
    return end
  }
  return {
    invoke,
    /** The trigger's form of a request as an event. */
    async request({ path, body, token }) {
      const event = {
        version: 'v1',
        rawPath: path,
        body: Buffer.from(body).toString('base64'),
        isBase64Encoded: true,
        headers: { 'Content-Type': CONTENT_TYPE, Authorization: `Bearer ${token}` },
        queryParameters: {},
        requestContext: { http: { method: 'POST', path, protocol: 'HTTP/1.1' } },
      }
      const ended = await invoke(Buffer.from(JSON.stringify(event)), contextOfRole(role))
      if (ended.ended !== 'returned') throw new Error(JSON.stringify(ended))
      // The handler's value, which the runtime has not serialized.
      const { statusCode, body: replied } = ended.value as unknown as { statusCode: number; body: string }
      return { status: statusCode, body: replied }
    },
    output: () => all.map(({ output }) => output).join(''),
    close() {
      for (const instance of all) instance.close()
    },
  }
}

export interface CustomRuntimeHost extends RoleHost {
  readonly url: string
  /** Asks the process to end; resolves with its exit code. */
  readonly stop: () => Promise<number | null>
}

/** `saidBy`: whether the command's argument states the role, or only the name of the function's handler. */
export async function startCustomRuntime(
  { folder, role, environment }: RoleHostOptions,
  saidBy: 'argument' | 'handler name' = 'handler name',
): Promise<CustomRuntimeHost> {
  const port = await freePort()
  const url = `http://127.0.0.1:${String(port)}`
  const args = [join(folder, 'custom-runtime.mjs'), ...(saidBy === 'argument' ? [role] : [])]
  const child = spawn(process.execPath, args, {
    env: { ...environment, FC_CUSTOM_LISTEN_PORT: String(port) },
  })
  const written: string[] = []
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (chunk: Buffer) => written.push(chunk.toString()))
  const ended = new Promise<number | null>((resolve) => child.once('exit', resolve))
  const output = () => written.join('')
  await expect.poll(output).toContain('listening')
  const handler = saidBy === 'argument' ? 'index.handler' : `${role}.handler`
  const post = async (path: string, headers: Record<string, string>, body: Uint8Array) => {
    const response = await fetch(url + path, { method: 'POST', headers, body: Buffer.from(body) })
    const reply = { status: response.status, body: await response.text() }
    expect(response.headers.get('x-fc-status')).toBe(isFailed(headers, reply.status) ? '404' : '200')
    return reply
  }
  return {
    url,
    async invoke(event, context) {
      const headers = {
        'content-type': 'application/octet-stream',
        ...headersOf(context, handler, '/invoke'),
      }
      const { status, body } = await post('/invoke', headers, event)
      if (status === 200) return { ended: 'returned', value: body }
      const failure = parseJson(Buffer.from(body))
      const problem = failure.ok && isJsonObject(failure.value) ? failure.value['problem'] : undefined
      return { ended: 'threw', error: typeof problem === 'string' ? problem : body }
    },
    request: ({ path, body, token }) =>
      post(
        path,
        {
          'content-type': CONTENT_TYPE,
          authorization: `Bearer ${token}`,
          ...headersOf(contextOfRole(role), handler, '/http-invoke'),
        },
        body,
      ),
    output,
    stop() {
      child.kill('SIGTERM')
      return ended
    },
    close: () => void child.kill('SIGKILL'),
  }
}

/**
 * The headers that Function Compute adds to each request, with the values of FC 3.0.
 * https://help.aliyun.com/en/functioncompute/fc-2-0/user-guide/custom-runtime-specification-details
 */
function headersOf(
  { requestId, credentials, region, accountId, function: own }: SandboxContext,
  handler: string,
  controlPath: string,
): Record<string, string> {
  return {
    'x-fc-control-path': controlPath,
    'x-fc-request-id': requestId,
    'x-fc-region': region,
    'x-fc-account-id': accountId,
    'x-fc-function-name': own.name,
    'x-fc-function-handler': handler,
    'x-fc-function-memory': String(own.memory),
    'x-fc-function-timeout': String(own.timeout),
    'x-fc-service-name': '',
    'x-fc-version-id': '',
    'x-fc-qualifier': 'LATEST',
    'x-fc-retry-count': '0',
    'x-fc-access-key-id': credentials.accessKeyId,
    'x-fc-access-key-secret': credentials.accessKeySecret,
    'x-fc-security-token': credentials.securityToken ?? '',
  }
}

function isFailed(headers: Record<string, string>, status: number): boolean {
  return headers['x-fc-control-path'] === '/invoke' ? status !== 200 : status >= 500
}
