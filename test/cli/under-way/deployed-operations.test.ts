import { afterEach, describe, expect, it } from 'vitest'
import { writeContinuation } from '../../../src/bridge/continuation/continuation.ts'
import { startOperation } from '../../../src/bridge/operation.ts'
import { FunctionComputeError } from '../../../src/cli/deployed/function-compute-api.ts'
import { UsageError } from '../../../src/cli/usage-error.ts'
import { deployedOperations } from '../../../src/cli/under-way/deployed-operations.ts'
import { systemClock } from '../../../src/platform/clock.ts'
import { invokeAsync } from '../../../src/platform/function-compute.ts'
import { createNetwork } from '../../../src/platform/network.ts'
import {
  SANDBOX_ROLE,
  startSandboxFunctionCompute,
  type InvocationEnd,
  type SandboxFunction,
  type SandboxFunctionCompute,
} from '../../../src/sandbox/function-compute/server.ts'
import { startSandboxLogService } from '../../../src/sandbox/log-service/server.ts'
import { CONTINUATION_KEY } from '../../continuation-keys.ts'

/** `stackbridge ps --deployed`, with the embedded Function Compute. */

const TOKEN = 'acs:fc:cn-hangzhou:1234567890123456:functions/bridge'
const POLICY = {
  onExisting: 'own',
  onTimeout: 'leave',
  deleteAttempts: 1,
  repair: false,
  pollMinMs: 1,
  pollMaxMs: 2,
} as const

const open: { close(): Promise<void> }[] = []
afterEach(async () => {
  await Promise.all(open.splice(0).map((one) => one.close()))
})

/** A function whose calls end on request. */
async function start(options: Partial<SandboxFunction> = {}) {
  let end: (how: InvocationEnd) => void = () => undefined
  const ended = new Promise<InvocationEnd>((resolve) => (end = resolve))
  const cloud = await startSandboxFunctionCompute({
    retryPauseMs: 60_000,
    functions: [{ name: 'bridge', timeoutSeconds: 60, asyncTask: true, invoke: () => ended, ...options }],
  })
  open.push(cloud)
  return { cloud, end }
}

const environmentOf = ({ url }: SandboxFunctionCompute) => ({
  STACKBRIDGE_FC_ENDPOINT: url,
  ALIBABA_CLOUD_ACCESS_KEY_ID: SANDBOX_ROLE.accessKeyId,
  ALIBABA_CLOUD_ACCESS_KEY_SECRET: SANDBOX_ROLE.accessKeySecret,
  ALIBABA_CLOUD_SECURITY_TOKEN: SANDBOX_ROLE.securityToken ?? '',
})

const event = (requestId: string) =>
  Buffer.from(
    JSON.stringify({
      RequestType: 'Create',
      RequestId: requestId,
      StackId: 'ros-1',
      StackName: 'ros',
      LogicalResourceId: 'A',
      ResourceType: 'Custom::AwsCloudFormationStack',
      ResponseURL: 'https://ros/?signature=planted',
    }),
  )

function continuation(requestId: string, hops: number): Uint8Array {
  const stack = { id: 'arn:1', name: 'stack-1' }
  return writeContinuation(
    {
      chain: 'c1',
      resourceType: 'Custom::AwsCloudFormationStack',
      providerName: 'AwsCloudFormation',
      rosStackName: 'ros',
      replyTo: { responseUrls: {}, stackId: 'ros-1', requestId, logicalResourceId: 'A' },
      properties: { AccessKeySecret: 'planted' },
      whole: false,
      fingerprint: 'f',
      bridge: {},
      secrets: ['planted'],
      operation: {
        ...startOperation({ kind: 'create', policy: POLICY, startedAt: 1, deadline: 9, answerBy: 9, end: 9 }),
        notBefore: 5,
        hops,
        step: {
          at: 'observe',
          watch: { kind: 'create', stack, marker: {} },
          since: 1,
          status: 'CREATE_IN_PROGRESS',
          consecutiveFailedPolls: 0,
          attempt: 0,
          then: 'answer',
        },
      },
    },
    CONTINUATION_KEY,
  )
}

describe('the list of operations in progress in a deployed function', () => {
  it('has each operation once, with the data of its newest call, and no secret', async () => {
    const { cloud } = await start()
    cloud.invokeAsync('bridge', event('first-call'))
    cloud.invokeAsync('bridge', continuation('handed-off', 1))
    cloud.invokeAsync('bridge', continuation('handed-off', 2))
    const found = await deployedOperations(TOKEN, environmentOf(cloud))
    expect(found).toEqual({
      gaps: [],
      operations: [
        expect.objectContaining({ requestId: 'first-call', kind: 'create', state: 'running', hops: 0 }),
        {
          requestId: 'handed-off',
          rosStackId: 'ros-1',
          rosStackName: 'ros',
          logicalResourceId: 'A',
          resourceType: 'Custom::AwsCloudFormationStack',
          provider: 'AwsCloudFormation',
          kind: 'create',
          stackId: 'arn:1',
          stackName: 'stack-1',
          status: 'CREATE_IN_PROGRESS',
          since: 1,
          nextPoll: 5,
          deadline: 9,
          hops: 2,
          state: 'running',
        },
      ],
    })
    expect(JSON.stringify(found)).not.toContain('planted')
  })

  it('shows which operations wait and which are retried, but not ended ones', async () => {
    const { cloud, end } = await start()
    const network = createNetwork({ allowPrivateAddresses: true, intranetCallbackRanges: [] })
    open.push(network)
    const invoked = await invokeAsync(
      { payload: continuation('waits', 3), delaySeconds: 60, taskId: 'stackbridge-c1-3' },
      {
        address: { region: 'cn-hangzhou', accountId: '1234567890123456', name: 'bridge' },
        credentials: SANDBOX_ROLE,
        endpoints: [cloud.url],
        network,
        clock: systemClock,
        random: Math.random,
      },
    )
    expect(invoked).toMatchObject({ invoked: true })
    cloud.invokeAsync('bridge', event('dies'))
    end({ ended: 'threw', error: 'for a test' })
    await expect
      .poll(async () => deployedOperations(TOKEN, environmentOf(cloud)))
      .toMatchObject({
        operations: [
          { requestId: 'dies', state: 'retrying' },
          { requestId: 'waits', state: 'waiting', hops: 3 },
        ],
      })
    const { cloud: other, end: endOther } = await start()
    other.invokeAsync('bridge', event('ends'))
    endOther({ ended: 'returned', value: '' })
    await other.idle()
    expect(await deployedOperations(TOKEN, environmentOf(other))).toEqual({ operations: [], gaps: [] })
  })

  it('has all pages', async () => {
    const { cloud } = await start()
    for (let number = 0; number < 51; number += 1)
      cloud.invokeAsync('bridge', event(`request-${String(number)}`))
    const found = await deployedOperations(TOKEN, environmentOf(cloud))
    expect('operations' in found && new Set(found.operations.map(({ requestId }) => requestId)).size).toBe(51)
  })

  it("is marked as incomplete if tasks are not the bridge's, or wait in a queue", async () => {
    const environment = { STACKBRIDGE_HAND_OFF_QUEUE: 'https://1.mns.cn-hangzhou.aliyuncs.com/queues/q' }
    const { cloud } = await start({ environment })
    cloud.invokeAsync('bridge', Buffer.from('{"not": "an event"}'))
    expect(await deployedOperations(TOKEN, environmentOf(cloud))).toEqual({
      operations: [],
      gaps: [
        '1 tasks hold no event and no operation of the bridge',
        expect.stringContaining('STACKBRIDGE_HAND_OFF_QUEUE'),
      ],
    })
  })

  describe('without task mode', () => {
    const log = { project: 'stackbridge-1', logstore: 'stackbridge' }
    const startLog = async (more: { isDenied?: boolean; indexed?: readonly string[] } = {}) => {
      const started = await startSandboxLogService({
        clock: systemClock,
        credentials: SANDBOX_ROLE,
        region: 'cn-hangzhou',
        indexed: ['msg', 'requestId'],
        ...log,
        ...more,
      })
      open.push(started)
      const now = systemClock.now()
      started.write(
        JSON.stringify({
          time: new Date(now).toISOString(),
          rosStackId: 'ros-1',
          requestId: 'logged',
          logicalResourceId: 'A',
          msg: 'an event has arrived',
        }),
        now,
      )
      return started
    }

    it("comes from the log of the function's configuration", async () => {
      const { cloud } = await start({ asyncTask: false, logConfig: log })
      const { url: endpoint } = await startLog()
      expect(await deployedOperations(TOKEN, environmentOf(cloud), { endpoint })).toMatchObject({
        operations: [{ requestId: 'logged', state: 'running' }],
        gaps: [],
      })
    })

    it('comes from the log of the command line, without a call of Function Compute', async () => {
      const { url: endpoint } = await startLog()
      const { cloud } = await start()
      await cloud.close()
      open.splice(open.indexOf(cloud), 1)
      expect(await deployedOperations(TOKEN, environmentOf(cloud), { log, endpoint })).toMatchObject({
        operations: [{ requestId: 'logged' }],
      })
    })

    it('names the missing permission or index, and a place where the query can be run', async () => {
      const { cloud } = await start({ asyncTask: false, logConfig: log })
      const denied = await startLog({ isDenied: true })
      expect(await deployedOperations(TOKEN, environmentOf(cloud), { endpoint: denied.url })).toEqual({
        log,
        why: expect.stringContaining(
          'the right log:GetLogStoreLogs on acs:log:cn-hangzhou:1234567890123456:project/stackbridge-1/logstore/stackbridge is missing',
        ),
      })
      const unindexed = await startLog({ indexed: [] })
      expect(await deployedOperations(TOKEN, environmentOf(cloud), { endpoint: unindexed.url })).toEqual({
        log,
        why: expect.stringContaining('the logstore lacks the index'),
      })
      const { cloud: silent } = await start({ asyncTask: false })
      expect(await deployedOperations(TOKEN, environmentOf(silent))).toEqual({
        why: expect.stringContaining('it has no log either'),
      })
    })

    it('is explained as empty because of the log level', async () => {
      const environment = { STACKBRIDGE_LOG_LEVEL: 'warn' }
      const { cloud } = await start({ asyncTask: false, logConfig: log, environment })
      const { url: endpoint } = await startLog()
      expect(await deployedOperations(TOKEN, environmentOf(cloud), { endpoint })).toMatchObject({
        gaps: [expect.stringContaining('STACKBRIDGE_LOG_LEVEL is warn')],
      })
    })
  })

  it('is unknown without credentials, with wrong ones, and for a function that does not exist', async () => {
    const { cloud } = await start()
    const environment = environmentOf(cloud)
    const { STACKBRIDGE_FC_ENDPOINT } = environment
    await expect(deployedOperations(TOKEN, { STACKBRIDGE_FC_ENDPOINT })).rejects.toThrow(UsageError)
    await expect(deployedOperations(`${TOKEN}-2`, environment)).rejects.toThrow(FunctionComputeError)
    const wrong = { ...environment, ALIBABA_CLOUD_ACCESS_KEY_SECRET: 'another-secret' }
    await expect(deployedOperations(TOKEN, wrong)).rejects.toThrow(/HTTP 403/)
  })
})
