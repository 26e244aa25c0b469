import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Clock } from '../../../../src/platform/clock.ts'
import type { JsonObject } from '../../../../src/platform/json.ts'
import type { SandboxResource } from '../../../../src/sandbox/ros/ros.ts'
import { succeeded } from '../../../outcome-assertions.ts'
import { planOf } from '../../../plan-of.ts'
import { startAwsWorld, type AwsWorld } from './world.ts'

/** Plans by change sets, on the embedded CloudFormation. */

let here: AwsWorld
beforeEach(async () => {
  here = await startAwsWorld()
})
afterEach(() => here.close())

const template = (resources: JsonObject): JsonObject => ({ Template: { Resources: resources } })
const queue = (properties: JsonObject = {}) => ({ Type: 'AWS::SQS::Queue', Properties: properties })
const nested = (url: string, parameters: JsonObject = {}) => ({
  Type: 'AWS::CloudFormation::Stack',
  Properties: { TemplateURL: url, Parameters: parameters },
})

const changeSets = () => [...here.aws.cloud.stacks.keys()].flatMap((id) => here.aws.cloud.changeSetsOf(id))

function updateOf(made: SandboxResource, stack: JsonObject, more: JsonObject = {}): JsonObject {
  return {
    RequestType: 'Update',
    ResourceType: 'Custom::AwsCloudFormationStack',
    LogicalResourceId: 'Foreign',
    StackId: here.world.ros.stackId,
    PhysicalResourceId: made.physicalResourceId ?? '',
    ResourceProperties: here.parameters(stack),
    ...more,
  }
}

async function created(stack: JsonObject): Promise<SandboxResource> {
  const made = here.resource(stack)
  succeeded(await made.create())
  return made
}

describe('a plan by a change set', () => {
  it('has the changes of nested stacks with their path, and no nested stack without changes', async () => {
    const Parameters = { Name: { Type: 'String' } }
    const inside = (resources: JsonObject) => JSON.stringify({ Parameters, Resources: resources })
    here.aws.cloud.templates.set('https://s3/inner', inside({ Leaf: queue({ QueueName: { Ref: 'Name' } }) }))
    here.aws.cloud.templates.set(
      'https://s3/middle',
      inside({ Inner: nested('https://s3/inner', { Name: { Ref: 'Name' } }) }),
    )
    const stack = (name: string) =>
      template({
        Middle: nested('https://s3/middle', { Name: name }),
        Same: nested('https://s3/inner', { Name: 'same' }),
      })
    const made = await created(stack('one'))
    const plan = await planOf(updateOf(made, stack('two')), here.time)
    expect(plan).toMatchObject({
      changes: [
        { action: 'change', resource: 'Middle', type: 'AWS::CloudFormation::Stack' },
        { action: 'change', resource: 'Middle/Inner' },
        { action: 'replace', resource: 'Middle/Inner/Leaf', properties: ['QueueName'] },
      ],
      notes: [],
    })
    expect(changeSets()).toEqual([])
  })

  it('reports a change that is not of a resource, and no change for nested stacks without one', async () => {
    here.aws.cloud.templates.set('https://s3/leaf', JSON.stringify({ Resources: { Leaf: queue() } }))
    const other = { changes: [], changesOther: true, notes: [expect.stringContaining('no resource')] }
    const plain = { Template: { Resources: { One: queue() }, Outputs: { New: { Value: 'one' } } } }
    const made = await created(template({ One: queue() }))
    expect(await planOf(updateOf(made, plain), here.time)).toMatchObject(other)
    const holding = { ...template({ Same: nested('https://s3/leaf') }), Name: 'holding' }
    const parent = here.resource(holding, {}, 'Parent')
    succeeded(await parent.create())
    const plan = await planOf(updateOf(parent, holding, { LogicalResourceId: 'Parent' }), here.time)
    expect(plan).toMatchObject({ changes: [], notes: [] })
    expect(plan).not.toHaveProperty('changesOther')
  })

  it('reads all pages', async () => {
    const many = (suffix: string): JsonObject =>
      Object.fromEntries(Array.from({ length: 250 }, (_, index) => [`Q${String(index)}${suffix}`, queue()]))
    const made = await created(template(many('a')))
    const plan = await planOf(updateOf(made, template(many('b'))), here.time)
    expect(plan).toMatchObject({ outcome: 'planned' })
    expect('changes' in plan ? plan.changes : []).toHaveLength(500)
  })

  it('says of a resource whose input is not known yet that it may be replaced', async () => {
    const made = await created(
      template({
        First: queue({ QueueName: 'a' }),
        Second: { Type: 'AWS::EC2::VPC', Properties: { CidrBlock: { Ref: 'First' } } },
      }),
    )
    const plan = await planOf(
      updateOf(
        made,
        template({
          First: queue({ QueueName: 'b' }),
          Second: { Type: 'AWS::EC2::VPC', Properties: { CidrBlock: { Ref: 'First' } } },
        }),
      ),
      here.time,
    )
    expect(plan).toMatchObject({
      changes: [
        { action: 'replace', resource: 'First' },
        { action: 'change', resource: 'Second', mayReplace: true },
      ],
    })
  })

  it('shows no change of marks to a person whose event names another ROS stack', async () => {
    const stack = template({ One: queue() })
    const made = await created(stack)
    const plan = await planOf(updateOf(made, stack, { StackId: 'another' }), here.time)
    expect(plan).toMatchObject({ changes: [], notes: [expect.stringContaining('marked as that of')] })
  })

  it('is not created on the stack of another owner for a Create', async () => {
    await created(template({ One: queue() }))
    const create = {
      ResourceType: 'Custom::AwsCloudFormationStack',
      LogicalResourceId: 'Another',
      ResourceProperties: here.parameters(template({ Two: queue() })),
    }
    expect(await planOf(create, here.time)).toEqual({
      outcome: 'impossible',
      reason: expect.stringMatching(/^Stack stack-by-ros exists already and is marked as that of/),
      takesOver: {
        stack: { id: expect.stringMatching(/^arn:/), name: 'stack-by-ros' },
        ownership: { mark: 'another', owner: expect.stringContaining('Foreign') },
        touches: expect.stringContaining('tags of the stack'),
      },
    })
    expect(here.calls('CreateChangeSet')).toBe(0)
  })

  it('leaves no change set if it is interrupted, or if CloudFormation refuses the template', async () => {
    const made = await created(template({ One: queue() }))
    here.aws.cloud.readsUntilPlanned = 5
    const end = new AbortController()
    const planning = planOf(updateOf(made, template({ Two: queue() })), here.time, end.signal)
    await here.time.until(() => changeSets().length === 1)
    end.abort()
    await expect(planning).rejects.toMatchObject({ name: 'AbortError' })
    expect(changeSets()).toEqual([])
    const broken = template({ Two: { Type: 'AWS::SQS::Queue', Properties: { QueueName: { Ref: 'None' } } } })
    await expect(planOf(updateOf(made, broken), here.time)).rejects.toThrow(
      /Unresolved resource dependencies/,
    )
    expect(changeSets()).toEqual([])
  })

  it('ends if its change set cannot be deleted and created again', async () => {
    const made = await created(template({ One: queue() }))
    const event = { ...updateOf(made, template({ Two: queue() })), RequestId: 'SAME' }
    here.aws.cloud.failsToDeleteChangeSets = true
    await planOf(event, here.time)
    await expect(planOf(event, here.time)).rejects.toThrow(/status of the change set is DELETE_FAILED/)
  })

  it('leaves no change set if the answer to CreateChangeSet is lost', async () => {
    const made = await created(template({ One: queue() }))
    here.aws.faults.add('reset-after', { action: 'CreateChangeSet', times: 1 })
    const plan = await planOf(updateOf(made, template({ One: queue(), Two: queue() })), here.time)
    expect(plan).toMatchObject({ changes: [{ action: 'add', resource: 'Two' }] })
    expect(changeSets()).toEqual([])
  })
})

describe('a cloud that stops answering in the middle of a plan', () => {
  /** A clock on which each try of a call takes twenty seconds. */
  function slowClock(): Clock {
    const { clock } = here.time
    let lateMs = 0
    return {
      now: () => clock.now() + lateMs,
      sleep(ms, signal) {
        lateMs += 20_000
        return clock.sleep(ms, signal)
      },
    }
  }

  it.each(['CreateChangeSet', 'DescribeChangeSet'])(
    'is reported after minutes, with what it may have left: no %s',
    async (action) => {
      const made = await created(template({ One: queue() }))
      here.aws.faults.add('internal-error', { action, times: 1000 })
      here.aws.faults.add('internal-error', { action: 'DeleteChangeSet', times: 1000 })
      const planning = planOf(updateOf(made, template({ Two: queue() })), { clock: slowClock() })
      await expect(planning).rejects.toThrow(
        new RegExp(`^AWS ${action}: HTTP 500.*could not be removed: AWS DeleteChangeSet: HTTP 500`),
      )
      // Three tries of the SDK each.
      expect(here.calls('DeleteChangeSet')).toBeLessThanOrEqual(3 * 4)
    },
  )

  it('does not hide the plan', async () => {
    const made = await created(template({ One: queue() }))
    here.aws.faults.add('internal-error', { action: 'DeleteChangeSet', times: 1000 })
    const plan = await planOf(updateOf(made, template({ Two: queue() })), { clock: slowClock() })
    expect(plan).toMatchObject({
      changes: [{ resource: 'Two' }, { resource: 'One' }],
      notes: [expect.stringContaining('could not be removed')],
    })
  })

  it('is not waited for without limit if the plan never becomes ready', async () => {
    const made = await created(template({ One: queue() }))
    here.aws.cloud.readsUntilPlanned = Infinity
    const plan = await planOf(updateOf(made, template({ Two: queue() })), { clock: slowClock() })
    expect(plan).toEqual({
      outcome: 'impossible',
      reason: 'The cloud is still at work on the plan after 60 minutes: change set CREATE_IN_PROGRESS.',
    })
  })
})

describe('the plan of a Create', () => {
  const create = (stack: JsonObject): JsonObject => ({
    ResourceType: 'Custom::AwsCloudFormationStack',
    ResourceProperties: here.parameters(stack),
  })

  it('lists the resources of the template without a call that makes something', async () => {
    const Template =
      'Resources:\n  One: { Type: AWS::SQS::Queue }\n  Two: { Type: AWS::SQS::Queue, Condition: IsProd }\n'
    expect(await planOf(create({ Template }), here.time)).toMatchObject({
      operation: 'create',
      changes: [
        { action: 'add', resource: 'One', type: 'AWS::SQS::Queue' },
        { action: 'unknown', resource: 'Two' },
      ],
      notes: [expect.stringContaining('Condition')],
    })
    expect(here.calls('CreateChangeSet')).toBe(0)
    expect(here.aws.cloud.stacks.size).toBe(0)
  })

  it('is impossible for a template that only CloudFormation can expand', async () => {
    const transformed = { Template: { Transform: 'AWS::Serverless-2016-10-31', Resources: {} } }
    const elsewhere = { TemplateURL: 'https://s3/t' }
    for (const stack of [transformed, elsewhere])
      expect(await planOf(create(stack), here.time)).toMatchObject({
        outcome: 'impossible',
        reason: expect.stringContaining('change set'),
      })
  })
})
