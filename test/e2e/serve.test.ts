import { execFile } from 'node:child_process'
import { appendFile, chmod, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, inject, it } from 'vitest'
import {
  AWS_TYPE,
  HEAT_TYPE,
  startSandboxClouds,
  type SandboxClouds,
} from '../../src/cli/sandbox-clouds/sandbox-clouds.ts'
import { systemClock } from '../../src/platform/clock.ts'
import type { JsonObject } from '../../src/platform/json.ts'
import { startSandboxCloudFormation } from '../../src/sandbox/aws/cloudformation/server.ts'
import { listen } from '../../src/sandbox/loopback-server.ts'
import { startSandboxMns } from '../../src/sandbox/mns/server.ts'
import { SandboxResource, SandboxRos } from '../../src/sandbox/ros/ros.ts'
import { refused, succeeded } from '../outcome-assertions.ts'
import { PLANTED, plantedIn } from '../planted-secrets.ts'
import { awsConnection } from '../embedded-connections.ts'
import { BridgeServer } from './bridge-server.ts'
import { CONTINUATION_KEY, OTHER_CONTINUATION_KEY } from '../continuation-keys.ts'
import { SkippingClock } from './skipping-clock.ts'

/** `stackbridge serve` as users start it, with an embedded ROS and embedded clouds. */

let clouds: SandboxClouds
let journal: string
const open: { close(): unknown }[] = []
beforeEach(async () => {
  clouds = await startSandboxClouds({ resourceDelayMs: 50 })
  journal = await mkdtemp(join(tmpdir(), 'stackbridge-journal-'))
  open.push({ close: () => rm(journal, { recursive: true, force: true }) }, clouds)
})
afterEach(async () => {
  for (const one of open.splice(0).reverse()) await one.close()
})

async function world(environment: Record<string, string> = {}) {
  const server = await BridgeServer.start({ built: inject('built'), journal, environment })
  const ros = await SandboxRos.start({ rollback: false, invoke: (event) => server.send(event) })
  open.push(server, ros)
  return { server, ros }
}

function resource(
  ros: SandboxRos,
  resourceType: string,
  name: string,
  seconds: number,
  timeoutSeconds = 240,
) {
  const template: JsonObject =
    resourceType === AWS_TYPE
      ? {
          Parameters: { Password: { Type: 'String', NoEcho: true } },
          Resources: { Thing: { Type: 'Sandbox::Resource', Properties: { DelaySeconds: seconds } } },
          Outputs: { Value: { Value: name } },
        }
      : {
          heat_template_version: '2018-08-31',
          parameters: { Password: { type: 'string', hidden: true } },
          resources: {
            thing: { type: 'OS::Heat::TestResource', properties: { value: name, wait_secs: seconds } },
          },
          outputs: { Value: { value: { get_attr: ['thing', 'output'] } } },
        }
  const Stack = { Name: name, Template: template, Parameters: { Password: PLANTED.noEchoValue } }
  return new SandboxResource(ros, {
    logicalResourceId: name,
    resourceType,
    parameters: clouds.connectedProperties(resourceType, { Stack }),
    timeoutSeconds,
  })
}

/** A resource whose provider loads fast: a synchronous token has ten seconds of real time. */
const heatProperties = (name: string, seconds: number) =>
  clouds.connectedProperties(HEAT_TYPE, {
    Stack: {
      Name: name,
      Template: {
        heat_template_version: '2018-08-31',
        resources: { thing: { type: 'OS::Heat::TestResource', properties: { wait_secs: seconds } } },
      },
    },
  })

/** A CloudFormation resource whose stack is in progress until the test completes it. */
async function slowResource(ros: SandboxRos, name: string) {
  const clock = new SkippingClock()
  const aws = await startSandboxCloudFormation({ resourceDelayMs: 50, clock, signatureClock: systemClock })
  open.push(aws)
  const DelaySeconds = 3600
  const Template = {
    Resources: { Thing: { Type: 'Sandbox::Resource', Properties: { DelaySeconds } } },
    Outputs: { Value: { Value: name } },
  }
  return {
    made: new SandboxResource(ros, {
      logicalResourceId: name,
      resourceType: AWS_TYPE,
      parameters: { ...awsConnection(aws), Stack: { Name: name, Template } },
      timeoutSeconds: 240,
    }),
    existing: () => [...aws.cloud.stacks.values()].filter(({ status }) => status !== 'DELETE_COMPLETE'),
    end: () => {
      clock.skip(DelaySeconds * 1000)
    },
  }
}

/** The output of a command, from both streams. */
function printed(args: readonly string[], environment: Record<string, string>): Promise<string> {
  const env = { PATH: process.env['PATH'] ?? '', ...environment }
  return new Promise((resolve) => {
    execFile(process.execPath, [join(inject('built'), 'cli.mjs'), ...args], { env }, (_, stdout, stderr) => {
      resolve(stdout + stderr)
    })
  })
}

describe('stackbridge serve', () => {
  it('answers all of 100 operations correctly if it is killed in the middle of them, twice, and started again', async () => {
    const { server, ros } = await world({ STACKBRIDGE_CONTINUATION_KEY: CONTINUATION_KEY })
    const resources = Array.from({ length: 100 }, (_, number) => {
      const type = number % 2 === 0 ? AWS_TYPE : HEAT_TYPE
      return resource(ros, type, `killed-${String(number)}`, Math.floor(number / 2) % 5)
    })
    const creating = Promise.all(resources.map((one) => one.create()))
    // At the first kill some events have not even been accepted.
    for (const answered of [1, 50]) {
      await expect.poll(() => ros.outcomes.length).toBeGreaterThanOrEqual(answered)
      await server.end('SIGKILL')
      expect(ros.outcomes.length).toBeLessThan(100)
      await server.start()
    }
    const outcomes = await creating
    const wrong = outcomes.filter(
      ({ answer, violations }, number) =>
        violations.length > 0 || answer?.data['Value'] !== `killed-${String(number)}`,
    )
    expect(wrong).toEqual([])
    expect(clouds.stackCount()).toBe(100)
    // A process can be killed between ROS's reply and its own end: then ROS gets the same answer again.
    for (const { requestId } of outcomes)
      expect(new Set(ros.answersTo(requestId).map((answer) => JSON.stringify(answer))).size).toBe(1)
    expect(
      server.logged('the server is listening').every(({ resumed }, start) => start === 0 || resumed !== 0),
    ).toBe(true)
    const written = await readFile(join(journal, 'operations.jsonl'), 'utf8')
    expect(plantedIn(written + server.output)).toEqual([])
    expect(written).not.toContain('killed-')
    await expect
      .poll(async () => (await fetch(`${server.url}/readyz`)).json())
      .toEqual({ ready: true, operations: 0 })
  })

  it('shows metrics to Prometheus, locally or with the token, and without a secret', async () => {
    const token = 'a-token-for-metrics-only'
    const { server, ros } = await world({ STACKBRIDGE_METRICS_TOKEN: token })
    succeeded(await resource(ros, AWS_TYPE, 'measured', 0).create())
    refused(await resource(ros, HEAT_TYPE, 'not/a/name', 0).create())
    expect((await fetch(`${server.url}/metrics`)).status).toBe(401)
    const headers = { authorization: `Bearer ${token}` }
    const scraped = async () => (await fetch(`${server.url}/metrics`, { headers })).text()
    await expect.poll(scraped).toContain('stackbridge_operations{state="waiting"} 0')
    const lines = (await scraped()).split('\n')
    expect(lines).toEqual(
      expect.arrayContaining([
        'stackbridge_events_total{channel="http"} 2',
        'stackbridge_deliveries_total{provider="AwsCloudFormation",status="SUCCESS",result="accepted"} 1',
        'stackbridge_deliveries_total{provider="Heat",status="FAILED",result="accepted"} 1',
        'stackbridge_cloud_calls_total{provider="AwsCloudFormation",action="create",outcome="answered"} 1',
        'stackbridge_callback_attempts_total{url="public",accepted="true"} 2',
        'stackbridge_event_duration_seconds_count{end="answered"} 2',
        expect.stringMatching(/^stackbridge_journal_bytes [1-9]/),
        expect.stringMatching(/^process_cpu_seconds_total \d/),
      ]),
    )
    expect(plantedIn(lines.join('\n') + server.output)).toEqual([])
    expect(server.output).not.toContain(token)
  })

  it('lists operations in progress to clients with the token, and to the command ps, without a secret', async () => {
    const token = 'a-token-for-operations'
    const { server, ros } = await world({ STACKBRIDGE_OPERATIONS_TOKEN: token })
    const { made, end } = await slowResource(ros, 'listed')
    const creating = made.create()
    expect((await fetch(`${server.url}/operations`)).status).toBe(401)
    const list = async () =>
      (await fetch(`${server.url}/operations`, { headers: { authorization: `Bearer ${token}` } })).text()
    await expect.poll(list).toContain('CREATE_IN_PROGRESS')
    expect(JSON.parse(await list())).toMatchObject({
      total: 1,
      operations: [
        {
          logicalResourceId: 'listed',
          resourceType: AWS_TYPE,
          provider: 'AwsCloudFormation',
          kind: 'create',
          stackName: 'listed',
          status: 'CREATE_IN_PROGRESS',
          hops: expect.any(Number),
        },
      ],
    })
    expect(plantedIn(await list())).toEqual([])
    const shown = await printed(['ps', '--server', server.url], { STACKBRIDGE_OPERATIONS_TOKEN: token })
    expect(shown).toMatch(/^RESOURCE .*\n\S+\/listed +create +AwsCloudFormation +listed +CREATE_IN_PROGRESS /)
    expect(await printed(['ps', '--server', server.url], {})).toContain('set STACKBRIDGE_OPERATIONS_TOKEN')
    end()
    succeeded(await creating)
    await expect
      .poll(() => printed(['ps', '--server', server.url], { STACKBRIDGE_OPERATIONS_TOKEN: token }))
      .toBe('nothing is under way\n')
    expect(server.output).not.toContain(token)
  })

  it('stops on request without an answer, and the next process answers', async () => {
    const { server, ros } = await world()
    const { made, existing, end } = await slowResource(ros, 'outlives')
    const creating = made.create()
    await expect.poll(existing).toHaveLength(1)
    expect(await server.end('SIGTERM')).toBe(0)
    expect(ros.outcomes).toEqual([])
    await server.start()
    expect(server.logged('the server is listening').map(({ resumed }) => resumed)).toEqual([0, 1])
    end()
    expect(succeeded(await creating)).toEqual({ Value: 'outlives' })
    succeeded(await made.delete())
    expect(existing()).toEqual([])
  })

  it('sends the HTTP response that ROS waits for before it ends', async () => {
    const { server } = await world()
    const event = {
      RequestType: 'Create',
      RequestId: '1',
      StackId: '2',
      LogicalResourceId: '3',
      ResourceType: HEAT_TYPE,
      ResourceProperties: heatProperties('under-way', 1),
    }
    const reply = server.post('/ros/sync', Buffer.from(JSON.stringify(event)))
    await expect.poll(() => clouds.stackCount()).toBe(1)
    const ended = server.end('SIGTERM')
    expect(await (await reply).json()).toMatchObject({ Status: 'SUCCESS' })
    expect(await ended).toBe(0)
  })

  it("measures ROS's waiting time from the arrival of the event, also after a restart", async () => {
    const environment: Record<string, string> = { STACKBRIDGE_TIMEOUT_SECONDS: '3600' }
    const { server, ros } = await world(environment)
    const arrivesAt = Date.now()
    const creating = resource(ros, HEAT_TYPE, 'slow', 3600, 120).create()
    await expect.poll(() => clouds.stackCount()).toBe(1)
    await server.end('SIGKILL')
    // The next process starts 35 seconds before the hour is over. In the last 30 seconds the bridge answers.
    const skippedMs = arrivesAt + 3_565_000 - Date.now()
    const later = `const now=Date.now;Date.now=()=>now()+${String(skippedMs)}`
    environment['NODE_OPTIONS'] = `--import=data:text/javascript,${encodeURIComponent(later)}`
    await server.start()
    expect(refused(await creating)).toMatch(/CREATE_IN_PROGRESS/)
  })

  it('serves an event once if it arrives twice', async () => {
    const { server, ros } = await world()
    const twice = await SandboxRos.start({
      rollback: false,
      async invoke(event) {
        await Promise.all([server.send(event), server.send(event)])
      },
    })
    open.push(twice)
    succeeded(await resource(twice, AWS_TYPE, 'once', 1).create())
    expect(server.logged('an event has arrived')).toHaveLength(1)
    expect(ros.outcomes).toEqual([])
  })

  it('answers a synchronous token in the HTTP response, and reports that it is healthy', async () => {
    const { server } = await world()
    const event = {
      RequestType: 'Create',
      RequestId: '1',
      StackId: '2',
      LogicalResourceId: '3',
      ResourceType: HEAT_TYPE,
      ResourceProperties: heatProperties('sync', 0),
    }
    const reply = await server.post('/ros/sync', Buffer.from(JSON.stringify(event)))
    expect(await reply.json()).toMatchObject({ Status: 'SUCCESS', RequestId: '1' })
    expect(await (await fetch(`${server.url}/healthz`)).json()).toEqual({ healthy: true })
  })

  it.each<[string, Record<string, string>, string]>([
    [
      'on a public address without authentication',
      { STACKBRIDGE_LISTEN: '0.0.0.0:0' },
      'STACKBRIDGE_SIGN_KEY or STACKBRIDGE_BEARER_TOKEN',
    ],
    ['on an invalid address', { STACKBRIDGE_LISTEN: 'everywhere' }, 'STACKBRIDGE_LISTEN must be'],
    ['on a host name', { STACKBRIDGE_LISTEN: 'localhost:8080' }, 'STACKBRIDGE_LISTEN must be'],
  ])('does not start %s', async (_, environment, said) => {
    const { code, stderr } = await run(environment)
    expect({ code, stderr }).toEqual({ code: 2, stderr: expect.stringContaining(said) })
  })

  it('does not change a journal that another server uses, or that was sealed with another key', async () => {
    const { server, ros } = await world({ STACKBRIDGE_CONTINUATION_KEY: CONTINUATION_KEY })
    expect((await run({})).stderr).toMatch('another process has the journal')
    const { made, existing, end } = await slowResource(ros, 'sealed')
    const creating = made.create()
    await expect.poll(existing).toHaveLength(1)
    await server.end('SIGKILL')
    const other = await run({ STACKBRIDGE_CONTINUATION_KEY: OTHER_CONTINUATION_KEY })
    expect(other).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('set the key that they were sealed under'),
    })
    await server.start()
    end()
    succeeded(await creating)
  })
})

describe('stackbridge serve, restarted after a crash', () => {
  /** A cloud that kills the server on each request. */
  async function crashingCloud(kill: () => Promise<unknown>) {
    const cloud = await listen(createServer(() => void kill()))
    open.push(cloud)
    return cloud.url
  }

  it('gives up and answers an event that has crashed the server three times, and continues all others', async () => {
    const { server, ros } = await world()
    const waiting = resource(ros, AWS_TYPE, 'innocent', 4).create()
    await expect.poll(() => clouds.stackCount()).toBe(1)
    let kills = 0
    const kill = () => {
      kills += 1
      return server.end('SIGKILL')
    }
    const crashing = new SandboxResource(ros, {
      logicalResourceId: 'crashing',
      resourceType: AWS_TYPE,
      parameters: {
        ...clouds.connectedProperties(AWS_TYPE, { Stack: { Name: 'crashing', Template: { Resources: {} } } }),
        Endpoint: await crashingCloud(kill),
      },
      timeoutSeconds: 240,
    })
    const outcome = crashing.create()
    for (const expected of [1, 2, 3]) {
      await expect.poll(() => kills).toBe(expected)
      await server.end('SIGKILL')
      await server.start()
      expect(await (await fetch(`${server.url}/healthz`)).json()).toEqual({ healthy: true })
    }
    expect(refused(await outcome)).toContain('was stopped 3 times while it served this event')
    expect(succeeded(await waiting)).toEqual({ Value: 'innocent' })
    expect(kills).toBe(3)
    expect(server.logged('the event is given up: it is answered without being served')).toHaveLength(1)
  })

  it('continues all operations except that of a damaged line, and keeps the line', async () => {
    const { server, ros } = await world()
    const creating = ['a', 'b', 'c'].map((name) => resource(ros, HEAT_TYPE, name, 3).create())
    await expect.poll(() => clouds.stackCount()).toBe(3)
    await server.end('SIGKILL')
    const path = join(journal, 'operations.jsonl')
    await appendFile(path, `${'\0'.repeat(100)}\n{"put":"torn","arri`)
    await server.start()
    for (const outcome of await Promise.all(creating)) succeeded(outcome)
    expect(await readFile(join(journal, 'damaged'), 'utf8')).toContain('{"put":"torn","arri')
    expect(server.logged('the journal has lines that cannot be read: they are kept aside')).toHaveLength(1)
  })

  it.each<[string, () => Promise<unknown>, string]>([
    ['the folder is open to others', () => chmod(journal, 0o755), 'chmod 700'],
    [
      'the folder is a file',
      async () => {
        await rm(journal, { recursive: true })
        await writeFile(journal, '')
      },
      "the journal's folder",
    ],
    ['the key is empty', () => writeFile(join(journal, 'key'), '', { mode: 0o600 }), 'must have 32'],
    [
      'others may read the key',
      () => writeFile(join(journal, 'key'), 'x'.repeat(43), { mode: 0o644 }),
      'chmod 600',
    ],
  ])('does not start if %s', async (_, damage, said) => {
    await damage()
    const { code, stderr } = await run({})
    expect({ code, stderr }).toEqual({ code: 2, stderr: expect.stringContaining(said) })
  })
})

describe('stackbridge serve with MNS', () => {
  const TOPIC_TOKEN = 'the-token-of-the-subscription'

  async function withMns() {
    const now = { skippedMs: 0 }
    const clock = { ...systemClock, now: () => systemClock.now() + now.skippedMs }
    const mns = await startSandboxMns({ visibilitySeconds: 2, clock })
    const server = await BridgeServer.start({
      built: inject('built'),
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
    open.push(mns, server)
    const skip = (ms: number) => {
      now.skippedMs += ms
    }
    return { mns, server, skip }
  }

  it('serves the events of a queue, and loses none if it is killed', async () => {
    const { mns, server, skip } = await withMns()
    const ros = await SandboxRos.start({
      rollback: false,
      invoke: async (event) => void mns.send(Buffer.from(event).toString('base64')),
    })
    open.push(ros)
    const resources = Array.from({ length: 10 }, (_, number) =>
      resource(ros, number % 2 === 0 ? AWS_TYPE : HEAT_TYPE, `queued-${String(number)}`, number % 3),
    )
    const creating = Promise.all(resources.map((one) => one.create()))
    await expect.poll(() => ros.outcomes.length).toBeGreaterThanOrEqual(2)
    await server.end('SIGKILL')
    await server.start()
    // The messages that the killed process has received become visible again after a minute.
    skip(60_000)
    for (const [number, outcome] of (await creating).entries())
      expect(succeeded(outcome)).toEqual({ Value: `queued-${String(number)}` })
    expect(clouds.stackCount()).toBe(10)
    await expect.poll(() => mns.messages).toEqual([])
  })

  it('serves the events that a topic pushes', async () => {
    const { mns, server } = await withMns()
    const statuses: number[] = []
    const ros = await SandboxRos.start({
      rollback: false,
      async invoke(event) {
        const message = Buffer.from(event).toString()
        const endpoint = `${server.url}/notifications?token=${TOPIC_TOKEN}`
        statuses.push(await mns.push(endpoint, message, { format: 'JSON' }))
      },
    })
    open.push(ros)
    expect(succeeded(await resource(ros, HEAT_TYPE, 'pushed', 1).create())).toEqual({ Value: 'pushed' })
    expect(statuses).toEqual([204])
  })

  it('requires a token for a topic, since otherwise a push would be unverified until a certificate is fetched', async () => {
    const { code, stderr } = await run({ STACKBRIDGE_TOPICS: '1234567890123456/ros-events' })
    expect({ code, stderr }).toEqual({
      code: 2,
      stderr: expect.stringContaining('STACKBRIDGE_TOPICS needs STACKBRIDGE_TOPIC_TOKEN'),
    })
  })

  it('requires credentials for a queue', async () => {
    const { code, stderr } = await run({
      STACKBRIDGE_QUEUE: 'https://1.mns.cn-hangzhou.aliyuncs.com/queues/q',
    })
    expect({ code, stderr }).toEqual({
      code: 2,
      stderr: expect.stringContaining('STACKBRIDGE_QUEUE needs ALIBABA_CLOUD_ACCESS_KEY_ID'),
    })
  })
})

function run(environment: Record<string, string>): Promise<{ code: number; stderr: string }> {
  const env = { STACKBRIDGE_LISTEN: '127.0.0.1:0', STACKBRIDGE_JOURNAL: journal, ...environment }
  return new Promise((resolve) => {
    execFile(process.execPath, [join(inject('built'), 'cli.mjs'), 'serve'], { env }, (error, _, stderr) => {
      resolve({ code: typeof error?.code === 'number' ? error.code : 0, stderr })
    })
  })
}
