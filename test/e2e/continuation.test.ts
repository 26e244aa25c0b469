import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, inject, it } from 'vitest'
import { systemClock } from '../../src/platform/clock.ts'
import type { JsonObject } from '../../src/platform/json.ts'
import {
  startSandboxCloudFormation,
  type SandboxCloudFormation,
} from '../../src/sandbox/aws/cloudformation/server.ts'
import { SANDBOX_ROLE } from '../../src/sandbox/function-compute/server.ts'
import { startSandboxLogService } from '../../src/sandbox/log-service/server.ts'
import { SandboxResource, SandboxRos } from '../../src/sandbox/ros/ros.ts'
import { run } from '../cli/built-cli.ts'
import { refused, succeeded } from '../outcome-assertions.ts'
import { PLANTED, plantedIn } from '../planted-secrets.ts'
import { FcInstance, type Invocation } from './fc-instance.ts'
import { startFcWorld, type FcWorld, type FcWorldOptions } from './fc-world.ts'
import { SkippingClock } from './skipping-clock.ts'

/** The built bundle on the embedded Function Compute: operations that take longer than a call, and calls that are killed. */

const nodes = [
  process.execPath,
  ...(process.env['E2E_NODE_BINARIES'] ?? '').split(':').filter((path) => path !== ''),
]

/** Longer than any test: the test itself ends the operation. */
const LONG_SECONDS = 3600

let aws: SandboxCloudFormation
let clock: SkippingClock
const open: { close(): unknown }[] = []

beforeEach(async () => {
  const key = {
    accessKeyId: PLANTED.accessKeyId,
    secretAccessKey: PLANTED.accessKeySecret,
    accountId: '123456789012',
  }
  clock = new SkippingClock()
  aws = await startSandboxCloudFormation({
    resourceDelayMs: 50,
    keys: [key],
    clock,
    signatureClock: systemClock,
  })
  open.push(aws)
})
afterEach(async () => {
  for (const one of open.splice(0).reverse()) await one.close()
})

async function world(options: Partial<FcWorldOptions> = {}): Promise<FcWorld> {
  const started = await startFcWorld({ built: inject('built'), ...options })
  open.push(started)
  return started
}

const endStack = () => {
  clock.skip(LONG_SECONDS * 1000)
}

function slowStack(seconds = LONG_SECONDS): JsonObject {
  return {
    AccessKeyId: PLANTED.accessKeyId,
    AccessKeySecret: PLANTED.accessKeySecret,
    RegionId: aws.region,
    Endpoint: aws.url,
    Stack: {
      Name: 'slow',
      Template: {
        Resources: { Thing: { Type: 'Sandbox::Resource', Properties: { DelaySeconds: seconds } } },
        Outputs: { Thing: { Value: { Ref: 'Thing' } } },
      },
    },
  }
}

const resource = (ros: SandboxRos, parameters: JsonObject, timeoutSeconds = 240) =>
  new SandboxResource(ros, {
    logicalResourceId: 'Slow',
    resourceType: 'Custom::AwsCloudFormationStack',
    parameters,
    timeoutSeconds,
  })

const existing = () => [...aws.cloud.stacks.values()].filter(({ status }) => status !== 'DELETE_COMPLETE')

describe.each(nodes)('the bundle on %s', (node) => {
  it('follows a stack that takes longer than one call, and logs no secret', async () => {
    const { ros, fc, output } = await world({ node })
    const made = resource(ros, slowStack())
    const creating = made.create()
    await expect.poll(() => fc.invocations.length).toBeGreaterThan(3)
    endStack()
    expect(Object.keys(succeeded(await creating))).toEqual(['Thing'])
    await fc.idle()
    expect(fc.invocations.every(({ end }) => end.ended === 'returned')).toBe(true)
    expect(plantedIn(output())).toEqual([])
    succeeded(await made.delete())
  })
})

describe('the function', () => {
  it('waits for its next poll itself if a hand-off arrives without its delay', async () => {
    const { ros, fc, output } = await world({
      ignoresDelay: true,
      environment: { STACKBRIDGE_POLL_MIN_MS: '1000', STACKBRIDGE_INLINE_SECONDS: '0' },
    })
    const creating = resource(ros, slowStack()).create()
    await expect.poll(() => fc.invocations.length).toBeGreaterThan(4)
    endStack()
    succeeded(await creating)
    await fc.idle()
    const [first, ...hops] = fc.invocations
    const waitedMs = (hops.at(-1)?.endedAt ?? 0) - (first?.endedAt ?? 0)
    // One second each, minus the tenth by which the bridge spreads its polls.
    expect(waitedMs).toBeGreaterThan((hops.length - 1) * 900)
    expect(output().match(/x-fc-async-delay is not honoured/g)).toHaveLength(1)
  })

  it('logs what the command ps needs for its list, until it has answered', async () => {
    const { ros, output } = await world({ environment: { STACKBRIDGE_INLINE_SECONDS: '0' } })
    const place = { project: 'stackbridge-1', logstore: 'stackbridge' }
    const log = await startSandboxLogService({
      clock: systemClock,
      credentials: SANDBOX_ROLE,
      region: 'cn-hangzhou',
      indexed: ['msg', 'requestId'],
      ...place,
    })
    open.push(log)
    const written = new Set<string>()
    const list = async (...more: readonly string[]) => {
      // The last line may be incomplete.
      const whole = output().split('\n').slice(0, -1)
      // Several instances write: a new line may precede a known one.
      const lines = whole.filter((line) => line.startsWith('{') && !written.has(line))
      for (const line of lines) {
        written.add(line)
        log.write(line, systemClock.now())
      }
      const asked = ['--deployed', 'acs:fc:cn-hangzhou:1234567890123456:functions/stackbridge']
      const where = ['--project', place.project, '--logstore', place.logstore, '--log-endpoint', log.url]
      return await run(['ps', ...asked, ...where, ...more], '', {
        ALIBABA_CLOUD_ACCESS_KEY_ID: SANDBOX_ROLE.accessKeyId,
        ALIBABA_CLOUD_ACCESS_KEY_SECRET: SANDBOX_ROLE.accessKeySecret,
        ALIBABA_CLOUD_SECURITY_TOKEN: SANDBOX_ROLE.securityToken ?? '',
      })
    }
    const creating = resource(ros, slowStack()).create()
    await expect.poll(() => output().match(/is handed over/g)?.length).toBeGreaterThan(2)
    const table = await list()
    expect(table.stdout).toMatch(
      /^RESOURCE .*\n\S+\/Slow +create +Custom::AwsCloudFormationStack +arn:aws:\S+ +CREATE_IN_PROGRESS /,
    )
    const json = await list('--json')
    expect(JSON.parse(json.stdout)).toMatchObject({ type: 'under-way', logicalResourceId: 'Slow' })
    expect(plantedIn(table.stdout + json.stdout)).toEqual([])
    endStack()
    succeeded(await creating)
    await expect.poll(async () => (await list()).stdout).toBe('nothing is under way\n')
  })

  it('is invoked by delayed messages of a queue, and answers an event whose call was killed', async () => {
    const { ros, fc, mns, kill } = await world({
      ignoresDelay: true,
      handOffQueue: true,
      retries: 0,
      environment: { STACKBRIDGE_POLL_MIN_MS: '1000', STACKBRIDGE_INLINE_SECONDS: '0' },
    })
    const made = resource(ros, slowStack())
    const creating = made.create()
    await expect.poll(() => mns?.calls.length).toBeGreaterThan(2)
    endStack()
    succeeded(await creating)
    expect(mns?.refused).toEqual([])
    expect(fc.accepted.some(({ delaySeconds }) => delaySeconds !== undefined)).toBe(false)
    succeeded(await made.delete())

    const before = mns?.calls.length ?? 0
    const other = resource(ros, slowStack()).create()
    await expect.poll(() => mns?.calls.length).toBeGreaterThan(before + 2)
    // If the kill comes just after the end of a call, no call is lost.
    const endsAfterKill = () => {
      kill()
      return fc.invocations.map(({ end }) => end.ended)
    }
    await expect.poll(endsAfterKill, { interval: 5 }).toContain('killed')
    expect(refused(await other)).toMatch(/^The call of the bridge died .*CREATE_IN_PROGRESS/)
  })

  it('polls in place, and logs the reason, if it may not invoke itself', async () => {
    const { ros, fc, output } = await world()
    fc.fail(1, 403)
    const creating = resource(ros, slowStack()).create()
    await expect.poll(output).toContain('the operation could not be handed over')
    endStack()
    succeeded(await creating)
    await fc.idle()
    expect(fc.invocations).toHaveLength(1)
  })

  it('answers FAILED before its own time limit if there is no key for the hand-off', async () => {
    const { ros, output } = await world({
      // On a busy machine, loading the AWS SDK takes some seconds.
      timeoutSeconds: 20,
      environment: { STACKBRIDGE_CONTINUATION_KEY: '' },
    })
    const reason = refused(await resource(ros, slowStack()).create())
    expect(reason).toMatch(/^Timed out by the function's own time limit after 1\d s .*CREATE_IN_PROGRESS/)
    expect(output()).toContain('STACKBRIDGE_CONTINUATION_KEY is not set')
  })

  it.each([
    ['an uncaught exception', "throw new RangeError('it broke')"],
    ['a promise that was rejected', "Promise.reject(new RangeError('it broke'))"],
  ])('sends the true answer after %s, and keeps running', async (_, crash) => {
    const { ros, fc, pids } = await world({
      environment: {
        STACKBRIDGE_INLINE_SECONDS: '100',
        NODE_OPTIONS: `--import=data:text/javascript,process.once('SIGUSR2',()=>{${encodeURIComponent(crash)}})`,
      },
    })
    const made = resource(ros, slowStack())
    const creating = made.create()
    await expect.poll(() => aws.calls.filter((call) => call === 'DescribeStacks').length).toBeGreaterThan(3)
    for (const pid of pids()) process.kill(pid, 'SIGUSR2')
    expect(refused(await creating)).toMatch(
      /^The bridge itself failed \(RangeError: it broke\).*its status is CREATE_IN_PROGRESS/,
    )
    await fc.idle()
    expect(fc.invocations.map(({ end }) => end.ended)).toEqual(['returned'])
    succeeded(await made.delete())
  })

  it('is answered for by its failure destination if each of its calls is killed', async () => {
    // Each call is killed before it hands over.
    const here = await world({ retries: 1, environment: { STACKBRIDGE_INLINE_SECONDS: '100' } })
    const { ros, fc } = here
    const creating = resource(ros, slowStack()).create()
    for (let kills = 0; kills < 2; kills += 1) {
      await expect.poll(() => existing().length).toBe(1)
      await expect.poll(() => here.kill()).toBe(1)
      await expect.poll(() => fc.invocations.length).toBe(kills + 1)
    }
    expect(refused(await creating)).toMatch(
      /^The call of the bridge died \(FunctionTimeout\) after \d+ s while creating stack slow; its status is CREATE_IN_PROGRESS/,
    )
    expect(existing()).toHaveLength(1)
  })

  it.each<[string, (event: string) => unknown]>([
    ['as text', (event) => event],
    ['as base64', (event) => Buffer.from(event).toString('base64')],
    ['as JSON', (event) => JSON.parse(event)],
    [
      'as a trigger of a queue brought it',
      (event) => JSON.stringify([{ specversion: '1.0', data: { messageBody: event } }]),
    ],
  ])('is answered for by its failure destination if FC passes it the event %s', async (_, written) => {
    const instance = new FcInstance({
      entry: join(inject('built'), 'function', 'on-failure.mjs'),
      environment: { STACKBRIDGE_ALLOW_PRIVATE_ADDRESSES: 'true' },
    })
    let ended: Invocation | undefined
    const ros = await SandboxRos.start({
      rollback: false,
      async invoke(event) {
        const requestPayload = written(Buffer.from(event).toString())
        const failure = { requestContext: { requestId: '1', condition: 'FunctionTimeout' }, requestPayload }
        ended = await instance.invoke(Buffer.from(JSON.stringify(failure)))
      },
    })
    open.push(ros, instance)
    expect(refused(await resource(ros, slowStack(1)).create())).toMatch(
      /^The call of the bridge died \(FunctionTimeout\)/,
    )
    expect(ended).toEqual({ ended: 'returned', value: '{"answered":"FAILED"}' })
    expect(existing()).toEqual([])
  })

  it('reports what is wrong with an input that a failure destination cannot parse', async () => {
    const instance = new FcInstance({ entry: join(inject('built'), 'function', 'on-failure.mjs') })
    open.push(instance)
    for (const event of ['{}', 'no JSON'])
      expect(await instance.invoke(Buffer.from(event))).toMatchObject({
        ended: 'threw',
        error: expect.stringContaining('no requestPayload'),
      })
    expect(await instance.invoke(Buffer.from('{"requestPayload":""}'))).toMatchObject({
      ended: 'threw',
      error: expect.stringContaining('cannot be answered'),
    })
  })

  it('refuses a forged continuation', async () => {
    const { ros, fc, output } = await world({ retries: 0 })
    const forged = { stackbridge: 'continuation', version: 1, rosStackId: 'a', requestId: 'b' }
    fc.invokeAsync('stackbridge', Buffer.from(JSON.stringify(forged)))
    await fc.idle()
    expect(fc.invocations[0]?.end).toMatchObject({
      ended: 'threw',
      error: expect.stringContaining('the continuation cannot be taken'),
    })
    expect(output()).toContain('"requestId":"b"')
    expect(ros.outcomes).toEqual([])
  })
})
