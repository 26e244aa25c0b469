import { execFile } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterEach, beforeEach, describe, expect, inject, it } from 'vitest'
import type { Role } from '../../src/channels/fc/role.ts'
import type { JsonObject } from '../../src/platform/json.ts'
import {
  startSandboxCloudFormation,
  type SandboxCloudFormation,
} from '../../src/sandbox/aws/cloudformation/server.ts'
import {
  startSandboxFunctionCompute,
  type SandboxContext,
  type SandboxFunctionCompute,
} from '../../src/sandbox/function-compute/server.ts'
import { startSandboxMns } from '../../src/sandbox/mns/server.ts'
import { SandboxResource, SandboxRos } from '../../src/sandbox/ros/ros.ts'
import { CONTINUATION_KEY } from '../continuation-keys.ts'
import { refused, succeeded } from '../outcome-assertions.ts'
import { PLANTED, plantedIn } from '../planted-secrets.ts'
import { BridgeServer } from './bridge-server.ts'
import { startCustomRuntime, startHandler, type RoleHost, type RoleHostOptions } from './role-hosts.ts'
import { unpackZip, type UnpackedZip } from './unpacked-zip.ts'

/**
 * Each role of the bridge, in each way to run it: the event function, the failure destination, the trigger of a queue and
 * the HTTP trigger; as a handler of the built-in runtime, in the custom runtime, and in `stackbridge serve`. CI runs this
 * on Node 20.10 and 24. The files are those of the zip; `serve` is the command line's.
 */

const TOKEN = 'a-bearer-token-of-no-value'
const ENVIRONMENT = {
  STACKBRIDGE_ALLOW_PRIVATE_ADDRESSES: 'true',
  STACKBRIDGE_POLL_MIN_MS: '100',
  STACKBRIDGE_INLINE_SECONDS: '0',
  STACKBRIDGE_CONTINUATION_KEY: CONTINUATION_KEY,
  STACKBRIDGE_BEARER_TOKEN: TOKEN,
}

let aws: SandboxCloudFormation
let zip: UnpackedZip
const open: { close(): unknown }[] = []
beforeEach(async () => {
  const { accessKeyId, accessKeySecret: secretAccessKey } = PLANTED
  const keys = [{ accessKeyId, secretAccessKey, accountId: '123456789012' }]
  aws = await startSandboxCloudFormation({ resourceDelayMs: 50, keys })
  zip = await unpackZip(inject('built'))
  open.push(aws, zip)
})
afterEach(async () => {
  for (const one of open.splice(0).reverse()) await one.close()
})

function properties(seconds: number): JsonObject {
  return {
    AccessKeyId: PLANTED.accessKeyId,
    AccessKeySecret: PLANTED.accessKeySecret,
    RegionId: aws.region,
    Endpoint: aws.url,
    Stack: {
      Name: 'of-a-role',
      Template: {
        Resources: { Thing: { Type: 'Sandbox::Resource', Properties: { DelaySeconds: seconds } } },
        Outputs: { Greeting: { Value: 'hello' } },
      },
    },
  }
}

async function resource(send: (event: Uint8Array) => Promise<void>, seconds = 1): Promise<SandboxResource> {
  const ros = await SandboxRos.start({ rollback: false, invoke: send })
  open.push(ros)
  return new SandboxResource(ros, {
    logicalResourceId: 'Stack',
    resourceType: 'Custom::AwsCloudFormationStack',
    parameters: properties(seconds),
    timeoutSeconds: 240,
  })
}

/** Creates and deletes a stack with events that `send` delivers. Each operation takes longer than its first call. */
async function expectCreateAndDelete(send: (event: Uint8Array) => Promise<void>): Promise<void> {
  const made = await resource(send)
  expect(succeeded(await made.create())).toEqual({ Greeting: 'hello' })
  succeeded(await made.delete())
}

/** The form in which EventBridge delivers the message of a queue. */
function messageOf(event: Uint8Array): Uint8Array {
  const data = { messageId: '1', messageBody: Buffer.from(event).toString('base64') }
  return Buffer.from(JSON.stringify([{ specversion: '1.0', type: 'mns:Queue:SendMessage', data }]))
}

interface FunctionOfRole {
  readonly host: RoleHost
  readonly fc: SandboxFunctionCompute
}

describe.each<[string, (options: RoleHostOptions) => Promise<RoleHost>]>([
  ['the handler in the built-in runtime', startHandler],
  ['the custom runtime, by the name of the handler', (options) => startCustomRuntime(options)],
  ['the custom runtime, by its argument', (options) => startCustomRuntime(options, 'argument')],
])('%s', (_, start) => {
  /** The function of one role on the embedded Function Compute, beside a function whose calls are all killed. */
  async function deploy(role: Role): Promise<FunctionOfRole> {
    const environment: Record<string, string> = { ...ENVIRONMENT }
    const starting: { host?: RoleHost } = {}
    const fc = await startSandboxFunctionCompute({
      retryPauseMs: 10,
      functions: [
        {
          name: 'stackbridge',
          timeoutSeconds: 240,
          asyncTask: true,
          async invoke(event, context) {
            if (starting.host === undefined) throw new TypeError('the host has not started')
            const handler = `${role}.handler`
            return starting.host.invoke(event, { ...context, function: { ...context.function, handler } })
          },
        },
        {
          name: 'dying',
          timeoutSeconds: 240,
          onFailure: 'stackbridge',
          invoke: () => Promise.resolve({ ended: 'killed' }),
        },
      ],
    })
    open.push(fc)
    environment['STACKBRIDGE_FC_ENDPOINT'] = fc.url
    const host = await start({ folder: zip.folder, role, environment })
    starting.host = host
    open.push(host)
    return { host, fc }
  }

  const invoking =
    ({ fc }: FunctionOfRole, name = 'stackbridge') =>
    async (event: Uint8Array) => {
      fc.invokeAsync(name, event)
    }

  it('serves ROS as the event function, and logs no secret', async () => {
    const bridge = await deploy('index')
    await expectCreateAndDelete(invoking(bridge))
    await bridge.fc.idle()
    expect(bridge.fc.invocations.length).toBeGreaterThan(2)
    expect(bridge.fc.invocations.filter(({ end }) => end.ended !== 'returned')).toEqual([])
    expect(plantedIn(bridge.host.output())).toEqual([])
  })

  it('answers ROS as the failure destination of killed calls', async () => {
    const onFailure = await deploy('on-failure')
    const made = await resource(invoking(onFailure, 'dying'))
    expect(refused(await made.create())).toContain('The call of the bridge died (FunctionTimeout)')
    await onFailure.fc.idle()
    expect(onFailure.fc.invocations.at(-1)).toMatchObject({
      functionName: 'stackbridge',
      end: { ended: 'returned', value: '{"answered":"FAILED"}' },
    })
  })

  it('returns an operation to the bridge if Function Compute itself has ended its call', async () => {
    const environment: Record<string, string> = { ...ENVIRONMENT }
    const hosts: Partial<Record<Role, RoleHost>> = {}
    const serve = (role: Role, event: Uint8Array, context: SandboxContext) => {
      const host = hosts[role]
      if (host === undefined) throw new TypeError('the host has not started')
      return host.invoke(event, { ...context, function: { ...context.function, handler: `${role}.handler` } })
    }
    let calls = 0
    const fc = await startSandboxFunctionCompute({
      functions: [
        {
          name: 'stackbridge',
          timeoutSeconds: 240,
          asyncTask: true,
          onFailure: 'stackbridge-on-failure',
          invoke(event, context) {
            calls += 1
            return calls === 1
              ? serve('index', event, context)
              : Promise.resolve({ ended: 'refused', condition: 'ResourceThrottled' })
          },
        },
        {
          name: 'stackbridge-on-failure',
          timeoutSeconds: 240,
          invoke: (event, context) => serve('on-failure', event, context),
        },
      ],
    })
    open.push(fc)
    environment['STACKBRIDGE_FC_ENDPOINT'] = fc.url
    for (const role of ['index', 'on-failure'] as const) {
      const host = await start({ folder: zip.folder, role, environment })
      hosts[role] = host
      open.push(host)
    }
    const made = await resource(async (event) => {
      fc.invokeAsync('stackbridge', event)
    }, 60)
    void made.create()
    const ends = () => fc.invocations.map(({ functionName, end }) => [functionName, end])
    await expect
      .poll(ends)
      .toContainEqual(['stackbridge-on-failure', { ended: 'returned', value: '{"returned":true}' }])
    expect(fc.accepted.at(-1)).toEqual({ functionName: 'stackbridge', delaySeconds: 15 })
  })

  it('serves the messages of a queue, and fails for a message without an event so that it is delivered again', async () => {
    const mns = await deploy('mns')
    await expectCreateAndDelete(async (event) => {
      mns.fc.invokeAsync('stackbridge', messageOf(event))
    })
    mns.fc.invokeAsync('stackbridge', Buffer.from('hello'))
    await mns.fc.idle()
    expect(mns.fc.invocations.at(-1)?.end).toEqual({
      ended: 'threw',
      error: 'The message holds no event of ROS',
    })
  })

  it('serves an HTTP trigger, asynchronously or in the HTTP response, and refuses requests without the token', async () => {
    const { host } = await deploy('http')
    await expectCreateAndDelete(async (event) => {
      expect(await host.request({ path: '/ros', body: event, token: TOKEN })).toMatchObject({ status: 202 })
    })
    const body = Buffer.from(
      JSON.stringify({
        RequestType: 'Create',
        RequestId: '1',
        StackId: '2',
        LogicalResourceId: 'Stack',
        ResourceType: 'Custom::AwsCloudFormationStack',
        ResourceProperties: properties(0),
      }),
    )
    const token = 'another-token-of-no-value'
    expect(await host.request({ path: '/ros/sync', body, token })).toMatchObject({ status: 401 })
    const reply = await host.request({ path: '/ros/sync', body, token: TOKEN })
    expect(JSON.parse(reply.body)).toMatchObject({ Status: 'SUCCESS', RequestId: '1' })
  })
})

it('refuses to start the custom runtime as a function that the zip does not have, and lists those that it has', async () => {
  const args = [join(zip.folder, 'custom-runtime.mjs'), 'onfailure']
  await expect(promisify(execFile)(process.execPath, args)).rejects.toMatchObject({
    code: 1,
    stdout: expect.stringContaining('must be one of index, on-failure, mns, http'),
  })
})

describe('stackbridge serve', () => {
  async function serve() {
    const journal = await mkdtemp(join(tmpdir(), 'stackbridge-journal-'))
    const mns = await startSandboxMns()
    const server = await BridgeServer.start({
      built: inject('built'),
      journal,
      environment: {
        STACKBRIDGE_QUEUE: mns.queueUrl,
        ALIBABA_CLOUD_ACCESS_KEY_ID: mns.credentials.accessKeyId,
        ALIBABA_CLOUD_ACCESS_KEY_SECRET: mns.credentials.accessKeySecret,
      },
    })
    open.push({ close: () => rm(journal, { recursive: true, force: true }) }, mns, server)
    return { server, mns }
  }

  it('replaces the event function and its HTTP trigger for ROS, and logs no secret', async () => {
    const { server } = await serve()
    await expectCreateAndDelete((event) => server.send(event))
    expect(plantedIn(server.output)).toEqual([])
  })

  it('needs no failure destination: a new process continues after a kill, and answers', async () => {
    const { server } = await serve()
    const made = await resource(async (event) => {
      await server.send(event)
      await expect.poll(() => JSON.stringify(aws.calls)).toContain('CreateStack')
      await server.end('SIGKILL')
      await server.start()
    }, 2)
    expect(succeeded(await made.create())).toEqual({ Greeting: 'hello' })
  })

  it('serves the messages of a queue', async () => {
    const { mns } = await serve()
    await expectCreateAndDelete(async (event) => void mns.send(Buffer.from(event).toString()))
  })

  it('answers a synchronous token in the HTTP response', async () => {
    const { server } = await serve()
    // Loads the provider first: a synchronous token has only ten seconds of real time.
    await expectCreateAndDelete((event) => server.send(event))
    const event = {
      RequestType: 'Create',
      RequestId: '1',
      StackId: '2',
      LogicalResourceId: 'Stack',
      ResourceType: 'Custom::AwsCloudFormationStack',
      ResourceProperties: properties(0),
    }
    const reply = await server.post('/ros/sync', Buffer.from(JSON.stringify(event)))
    expect(await reply.json()).toMatchObject({ Status: 'SUCCESS', RequestId: '1' })
  })
})
