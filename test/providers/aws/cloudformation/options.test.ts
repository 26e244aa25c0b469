import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { JsonObject } from '../../../../src/platform/json.ts'
import { refused, succeeded } from '../../../outcome-assertions.ts'
import { startAwsWorld, type AwsWorld } from './world.ts'

/** What the properties ask of CloudFormation besides the template, from ROS's event to its answer. */

let here: AwsWorld
beforeEach(async () => {
  here = await startAwsWorld()
})
afterEach(() => here.close())

const thing = (properties: JsonObject = {}) => ({ Type: 'Sandbox::Resource', Properties: properties })
const template = (resources: JsonObject, value = '1'): JsonObject => ({
  Template: { Resources: resources, Outputs: { Step: { Value: value } } },
})
const FAILING = template({ Thing: thing({ FailOn: 'create,update', Message: 'no capacity' }) })
const GOOD = template({ Thing: thing() })
const existing = () => {
  const stacks = [...here.aws.cloud.stacks.values()].filter(({ status }) => status !== 'DELETE_COMPLETE')
  expect(stacks).toHaveLength(1)
  return stacks[0]
}

describe('what an Update no longer has', () => {
  const TOPIC = 'arn:aws:sns:us-east-1:123456789012:topic'
  const alarms = {
    RollbackTriggers: [
      { Arn: 'arn:aws:cloudwatch:us-east-1:123456789012:alarm:a', Type: 'AWS::CloudWatch::Alarm' },
    ],
    MonitoringTimeInMinutes: 5,
  }

  it('is removed from the stack: topics and alarms', async () => {
    const made = here.resource({ ...GOOD, NotificationARNs: [TOPIC], RollbackConfiguration: alarms })
    succeeded(await made.create())
    expect(existing()?.options).toMatchObject({ notificationArns: [TOPIC], monitoringMinutes: 5 })
    succeeded(await made.update(here.parameters({ ...template({ Thing: thing() }, '2') })))
    expect(existing()?.options).toMatchObject({
      notificationArns: [],
      rollbackTriggers: [],
      monitoringMinutes: 0,
    })
  })

  it('is not removed if the template never had it', async () => {
    const made = here.resource(GOOD)
    succeeded(await made.create())
    const stack = existing()
    if (stack !== undefined) stack.options = { ...stack.options, notificationArns: [TOPIC] }
    succeeded(await made.update(here.parameters(template({ Thing: thing() }, '2'))))
    expect(existing()?.options.notificationArns).toEqual([TOPIC])
  })

  it('of alarms is taken from a RollbackConfiguration that stays', async () => {
    const made = here.resource({ ...GOOD, RollbackConfiguration: alarms })
    succeeded(await made.create())
    const RollbackConfiguration = { MonitoringTimeInMinutes: 5 }
    succeeded(
      await made.update(here.parameters({ ...template({ Thing: thing() }, '2'), RollbackConfiguration })),
    )
    expect(existing()?.options).toMatchObject({ rollbackTriggers: [], monitoringMinutes: 5 })
  })
})

describe('a stack in CREATE_FAILED', () => {
  it('that DisableRollback has kept is repaired by a later Create, not deleted', async () => {
    refused(await here.resource({ ...FAILING, DisableRollback: true }).create())
    expect(existing()?.status).toBe('CREATE_FAILED')
    succeeded(await here.resource({ ...GOOD, DisableRollback: true }).create())
    expect(here.calls('DeleteStack')).toBe(0)
    expect(existing()?.status).toBe('UPDATE_COMPLETE')
  })

  it('that OnFailure has kept is not changed by a later Create, whose reason names the remedy', async () => {
    refused(await here.resource({ ...FAILING, OnFailure: 'DO_NOTHING' }).create())
    const reason = refused(await here.resource({ ...GOOD, OnFailure: 'DO_NOTHING' }).create())
    expect(reason).toMatch(/CREATE_FAILED.*set Stack\.RollbackStack to true/)
    expect(here.calls('UpdateStack')).toBe(0)
    expect(here.calls('DeleteStack')).toBe(0)
    expect(existing()?.status).toBe('CREATE_FAILED')
  })

  it('that OnFailure has kept, and that is to be kept no more, is refused in AWS’s words', async () => {
    refused(await here.resource({ ...FAILING, OnFailure: 'DO_NOTHING' }).create())
    const reason = refused(await here.resource(GOOD).create())
    expect(reason).toMatch(/\[on-failure: DO_NOTHING\].*set Stack\.RollbackStack to true/)
    expect(here.calls('DeleteStack')).toBe(0)
  })

  it('is rolled back and created again if RollbackStack requests it', async () => {
    refused(await here.resource({ ...FAILING, OnFailure: 'DO_NOTHING' }).create())
    succeeded(await here.resource({ ...GOOD, RollbackStack: true }).create())
    expect(here.calls('RollbackStack')).toBe(1)
    expect(existing()?.status).toBe('CREATE_COMPLETE')
  })

  it('is deleted by the Delete that ROS sends after the failed Create', async () => {
    const made = here.resource({ ...FAILING, OnFailure: 'DO_NOTHING' })
    refused(await made.create())
    succeeded(await made.delete())
    expect(here.calls('DeleteStack')).toBe(1)
  })
})

describe('a stack in UPDATE_FAILED', () => {
  it('is updated again, or rolled back first where RollbackStack asks for it', async () => {
    const made = here.resource(GOOD)
    succeeded(await made.create())
    const failing = template({ Thing: thing(), More: thing({ FailOn: 'create' }) })
    refused(await made.update(here.parameters({ ...failing, DisableRollback: true })))
    expect(existing()?.status).toBe('UPDATE_FAILED')
    succeeded(
      await made.update(here.parameters({ ...template({ Thing: thing() }, '2'), RollbackStack: true })),
    )
    expect(here.calls('RollbackStack')).toBe(1)
  })
})

describe('DisableValidation', () => {
  it('lets CloudFormation find the failure itself', async () => {
    const bucket = template({ B: { Type: 'AWS::S3::Bucket', Properties: { BucketName: 'taken' } } })
    succeeded(await here.resource({ ...bucket, Name: 'first' }, {}, 'First').create())
    expect(refused(await here.resource({ ...bucket, DisableValidation: true }).create())).toMatch(
      /^B \(AWS::S3::Bucket\): taken already exists\./,
    )
  })
})

describe('DeploymentConfig', () => {
  it('in EXPRESS mode leaves a failed stack as it is, as AWS does', async () => {
    const reason = refused(
      await here.resource({ ...FAILING, DeploymentConfig: { Mode: 'EXPRESS' } }).create(),
    )
    expect(reason).toMatch(/^Thing \(Sandbox::Resource\): no capacity\..*CREATE_FAILED/)
  })
})

describe('ForceRollback', () => {
  it('continues a rollback without the resources that failed in it', async () => {
    const made = here.resource(GOOD)
    succeeded(await made.create())
    const stuck = template({ Thing: thing(), More: thing({ FailOn: 'create,update-rollback' }) })
    refused(await made.update(here.parameters(stuck)))
    expect(existing()?.status).toBe('UPDATE_ROLLBACK_FAILED')
    succeeded(
      await made.update(here.parameters({ ...template({ Thing: thing() }, '2'), ForceRollback: true })),
    )
    expect(here.calls('ContinueUpdateRollback')).toBe(1)
  })

  it('is refused together with ResourcesToSkip', async () => {
    const both = { ...GOOD, ForceRollback: true, ResourcesToSkip: ['A'] }
    expect(refused(await here.resource(both).create())).toContain('Stack.ForceRollback must not be given')
  })
})

describe('tags', () => {
  const many = (count: number) =>
    Object.fromEntries(Array.from({ length: count }, (_, index) => [`t${String(index)}`, 'v']))

  it.each([
    ['48 tags, since three mark the owner', many(48), /Stack\.Tags must hold 47 tags at most, but holds 48/],
    ['tags that AWS reserves', { 'aws:x': '1' }, /Stack\.Tags must not hold a tag that begins with aws:/],
  ])('%s are refused before any call', async (_, Tags, problem) => {
    expect(refused(await here.resource({ ...GOOD, Tags }).create())).toMatch(problem)
    expect(here.aws.calls).toEqual([])
  })

  it('47 tags are taken', async () => {
    succeeded(await here.resource({ ...GOOD, Tags: many(47) }).create())
  })
})

describe('a stack that reads do not show yet', () => {
  it.each([1, 2, 6])('is waited for: %i reads', async (reads) => {
    here.aws.cloud.readsUntilVisible = reads
    succeeded(await here.resource(GOOD).create())
    expect(existing()?.status).toBe('CREATE_COMPLETE')
  })
})

describe('a wait for another operation', () => {
  it('reads newer events only, after the first time', async () => {
    const made = here.resource(GOOD)
    succeeded(await made.create())
    const stack = existing()
    const [event] = stack?.events ?? []
    if (stack === undefined || event === undefined) throw new Error('the stack has no events')
    const operation = { ...event.operation, token: undefined }
    stack.events.unshift(
      ...Array.from({ length: 1000 }, (_, index) => ({ ...event, id: `old-${String(index)}`, operation })),
    )
    stack.status = 'UPDATE_IN_PROGRESS'
    const before = here.calls('DescribeStackEvents')
    const updating = made.update(here.parameters({ ...template({ Thing: thing() }, '2') }, { Timeout: 3600 }))
    await here.time.until(() => here.calls('DescribeStacks') > 12)
    stack.status = 'CREATE_COMPLETE'
    succeeded(await updating)
    // The first search reads all 11 pages, each later one a single page.
    expect(here.calls('DescribeStackEvents') - before).toBeLessThan(35)
  })
})

describe('an update that no time proves', () => {
  it('is proven by the events with its own token', async () => {
    const made = here.resource(GOOD)
    succeeded(await made.create())
    const stack = existing()
    if (stack === undefined) throw new Error('there is no stack')
    // An emulator that shows no LastUpdatedTime.
    Object.defineProperty(stack, 'updatedAt', { get: () => undefined, set: () => undefined })
    const outcome = await made.update(here.parameters(template({ Thing: thing() }, '2')))
    expect(succeeded(outcome)).toEqual({ Step: '2' })
    expect(outcome.elapsedMs).toBeLessThan(30_000)
  })
})
