import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { JsonObject } from '../../src/platform/json.ts'
import { SandboxResource } from '../../src/sandbox/ros/ros.ts'
import { startBridgeWorld, type BridgeWorld } from '../bridge-world.ts'
import { refused, succeeded } from '../outcome-assertions.ts'
import { startSimulatedTime, type TestTime } from '../test-time.ts'
import { CLOUDS, type TakeOverCloud } from './clouds.ts'

describe.each(Object.entries(CLOUDS))('on %s, a Create that moves a stack', (_, startCloud) => {
  let time: TestTime
  let cloud: TakeOverCloud
  let world: BridgeWorld

  beforeEach(async () => {
    time = startSimulatedTime()
    cloud = await startCloud(time.clock)
    const environment = { STACKBRIDGE_ALLOW_ADOPTION: 'true' }
    world = await startBridgeWorld({ time, rollback: false, environment })
  })
  afterEach(async () => {
    await world.close()
    await cloud.close()
    await time.stop()
  })

  const spec = { name: 'shared', value: 'kept' }
  const resource = (logicalResourceId: string, more: JsonObject = {}, desired = spec) =>
    new SandboxResource(world.ros, {
      logicalResourceId,
      resourceType: cloud.resourceType,
      parameters: { ...cloud.parameters(desired), ...more },
      timeoutSeconds: 120,
    })
  const from = (LogicalResourceId: string, more: JsonObject = {}): JsonObject => ({
    TakeOverFrom: { StackId: world.ros.stackId, LogicalResourceId, ...more },
  })
  const latestEvent = () => {
    const event = world.events.at(-1)
    if (event === undefined) throw new Error('no event was sent')
    return event
  }

  it('does not change its resources', async () => {
    succeeded(await resource('A').create())
    const before = cloud.workDone()
    expect(succeeded(await resource('B', from('A')).create())).toEqual({ Value: 'kept' })
    expect(cloud.workDone()).toBe(before)
  })

  it('leaves the stack unchanged if ROS sends a Delete without its id', async () => {
    succeeded(await resource('A').create())
    const moved = resource('B', from('A'))
    succeeded(await moved.create())
    // As after a Create whose answer arrived too late: ROS has no id.
    succeeded(await resource('B', from('A')).delete())
    expect(cloud.count()).toBe(1)
    succeeded(await moved.delete())
    expect(cloud.count()).toBe(0)
  })

  it('changes nothing if it is delivered again after the stack was moved back', async () => {
    const a = resource('A')
    succeeded(await a.create())
    succeeded(await resource('B', from('A')).create())
    const late = latestEvent()
    succeeded(await resource('A', from('B')).create())
    await world.invoke(late)
    expect(world.served.at(-1)).toMatchObject({ verdict: expect.anything() })
    expect(succeeded(await a.update({ ...cloud.parameters(spec), Revision: 2 }))).toEqual({ Value: 'kept' })
  })

  it('succeeds for exactly one of two owners that move it at once', async () => {
    succeeded(await resource('A').create())
    const [b, c] = [resource('B', from('A')), resource('C', from('A'))]
    const outcomes = await Promise.all([b.create(), c.create()])
    const won = outcomes.map(({ answer }) => answer?.status === 'SUCCESS')
    expect(won.filter(Boolean)).toHaveLength(1)
    const [winner, loser] = won[0] === true ? [b, c] : [c, b]
    succeeded(await loser.delete())
    expect(cloud.count()).toBe(1)
    succeeded(await winner.delete())
    expect(cloud.count()).toBe(0)
  })

  it('waits for an operation of the former owner, and takes over its result', async () => {
    const slow = { ...spec, waitSeconds: 5 }
    const a = resource('A', {}, slow)
    const creating = a.create()
    const started = time.clock.now()
    await time.until(() => time.clock.now() - started > 2000)
    expect(succeeded(await resource('B', from('A'), slow).create())).toEqual({ Value: 'kept' })
    succeeded(await creating)
    succeeded(await a.delete())
    expect(cloud.count()).toBe(1)
  })

  it('changes the stack as requested if it may', async () => {
    const a = resource('A')
    succeeded(await a.create())
    const moved = resource('B', from('A', { AllowChanges: true }), { ...spec, value: 'new' })
    expect(succeeded(await moved.create())).toEqual({ Value: 'new' })
    expect(refused(await a.update({ ...cloud.parameters(spec), Revision: 2 }))).toMatch(/has the mark of/)
    succeeded(await moved.delete())
    expect(cloud.count()).toBe(0)
  })

  it('creates no stack if none has that name, also with AllowChanges', async () => {
    for (const more of [{}, { AllowChanges: true }])
      expect(refused(await resource('B', from('A', more)).create())).toMatch(
        /^There is no stack of that name/,
      )
    expect(cloud.count()).toBe(0)
  })

  it('is refused for a read-only resource, and with another OnExisting', async () => {
    succeeded(await resource('A').create())
    expect(refused(await resource('B', { ...from('A'), OnExisting: 'any' }).create())).toMatch(
      /^OnExisting must/,
    )
    const Mode = 'read-only'
    const reading = { ...cloud.parameters(spec), Stack: { Name: spec.name }, Mode, ...from('A') }
    expect(refused(await resource('B', reading).create())).toMatch(/TakeOverFrom must not be given/)
  })

  it('is refused if TakeOverFrom names no owner', async () => {
    const owned = resource('A')
    succeeded(await owned.create())
    expect(refused(await resource('B', from('')).create())).toMatch(/TakeOverFrom\.LogicalResourceId/)
    expect(refused(await resource('B', { TakeOverFrom: {} }).create())).toMatch(/TakeOverFrom\.StackId/)
    expect(cloud.count()).toBe(1)
  })
})
