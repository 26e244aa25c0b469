import {
  CloudFormationClient,
  CreateStackCommand,
  DeleteStackCommand,
  DescribeStacksCommand,
  paginateDescribeStackEvents,
  UpdateStackCommand,
} from '@aws-sdk/client-cloudformation'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import {
  SANDBOX_KEY,
  startSandboxCloudFormation,
  type SandboxCloudFormation,
} from '../../../../src/sandbox/aws/cloudformation/server.ts'

/** The resources that the embedded CloudFormation keeps by their `DeletionPolicy`. */

let aws: SandboxCloudFormation
let client: CloudFormationClient

beforeEach(async () => {
  aws = await startSandboxCloudFormation({ resourceDelayMs: 5 })
  const { url: endpoint, region } = aws
  client = new CloudFormationClient({ endpoint, region, credentials: SANDBOX_KEY, maxAttempts: 1 })
})
afterEach(async () => {
  client.destroy()
  await aws.close()
})

const StackName = 'a-stack'
const TOPIC = 'AWS::SNS::Topic'
const kept = (DeletionPolicy: string) => ({ Type: TOPIC, DeletionPolicy })
const failing = {
  Type: 'Sandbox::Resource',
  Properties: { FailOn: 'create', Message: 'no capacity' },
  DependsOn: ['Kept', 'KeptOnceMade', 'Plain'],
}
const resources = { Kept: kept('Retain'), KeptOnceMade: kept('RetainExceptOnCreate'), Plain: { Type: TOPIC } }
const stays = { Other: { Type: TOPIC } }

function body(Resources: object, more: object = {}) {
  return { StackName, TemplateBody: JSON.stringify({ Resources, ...more }) }
}

async function settles(status: string): Promise<string> {
  const read = async () =>
    (await client.send(new DescribeStacksCommand({ StackName: id }))).Stacks?.[0]?.StackStatus
  await expect.poll(read).toBe(status)
  return id
}

let id = StackName
async function create(
  more: { RetainExceptOnCreate?: boolean } = {},
  Resources: object = resources,
): Promise<void> {
  const { StackId = '' } = await client.send(new CreateStackCommand({ ...body(Resources), ...more }))
  id = StackId
}

/** The final status of each resource. */
async function ends(): Promise<Record<string, string>> {
  const all: [string, string][] = []
  for await (const { StackEvents = [] } of paginateDescribeStackEvents({ client }, { StackName: id }))
    for (const { LogicalResourceId = '', ResourceStatus = '', ResourceType } of StackEvents)
      if (ResourceType === TOPIC) all.push([LogicalResourceId, ResourceStatus])
  return Object.fromEntries(all.reverse())
}

describe('the embedded CloudFormation', () => {
  it('keeps the retained resources of a deleted stack', async () => {
    await create()
    await settles('CREATE_COMPLETE')
    await client.send(new DeleteStackCommand({ StackName }))
    await settles('DELETE_COMPLETE')
    expect(await ends()).toEqual({
      Kept: 'DELETE_SKIPPED',
      KeptOnceMade: 'DELETE_SKIPPED',
      Plain: 'DELETE_COMPLETE',
    })
  })

  it('keeps a retained resource that an update removes from the template', async () => {
    await create()
    await settles('CREATE_COMPLETE')
    await client.send(new UpdateStackCommand(body(stays)))
    await settles('UPDATE_COMPLETE')
    expect(await ends()).toEqual({
      Kept: 'DELETE_SKIPPED',
      KeptOnceMade: 'DELETE_SKIPPED',
      Plain: 'DELETE_COMPLETE',
      Other: 'CREATE_COMPLETE',
    })
  })

  it('keeps a retained resource that a condition now excludes', async () => {
    const conditional = (desired: string) =>
      body(
        { ...stays, Kept: { ...kept('Retain'), Condition: 'Desired' } },
        { Conditions: { Desired: { 'Fn::Equals': [desired, 'yes'] } } },
      )
    const { StackId = '' } = await client.send(new CreateStackCommand(conditional('yes')))
    id = StackId
    await settles('CREATE_COMPLETE')
    await client.send(new UpdateStackCommand(conditional('no')))
    await settles('UPDATE_COMPLETE')
    expect(await ends()).toMatchObject({ Kept: 'DELETE_SKIPPED' })
  })

  it.each([
    ['keeps with Retain what a rolled back creation made', undefined, 'DELETE_SKIPPED'],
    ['removes it where RetainExceptOnCreate says so', true, 'DELETE_COMPLETE'],
  ])('%s, and removes it with RetainExceptOnCreate as its policy', async (_, flag, end) => {
    await create({ ...(flag === undefined ? {} : { RetainExceptOnCreate: flag }) }, { ...resources, failing })
    await settles('ROLLBACK_COMPLETE')
    expect(await ends()).toEqual({ Kept: end, KeptOnceMade: 'DELETE_COMPLETE', Plain: 'DELETE_COMPLETE' })
  })

  it.each([
    ['keeps with Retain what a rolled back update made', undefined, 'DELETE_SKIPPED'],
    ['removes it where RetainExceptOnCreate says so', true, 'DELETE_COMPLETE'],
  ])('%s, and removes it with RetainExceptOnCreate as its policy, of an update', async (_, flag, end) => {
    await create({}, stays)
    await settles('CREATE_COMPLETE')
    await client.send(
      new UpdateStackCommand({
        ...body({ ...stays, ...resources, failing }),
        ...(flag === undefined ? {} : { RetainExceptOnCreate: flag }),
      }),
    )
    await settles('UPDATE_ROLLBACK_COMPLETE')
    expect(await ends()).toEqual({
      Other: 'CREATE_COMPLETE',
      Kept: end,
      KeptOnceMade: 'DELETE_COMPLETE',
      Plain: 'DELETE_COMPLETE',
    })
  })
})
