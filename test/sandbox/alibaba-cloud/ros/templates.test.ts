import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { asText, type JsonObject } from '../../../../src/platform/json.ts'
import { attributesOf, physicalIdOf } from '../../../../src/sandbox/alibaba-cloud/ros/resource-values.ts'
import { RETURN_VALUES } from '../../../../src/sandbox/alibaba-cloud/ros/return-values.ts'
import type { ResourceContext } from '../../../../src/sandbox/resource-values.ts'
import {
  SANDBOX_KEY,
  startSandboxAliyunRos,
  type SandboxAliyunRos,
} from '../../../../src/sandbox/alibaba-cloud/ros/server.ts'
import { vendor, vendorClient } from './vendor-client.ts'

/** The contents of templates in the embedded ROS, called by Alibaba Cloud's own SDK. */

let ros: SandboxAliyunRos
let notes: string[]
let client: ReturnType<typeof vendorClient>
beforeEach(async () => {
  notes = []
  ros = await startSandboxAliyunRos({ resourceDelayMs: 5, note: (text) => void notes.push(text) })
  client = vendorClient(ros.url, SANDBOX_KEY)
})
afterEach(() => ros.close())

const regionId = 'cn-hangzhou'
const bodyOf = (sections: JsonObject): string =>
  JSON.stringify({ ROSTemplateFormatVersion: '2015-09-01', ...sections })

async function create(sections: JsonObject, parameters: Readonly<Record<string, string>> = {}) {
  const given = Object.entries(parameters).map(
    ([parameterKey, parameterValue]) =>
      new vendor.CreateStackRequestParameters({ parameterKey, parameterValue }),
  )
  const request = { regionId, stackName: 'shop', templateBody: bodyOf(sections), parameters: given }
  const stackId = (await client.createStack(new vendor.CreateStackRequest(request))).body?.stackId ?? ''
  await expect.poll(() => ros.cloud.stacks.get(stackId)?.operation).toBeUndefined()
  const { body } = await client.getStack(new vendor.GetStackRequest({ regionId, stackId }))
  const outputs = (body?.outputs ?? []).map((output) => [output['OutputKey'], output['OutputValue']])
  return { stackId, status: body?.status, reason: body?.statusReason, outputs: Object.fromEntries(outputs) }
}

const values = (entries: JsonObject): JsonObject =>
  Object.fromEntries(Object.entries(entries).map(([name, value]) => [name, { Value: value }]))
const att = (logicalId: string, attribute: string) => ({ 'Fn::GetAtt': [logicalId, attribute] })

describe('a stack of common types', () => {
  it('has outputs in the form that Alibaba Cloud gives them', async () => {
    const { outputs, status } = await create({
      Resources: {
        Vpc: { Type: 'ALIYUN::ECS::VPC', Properties: { VpcName: 'net' } },
        Switch: {
          Type: 'ALIYUN::ECS::VSwitch',
          Properties: { VpcId: { Ref: 'Vpc' }, CidrBlock: '192.0.2.0/25' },
        },
        Group: { Type: 'ALIYUN::ECS::SecurityGroup', Properties: { VpcId: { Ref: 'Vpc' } } },
        Server: { Type: 'ALIYUN::ECS::Instance', Properties: { SecurityGroupId: { Ref: 'Group' } } },
        Db: { Type: 'ALIYUN::RDS::DBInstance', Properties: { Engine: 'PostgreSQL' } },
        Bucket: { Type: 'ALIYUN::OSS::Bucket', Properties: { BucketName: 'shop-assets' } },
        Balancer: { Type: 'ALIYUN::SLB::LoadBalancer', Properties: { AddressType: 'intranet' } },
      },
      Outputs: values({
        Vpc: { Ref: 'Vpc' },
        Table: att('Vpc', 'RouteTableId'),
        Switch: att('Switch', 'VSwitchId'),
        Cidr: att('Switch', 'CidrBlock'),
        Group: att('Group', 'SecurityGroupId'),
        Server: att('Server', 'InstanceId'),
        Address: att('Server', 'PrivateIp'),
        Groups: att('Server', 'SecurityGroupIds'),
        Db: att('Db', 'InnerConnectionString'),
        Port: att('Db', 'InnerPort'),
        Bucket: att('Bucket', 'DomainName'),
        Kind: att('Balancer', 'AddressType'),
      }),
    })
    expect(status).toBe('CREATE_COMPLETE')
    expect(outputs).toEqual({
      Vpc: expect.stringMatching(/^vpc-bp1[a-z0-9]{18}$/),
      Table: expect.stringMatching(/^vtb-bp1[a-z0-9]{18}$/),
      Switch: expect.stringMatching(/^vsw-bp1[a-z0-9]{18}$/),
      Cidr: '192.0.2.0/25',
      Group: expect.stringMatching(/^sg-bp1[a-z0-9]{17}$/),
      Server: expect.stringMatching(/^i-bp1[a-z0-9]{17}$/),
      Address: expect.stringMatching(/^192\.0\.2\.\d{1,3}$/),
      Groups: [outputs['Group']],
      Db: expect.stringMatching(/^rm-bp1[a-z0-9]{14}\.pg\.rds\.aliyuncs\.com$/),
      Port: '5432',
      Bucket: 'shop-assets.oss-cn-hangzhou.aliyuncs.com',
      Kind: 'intranet',
    })
    expect(notes).toEqual([])
  })

  it('has a value for every attribute of the table', () => {
    for (const type of RETURN_VALUES.keys()) {
      const resourceContext: ResourceContext = {
        ...{ type, properties: {}, accountId: '1234567890123456', region: regionId },
        ...{ stackName: 'shop', logicalId: 'Thing', seed: 'a' },
      }
      const physicalId = physicalIdOf(resourceContext)
      for (const value of [physicalId, ...attributesOf(resourceContext, physicalId).values()])
        expect(asText(value), type).not.toMatch(/undefined|\{\$|\{[a-z]+[:}]/)
    }
  })
})

describe('a resource that an update removes', () => {
  it.each([
    ['Retain', 'is kept'],
    ['Delete', 'is deleted'],
    [undefined, 'is deleted'],
  ])('of the DeletionPolicy %s %s', async (DeletionPolicy, fate) => {
    const Vpc: JsonObject = { Type: 'ALIYUN::ECS::VPC' }
    const Bucket: JsonObject = {
      Type: 'ALIYUN::OSS::Bucket',
      Properties: { BucketName: 'shop-assets' },
      ...(DeletionPolicy === undefined ? {} : { DeletionPolicy }),
    }
    const { stackId } = await create({ Resources: { Vpc, Bucket } })
    const templateBody = bodyOf({ Resources: { Vpc } })
    await client.updateStack(new vendor.UpdateStackRequest({ regionId, stackId, templateBody }))
    await expect.poll(() => ros.cloud.stacks.get(stackId)?.status, { timeout: 5000 }).toBe('UPDATE_COMPLETE')
    const listed = await client.listStackEvents(new vendor.ListStackEventsRequest({ regionId, stackId }))
    const events = (listed.body?.events ?? []).filter(
      ({ logicalResourceId }) => logicalResourceId === 'Bucket',
    )
    expect(events.some(({ status }) => status === 'DELETE_COMPLETE')).toBe(fate === 'is deleted')
    expect([...(ros.cloud.stacks.get(stackId)?.resources.keys() ?? [])]).toEqual(['Vpc'])
  })
})

describe('a template', () => {
  const sections: JsonObject = {
    Parameters: {
      Stage: { Type: 'String', Default: 'test' },
      Names: { Type: 'CommaDelimitedList', Default: 'a,b' },
    },
    Mappings: { Sizes: { test: { size: 'small' }, prod: { size: 'large' } } },
    Conditions: { IsProd: { 'Fn::Equals': [{ Ref: 'Stage' }, 'prod'] } },
    Locals: { Title: { Value: { 'Fn::Sub': 'shop-${Stage}' } } },
    Resources: {
      Vpc: { Type: 'ALIYUN::ECS::VPC', Properties: { VpcName: { Ref: 'Title' } } },
      Extra: { Type: 'ALIYUN::ECS::VPC', Condition: 'IsProd' },
    },
    Outputs: {
      ...values({
        Name: att('Vpc', 'VpcName'),
        Size: { 'Fn::FindInMap': ['Sizes', { Ref: 'Stage' }, 'size'] },
        Chosen: { 'Fn::If': ['IsProd', 'yes', 'no'] },
        Text: { 'Fn::Sub': ['${Vpc.VpcName}/${Own}/${!Kept}', { Own: { Ref: 'Stage' } }] },
        Second: { 'Fn::Select': ['1', { 'Fn::Split': ['-', 'x-y'] }] },
        None: { 'Fn::Select': ['9', { Ref: 'Names' }] },
        Part: { 'Fn::Select': ['1:3', ['x', 'y', 'z']] },
        Among: { 'Fn::If': [{ 'Fn::Contains': [{ Ref: 'Names' }, 'b'] }, 'yes', 'no'] },
        Encoded: { 'Fn::Base64Encode': 'abc' },
        Length: { 'Fn::Length': [1, 2, 3] },
        Json: { 'Fn::GetJsonValue': ['k', '{"k": "v"}'] },
      }),
      Extra: { Condition: 'IsProd', Value: { Ref: 'Extra' } },
    },
  }

  it.each([
    ['test', 'small', 'no', false],
    ['prod', 'large', 'yes', true],
  ])('has conditions, mappings, locals and functions: %s', async (stage, size, chosen, hasExtra) => {
    const { outputs, reason } = await create(sections, { Stage: stage })
    expect({ reason, ...outputs }).toMatchObject({
      reason: 'Stack CREATE completed successfully',
      Name: `shop-${stage}`,
      Size: size,
      Chosen: chosen,
      Text: `shop-${stage}/${stage}/\${Kept}`,
      Second: 'y',
      None: '',
      Part: ['y', 'z'],
      Among: 'yes',
      Encoded: 'YWJj',
      Length: 3,
      Json: 'v',
    })
    expect('Extra' in outputs).toBe(hasExtra)
  })

  it('omits a property for which Fn::If returns ALIYUN::NoValue', async () => {
    const name = { 'Fn::If': ['IsNamed', 'net', { Ref: 'ALIYUN::NoValue' }] }
    const { stackId } = await create({
      Conditions: { IsNamed: { 'Fn::Equals': ['a', 'b'] } },
      Resources: {
        Vpc: { Type: 'ALIYUN::ECS::VPC', Properties: { VpcName: name, CidrBlock: '192.0.2.0/25' } },
      },
    })
    expect(ros.cloud.stacks.get(stackId)?.resources.get('Vpc')?.properties).toEqual({
      CidrBlock: '192.0.2.0/25',
    })
  })

  it('has no condition but a name, or a function that gives a truth value', async () => {
    const { status } = await create({
      Conditions: { Odd: { 'Fn::Select': ['0', ['true']] } },
      Resources: { Vpc: { Type: 'ALIYUN::ECS::VPC' } },
      Outputs: { Id: { Condition: 'Odd', Value: { Ref: 'Vpc' } } },
    })
    expect(status).toBe('CREATE_ROLLBACK_COMPLETE')
  })

  it('has invented values for what the sandbox does not know, with a note', async () => {
    const { outputs, status } = await create({
      Resources: {
        Thing: { Type: 'ALIYUN::BRAND::New', Properties: { Size: 5 } },
        Vpc: { Type: 'ALIYUN::ECS::VPC' },
      },
      Outputs: values({
        Own: att('Thing', 'Size'),
        Id: att('Thing', 'InstanceId'),
        Odd: att('Vpc', 'NoSuchUrl'),
        Function: { 'Fn::Brand': [1] },
      }),
    })
    expect(status).toBe('CREATE_COMPLETE')
    expect(outputs).toEqual({
      Own: 5,
      Id: expect.any(String),
      Odd: expect.stringMatching(/^https:\/\//),
      Function: expect.any(String),
    })
    expect(notes).toEqual([
      expect.stringMatching(/^the sandbox does not know ALIYUN::BRAND::New: /),
      expect.stringMatching(/^the sandbox does not know the attribute NoSuchUrl of ALIYUN::ECS::VPC: /),
      expect.stringMatching(/^the sandbox does not compute Fn::Brand: /),
    ])
  })

  it('makes a resource fail if its Metadata requests it', async () => {
    const failing = { Sandbox: { FailOn: 'create', Message: 'no quota' } }
    const { status } = await create({ Resources: { Vpc: { Type: 'ALIYUN::ECS::VPC', Metadata: failing } } })
    expect(status).toBe('CREATE_ROLLBACK_COMPLETE')
    const { body } = await client.listStackEvents(
      new vendor.ListStackEventsRequest({ regionId, stackId: [...ros.cloud.stacks.keys()][0] ?? '' }),
    )
    expect(body?.events?.map(({ statusReason }) => statusReason)).toContain('no quota')
  })
})

describe('ValidateTemplate', () => {
  it('returns the parameters, the types and the outputs', async () => {
    const templateBody = bodyOf({
      Description: 'A shop',
      Parameters: { Size: { Type: 'Number', Default: 1, Description: 'How many' } },
      Resources: { Vpc: { Type: 'ALIYUN::ECS::VPC' }, Zones: { Type: 'DATASOURCE::ECS::Zones' } },
      Outputs: { Id: { Value: { Ref: 'Vpc' }, Description: 'The network' } },
    })
    const { body } = await client.validateTemplate(
      new vendor.ValidateTemplateRequest({ regionId, templateBody }),
    )
    expect(body).toMatchObject({
      description: 'A shop',
      parameters: [
        { ParameterKey: 'Size', Type: 'Number', Default: 1, NoEcho: 'false', Description: 'How many' },
      ],
      resourceTypes: { resources: ['ALIYUN::ECS::VPC'], dataSources: ['DATASOURCE::ECS::Zones'] },
      outputs: [{ outputKey: 'Id', description: 'The network' }],
    })
  })

  it.each([
    ['a reference to nothing', { Outputs: values({ O: { Ref: 'Nobody' } }) }, 'InvalidTemplateReference'],
    ['a resource without a type', { Resources: { A: {} } }, 'InvalidTemplate'],
    ['another version', { ROSTemplateFormatVersion: '2010-09-09' }, 'InvalidTemplateVersion'],
  ])('refuses %s', async (_, sections, code) => {
    const request = new vendor.ValidateTemplateRequest({ regionId, templateBody: bodyOf(sections) })
    await expect(client.validateTemplate(request)).rejects.toMatchObject({ code })
  })
})

describe('PreviewStack', () => {
  const resources = (name: string): JsonObject => ({
    Vpc: { Type: 'ALIYUN::ECS::VPC', Properties: { VpcName: name } },
    Switch: {
      Type: 'ALIYUN::ECS::VSwitch',
      Properties: { VpcId: { Ref: 'Vpc' }, CidrBlock: '192.0.2.0/24' },
    },
  })
  const preview = async (more: object) =>
    (await client.previewStack(new vendor.PreviewStackRequest({ regionId, ...more }))).body?.stack

  it('of a new stack adds each resource, and creates nothing', async () => {
    const planned = await preview({
      stackName: 'shop',
      templateBody: bodyOf({ Resources: resources('net') }),
    })
    expect(planned).toMatchObject({
      stackName: 'shop',
      regionId,
      disableRollback: false,
      timeoutInMinutes: 60,
    })
    expect(planned?.resources).toMatchObject([
      {
        ...{ logicalResourceId: 'Vpc', resourceType: 'ALIYUN::ECS::VPC', action: 'Add' },
        ...{ properties: { VpcName: 'net' }, requiredBy: ['Switch'] },
      },
      { logicalResourceId: 'Switch', action: 'Add', properties: { CidrBlock: '192.0.2.0/24' } },
    ])
    expect(ros.cloud.stacks.size).toBe(0)
  })

  it('of an update lists changed, removed and unchanged resources', async () => {
    const { stackId } = await create({
      Resources: { ...resources('net'), Old: { Type: 'ALIYUN::VPC::EIP' } },
    })
    const planned = await preview({ stackId, templateBody: bodyOf({ Resources: resources('other') }) })
    expect(planned?.resources?.map(({ logicalResourceId, action }) => [logicalResourceId, action])).toEqual([
      ['Vpc', 'Modify'],
      ['Switch', 'None'],
      ['Old', 'Remove'],
    ])
  })
})
