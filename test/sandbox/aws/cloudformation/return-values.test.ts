import {
  type CloudFormationClient,
  CreateStackCommand,
  DescribeStacksCommand,
  UpdateStackCommand,
} from '@aws-sdk/client-cloudformation'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { asText, type JsonObject } from '../../../../src/platform/json.ts'
import { attributesOf, physicalIdOf } from '../../../../src/sandbox/aws/cloudformation/resource-values.ts'
import { RETURN_VALUES } from '../../../../src/sandbox/aws/cloudformation/return-values.ts'
import type { ResourceContext } from '../../../../src/sandbox/resource-values.ts'
import {
  startSandboxCloudFormation,
  type SandboxCloudFormation,
} from '../../../../src/sandbox/aws/cloudformation/server.ts'
import { clientOf } from './cloudformation-client.ts'

const resourceContext = (
  type: string,
  properties: JsonObject = {},
  seed = 'a',
  region = 'eu-central-1',
): ResourceContext => ({
  ...{ type, properties, seed },
  accountId: '123456789012',
  region,
  stackName: 'shop',
  logicalId: 'Thing',
})
const refOf = (type: string, properties?: JsonObject) => physicalIdOf(resourceContext(type, properties))
function attribute(type: string, name: string, properties?: JsonObject) {
  const one = resourceContext(type, properties)
  return attributesOf(one, physicalIdOf(one)).get(name)
}

describe('Ref', () => {
  it.each([
    ['a name', 'AWS::S3::Bucket', { BucketName: 'my-bucket' }, /^my-bucket$/],
    ['a made-up name in small letters', 'AWS::S3::Bucket', {}, /^shop-thing-[a-z0-9]{12}$/],
    ['a made-up name', 'AWS::IAM::Role', {}, /^shop-Thing-[A-Z0-9]{12}$/],
    ['an id', 'AWS::EC2::VPC', {}, /^vpc-[0-9a-f]{17}$/],
    ['an id', 'AWS::EC2::Instance', {}, /^i-[0-9a-f]{17}$/],
    ['an address that is set apart for documentation', 'AWS::EC2::EIP', {}, /^203\.0\.113\.\d{1,3}$/],
    ['an ARN', 'AWS::SNS::Topic', { TopicName: 'news' }, /^arn:aws:sns:eu-central-1:123456789012:news$/],
    ['an ARN', 'AWS::ECS::TaskDefinition', { Family: 'web' }, /:task-definition\/web:1$/],
    [
      'an ARN with the kind of the balancer',
      'AWS::ElasticLoadBalancingV2::LoadBalancer',
      { Name: 'front', Type: 'network' },
      /:loadbalancer\/net\/front\/[0-9a-f]{16}$/,
    ],
    [
      'a URL',
      'AWS::SQS::Queue',
      { QueueName: 'q' },
      /^https:\/\/sqs\.eu-central-1\.amazonaws\.com\/123456789012\/q$/,
    ],
    ['a version of a function', 'AWS::Lambda::Version', { FunctionName: 'f' }, /:function:f:1$/],
  ])('returns %s: %s', (_, type, properties, form) => {
    expect(refOf(type, properties)).toMatch(form)
  })

  it('returns different ids for resources of one type, and the same id each time for one resource', () => {
    const ids = ['a', 'b', 'a'].map((seed) => physicalIdOf(resourceContext('AWS::EC2::Subnet', {}, seed)))
    expect(new Set(ids).size).toBe(2)
    expect(ids[0]).toBe(ids[2])
  })
})

describe('Fn::GetAtt', () => {
  it.each([
    ['us-east-1', 'us-east-1.rds.amazonaws.com', 'use1.cache.amazonaws.com'],
    ['ap-southeast-2', 'ap-southeast-2.rds.amazonaws.com', 'apse2.cache.amazonaws.com'],
    ['us-gov-west-1', 'us-gov-west-1.rds.amazonaws.com', 'ugw1.cache.amazonaws.com'],
    ['cn-north-1', 'rds.cn-north-1.amazonaws.com.cn', 'cnn1.cache.amazonaws.com.cn'],
    ['cn-northwest-1', 'rds.cn-northwest-1.amazonaws.com.cn', 'cnw1.cache.amazonaws.com.cn'],
  ])('returns the host names of databases and caches in %s', (region, database, cache) => {
    const hostOf = (type: string, name: string) => {
      const one = resourceContext(type, {}, 'a', region)
      return attributesOf(one, physicalIdOf(one)).get(name)
    }
    for (const type of ['AWS::RDS::DBInstance', 'AWS::RDS::DBCluster'])
      expect(hostOf(type, 'Endpoint.Address')).toSatisfy((host: string) => host.endsWith(`.${database}`))
    expect(hostOf('AWS::ElastiCache::CacheCluster', 'RedisEndpoint.Address')).toSatisfy((host: string) =>
      host.endsWith(`.0001.${cache}`),
    )
  })

  it.each([
    ['AWS::EC2::Instance', 'PrivateIp', {}, /^192\.0\.2\.\d{1,3}$/],
    ['AWS::EC2::Instance', 'PublicIp', {}, /^203\.0\.113\.\d{1,3}$/],
    ['AWS::EC2::Subnet', 'AvailabilityZone', {}, /^eu-central-1a$/],
    ['AWS::EC2::Subnet', 'AvailabilityZone', { AvailabilityZone: 'eu-central-1c' }, /^eu-central-1c$/],
    [
      'AWS::RDS::DBInstance',
      'Endpoint.Address',
      { DBInstanceIdentifier: 'Db' },
      /^db\.c[a-z0-9]{11}\.eu-central-1\.rds\.amazonaws\.com$/,
    ],
    ['AWS::RDS::DBInstance', 'Endpoint.Port', { Engine: 'postgres' }, /^5432$/],
    ['AWS::RDS::DBInstance', 'Endpoint.Port', { Engine: 'aurora-mysql' }, /^3306$/],
    ['AWS::RDS::DBInstance', 'Endpoint.Port', { Engine: 'oracle-ee', Port: 15_210 }, /^15210$/],
    ['AWS::Lambda::Function', 'Arn', {}, /^arn:aws:lambda:eu-central-1:123456789012:function:shop-Thing-/],
    ['AWS::IAM::Role', 'Arn', { RoleName: 'R', Path: '/team/' }, /^arn:aws:iam::123456789012:role\/team\/R$/],
    ['AWS::S3::Bucket', 'Arn', { BucketName: 'b' }, /^arn:aws:s3:::b$/],
    ['AWS::DynamoDB::Table', 'Arn', { TableName: 't' }, /:table\/t$/],
    ['AWS::CloudFront::Distribution', 'DomainName', {}, /^d[a-z0-9]{13}\.cloudfront\.net$/],
  ])('of %s.%s has the form that AWS documents', (type, name, properties, form) => {
    expect(asText(attribute(type, name, properties) ?? '')).toMatch(form)
  })

  it.each([...RETURN_VALUES.keys()])('of every attribute of %s uses known placeholders', (type) => {
    const one = resourceContext(type)
    const values = [physicalIdOf(one), ...attributesOf(one, physicalIdOf(one)).values()]
    for (const value of values) expect(asText(value)).not.toMatch(/undefined|\{\$|\{[a-z]+[:}]/)
  })
})

describe('a stack of types, attributes and functions that the sandbox does not know', () => {
  let notes: string[]
  let aws: SandboxCloudFormation
  let client: CloudFormationClient
  beforeEach(async () => {
    notes = []
    aws = await startSandboxCloudFormation({ resourceDelayMs: 5, note: (text) => void notes.push(text) })
    client = clientOf(aws)
  })
  afterEach(async () => {
    client.destroy()
    await aws.close()
  })

  async function outputs(template: JsonObject, isUpdate = false) {
    const input = { StackName: 'a-stack', TemplateBody: JSON.stringify(template) }
    if (isUpdate) await client.send(new UpdateStackCommand(input))
    else await client.send(new CreateStackCommand(input))
    const read = async () =>
      (await client.send(new DescribeStacksCommand({ StackName: 'a-stack' }))).Stacks?.[0]
    await expect.poll(async () => (await read())?.StackStatus).toMatch(/_COMPLETE$/)
    const stack = await read()
    return Object.fromEntries(
      (stack?.Outputs ?? []).map(({ OutputKey, OutputValue }) => [OutputKey, OutputValue]),
    )
  }

  const template = (value: string): JsonObject => ({
    Resources: {
      Vpc: {
        Type: 'AWS::EC2::VPC',
        Properties: { CidrBlock: '10.1.0.0/16', Tags: [{ Key: 'v', Value: value }] },
      },
      New: { Type: 'AWS::Brand::NewThing', Properties: { Vpc: { Ref: 'Vpc' } } },
    },
    Outputs: {
      Vpc: { Value: { Ref: 'Vpc' } },
      Cidr: { Value: { 'Fn::GetAtt': ['Vpc', 'CidrBlock'] } },
      Arn: { Value: { 'Fn::GetAtt': ['New', 'ThingArn'] } },
      Address: { Value: { 'Fn::GetAtt': ['New', 'Endpoint.Address'] } },
      Odd: { Value: { 'Fn::GetAtt': ['Vpc', 'NoSuchId'] } },
      Function: { Value: { 'Fn::Transform': { Name: 'AWS::Include', Parameters: {} } } },
    },
  })

  it('is created with invented values, which the sandbox lists once in its own messages', async () => {
    expect(await outputs(template('1'))).toEqual({
      Vpc: expect.stringMatching(/^vpc-[0-9a-f]{17}$/),
      Cidr: '10.1.0.0/16',
      Arn: expect.stringMatching(/^arn:aws:brand:us-east-1:123456789012:a-stack-New-/),
      Address: expect.stringMatching(/\.example\.com$/),
      Odd: expect.stringMatching(/^[0-9a-f]{17}$/),
      Function: expect.any(String),
    })
    expect(notes).toEqual([
      expect.stringMatching(/^the sandbox does not know AWS::Brand::NewThing: /),
      expect.stringMatching(/^the sandbox does not know the attribute NoSuchId of AWS::EC2::VPC: /),
      expect.stringMatching(/^the sandbox does not compute Fn::Transform: /),
    ])
  })

  it('keeps ids in an update', async () => {
    const before = await outputs(template('1'))
    expect(await outputs(template('2'), true)).toEqual(before)
  })

  it.each([
    [
      'a reference to nothing',
      { 'Fn::GetAtt': ['Nobody', 'Arn'] },
      /Unresolved resource dependencies \[Nobody\]/,
    ],
    ['a reference to nothing', { Ref: 'Nobody' }, /Unresolved resource dependencies \[Nobody\]/],
  ])('is refused as by AWS for %s', async (_, value, message) => {
    await expect(outputs({ ...template('1'), Outputs: { O: { Value: value } } })).rejects.toThrow(message)
    expect(notes).toEqual([])
  })
})
