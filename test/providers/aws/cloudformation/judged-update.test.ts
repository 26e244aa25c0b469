import { CloudFormationClient, CreateChangeSetCommand } from '@aws-sdk/client-cloudformation'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { JsonObject } from '../../../../src/platform/json.ts'
import { SandboxResource } from '../../../../src/sandbox/ros/ros.ts'
import { startBridgeWorld } from '../../../bridge-world.ts'
import { refused, succeeded } from '../../../outcome-assertions.ts'
import { PLANTED } from '../../../planted-secrets.ts'
import { startAwsWorld, type AwsWorld } from './world.ts'

/** Updates under RefuseReplacement and RefuseRemoval, on the embedded CloudFormation. */

let here: AwsWorld
beforeEach(async () => {
  here = await startAwsWorld()
  here.aws.cloud.readsUntilPlanned = 2
})
afterEach(() => here.close())

const queue = (QueueName: string) => ({ Type: 'AWS::SQS::Queue', Properties: { QueueName } })
const topic = (DisplayName: string) => ({ Type: 'AWS::SNS::Topic', Properties: { DisplayName } })
const BUCKET = { Type: 'AWS::S3::Bucket', Properties: { BucketName: 'taken' } }
const stack = (resources: JsonObject): JsonObject => ({ Template: { Resources: resources } })
const JUDGED = { RefuseReplacement: true, RefuseRemoval: true }

const judged = (resources: JsonObject, more: JsonObject = JUDGED) => here.parameters(stack(resources), more)
const changeSets = () => [...here.aws.cloud.stacks.keys()].flatMap((id) => here.aws.cloud.changeSetsOf(id))
const physicalIds = () =>
  [...here.aws.cloud.stacks.values()].flatMap(({ resources }) =>
    [...resources.values()].map(({ physicalId }) => physicalId),
  )

async function changeSetsOfOthers(count: number): Promise<string[]> {
  const { accessKeyId, accessKeySecret } = PLANTED
  const client = new CloudFormationClient({
    endpoint: here.aws.url,
    region: 'us-east-1',
    credentials: { accessKeyId, secretAccessKey: accessKeySecret },
  })
  const names = Array.from({ length: count }, (_, index) => `theirs-${String(index)}`)
  for (const ChangeSetName of names)
    await client.send(
      new CreateChangeSetCommand({
        StackName: 'stack-by-ros',
        ChangeSetName,
        TemplateBody: JSON.stringify({ Resources: { Theirs: topic(ChangeSetName) } }),
      }),
    )
  client.destroy()
  return names
}

async function created(resources: JsonObject): Promise<SandboxResource> {
  const made = here.resource(stack(resources))
  succeeded(await made.create())
  return made
}

describe('an Update that is judged', () => {
  it('is FAILED with all that it would take away, and nothing is touched', async () => {
    const made = await created({ One: queue('one'), Two: topic('two'), Three: queue('three') })
    const before = physicalIds()
    const outcome = await made.update(judged({ One: queue('other'), Two: topic('changed') }))
    const reason = refused(outcome)
    expect(reason).toMatch(
      /^The Update of stack stack-by-ros is refused, and nothing was touched: it would replace/,
    )
    expect(reason).toContain('One (AWS::SQS::Queue')
    expect(reason).toMatch(/it would remove Three \(AWS::SQS::Queue .*\) \(RefuseRemoval\)/)
    expect(reason).not.toContain('Two')
    expect(physicalIds()).toEqual(before)
    expect(changeSets()).toEqual([])
    for (const call of ['UpdateStack', 'ExecuteChangeSet', 'UpdateTerminationProtection'])
      expect(here.calls(call)).toBe(0)
  })

  it('is refused only what its property names', async () => {
    const made = await created({ One: queue('one'), Two: queue('two') })
    const removing = { One: queue('one') }
    succeeded(await made.update(judged(removing, { RefuseReplacement: true })))
    const replacing = { One: queue('other') }
    succeeded(await made.update(judged(replacing, { RefuseRemoval: true })))
  })

  it('executes the change set that was judged, and no other update', async () => {
    const made = await created({ One: topic('one') })
    succeeded(await made.update(judged({ One: topic('two'), Two: topic('new') })))
    expect(here.calls('ExecuteChangeSet')).toBe(1)
    expect(here.calls('CreateChangeSet')).toBe(1)
    expect(here.calls('UpdateStack')).toBe(0)
    const [name] = changeSets()
    expect(changeSets()).toEqual([expect.stringMatching(/^sb-judged-/)])
    // CloudFormation keeps what was executed, and deletes it when the next one is.
    succeeded(await made.update(judged({ One: topic('three'), Two: topic('new') })))
    expect(changeSets()).toEqual([expect.not.stringMatching(`^${String(name)}$`)])
  })

  it('makes an update without a change of resources as any other', async () => {
    const made = await created({ One: topic('one') })
    const same = stack({ One: topic('one') })
    succeeded(await made.update(here.parameters(same, { ...JUDGED, Revision: 2 })))
    const topics = { ...same, NotificationARNs: ['arn:aws:sns:us-east-1:123456789012:topic'] }
    succeeded(await made.update(here.parameters(topics, JUDGED)))
    expect(changeSets()).toEqual([])
  })

  it('survives lost answers: one update, and no change set stays', async () => {
    const made = await created({ One: topic('one') })
    for (const action of ['CreateChangeSet', 'ExecuteChangeSet', 'DescribeChangeSet'])
      here.aws.faults.add('reset-after', { action, times: 1 })
    succeeded(await made.update(judged({ One: topic('two') })))
    const [stored] = here.aws.cloud.stacks.values()
    expect(stored?.operations.filter(({ type }) => type === 'UPDATE_STACK')).toHaveLength(1)
    here.aws.faults.add('reset-after', { action: 'DeleteChangeSet', times: 1 })
    refused(await made.update(judged({ New: topic('new') })))
    expect(changeSets()).toHaveLength(1)
  })

  it('deletes the change set of an Update that was killed before its check', async () => {
    const made = await created({ One: topic('one') })
    here.aws.cloud.readsUntilPlanned = 1000
    const timedOut = made.update(judged({ One: topic('two') }, { ...JUDGED, Timeout: 30 }))
    expect(refused(await timedOut)).toMatch(
      /before the stack could be updated\. The cloud was still at work on its plan: change set CREATE_IN_PROGRESS\.$/,
    )
    expect(changeSets()).toHaveLength(1)
    here.aws.cloud.readsUntilPlanned = 1
    refused(await made.update(judged({ New: topic('new') })))
    expect(changeSets()).toEqual([])
  })

  it('deletes it, and no other, however many change sets the stack has', async () => {
    await here.close()
    here = await startAwsWorld([], undefined, 5)
    const made = await created({ One: topic('one') })
    const theirs = await changeSetsOfOthers(12)
    here.aws.cloud.readsUntilPlanned = 1000
    refused(await made.update(judged({ One: topic('two') }, { ...JUDGED, Timeout: 30 })))
    expect(changeSets()).toHaveLength(13)
    here.aws.cloud.readsUntilPlanned = 1
    refused(await made.update(judged({ New: topic('new') })))
    expect(changeSets()).toEqual(theirs)
  })

  it('leaves no change set where CloudFormation cannot make it', async () => {
    const made = await created({ One: topic('one') })
    const taken = here.resource({ ...stack({ Taken: BUCKET }), Name: 'other' }, {}, 'Other')
    succeeded(await taken.create())
    const failing = judged({ One: topic('one'), Two: BUCKET })
    expect(refused(await made.update(failing))).toContain('CreateChangeSet')
    expect(changeSets()).toEqual([])
  })

  it('leaves no change set if it must not be executed', async () => {
    const denying = await startAwsWorld(['ExecuteChangeSet'])
    const of = (name: string) => stack({ One: topic(name) })
    const made = denying.resource(of('one'))
    succeeded(await made.create())
    const outcome = await made.update(denying.parameters(of('two'), JUDGED))
    expect(refused(outcome)).toMatch(/not authorized to perform.*ExecuteChangeSet/i)
    const [id = ''] = denying.aws.cloud.stacks.keys()
    expect(denying.aws.cloud.changeSetsOf(id)).toEqual([])
    await denying.close()
  })

  it('continues in other invocations while CloudFormation computes the change set', async () => {
    // More than one call waits for.
    here.aws.cloud.readsUntilPlanned = 30
    const world = await startBridgeWorld({ time: here.time, rollback: false, handsOver: true })
    const made = new SandboxResource(world.ros, {
      logicalResourceId: 'Foreign',
      resourceType: 'Custom::AwsCloudFormationStack',
      parameters: here.parameters(stack({ One: topic('one') })),
    })
    succeeded(await made.create())
    succeeded(await made.update(judged({ One: topic('two') })))
    expect(refused(await made.update(judged({ New: topic('new') })))).toContain('it would remove One')
    await world.fc?.idle()
    expect(world.served.filter(({ kind }) => kind === 'handed-over').length).toBeGreaterThan(3)
    await world.close()
  })

  it('is refused by name together with a stack policy, which no change set carries', async () => {
    const made = await created({ One: topic('one') })
    const policy = { ...stack({ One: topic('two') }), StackPolicyBody: '{"Statement":[]}' }
    expect(refused(await made.update(here.parameters(policy, { RefuseRemoval: true })))).toMatch(
      /RefuseRemoval must not be given together with a stack policy/,
    )
    expect(here.calls('CreateChangeSet')).toBe(0)
  })
})
