import {
  type CloudFormationClient,
  CreateChangeSetCommand,
  CreateStackCommand,
  DeleteStackCommand,
  DescribeChangeSetCommand,
  DescribeStackEventsCommand,
  DescribeStacksCommand,
} from '@aws-sdk/client-cloudformation'
import { describe, expect, it } from 'vitest'
import { useCloudFormation } from './cloudformation-client.ts'

/**
 * What AWS answered, as LocalStack has recorded it: tests/aws/services/cloudformation/api/*.snapshot.json of
 * https://github.com/localstack/localstack.
 */

let client: CloudFormationClient
useCloudFormation({ resourceDelayMs: 0 }, (_, started) => {
  client = started
})

const TOPIC = 'Resources: { A: { Type: AWS::SNS::Topic } }'

const create = (TemplateBody: string, ResourceTypes?: string[]) =>
  client.send(
    new CreateStackCommand({
      StackName: 'one',
      TemplateBody,
      ...(ResourceTypes === undefined ? {} : { ResourceTypes }),
    }),
  )
const described = async (StackName: string) =>
  (await client.send(new DescribeStacksCommand({ StackName }))).Stacks?.[0]
const settles = (name: string, status: string) =>
  expect.poll(async () => (await described(name))?.StackStatus).toBe(status)
const planned = (StackName: string, ChangeSetType: 'CREATE' | 'UPDATE') =>
  client.send(
    new CreateChangeSetCommand({ StackName, ChangeSetName: 'set', ChangeSetType, TemplateBody: TOPIC }),
  )

describe('a template is refused in the words of AWS', () => {
  it.each([
    ['Resources: { A: text }', 'Template format error: Any Resources member must be an object.'],
    [
      "Resources: { A: { Type: 'AWS::SNS::Topic', Invalid: x } }",
      "Invalid template resource property 'Invalid'",
    ],
    [`${TOPIC}\nOutputs: { B: { Value: } }`, "[/Outputs/B/Value] 'null' values are not allowed in templates"],
  ])('%s', async (template, message) => {
    await expect(create(template)).rejects.toMatchObject({ name: 'ValidationError', message })
  })

  it('if it has a type that ResourceTypes does not allow', async () => {
    await expect(create(TOPIC, ['AWS::EC2::*'])).rejects.toThrow(
      'Resource type AWS::SNS::Topic is not allowed by parameter ResourceTypes [AWS::EC2::*]',
    )
    await create(TOPIC, ['AWS::EC2::*', 'AWS::SNS::Topic'])
  })
})

describe('a stack', () => {
  it('in review is created by CreateStack, and its change sets become obsolete', async () => {
    const { StackId, Id } = await planned('one', 'CREATE')
    expect(await create(TOPIC)).toMatchObject({ StackId })
    await settles('one', 'CREATE_COMPLETE')
    expect(await client.send(new DescribeChangeSetCommand({ ChangeSetName: Id }))).toMatchObject({
      ExecutionStatus: 'OBSOLETE',
    })
  })

  it('that is deleted takes no change set by its id', async () => {
    const { StackId = '' } = await create(TOPIC)
    await settles('one', 'CREATE_COMPLETE')
    await client.send(new DeleteStackCommand({ StackName: 'one' }))
    await settles(StackId, 'DELETE_COMPLETE')
    await expect(planned(StackId, 'UPDATE')).rejects.toThrow(
      `Stack:${StackId} is in DELETE_COMPLETE state and can not be updated.`,
    )
    await expect(planned(StackId, 'CREATE')).rejects.toThrow(
      `Stack [${StackId}] already exists and cannot be created again with the changeSet [set].`,
    )
  })

  it('has no fields without a value', async () => {
    await create(TOPIC)
    const stack = await described('one')
    expect(Object.keys(stack ?? {})).not.toEqual(
      expect.arrayContaining([expect.stringMatching(/^(?:Outputs|Parameters|Capabilities)$/)]),
    )
  })

  it('that does not exist has no events', async () => {
    const asked = client.send(new DescribeStackEventsCommand({ StackName: 'none' }))
    await expect(asked).rejects.toThrow('Stack [none] does not exist')
  })
})
