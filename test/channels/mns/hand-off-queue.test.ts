import { createServer } from 'node:http'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { invokeByQueue, openQueue } from '../../../src/channels/mns/hand-off-queue.ts'
import { systemClock } from '../../../src/platform/clock.ts'
import type { AsyncInvocation, Invoked } from '../../../src/platform/function-compute.ts'
import { MNS_LIMITS } from '../../../src/platform/limits/mns.ts'
import { createNetwork } from '../../../src/platform/network.ts'
import {
  startSandboxCloudFormation,
  type SandboxCloudFormation,
} from '../../../src/sandbox/aws/cloudformation/server.ts'
import { listen } from '../../../src/sandbox/loopback-server.ts'
import { startSandboxMns } from '../../../src/sandbox/mns/server.ts'
import { SandboxResource } from '../../../src/sandbox/ros/ros.ts'
import { startBridgeWorld, type BridgeWorld, type BridgeWorldOptions } from '../../bridge-world.ts'
import { refused, succeeded } from '../../outcome-assertions.ts'
import { startSimulatedTime, type TestTime } from '../../test-time.ts'
import { awsConnection } from '../../embedded-connections.ts'

describe('an operation that is handed off by messages of a queue', () => {
  let time: TestTime
  let aws: SandboxCloudFormation
  let world: BridgeWorld
  beforeEach(async () => {
    time = startSimulatedTime()
    aws = await startSandboxCloudFormation({ clock: time.clock, signatureClock: systemClock })
  })
  afterEach(async () => {
    await world.close()
    await aws.close()
    await time.stop()
  })

  const start = async (options: BridgeWorldOptions = {}) => {
    world = await startBridgeWorld({
      time,
      handsOver: true,
      queueDeliveriesOf: () => 1,
      environment: { STACKBRIDGE_POLL_MIN_MS: '3000', STACKBRIDGE_POLL_MAX_MS: '30000' },
      ...options,
    })
    const Properties = { Value: 'made', DelaySeconds: 300 }
    return (changed = {}) =>
      new SandboxResource(world.ros, {
        logicalResourceId: 'Foreign',
        resourceType: 'Custom::AwsCloudFormationStack',
        timeoutSeconds: 3600,
        parameters: {
          ...awsConnection(aws),
          Stack: {
            Template: {
              Resources: {
                Thing: { Type: 'Sandbox::Resource', Properties: { ...Properties, ...changed } },
              },
              Outputs: { Value: { Value: { 'Fn::GetAtt': ['Thing', 'Value'] } } },
            },
          },
        },
      })
  }
  const existing = () => [...aws.cloud.stacks.values()].filter(({ status }) => status !== 'DELETE_COMPLETE')

  it('waits between polls, also if Function Compute ignores its delay header', async () => {
    const resource = await start({ ignoresDelay: true })
    const made = resource()
    expect(succeeded(await made.create())).toEqual({ Value: 'made' })
    const polls = world.mns?.calls.length ?? 0
    expect(polls).toBeGreaterThan(10)
    expect(polls).toBeLessThan(60)
    expect(world.fc?.accepted.filter(({ delaySeconds }) => delaySeconds !== undefined)).toEqual([])
    succeeded(await made.delete())
    expect(existing()).toEqual([])
  })

  it('creates one stack and one answer if messages are delivered several times', async () => {
    const resource = await start({ queueDeliveriesOf: (index) => (index % 5 === 0 && index < 16 ? 2 : 1) })
    const made = resource()
    expect(succeeded(await made.create())).toEqual({ Value: 'made' })
    expect(existing()).toHaveLength(1)
    expect(made.physicalResourceId).toBe(existing()[0]?.id)
    // The other deliveries poll for at most 30 s more.
    await time.clock.sleep(60_000)
    const answers = world.served.flatMap((served) =>
      'verdict' in served ? [JSON.stringify(served.verdict)] : [],
    )
    expect(answers.length).toBeGreaterThan(1)
    expect(new Set(answers).size).toBe(1)
    succeeded(await made.delete())
    expect(existing()).toEqual([])
  })

  it('reports the reason of a failed stack', async () => {
    const resource = await start()
    const made = resource({ FailOn: 'create', Message: 'no such zone' })
    expect(refused(await made.create())).toContain('no such zone')
    succeeded(await made.delete())
    expect(existing()).toEqual([])
  })
})

describe('an invocation by a message', () => {
  const network = createNetwork({ allowPrivateAddresses: false, intranetCallbackRanges: [] })
  const invocation = (bytes: number, delaySeconds = 30): AsyncInvocation => ({
    payload: new Uint8Array(bytes),
    delaySeconds,
    taskId: 'task',
  })
  const invoke = async (one: AsyncInvocation, secret?: string, directly: Partial<Invoked> = {}) => {
    const mns = await startSandboxMns()
    const credentials = { ...mns.credentials, ...(secret === undefined ? {} : { accessKeySecret: secret }) }
    const queue = openQueue({ url: mns.queueUrl, credentials, network, clock: systemClock })
    const direct: AsyncInvocation[] = []
    const invoked = await invokeByQueue(queue, (given) => {
      direct.push(given)
      return Promise.resolve({ invoked: true, fcRequestId: 'direct', ...directly } as Invoked)
    })(one)
    await mns.close()
    return { invoked, direct, messages: mns.messages, refused: mns.refused }
  }
  const largest = (MNS_LIMITS.message.most / 4) * 3

  it("has the id of the message, with the queue's maximum size", async () => {
    const { invoked, direct, messages } = await invoke(invocation(largest))
    expect(direct).toEqual([])
    expect(invoked).toEqual({ invoked: true, fcRequestId: undefined, messageId: messages[0]?.id })
  })

  it.each([
    ['larger than a message', invocation(largest + 1)],
    ['without a delay', invocation(10, 0)],
  ])('that is %s is sent by Function Compute instead', async (_, one) => {
    const { invoked, direct, messages } = await invoke(one)
    expect(direct).toEqual([one])
    expect(messages).toEqual([])
    expect(invoked).toEqual({ invoked: true, fcRequestId: 'direct' })
  })

  it('that the queue refuses is sent by Function Compute instead, with the reason in the log', async () => {
    const { invoked, direct } = await invoke(invocation(10), 'wrong')
    expect(direct).toHaveLength(1)
    expect(invoked).toMatchObject({
      invoked: true,
      queueProblem: expect.stringMatching(/^SignatureDoesNotMatch/),
    })
  })

  it('is sent by Function Compute instead if a web page answers in place of the queue', async () => {
    const page = await listen(
      createServer((request, response) => {
        request.resume()
        response.writeHead(200, { 'content-type': 'text/html' }).end('<html>Something else</html>')
      }),
    )
    const credentials = { accessKeyId: 'known', accessKeySecret: 'planted' }
    const queue = openQueue({ url: `${page.url}/queues/x`, credentials, network, clock: systemClock })
    const direct: Invoked = { invoked: true, fcRequestId: 'direct' }
    try {
      expect(await invokeByQueue(queue, () => Promise.resolve(direct))(invocation(10))).toMatchObject({
        ...direct,
        queueProblem: 'Unreadable: the answer has no MessageId',
      })
    } finally {
      await page.close()
    }
  })

  it('that both refuse reports both reasons', async () => {
    const no = { invoked: false, why: 'FC answered HTTP 500', again: true } as const
    const { invoked } = await invoke(invocation(10), 'wrong', no)
    expect(invoked).toMatchObject({
      invoked: false,
      again: true,
      why: expect.stringMatching(/^the queue: SignatureDoesNotMatch.*; FC answered HTTP 500$/),
    })
  })
})
