import {
  type CloudFormationClient,
  CreateStackCommand,
  DescribeStackDriftDetectionStatusCommand,
  DescribeStackResourceDriftsCommand,
  DescribeStacksCommand,
  DetectStackDriftCommand,
} from '@aws-sdk/client-cloudformation'
import { describe, expect, it } from 'vitest'
import type { SandboxCloudFormation } from '../../../../src/sandbox/aws/cloudformation/server.ts'
import { useCloudFormation } from './cloudformation-client.ts'

/** Drift in the embedded CloudFormation, called by the AWS SDK. */

let aws: SandboxCloudFormation
let client: CloudFormationClient

useCloudFormation({ resourceDelayMs: 5 }, (startedAws, startedClient) => {
  aws = startedAws
  client = startedClient
})

const Gone = { Type: 'AWS::SQS::Queue', Metadata: { Sandbox: { Drift: 'DELETED', DelaySeconds: 0.5 } } }
const Failing = { Type: 'AWS::SQS::Queue', Metadata: { Sandbox: { Drift: 'FAILED', Message: 'no right' } } }
const detect = () => client.send(new DetectStackDriftCommand({ StackName: 'one' }))
const stack = async () => (await client.send(new DescribeStacksCommand({ StackName: 'one' }))).Stacks?.[0]
const statusOf = (StackDriftDetectionId: string | undefined) =>
  client.send(new DescribeStackDriftDetectionStatusCommand({ StackDriftDetectionId }))

describe('a detection of drift', () => {
  it('needs a stack that is not in progress, runs once at a time, and shows its results when it is complete', async () => {
    await expect(detect()).rejects.toThrow('does not exist')
    const TemplateBody = JSON.stringify({ Resources: { Gone, Failing, Same: { Type: 'AWS::SQS::Queue' } } })
    await client.send(new CreateStackCommand({ StackName: 'one', TemplateBody }))
    await expect(detect()).rejects.toThrow('CREATE_IN_PROGRESS')
    await expect.poll(async () => (await stack())?.StackStatus).toBe('CREATE_COMPLETE')
    expect((await stack())?.DriftInformation?.StackDriftStatus).toBe('NOT_CHECKED')
    aws.cloud.detectionMs = 300
    const { StackDriftDetectionId: id } = await detect()
    await expect(detect()).rejects.toThrow('Drift detection is already in progress for stack')
    expect((await statusOf(id)).DetectionStatus).toBe('DETECTION_IN_PROGRESS')
    await expect.poll(async () => (await statusOf(id)).DetectionStatus).toBe('DETECTION_FAILED')
    expect(await statusOf(id)).toMatchObject({
      StackDriftStatus: 'DRIFTED',
      DriftedStackResourceCount: 1,
      DetectionStatusReason: expect.stringContaining('no right'),
    })
    expect((await stack())?.DriftInformation?.StackDriftStatus).toBe('DRIFTED')
    const drifts = await client.send(new DescribeStackResourceDriftsCommand({ StackName: 'one' }))
    expect(
      drifts.StackResourceDrifts?.map((one) => [one.LogicalResourceId, one.StackResourceDriftStatus]),
    ).toEqual([
      ['Gone', 'DELETED'],
      ['Same', 'IN_SYNC'],
    ])
    await expect(statusOf('00000000-0000-4000-8000-00000000ffff')).rejects.toThrow('does not exist')
    const tooMany = new DescribeStackResourceDriftsCommand({ StackName: 'one', MaxResults: 101 })
    await expect(client.send(tooMany)).rejects.toThrow('maxResults')
  })
})
