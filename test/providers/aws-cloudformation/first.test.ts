import { afterAll, beforeAll, expect, it } from 'vitest'
import {
  startSandboxCloudFormation,
  type SandboxCloudFormation,
} from '../../../src/sandbox/aws-cloudformation/server.ts'
import { startBridgeWorld, type BridgeWorld } from '../../bridge-world.ts'

let aws: SandboxCloudFormation
let world: BridgeWorld
beforeAll(async () => {
  aws = await startSandboxCloudFormation({ resourceDelayMs: 20 })
  world = await startBridgeWorld()
})
afterAll(async () => {
  await world.close()
  await aws.close()
})
it('works', async () => {
  const r = await world.ros.create({
    logicalResourceId: 'A[0]',
    resourceType: 'Custom::AwsCloudFormationStack',
    parameters: {
      AccessKeyId: aws.key.accessKeyId,
      AccessKeySecret: aws.key.secretAccessKey,
      RegionId: 'us-east-1',
      Endpoint: aws.url,
      Stack: {
        Name: 'stack-by-ros',
        Template: `
AWSTemplateFormatVersion: '2010-09-09'
Parameters:
  BucketName:
    Type: String
Resources:
  MyBucket:
    Type: AWS::S3::Bucket
    Properties:
      BucketName:
        Ref: BucketName
Outputs:
  MyBucketArn:
    Value:
      Fn::GetAtt: [MyBucket, Arn]
`,
        Parameters: { BucketName: 'bucket-by-ros' },
      },
    },
  })
  console.log(world.logged(), JSON.stringify(world.ros.outcomes, null, 1), aws.calls)
  await r.delete()
  console.log(JSON.stringify(world.ros.outcomes, null, 1), aws.calls)
  expect(r.data).toEqual({ MyBucketArn: 'arn:aws:s3:::bucket-by-ros' })
})
