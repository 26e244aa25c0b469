import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { Clock } from '../../src/platform/clock.ts'
import { SourceNumber, type JsonObject, type JsonValue } from '../../src/platform/json.ts'
import { SandboxResource, type Outcome } from '../../src/sandbox/ros/ros.ts'
import { BEHAVIOURS, type Behaviour } from './behaviour-names.ts'
import gapsByCloud from './gaps.json' with { type: 'json' }
import { startBridgeWorld, type BridgeWorld } from '../bridge-world.ts'
import { refused, succeeded } from '../outcome-assertions.ts'
import { realTime, startSimulatedTime, type TestTime } from '../test-time.ts'

/** The stack that a behaviour needs, independent of the cloud. */
export interface StackWish {
  /** Absent: the bridge derives one. */
  readonly name?: string
  /** Prefix of the names of this ROS stack's stacks, for a cloud in which the bridge derives no name. */
  readonly rosStackName: string
  /** The value of the stack's output `Value`. */
  readonly value: JsonValue
  readonly waitSeconds?: number
  /** The stack's one resource fails when it is created or replaced. */
  readonly fails?: boolean
  /** Whether the cloud rolls back a failed operation. */
  readonly rollsBack?: boolean
}

/** A cloud that the suite runs against. */
export interface ContractCloud {
  readonly resourceType: string
  /** The custom resource's `Parameters` for such a stack. */
  parameters(wish: StackWish): JsonObject
  /** The value of the ROS stack's only stack, for a cloud whose stacks have no output `Value`. */
  readonly existingValue?: (rosStackName: string) => Promise<unknown>
  /** Names of the stacks that exist in the cloud. */
  existing(): Promise<readonly string[]>
  /** Removes the bridge's marks from all stacks, as if somebody had made them by hand; absent where that is not possible. */
  readonly unmark?: () => void
  /** Makes the next calls to the cloud fail; absent for a cloud where that is not possible. */
  readonly failNextCalls?: () => void
  /** The reason of a failed operation in this cloud. */
  readonly reason: RegExp
  /** The status of a stack during its creation. */
  readonly inProgress: RegExp
  close(): Promise<void>
}

/**
 * The suite for every provider: the same behaviours on every cloud. An embedded cloud runs on the clock that `start` is
 * given; a real one runs in real time.
 */
export function describeContract(
  start: (clock: Clock) => Promise<ContractCloud>,
  name: string,
  passes: 'simulated' | 'real' = 'simulated',
): void {
  describe(`contract: ${name}`, () => {
    const gaps: Readonly<Record<string, string>> =
      new Map(Object.entries<Record<string, string>>(gapsByCloud)).get(name) ?? {}
    let cloud: ContractCloud
    let world: BridgeWorld
    let time: TestTime
    let count = 0

    beforeAll(async () => {
      time = passes === 'real' ? realTime : startSimulatedTime()
      cloud = await start(time.clock)
    })
    afterAll(async () => {
      await cloud.close()
      await time.stop()
    })
    beforeEach(async () => {
      count += 1
      world = await startBridgeWorld({ time, rollback: false, stackName: rosStackName() })
    })
    afterEach(() => world.close())

    const rosStackName = () => `contract-${String(count)}`
    // A real cloud that leaves a stack in progress then shows in an assertion, not as a test that hangs.
    const patience = passes === 'real' ? { Timeout: 90 } : {}
    const parameters = (wish: Omit<StackWish, 'rosStackName'>) => ({
      ...patience,
      ...cloud.parameters({ ...wish, rosStackName: rosStackName() }),
    })
    const expectValue = async (outcome: Outcome, value: JsonValue) => {
      const outputs = succeeded(outcome)
      if (cloud.existingValue === undefined) expect(outputs).toEqual({ Value: value })
      else expect(await cloud.existingValue(rosStackName())).toBe(value)
    }
    const resource = (
      wish: Omit<StackWish, 'rosStackName'>,
      logicalResourceId = 'Foreign',
      timeoutSeconds = 120,
    ) =>
      new SandboxResource(world.ros, {
        logicalResourceId,
        resourceType: cloud.resourceType,
        parameters: parameters(wish),
        timeoutSeconds,
      })
    const ours = async () =>
      (await cloud.existing()).filter((stack) => stack.startsWith(`${rosStackName()}-`))

    const behaviours: Record<Behaviour, () => Promise<void>> = {
      async 'a Create makes one stack and answers with its outputs'() {
        const made = resource({ value: 'hello' })
        await expectValue(await made.create(), 'hello')
        expect(await ours()).toHaveLength(1)
        succeeded(await made.delete())
      },
      async 'a Create that is delivered twice makes one stack and one answer'() {
        const made = resource({ value: 'hello', waitSeconds: 1 })
        const creating = made.create()
        await time.until(() => world.events.length === 1)
        const [event] = world.events
        if (event === undefined) throw new Error('no event was sent')
        await Promise.all([creating, world.invoke(event)])
        await world.invoke(event)
        expect(await ours()).toHaveLength(1)
        const verdicts = world.served.map((served) =>
          'verdict' in served ? JSON.stringify(served.verdict) : served.kind,
        )
        expect(new Set(verdicts).size).toBe(1)
        expect(verdicts[0]).toContain('SUCCESS')
        succeeded(await made.delete())
      },
      async 'a Create that is delivered again after its Delete makes no stack'() {
        const made = resource({ value: 'hello' })
        succeeded(await made.create())
        const [event] = world.events
        if (event === undefined) throw new Error('no event was sent')
        succeeded(await made.delete())
        await world.invoke(event)
        expect(world.served.at(-1)).toMatchObject({
          verdict: { status: 'FAILED', reason: expect.stringContaining('was deleted since') },
        })
        expect(await ours()).toEqual([])
      },
      async 'an operation completes through invocations that poll once each'() {
        await world.close()
        world = await startBridgeWorld({
          time,
          rollback: false,
          stackName: rosStackName(),
          handsOver: true,
        })
        const made = resource({ value: 'one', waitSeconds: 1 })
        await expectValue(await made.create(), 'one')
        await expectValue(await made.update(parameters({ value: 'two' })), 'two')
        expect(refused(await made.update(parameters({ value: 'bad', fails: true })))).toMatch(cloud.reason)
        succeeded(await made.delete())
        expect(await ours()).toEqual([])
        await world.fc?.idle()
        const handOffs = world.served.filter(({ kind }) => kind === 'handed-over')
        expect(handOffs.length).toBeGreaterThanOrEqual(4)
        expect(handOffs.length + 4).toBe(world.served.length)
      },
      async 'a second Create of the same resource adopts its stack'() {
        const first = resource({ value: 'one' })
        succeeded(await first.create())
        const second = resource({ value: 'two' })
        await expectValue(await second.create(), 'two')
        expect(second.physicalResourceId).toBe(first.physicalResourceId)
        expect(await ours()).toHaveLength(1)
        succeeded(await second.delete())
      },
      async "another owner's stack with the same name is named in the reason and not changed"() {
        const name = `${rosStackName()}-taken`
        const otherOwner = resource({ name, value: 'theirs' }, 'OtherOwner')
        succeeded(await otherOwner.create())
        const made = resource({ name, value: 'mine' })
        expect(refused(await made.create())).toMatch(/exists already/)
        succeeded(await made.delete())
        expect(await ours()).toEqual([name])
        succeeded(await otherOwner.delete())
      },
      async 'a stack without a mark is adopted only if OnExisting asks for it and the operator allows it'() {
        const name = `${rosStackName()}-unmarked`
        succeeded(await resource({ name, value: 'theirs' }, 'OtherOwner').create())
        cloud.unmark?.()
        const adopting = () =>
          new SandboxResource(world.ros, {
            logicalResourceId: 'Foreign',
            resourceType: cloud.resourceType,
            parameters: { ...parameters({ name, value: 'mine' }), OnExisting: 'any' },
          })
        const refusedOne = adopting()
        expect(refused(await refusedOne.create())).toMatch(/exists already.*STACKBRIDGE_ALLOW_ADOPTION/)
        succeeded(await refusedOne.delete())
        expect(await ours()).toEqual([name])
        const environment = { STACKBRIDGE_ALLOW_ADOPTION: 'true' }
        await world.close()
        world = await startBridgeWorld({ time, rollback: false, stackName: rosStackName(), environment })
        expect(refused(await resource({ name, value: 'mine' }).create())).toMatch(/OnExisting to 'any'/)
        const adopted = adopting()
        succeeded(await adopted.create())
        succeeded(await adopted.delete())
        expect(await ours()).toEqual([])
      },
      async 'an Update changes the stack'() {
        const made = resource({ value: 'before' })
        succeeded(await made.create())
        const id = made.physicalResourceId
        await expectValue(await made.update(parameters({ value: 'after' })), 'after')
        expect(made.physicalResourceId).toBe(id)
        succeeded(await made.delete())
      },
      async 'an Update without a change is SUCCESS'() {
        const made = resource({ value: 'same' })
        succeeded(await made.create())
        const same = { ...parameters({ value: 'same' }), Revision: 2 }
        await expectValue(await made.update(same), 'same')
        succeeded(await made.delete())
      },
      async 'an Update that fails is FAILED, and the Update that reverts it is SUCCESS'() {
        const made = resource({ value: 'good' })
        succeeded(await made.create())
        expect(refused(await made.update(parameters({ value: 'bad', fails: true })))).toMatch(cloud.reason)
        await expectValue(await made.update(parameters({ value: 'good' })), 'good')
        succeeded(await made.delete())
      },
      async 'a Create that fails is FAILED with the cause'() {
        const made = resource({ value: 'bad', fails: true, rollsBack: false })
        expect(refused(await made.create())).toMatch(cloud.reason)
        succeeded(await made.delete())
        expect(await ours()).toEqual([])
      },
      async 'a Create that fails and is rolled back is FAILED with the cause'() {
        const made = resource({ value: 'bad', fails: true, rollsBack: true })
        expect(refused(await made.create())).toMatch(cloud.reason)
        succeeded(await made.delete())
        expect(await ours()).toEqual([])
      },
      async 'a Delete removes the stack'() {
        const made = resource({ value: 'x' })
        succeeded(await made.create())
        succeeded(await made.delete())
        expect(await ours()).toEqual([])
      },
      async 'a Delete of a deleted stack is SUCCESS'() {
        const made = resource({ value: 'x' })
        succeeded(await made.create())
        succeeded(await made.delete())
        succeeded(await made.delete())
      },
      async 'a Delete without an id finds the stack of a failed Create'() {
        const made = resource({ value: 'bad', fails: true, rollsBack: false })
        refused(await made.create())
        expect(made.physicalResourceId).toBeUndefined()
        expect(await ours()).toHaveLength(1)
        succeeded(await made.delete())
        expect(await ours()).toEqual([])
      },
      async 'a stack that takes too long is FAILED with its status before the deadline'() {
        const slow = { ...parameters({ value: 'slow', waitSeconds: 30 }), Timeout: 6 }
        const definition = {
          logicalResourceId: 'Foreign',
          resourceType: cloud.resourceType,
          parameters: slow,
          timeoutSeconds: 6,
        }
        const made = new SandboxResource(world.ros, definition)
        expect(refused(await made.create())).toMatch(cloud.inProgress)
        const parametersOfDelete = { ...slow, Timeout: 90 }
        const again = { ...definition, parameters: parametersOfDelete, timeoutSeconds: 120 }
        succeeded(await new SandboxResource(world.ros, again).delete())
        expect(await ours()).toEqual([])
      },
      async 'endpoints and ResponseURLs without TLS are warned of in the log, once an event'() {
        const made = resource({ value: 'x' })
        succeeded(await made.create())
        const warnings = (message: string) =>
          world
            .logged()
            .split('\n')
            .filter((line) => line.includes('"level":"warn"') && line.includes(`"msg":"${message}`))
        const origins = warnings('an endpoint has no TLS').map((line) => /"origin":"([^"]+)"/.exec(line)?.[1])
        expect(origins).toContainEqual(expect.stringMatching(/^http:/))
        expect(origins).toEqual([...new Set(origins)])
        expect(warnings('the ResponseURL has no TLS')).toHaveLength(1)
        succeeded(await made.delete())
      },
      async 'a number arrives as it was written'() {
        await world.close()
        world = await startBridgeWorld({ time, rollback: false, stackName: rosStackName(), handsOver: true })
        for (const written of ['8.0', '12345678901234567890']) {
          const made = resource({ value: new SourceNumber(written), waitSeconds: 1 })
          const { Value } = succeeded(await made.create())
          const value = cloud.existingValue === undefined ? Value : await cloud.existingValue(rosStackName())
          expect(String(value)).toBe(written)
          succeeded(await made.delete())
        }
      },
      async 'calls to a cloud that fails for a while are retried'() {
        const made = resource({ value: 'retried', waitSeconds: 1 })
        cloud.failNextCalls?.()
        await expectValue(await made.create(), 'retried')
        cloud.failNextCalls?.()
        succeeded(await made.delete())
        expect(await ours()).toEqual([])
      },
    }

    for (const behaviour of BEHAVIOURS) {
      it(behaviour, async (context) => {
        const gap = gaps[behaviour]
        if (passes === 'real') context.onTestFailed(() => void process.stderr.write(world.logged()))
        // The annotation shows the cause of the gap in the report.
        if (gap !== undefined) await context.annotate(`gap: ${gap}`)
        else await behaviours[behaviour]()
      })
    }
  })
}
