import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { JsonObject } from '../../../../src/platform/json.ts'
import { createLogger } from '../../../../src/platform/log.ts'
import { createNetwork, type Network } from '../../../../src/platform/network.ts'
import { Secrets } from '../../../../src/platform/secrets.ts'
import { provider as aliyunRos } from '../../../../src/providers/alibaba-cloud/ros/provider.ts'
import { fingerprintOf } from '../../../../src/providers/recognition/fingerprint.ts'
import type { StackRequest, StackSession, UpdateOutcome, Watch } from '../../../../src/providers/provider.ts'
import {
  startSandboxAliyunRos,
  type SandboxAliyunRos,
} from '../../../../src/sandbox/alibaba-cloud/ros/server.ts'
import { FakeClock } from '../../../fake-clock.ts'

/** Single calls of a session. The session and the embedded ROS share a fake clock. */

let clock: FakeClock
let aliyun: SandboxAliyunRos
let network: Network
let nonce = 0
/** By how many milliseconds the clock of the session is ahead of that of ROS. */
let ahead = 0

beforeEach(async () => {
  clock = new FakeClock()
  ahead = 0
  aliyun = await startSandboxAliyunRos({ resourceDelayMs: 5, clock })
  network = createNetwork({ allowPrivateAddresses: true, intranetCallbackRanges: [] })
})
afterEach(async () => {
  await network.close()
  await aliyun.close()
})

const owner = { rosStackId: 'ros-1', rosStackName: 'ros', logicalResourceId: 'Foreign' }
const template = (value: string, more: JsonObject = {}): JsonObject => ({
  ROSTemplateFormatVersion: '2015-09-01',
  Resources: { Thing: { Type: 'Sandbox::Resource', Properties: { Value: value, ...more } } },
  Outputs: { Value: { Value: { 'Fn::GetAtt': ['Thing', 'Value'] } } },
})

async function open(
  kind: StackRequest['kind'],
  stack: JsonObject,
  more: Partial<StackRequest> = {},
  connection: JsonObject = {},
): Promise<StackSession> {
  const secrets = new Secrets()
  const properties = {
    AccessKeyId: aliyun.key.accessKeyId,
    AccessKeySecret: aliyun.key.accessKeySecret,
    RegionId: 'cn-hangzhou',
    Endpoint: aliyun.url,
    StsEndpoint: aliyun.url,
    Stack: { Name: 'my-stack', ...stack },
    ...connection,
  }
  const opened = await aliyunRos.open(
    { kind, owner, requestId: `${kind}-1`, properties, fingerprint: fingerprintOf(properties), ...more },
    {
      clock: { now: () => clock.now() + ahead, sleep: clock.sleep.bind(clock) },
      random: () => {
        nonce += 1
        return nonce / 1e6
      },
      network,
      secrets,
      environment: {},
      log: createLogger({ level: 'silent', secrets, destination: { write: () => undefined } }),
    },
  )
  if (!opened.ok) throw new Error(JSON.stringify(opened.problems))
  return opened.session
}

async function ended(session: StackSession, watch: Watch) {
  for (;;) {
    const observation = await session.describe(watch)
    if (observation.phase !== 'working') return observation
    await clock.advance(5)
  }
}

async function createdId(stack: JsonObject): Promise<string> {
  const session = await open('create', stack)
  const made = await session.create()
  if (made.outcome !== 'started') throw new Error(made.outcome)
  await ended(session, made.watch)
  return made.watch.stack.id
}

function isMap<Key, Value>(map: ReadonlyMap<Key, Value>): map is Map<Key, Value> {
  return map instanceof Map
}

function watchOf(updated: UpdateOutcome): Watch {
  if (updated.outcome !== 'started') throw new Error(updated.outcome)
  return updated.watch
}

describe('an Update that is delivered again after its operation ended', () => {
  it.each([
    ['succeeded', {}],
    ['failed', { FailOn: 'update', Message: 'no' }],
  ] as const)(
    'starts no second operation, and reports after a minute that it has %s',
    async (phase, more) => {
      const physicalResourceId = await createdId({ Template: template('1') })
      const stack = { Template: template('2', more) }
      const first = await open('update', stack, { physicalResourceId })
      const ref = { id: physicalResourceId, name: 'my-stack' }
      expect((await ended(first, watchOf(await first.update(ref)))).phase).toBe(phase)

      const again = await open('update', stack, { physicalResourceId })
      expect(await again.find()).toMatchObject({ found: true, condition: 'settled' })
      const watch = watchOf(await again.update(ref))
      // The poll cannot know this yet: ROS may only be slow to show the start.
      expect(await again.describe(watch)).toMatchObject({ phase: 'working' })
      await clock.advance(61_000)
      expect(await again.describe(watch)).toMatchObject({ phase })
      const events = [...aliyun.cloud.stacks.values()].flatMap((one) => one.events)
      expect(
        events.filter(
          ({ status, physicalId }) => status === 'UPDATE_IN_PROGRESS' && ref.id.endsWith(physicalId),
        ),
      ).toHaveLength(1)
    },
  )
})

describe('an Update', () => {
  it('does not mistake a read from before the one before it for its end', async () => {
    const physicalResourceId = await createdId({ Template: template('1') })
    const ref = { id: physicalResourceId, name: 'my-stack' }
    const [stack] = aliyun.cloud.stacks.values()
    if (stack === undefined) throw new Error('there is no stack')
    stack.updatedAt = clock.now()
    const session = await open('update', { Template: template('2') }, { physicalResourceId })
    const watch = watchOf(await session.update(ref))
    stack.status = 'UPDATE_COMPLETE'
    stack.updatedAt = clock.now() - 60_000
    expect(await session.describe(watch)).toMatchObject({ phase: 'working' })
  })
})

describe('the stacks of one name', () => {
  /** Deleted ones, which ROS lists before the one that exists. */
  function deleteBefore(count: number): void {
    const { stacks } = aliyun.cloud
    const [stack] = stacks.values()
    if (stack === undefined || !isMap(stacks)) throw new Error('there is no stack')
    for (let number = 1; number <= count; number += 1)
      stacks.set(String(number), { ...stack, id: String(number), status: 'DELETE_COMPLETE' })
  }

  it('are read until one that exists is found, behind hundreds of deleted ones', async () => {
    const id = await createdId({ Template: template('1') })
    deleteBefore(520)
    const session = await open('create', { Template: template('1') })
    expect(await session.find()).toMatchObject({ found: true, stack: { id } })
  })

  it('are not said to be absent if they are too many to be read', async () => {
    await createdId({ Template: template('1') })
    deleteBefore(5000)
    const session = await open('delete', { Template: template('1') })
    await expect(session.find()).rejects.toMatchObject({
      kind: 'rejected',
      message: 'ROS ListStacks of the name my-stack: more pages than are read',
    })
  })
})

describe('an Update whose first answer was lost', () => {
  it('is followed even if a user has changed the other tags', async () => {
    const physicalResourceId = await createdId({ Template: template('1') })
    const session = await open('update', { Template: template('2') }, { physicalResourceId })
    const ref = { id: physicalResourceId, name: 'my-stack' }
    watchOf(await session.update(ref))
    for (const stack of aliyun.cloud.stacks.values()) stack.tags = new Map([['stackbridge:depth', '2']])
    expect(await ended(session, watchOf(await session.update(ref)))).toMatchObject({
      phase: 'succeeded',
      outputs: { Value: '2' },
    })
  })
})

describe("a role's session", () => {
  it('is reused, and renewed before it ends', async () => {
    const AssumeRole = { RoleArn: 'acs:ram::9876543210987654:role/stackbridge', DurationSeconds: 900 }
    const session = await open('delete', {}, {}, { AssumeRole })
    const roles = () => aliyun.calls.filter((call) => call === 'AssumeRole').length
    expect(await session.find()).toMatchObject({ found: false })
    await clock.advance(800_000)
    await session.find()
    expect(roles()).toBe(1)
    await clock.advance(60_000)
    await session.find()
    expect(roles()).toBe(2)
  })
})

describe('the events of a stack', () => {
  it('are listed oldest first', async () => {
    const since = clock.now() - 5000
    const id = await createdId({ Template: template('1') })
    const session = await open('delete', {}, { physicalResourceId: id })
    const events = await session.events({ id, name: 'my-stack' }, since)
    expect(events.map(({ resource, status }) => `${resource} ${status}`)).toEqual([
      'my-stack CREATE_IN_PROGRESS',
      'Thing CREATE_IN_PROGRESS',
      'Thing CREATE_COMPLETE',
      'my-stack CREATE_COMPLETE',
    ])
  })
})

describe('a repeated Create whose stack was deleted since', () => {
  it('is recognised by the tag of the deleted stack', async () => {
    const id = await createdId({ Template: template('1') })
    const deleting = await open('delete', {}, { physicalResourceId: id })
    const deleted = await deleting.delete({ id, name: 'my-stack' }, 0)
    if (deleted.outcome !== 'started') throw new Error(deleted.outcome)
    expect((await ended(deleting, deleted.watch)).phase).toBe('gone')
    const late = await open('create', { Template: template('1') })
    expect(await late.create()).toEqual({ outcome: 'replayed-after-delete', stack: { id, name: 'my-stack' } })
    // Other properties, or another request, are another Create.
    const other = await open('create', { Template: template('1') }, { requestId: 'create-2' })
    expect(await other.create()).toMatchObject({ outcome: 'started' })
  })
})

describe('a session on a machine whose clock is wrong', () => {
  const HOUR_MS = 3_600_000

  /** ROS's answers have the time of its host: the embedded one has to check signatures by it, too. */
  beforeEach(async () => {
    await aliyun.close()
    clock = new FakeClock(Date.now())
    aliyun = await startSandboxAliyunRos({ resourceDelayMs: 5, clock })
  })

  it.each([
    ['ahead', HOUR_MS],
    ['behind', -HOUR_MS],
  ])('calls ROS, and STS for a role, with their own time: an hour %s', async (_, skew) => {
    ahead = skew
    for (const connection of [{}, { AssumeRole: { RoleArn: 'acs:ram::1234567890123456:role/any' } }]) {
      const session = await open('create', { Template: template('x') }, {}, connection)
      expect(await session.find()).toEqual({ found: false })
    }
  })
})
