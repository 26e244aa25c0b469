import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect } from 'vitest'
import type { Role } from '../../src/channels/fc/role.ts'
import {
  startSandboxFunctionCompute,
  type SandboxFunctionCompute,
} from '../../src/sandbox/function-compute/server.ts'
import { startSandboxMns } from '../../src/sandbox/mns/server.ts'
import { BridgeServer } from './bridge-server.ts'
import {
  contextOfRole,
  startCustomRuntime,
  startHandler,
  type RoleHost,
  type RoleHostOptions,
} from './role-hosts.ts'
import { CONTINUATION_KEY } from '../continuation-keys.ts'

/** A channel through which ROS sends an event to the built bridge. */
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

function functionCompute(invoke: RoleHost['invoke']): Promise<SandboxFunctionCompute> {
  const stackbridge = { name: 'stackbridge', timeoutSeconds: 240, asyncTask: true, invoke }
  return startSandboxFunctionCompute({ functions: [stackbridge] })
}

/** A function of the build on the embedded Function Compute. */
async function deploy<Host extends RoleHost>(
  role: Role,
  built: string,
  start: (options: RoleHostOptions) => Promise<Host>,
) {
  const environment: Record<string, string> = { ...ENVIRONMENT }
  const starting: { host?: Host } = {}
  const fc = await functionCompute(async (event, context) => {
    if (starting.host === undefined) throw new TypeError('the host has not started')
    return starting.host.invoke(event, context)
  })
  environment['STACKBRIDGE_FC_ENDPOINT'] = fc.url
  const host = await start({ folder: join(built, 'function'), role, environment })
  starting.host = host
  return {
    ...host,
    fc,
    invokeAsync: (event: Uint8Array) => {
      fc.invokeAsync('stackbridge', event)
    },
    close: async () => {
      await fc.idle()
      host.close()
      await fc.close()
    },
  }
}

/** A built handler in the built-in runtime. */
export const startFunction = (built: string, role: Role) => deploy(role, built, startHandler)

export const CONTEXT = contextOfRole('http')

/** The built function with an HTTP trigger. */
export async function startTriggeredFunction(built: string) {
  const started = await startFunction(built, 'http')
  return {
    ...started,
    request: (path: string, body: Uint8Array, token = TOKEN) => started.request({ path, body, token }),
  }
}

/** The built custom runtime as a process, to which the embedded Function Compute sends its invocations. */
export const startCustomFunction = (built: string) => deploy('index', built, startCustomRuntime)

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

/** All channels. */
export const CHANNELS: readonly (readonly [name: string, start: (built: string) => Promise<Channel>])[] = [
  [
    'a function',
    async (built) => {
      const { invokeAsync, close } = await startFunction(built, 'index')
      return { send: async (event) => invokeAsync(event), close }
    },
  ],
  [
    'a function in a custom runtime',
    async (built) => {
      const { invokeAsync, close } = await startCustomFunction(built)
      return { send: async (event) => invokeAsync(event), close }
    },
  ],
  [
    'web: at an HTTP trigger',
    async (built) => {
      const { request, close } = await startTriggeredFunction(built)
      return {
        send: async (event) => expect(await request('/ros', event)).toMatchObject({ status: 202 }),
        close,
      }
    },
  ],
  [
    'a queue with a trigger',
    async (built) => {
      const { invokeAsync, close } = await startFunction(built, 'mns')
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
