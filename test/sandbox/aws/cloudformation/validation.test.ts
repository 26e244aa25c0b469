import {
  type CloudFormationClient,
  CreateChangeSetCommand,
  CreateStackCommand,
  DescribeChangeSetCommand,
  DescribeEventsCommand,
  DescribeStackEventsCommand,
  DescribeStacksCommand,
  RollbackStackCommand,
  UpdateStackCommand,
  type CreateChangeSetCommandInput,
  type CreateStackCommandInput,
  type DescribeEventsCommandInput,
  type UpdateStackCommandInput,
} from '@aws-sdk/client-cloudformation'
import { describe, expect, it } from 'vitest'
import type { SandboxCloudFormation } from '../../../../src/sandbox/aws/cloudformation/server.ts'
import { useCloudFormation } from './cloudformation-client.ts'

/** Early validation, hooks and operations of the embedded CloudFormation, called by the AWS SDK. */

let aws: SandboxCloudFormation
let client: CloudFormationClient

useCloudFormation({ resourceDelayMs: 5 }, (startedAws, startedClient) => {
  aws = startedAws
  client = startedClient
})

const template = (resources: object) => JSON.stringify({ Resources: resources })
const bucket = (BucketName: unknown) => ({ Type: 'AWS::S3::Bucket', Properties: { BucketName } })
const TAKEN = template({ Bucket: bucket('taken') })

const create = (name: string, body: string, more: Partial<CreateStackCommandInput> = {}) =>
  client.send(new CreateStackCommand({ StackName: name, TemplateBody: body, ...more }))
const update = (name: string, body: string, more: Partial<UpdateStackCommandInput> = {}) =>
  client.send(new UpdateStackCommand({ StackName: name, TemplateBody: body, ...more }))
const stack = async (name: string) =>
  (await client.send(new DescribeStacksCommand({ StackName: name }))).Stacks?.[0]
const settles = (name: string, status: string) =>
  expect.poll(async () => (await stack(name))?.StackStatus).toBe(status)
const failedEvents = async (OperationId: string | undefined) =>
  (await client.send(new DescribeEventsCommand({ OperationId, Filters: { FailedEvents: true } })))
    .OperationEvents ?? []

async function takeName(): Promise<void> {
  await create('first', TAKEN)
  await settles('first', 'CREATE_COMPLETE')
}

describe('early validation', () => {
  it('refuses a creation for a name that exists, before any resource is made; the details are in DescribeEvents only', async () => {
    await takeName()
    const { OperationId } = await create('second', TAKEN)
    await settles('second', 'ROLLBACK_COMPLETE')
    const { StackEvents = [] } = await client.send(new DescribeStackEventsCommand({ StackName: 'second' }))
    expect(StackEvents.map(({ LogicalResourceId }) => LogicalResourceId)).not.toContain('Bucket')
    expect(JSON.stringify(StackEvents)).toContain('use the DescribeEvents API')
    expect(await failedEvents(OperationId)).toMatchObject([
      {
        OperationId,
        OperationType: 'CREATE_STACK',
        OperationStatus: 'FAILED',
        EventType: 'VALIDATION_ERROR',
        LogicalResourceId: 'Bucket',
        ValidationName: 'NAME_CONFLICT_VALIDATION',
        ValidationFailureMode: 'FAIL',
        ValidationStatus: 'FAILED',
        ValidationStatusReason: "Resource of type 'AWS::S3::Bucket' with identifier 'taken' already exists.",
        ValidationPath: '/Resources/Bucket/Properties/BucketName',
      },
    ])
  })

  it('refuses a property of the wrong type', async () => {
    const { OperationId } = await create('a-stack', template({ Bucket: bucket(['a']) }))
    expect(await failedEvents(OperationId)).toMatchObject([{ ValidationName: 'PROPERTY_VALIDATION' }])
  })

  it('does not change a stack whose update it refuses', async () => {
    await takeName()
    await create('second', template({ Thing: { Type: 'Sandbox::Resource' } }))
    await settles('second', 'CREATE_COMPLETE')
    const before = await stack('second')
    const { OperationId } = await update('second', TAKEN, { Tags: [{ Key: 'a', Value: 'b' }] })
    const { LastOperations, ...rest } = (await stack('second')) ?? {}
    expect({ ...rest, LastOperations: before?.LastOperations }).toEqual(before)
    expect(LastOperations).toEqual([{ OperationType: 'UPDATE_STACK', OperationId }])
    expect(await failedEvents(OperationId)).toMatchObject([{ OperationStatus: 'FAILED' }])
  })

  it('is disabled by DisableValidation: then the resource itself fails', async () => {
    await takeName()
    const { OperationId } = await create('second', TAKEN, { DisableValidation: true })
    await settles('second', 'ROLLBACK_COMPLETE')
    expect(await failedEvents(OperationId)).toMatchObject([
      {
        EventType: 'STACK_EVENT',
        ResourceStatus: 'CREATE_FAILED',
        ResourceStatusReason: 'taken already exists',
      },
    ])
  })

  it('accepts names of the stack itself', async () => {
    await takeName()
    await update('first', template({ Bucket: bucket('taken'), Topic: { Type: 'AWS::SNS::Topic' } }))
    await settles('first', 'UPDATE_COMPLETE')
  })
})

describe('a change set', () => {
  const plan = (StackName: string, TemplateBody: string, more: Partial<CreateChangeSetCommandInput> = {}) =>
    client.send(
      new CreateChangeSetCommand({
        StackName,
        TemplateBody,
        ChangeSetName: 'plan',
        ChangeSetType: 'CREATE',
        ...more,
      }),
    )
  const planned = async (StackName: string) =>
    client.send(new DescribeChangeSetCommand({ StackName, ChangeSetName: 'plan' }))
  const eventsOf = async (input: DescribeEventsCommandInput) =>
    (await client.send(new DescribeEventsCommand(input))).OperationEvents ?? []

  it('is validated; DescribeEvents shows the refusal by its name or its ARN', async () => {
    await takeName()
    const { Id } = await plan('second', TAKEN)
    expect(await planned('second')).toMatchObject({
      Status: 'FAILED',
      ExecutionStatus: 'UNAVAILABLE',
      StatusReason: expect.stringMatching(
        /\[AWS::EarlyValidation::ResourceExistenceCheck\].*use the DescribeEvents API/,
      ),
    })
    const byName = await eventsOf({ StackName: 'second', ChangeSetName: 'plan' })
    expect(byName).toMatchObject([
      {
        OperationType: 'CREATE_CHANGESET',
        OperationStatus: 'FAILED',
        EventType: 'VALIDATION_ERROR',
        ValidationPath: '/Resources/Bucket/Properties/BucketName',
      },
    ])
    expect(await eventsOf({ ChangeSetName: Id, Filters: { FailedEvents: true } })).toEqual(byName)
    expect(await eventsOf({ OperationId: byName[0]?.OperationId })).toEqual(byName)
  })

  it('has no events if nothing was refused, or if its validation was disabled', async () => {
    await takeName()
    await plan('second', template({ Thing: { Type: 'Sandbox::Resource' } }))
    await plan('third', TAKEN, { DisableValidation: true })
    for (const StackName of ['second', 'third']) {
      expect(await planned(StackName)).toMatchObject({ Status: 'CREATE_COMPLETE' })
      expect(await eventsOf({ StackName, ChangeSetName: 'plan' })).toEqual([])
    }
  })

  it('that does not exist has no events to describe', async () => {
    await takeName()
    await expect(eventsOf({ StackName: 'first', ChangeSetName: 'plan' })).rejects.toMatchObject({
      name: 'ChangeSetNotFoundException',
    })
  })
})

describe('an operation', () => {
  it('that is rolled back is followed by a separate operation, which hides the failure from a search by name', async () => {
    const failing = { Type: 'Sandbox::Resource', Properties: { FailOn: 'create', Message: 'no' } }
    const { OperationId } = await create('a-stack', template({ Thing: failing }))
    await settles('a-stack', 'ROLLBACK_COMPLETE')
    const byName = await client.send(
      new DescribeEventsCommand({ StackName: 'a-stack', Filters: { FailedEvents: true } }),
    )
    expect(byName.OperationEvents ?? []).toEqual([])
    expect(await failedEvents(OperationId)).toMatchObject([{ ResourceStatusReason: 'no' }])
    expect((await stack('a-stack'))?.LastOperations?.map(({ OperationType }) => OperationType)).toEqual([
      'ROLLBACK',
      'CREATE_STACK',
    ])
  })

  it("that rolls a creation back already sets the stack's deletion time", async () => {
    await create(
      'a-stack',
      template({ Thing: { Type: 'Sandbox::Resource', Properties: { FailOn: 'create' } } }),
    )
    await settles('a-stack', 'ROLLBACK_COMPLETE')
    expect((await stack('a-stack'))?.DeletionTime).toBeInstanceOf(Date)
  })

  it('can be hidden from the first reads after a creation', async () => {
    aws.cloud.readsUntilVisible = 2
    const { StackId = '' } = await create('a-stack', template({ Thing: { Type: 'Sandbox::Resource' } }))
    for (const name of [StackId, 'a-stack']) await expect(stack(name)).rejects.toThrow('does not exist')
    expect(await stack(StackId)).toBeDefined()
  })
})

describe('a hook', () => {
  const hooked = (Hook: string) =>
    template({ Thing: { Type: 'Sandbox::Resource', Properties: { Hook, HookMessage: 'no owner tag' } } })

  it('in WARN mode lets the resource be created, and shows its failure', async () => {
    const { OperationId } = await create('a-stack', hooked('WARN'))
    await settles('a-stack', 'CREATE_COMPLETE')
    expect(await failedEvents(OperationId)).toMatchObject([
      { EventType: 'HOOK_INVOCATION_ERROR', HookFailureMode: 'WARN', HookStatus: 'HOOK_COMPLETE_FAILED' },
    ])
  })

  it('in FAIL mode stops the operation', async () => {
    await create('a-stack', hooked('FAIL'))
    await settles('a-stack', 'ROLLBACK_COMPLETE')
  })
})

describe('a failed resource that is kept', () => {
  const failing = template({
    Good: { Type: 'Sandbox::Resource' },
    Thing: { Type: 'Sandbox::Resource', DependsOn: 'Good', Properties: { FailOn: 'create,update' } },
  })
  const good = template({ Good: { Type: 'Sandbox::Resource' } })

  it('by DisableRollback can be updated, or rolled back by RollbackStack', async () => {
    for (const name of ['one', 'other']) {
      await create(name, failing, { DisableRollback: true })
      await settles(name, 'CREATE_FAILED')
    }
    await update('one', good)
    await settles('one', 'UPDATE_COMPLETE')
    await client.send(new RollbackStackCommand({ StackName: 'other' }))
    await settles('other', 'ROLLBACK_COMPLETE')
  })

  it('by OnFailure DO_NOTHING cannot be updated', async () => {
    await create('a-stack', failing, { OnFailure: 'DO_NOTHING' })
    await settles('a-stack', 'CREATE_FAILED')
    await expect(update('a-stack', good)).rejects.toThrow('contains [on-failure: DO_NOTHING]')
  })

  it.each([
    ['DisableRollback', { DisableRollback: true }],
    ['EXPRESS mode', { DeploymentConfig: { Mode: 'EXPRESS' } }],
  ] as const)('of an update by %s is rolled back by RollbackStack', async (_by, more) => {
    await create('a-stack', good)
    await settles('a-stack', 'CREATE_COMPLETE')
    await update('a-stack', failing, more)
    await settles('a-stack', 'UPDATE_FAILED')
    await client.send(new RollbackStackCommand({ StackName: 'a-stack' }))
    await settles('a-stack', 'UPDATE_ROLLBACK_COMPLETE')
  })
})

describe('a template', () => {
  it.each([
    ['Resources', 500, { Type: 'Sandbox::Resource' }],
    ['Parameters', 200, { Type: 'String', Default: 'x' }],
    ['Mappings', 200, { a: { b: 'c' } }],
    ['Outputs', 200, { Value: 'x' }],
  ])('is refused if its %s have more than %i entries', async (section, most, entry) => {
    const body = JSON.stringify({
      Resources: { Topic: { Type: 'Sandbox::Resource' } },
      [section]: Object.fromEntries(
        Array.from({ length: most + 1 }, (_, index) => [`A${String(index)}`, entry]),
      ),
    })
    await expect(create('long', body)).rejects.toThrow(
      `Template format error: Number of ${section.toLowerCase()}, ${String(most + 1)}, is greater than maximum allowed, ${String(most)}`,
    )
  })
})
