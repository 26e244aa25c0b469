import { spawn } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect } from 'vitest'
import {
  SANDBOX_ROLE,
  startSandboxFunctionCompute,
  type InvocationEnd,
  type SandboxContext,
  type SandboxFunctionCompute,
} from '../../src/sandbox/function-compute/server.ts'
import { startSandboxMns } from '../../src/sandbox/mns/server.ts'
import { BridgeServer, freePort } from './bridge-server.ts'
import { FcInstance } from './fc-instance.ts'
import { CONTINUATION_KEY } from '../continuation-keys.ts'

/** One channel by which ROS can send an event to the built bridge. */
export interface Channel {
  readonly send: (event: Uint8Array) => Promise<void>
  readonly close: () => Promise<void>
}

export const TOKEN = 'a-bearer-token-of-no-value'
const ENVIRONMENT = {
  STACKBRIDGE_ALLOW_PRIVATE_ADDRESSES: 'true',
  STACKBRIDGE_POLL_MIN_MS: '100',
  STACKBRIDGE_INLINE_SECONDS: '0',
  STACKBRIDGE_CONTINUATION_KEY: CONTINUATION_KEY,
  STACKBRIDGE_BEARER_TOKEN: TOKEN,
}

type Invoke = (event: Uint8Array, context: SandboxContext) => Promise<InvocationEnd>

function functionCompute(invoke: Invoke): Promise<SandboxFunctionCompute> {
  const stackbridge = { name: 'stackbridge', timeoutSeconds: 30, asyncTask: true, invoke }
  return startSandboxFunctionCompute({ functions: [stackbridge] })
}

/** A built handler on the embedded Function Compute; each instance serves one call at a time. */
export async function startFunction(built: string, file: string) {
  const environment: Record<string, string> = { ...ENVIRONMENT }
  const all: FcInstance[] = []
  const resting: FcInstance[] = []
  const invoke: Invoke = async (event, context) => {
    const instance = resting.pop() ?? new FcInstance({ entry: join(built, 'function', file), environment })
    if (!all.includes(instance)) all.push(instance)
    const end = await instance.invoke(event, context)
    resting.push(instance)
    return end
  }
  const fc = await functionCompute(invoke)
  environment['STACKBRIDGE_FC_ENDPOINT'] = fc.url
  return {
    fc,
    /** For calls that wait for their result. */
    invoke,
    invokeAsync: (event: Uint8Array) => {
      fc.invokeAsync('stackbridge', event)
    },
    close: async () => {
      await fc.idle()
      for (const instance of all) instance.close()
      await fc.close()
    },
  }
}

export const CONTEXT: SandboxContext = {
  requestId: '1-front',
  credentials: SANDBOX_ROLE,
  function: { name: 'stackbridge', handler: 'http.handler', memory: 256, timeout: 30 },
  service: { name: '', qualifier: 'LATEST' },
  region: 'cn-hangzhou',
  accountId: '1234567890123456',
}

/** The built function with an HTTP trigger. */
export async function startTriggeredFunction(built: string) {
  const started = await startFunction(built, 'http.mjs')
  return {
    ...started,
    /** As Function Compute's HTTP trigger writes a request into an event. */
    request: async (
      path: string,
      body: Uint8Array,
      token = TOKEN,
    ): Promise<{ statusCode: number; body: string }> => {
      const event = {
        version: 'v1',
        rawPath: path,
        body: Buffer.from(body).toString('base64'),
        isBase64Encoded: true,
        headers: { 'Content-Type': 'application/json', Authorization: `Bearer ${token}` },
        queryParameters: {},
        requestContext: { http: { method: 'POST', path, protocol: 'HTTP/1.1' } },
      }
      const ended = await started.invoke(Buffer.from(JSON.stringify(event)), CONTEXT)
      if (ended.ended !== 'returned') throw new Error(JSON.stringify(ended))
      return ended.value as unknown as { statusCode: number; body: string }
    },
  }
}

/** The built custom runtime, as a process that the embedded Function Compute sends its invocations to. */
export async function startCustomRuntime(built: string) {
  const port = await freePort()
  const url = `http://127.0.0.1:${String(port)}`
  const fc = await functionCompute(async (event, context) => {
    const { requestId, credentials, region, accountId, function: stackbridge } = context
    const headers = {
      'x-fc-control-path': '/invoke',
      'x-fc-request-id': requestId,
      'x-fc-region': region,
      'x-fc-account-id': accountId,
      'x-fc-function-name': stackbridge.name,
      'x-fc-function-timeout': String(stackbridge.timeout),
      'x-fc-access-key-id': credentials.accessKeyId,
      'x-fc-access-key-secret': credentials.accessKeySecret,
      'x-fc-security-token': credentials.securityToken ?? '',
    }
    const response = await fetch(`${url}/invoke`, { method: 'POST', headers, body: Buffer.from(event) })
    const value = await response.text()
    return response.status === 200 ? { ended: 'returned', value } : { ended: 'threw', error: value }
  })
  const child = spawn(process.execPath, [join(built, 'function', 'custom-runtime.mjs')], {
    env: { ...ENVIRONMENT, STACKBRIDGE_FC_ENDPOINT: fc.url, FC_CUSTOM_LISTEN_PORT: String(port) },
  })
  const written: string[] = []
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (chunk: Buffer) => written.push(chunk.toString()))
  const ended = new Promise<number | null>((resolve) => child.once('exit', resolve))
  const output = () => written.join('')
  await expect.poll(output, { timeout: 10_000 }).toContain('listening')
  return {
    url,
    fc,
    output,
    /** Resolves with the exit code. */
    stop: (): Promise<number | null> => {
      child.kill('SIGTERM')
      return ended
    },
    close: async () => {
      await fc.idle()
      child.kill('SIGKILL')
      await fc.close()
    },
  }
}

const TOPIC_TOKEN = 'the-token-of-the-subscription'

/** `stackbridge serve` with its own journal and an embedded MNS. */
async function startServer(built: string) {
  const journal = await mkdtemp(join(tmpdir(), 'stackbridge-journal-'))
  const mns = await startSandboxMns()
  const server = await BridgeServer.start({
    built,
    journal,
    environment: {
      STACKBRIDGE_QUEUE: mns.queueUrl,
      STACKBRIDGE_TOPICS: '1234567890123456/ros-events',
      STACKBRIDGE_TOPIC_CERTIFICATES: mns.certificatePrefix,
      STACKBRIDGE_TOPIC_TOKEN: TOPIC_TOKEN,
      ALIBABA_CLOUD_ACCESS_KEY_ID: mns.credentials.accessKeyId,
      ALIBABA_CLOUD_ACCESS_KEY_SECRET: mns.credentials.accessKeySecret,
    },
  })
  return {
    server,
    mns,
    close: async () => {
      await server.close()
      await mns.close()
      await rm(journal, { recursive: true, force: true })
    },
  }
}

/** Every way in. */
export const CHANNELS: readonly (readonly [name: string, start: (built: string) => Promise<Channel>])[] = [
  [
    'a function',
    async (built) => {
      const { invokeAsync, close } = await startFunction(built, 'index.mjs')
      return { send: async (event) => invokeAsync(event), close }
    },
  ],
  [
    'a function in a custom runtime',
    async (built) => {
      const { fc, close } = await startCustomRuntime(built)
      return { send: async (event) => fc.invokeAsync('stackbridge', event), close }
    },
  ],
  [
    'web: at an HTTP trigger',
    async (built) => {
      const { request, close } = await startTriggeredFunction(built)
      return {
        send: async (event) => expect(await request('/ros', event)).toMatchObject({ statusCode: 202 }),
        close,
      }
    },
  ],
  [
    'a queue with a trigger',
    async (built) => {
      const { invokeAsync, close } = await startFunction(built, 'mns.mjs')
      return {
        async send(event) {
          // The form in which EventBridge delivers the messages of a queue.
          const data = { messageId: '1', messageBody: Buffer.from(event).toString('base64') }
          const batch = [{ specversion: '1.0', type: 'mns:Queue:SendMessage', data }]
          invokeAsync(Buffer.from(JSON.stringify(batch)))
        },
        close,
      }
    },
  ],
  [
    'web: at the stand-alone server',
    async (built) => {
      const { server, close } = await startServer(built)
      return { send: (event) => server.send(event), close }
    },
  ],
  [
    'a queue that the server polls',
    async (built) => {
      const { mns, close } = await startServer(built)
      return { send: async (event) => void mns.send(Buffer.from(event).toString()), close }
    },
  ],
  [
    'a topic that pushes to the server',
    async (built) => {
      const { server, mns, close } = await startServer(built)
      return {
        async send(event) {
          const message = Buffer.from(event).toString('base64')
          expect(
            await mns.push(`${server.url}/notifications?token=${TOPIC_TOKEN}`, message, { format: 'XML' }),
          ).toBe(204)
        },
        close,
      }
    },
  ],
]
