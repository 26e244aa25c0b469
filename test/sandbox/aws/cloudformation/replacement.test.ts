import {
  type CloudFormationClient,
  CreateChangeSetCommand,
  CreateStackCommand,
  DescribeChangeSetCommand,
  DescribeStacksCommand,
  paginateDescribeStackEvents,
  UpdateStackCommand,
  type StackEvent,
} from '@aws-sdk/client-cloudformation'
import { describe, expect, it } from 'vitest'
import { useCloudFormation } from './cloudformation-client.ts'

/** The replacements of the embedded CloudFormation: those that AWS's specification marks with "Update requires: Replacement". */

let client: CloudFormationClient

useCloudFormation({ resourceDelayMs: 5 }, (_, started) => {
  client = started
})

const StackName = 'a-stack'
const body = (resources: object) => ({ StackName, TemplateBody: JSON.stringify({ Resources: resources }) })
const of = (Type: string, Properties: object, more: object = {}) => ({ Type, Properties, ...more })
const table = (key: string, more: object = {}) =>
  of('AWS::DynamoDB::Table', { KeySchema: [{ AttributeName: key, KeyType: 'HASH' }], ...more })

async function settles(status: string): Promise<void> {
  const read = async () =>
    (await client.send(new DescribeStacksCommand({ StackName }))).Stacks?.[0]?.StackStatus
  await expect.poll(read).toBe(status)
}

/** The events of the latest operation, oldest first, with the physical ids numbered. */
async function events(): Promise<string[]> {
  const all: StackEvent[] = []
  for await (const page of paginateDescribeStackEvents({ client }, { StackName }))
    all.push(...(page.StackEvents ?? []))
  all.reverse()
  const ids: string[] = []
  const lines = all.map(({ LogicalResourceId: name = '', PhysicalResourceId: id = '', ...event }) => {
    if (id !== '' && !ids.includes(id)) ids.push(id)
    const ofResource = ids.filter((one) =>
      all.some((other) => other.LogicalResourceId === name && other.PhysicalResourceId === one),
    )
    const { ResourceStatus: status = '', ResourceStatusReason: reason } = event
    return `${name} ${String(ofResource.indexOf(id) + 1)} ${status}${reason === undefined ? '' : `: ${reason}`}`
  })
  return lines.slice(lines.findLastIndex((line) => line.includes('UPDATE_IN_PROGRESS: User Initiated')) + 1)
}

async function updated(before: object, after: object, status: string): Promise<string[]> {
  await client.send(new CreateStackCommand({ ...body(before), Capabilities: ['CAPABILITY_NAMED_IAM'] }))
  await settles('CREATE_COMPLETE')
  await client.send(new UpdateStackCommand({ ...body(after), Capabilities: ['CAPABILITY_NAMED_IAM'] }))
  await settles(status)
  return events()
}

const REPLACING = 'Requested update requires the creation of a new physical resource; hence creating one.'

describe('an update of the embedded CloudFormation', () => {
  it('creates a new resource if a property is create-only, and deletes the old one in the clean-up', async () => {
    expect(await updated({ T: table('a') }, { T: table('b') }, 'UPDATE_COMPLETE')).toEqual([
      `T 1 UPDATE_IN_PROGRESS: ${REPLACING}`,
      'T 2 UPDATE_IN_PROGRESS: Resource creation Initiated',
      'T 2 UPDATE_COMPLETE',
      'a-stack 1 UPDATE_COMPLETE_CLEANUP_IN_PROGRESS',
      'T 1 DELETE_IN_PROGRESS',
      'T 1 DELETE_COMPLETE',
      'a-stack 1 UPDATE_COMPLETE',
    ])
  })

  it('keeps the old resource if UpdateReplacePolicy says so', async () => {
    const kept = { ...table('b'), UpdateReplacePolicy: 'Retain' }
    expect(await updated({ T: table('a') }, { T: kept }, 'UPDATE_COMPLETE')).toContain('T 1 DELETE_SKIPPED')
  })

  it('restores the old resource if a later one fails', async () => {
    const failing = (FailOn: string) =>
      of('Sandbox::Resource', { Value: { Ref: 'T' }, FailOn, Message: 'no capacity' })
    const lines = await updated(
      { T: table('a'), Z: failing('') },
      { T: table('b'), Z: failing('update') },
      'UPDATE_ROLLBACK_COMPLETE',
    )
    const at = lines.findIndex((line) => line.includes('UPDATE_ROLLBACK_IN_PROGRESS'))
    expect(lines.slice(at).filter((line) => line.startsWith('T '))).toEqual([
      `T 2 UPDATE_IN_PROGRESS: ${REPLACING}`,
      'T 1 UPDATE_COMPLETE',
      'T 2 DELETE_IN_PROGRESS',
      'T 2 DELETE_COMPLETE',
    ])
  })

  it('refuses to replace a resource that keeps its name', async () => {
    const role = (Path: string) =>
      of('AWS::IAM::Role', { RoleName: 'named', Path, AssumeRolePolicyDocument: {} })
    const lines = await updated({ R: role('/a/') }, { R: role('/b/') }, 'UPDATE_ROLLBACK_COMPLETE')
    expect(lines.join('\n')).toContain(
      'UPDATE_FAILED: CloudFormation cannot update a stack when a custom-named resource requires replacing. Rename named and update the stack again.',
    )
  })

  it('refuses another type of a resource', async () => {
    const before = { T: table('a') }
    await client.send(new CreateStackCommand(body(before)))
    await settles('CREATE_COMPLETE')
    const other = body({ T: of('AWS::SQS::Queue', {}) })
    const refused = { message: expect.stringMatching('following resources: \\[T\\]') }
    await expect(client.send(new UpdateStackCommand(other))).rejects.toMatchObject(refused)
    await expect(
      client.send(new CreateChangeSetCommand({ ...other, ChangeSetName: 'c' })),
    ).rejects.toMatchObject(refused)
  })

  it('is planned by change sets with the requirement of each property', async () => {
    const instance = (more: object) =>
      of('AWS::EC2::Instance', { ImageId: 'ami-1', InstanceType: 't3.micro', ...more })
    await client.send(
      new CreateStackCommand(
        body({ A: instance({}), B: instance({}), C: instance({}), D: of('My::Own::Type', { A: 1 }) }),
      ),
    )
    await settles('CREATE_COMPLETE')
    const next = {
      A: instance({ ImageId: 'ami-2' }),
      B: instance({ InstanceType: 't3.large' }),
      C: instance({ SourceDestCheck: false }),
      D: of('My::Own::Type', { A: 2 }),
    }
    await client.send(new CreateChangeSetCommand({ ...body(next), ChangeSetName: 'c' }))
    const { Changes = [] } = await client.send(
      new DescribeChangeSetCommand({ StackName, ChangeSetName: 'c' }),
    )
    expect(
      Changes.map(({ ResourceChange }) => [
        ResourceChange?.LogicalResourceId,
        ResourceChange?.Replacement,
        ResourceChange?.Details?.[0]?.Target?.RequiresRecreation,
      ]),
    ).toEqual([
      ['A', 'True', 'Always'],
      ['B', 'Conditional', 'Conditionally'],
      ['C', 'False', 'Never'],
      ['D', 'Conditional', 'Conditionally'],
    ])
  })
})
