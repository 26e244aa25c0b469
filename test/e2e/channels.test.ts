import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, inject, it } from 'vitest'
import type { JsonObject } from '../../src/platform/json.ts'
import {
  startSandboxCloudFormation,
  type SandboxCloudFormation,
} from '../../src/sandbox/aws-cloudformation/server.ts'
import { SANDBOX_ROLE, startSandboxFunctionCompute } from '../../src/sandbox/function-compute/server.ts'
import { SandboxResource, SandboxRos } from '../../src/sandbox/ros/ros.ts'
import { refused, succeeded } from '../outcome-assertions.ts'
import { freePort } from './bridge-server.ts'
import { FcInstance } from './fc-instance.ts'

/** The built bundle behind HTTP service tokens on Function Compute. */

const TOKEN = 'a-bearer-token-of-no-value'
const ENVIRONMENT = {
  STACKBRIDGE_ALLOW_PRIVATE_ADDRESSES: 'true',
  STACKBRIDGE_POLL_MIN_MS: '100',
  STACKBRIDGE_INLINE_SECONDS: '0',
  STACKBRIDGE_CONTINUATION_KEY: 'a key for the end-to-end tests',
  STACKBRIDGE_BEARER_TOKEN: TOKEN,
}

let aws: SandboxCloudFormation
const open: { close(): unknown }[] = []
beforeEach(async () => {
  aws = await startSandboxCloudFormation({ resourceDelayMs: 50 })
  open.push(aws)
})
afterEach(async () => {
  for (const one of open.splice(0).reverse()) await one.close()
})

function stack(seconds: number): JsonObject {
  return {
    AccessKeyId: aws.key.accessKeyId,
    AccessKeySecret: aws.key.secretAccessKey,
    RegionId: aws.region,
    Endpoint: aws.url,
    Stack: {
      Name: 'over-http',
      Template: {
        Resources: { Thing: { Type: 'Sandbox::Resource', Properties: { DelaySeconds: seconds } } },
        Outputs: { Thing: { Value: { Ref: 'Thing' } } },
      },
    },
  }
}

const resource = (ros: SandboxRos, seconds = 0) =>
  new SandboxResource(ros, {
    logicalResourceId: 'Stack',
    resourceType: 'Custom::AwsCloudFormationStack',
    parameters: stack(seconds),
  })

const CONTEXT = {
  requestId: '1-front',
  credentials: SANDBOX_ROLE,
  function: { name: 'stackbridge', handler: 'http.handler', memory: 256, timeout: 30 },
  service: { name: '', qualifier: 'LATEST' },
  region: 'cn-hangzhou',
  accountId: '1234567890123456',
}

/** As Function Compute's HTTP trigger writes a request into an event. */
function triggerEvent(path: string, body: Uint8Array, token = TOKEN): Uint8Array {
  return Buffer.from(
    JSON.stringify({
      version: 'v1',
      rawPath: path,
      body: Buffer.from(body).toString('base64'),
      isBase64Encoded: true,
      headers: { 'Content-Type': 'application/json', Authorization: `Bearer ${token}` },
      queryParameters: {},
      requestContext: { http: { method: 'POST', path, protocol: 'HTTP/1.1' } },
    }),
  )
}

describe('the function with an HTTP trigger', () => {
  /** The built function: its HTTP trigger is called by hand, its asynchronous calls come by the embedded FC. */
  async function world(environment: Record<string, string> = {}) {
    const all: Record<string, string> = { ...ENVIRONMENT, ...environment }
    const entry = join(inject('built'), 'function', 'http.mjs')
    const called = new FcInstance({ entry, environment: all })
    const front = new FcInstance({ entry, environment: all })
    const fc = await startSandboxFunctionCompute({
      functions: [
        {
          name: 'stackbridge',
          timeoutSeconds: 30,
          asyncTask: true,
          invoke: (event, context) => called.invoke(event, context),
        },
      ],
    })
    all['STACKBRIDGE_FC_ENDPOINT'] = fc.url
    const trigger = async (path: string, body: Uint8Array, token?: string) => {
      const ended = await front.invoke(triggerEvent(path, body, token), CONTEXT)
      if (ended.ended !== 'returned') throw new Error(JSON.stringify(ended))
      return ended.value as unknown as { statusCode: number; body: string }
    }
    open.push(fc, called, front)
    return { trigger, fc }
  }

  it('answers 202 and calls back later, by a call of its own', async () => {
    const { trigger, fc } = await world()
    const statuses: number[] = []
    const ros = await SandboxRos.start({
      rollback: false,
      invoke: async (event) => void statuses.push((await trigger('/ros', event)).statusCode),
    })
    open.push(ros)
    const made = resource(ros, 2)
    expect(Object.keys(succeeded(await made.create()))).toEqual(['Thing'])
    succeeded(await made.delete())
    await fc.idle()
    expect(statuses).toEqual([202, 202])
    expect(fc.invocations.length).toBeGreaterThan(2)
  })

  it('tells ROS why where it cannot invoke itself', async () => {
    const { trigger, fc } = await world()
    fc.fail(1, 403)
    const ros = await SandboxRos.start({
      rollback: false,
      invoke: async (event) => void (await trigger('/ros', event)),
    })
    open.push(ros)
    expect(refused(await resource(ros).create())).toContain(
      'needs the function to invoke itself, which it cannot: FC answered HTTP 403',
    )
  })

  it('answers with the reply itself where ROS waits for it, and nobody without a proof', async () => {
    const { trigger } = await world()
    const event = Buffer.from(
      JSON.stringify({
        RequestType: 'Create',
        RequestId: '1',
        StackId: '2',
        LogicalResourceId: 'Stack',
        ResourceType: 'Custom::AwsCloudFormationStack',
        ResourceProperties: stack(0),
      }),
    )
    expect(await trigger('/ros/sync', event, 'another-token-of-no-value')).toMatchObject({ statusCode: 401 })
    const reply = await trigger('/ros/sync', event)
    expect(JSON.parse(reply.body)).toMatchObject({ Status: 'SUCCESS', RequestId: '1' })
  })
})

describe('the function behind a trigger of a queue', () => {
  it('serves the events in its messages, and its own continuations', async () => {
    const environment: Record<string, string> = { ...ENVIRONMENT }
    const instance = new FcInstance({ entry: join(inject('built'), 'function', 'mns.mjs'), environment })
    const fc = await startSandboxFunctionCompute({
      functions: [
        {
          name: 'stackbridge',
          timeoutSeconds: 30,
          asyncTask: true,
          invoke: (event, context) => instance.invoke(event, context),
        },
      ],
    })
    environment['STACKBRIDGE_FC_ENDPOINT'] = fc.url
    const ros = await SandboxRos.start({
      rollback: false,
      async invoke(event) {
        // As EventBridge brings the messages of a queue.
        const messageBody = Buffer.from(event).toString('base64')
        const batch = [
          { specversion: '1.0', type: 'mns:Queue:SendMessage', data: { messageId: '1', messageBody } },
        ]
        fc.invokeAsync('stackbridge', Buffer.from(JSON.stringify(batch)))
      },
    })
    open.push(fc, instance, ros)
    succeeded(await resource(ros, 1).create())
    await fc.idle()
    expect(fc.invocations.length).toBeGreaterThan(1)
    expect(fc.invocations.map(({ end }) => end.ended)).not.toContain('threw')
    expect(await instance.invoke(Buffer.from('hello'))).toMatchObject({ ended: 'threw' })
  })
})

describe('the custom runtime', () => {
  it('serves events, hands over to itself, and stops when it is told to', async () => {
    const port = await freePort()
    const url = `http://127.0.0.1:${String(port)}`
    const fc = await startSandboxFunctionCompute({
      functions: [
        {
          name: 'stackbridge',
          timeoutSeconds: 30,
          asyncTask: true,
          async invoke(event, { requestId, credentials, region, accountId, function: { name, timeout } }) {
            const headers = {
              'x-fc-control-path': '/invoke',
              'x-fc-request-id': requestId,
              'x-fc-region': region,
              'x-fc-account-id': accountId,
              'x-fc-function-name': name,
              'x-fc-function-timeout': String(timeout),
              'x-fc-access-key-id': credentials.accessKeyId,
              'x-fc-access-key-secret': credentials.accessKeySecret,
              'x-fc-security-token': credentials.securityToken ?? '',
            }
            const response = await fetch(`${url}/invoke`, {
              method: 'POST',
              headers,
              body: Buffer.from(event),
            })
            const value = await response.text()
            return response.status === 200 ? { ended: 'returned', value } : { ended: 'threw', error: value }
          },
        },
      ],
    })
    const ros = await SandboxRos.start({
      rollback: false,
      invoke: async (event) => fc.invokeAsync('stackbridge', event),
    })
    open.push(fc, ros)
    const { output, ended, stop } = await startRuntime(port, fc.url)
    expect(await (await fetch(`${url}/initialize`, { method: 'POST' })).text()).toBe('{}')
    succeeded(await resource(ros, 1).create())
    await fc.idle()
    expect(output()).toContain('"fcRequestId":"1-sandbox-')
    expect((await fetch(`${url}/pre-stop`)).status).toBe(200)
    stop('SIGTERM')
    expect(await ended).toBe(0)
  })

  async function startRuntime(port: number, fcUrl: string) {
    const child = spawn(process.execPath, [join(inject('built'), 'function', 'custom-runtime.mjs')], {
      env: { ...ENVIRONMENT, STACKBRIDGE_FC_ENDPOINT: fcUrl, FC_CUSTOM_LISTEN_PORT: String(port) },
    })
    const written: string[] = []
    for (const stream of [child.stdout, child.stderr])
      stream.on('data', (chunk: Buffer) => written.push(chunk.toString()))
    open.push({ close: () => child.kill('SIGKILL') })
    const ended = new Promise<number | null>((resolve) => child.once('exit', resolve))
    const output = () => written.join('')
    await expect.poll(output, { timeout: 10_000 }).toContain('listening')
    const stop = (signal: NodeJS.Signals) => child.kill(signal)
    return { output, ended, stop }
  }
})
