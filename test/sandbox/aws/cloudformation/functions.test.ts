import {
  type CloudFormationClient,
  CreateStackCommand,
  DescribeStacksCommand,
} from '@aws-sdk/client-cloudformation'
import { describe, expect, it } from 'vitest'
import { cidrBlocks } from '../../../../src/sandbox/aws/cloudformation/cidr-blocks.ts'
import type { SandboxCloudFormation } from '../../../../src/sandbox/aws/cloudformation/server.ts'
import { useCloudFormation } from './cloudformation-client.ts'

let aws: SandboxCloudFormation
let client: CloudFormationClient
useCloudFormation({ resourceDelayMs: 5, region: 'eu-central-1' }, (startedAws, startedClient) => {
  aws = startedAws
  client = startedClient
})

const create = (template: object) =>
  client.send(new CreateStackCommand({ StackName: 'a-stack', TemplateBody: JSON.stringify(template) }))

/** The outputs of a stack with these values, lists joined by commas. */
async function outputs(values: Record<string, object>, rest: object = {}, loops: object = {}) {
  const Outputs = Object.entries(values).map(([name, value]) => [
    name,
    name.startsWith('Fn::') ? value : { Value: value },
  ])
  await create({
    ...rest,
    Resources: { Thing: { Type: 'Sandbox::Resource' } },
    Outputs: { ...Object.fromEntries(Outputs), ...loops },
  })
  const read = async () =>
    (await client.send(new DescribeStacksCommand({ StackName: 'a-stack' }))).Stacks?.[0]
  await expect.poll(async () => (await read())?.StackStatus).toMatch(/^(CREATE|ROLLBACK)_COMPLETE$/)
  const stack = await read()
  return Object.fromEntries(
    (stack?.Outputs ?? []).map(({ OutputKey, OutputValue }) => [OutputKey, OutputValue]),
  )
}

const joined = (list: object) => ({ 'Fn::Join': [',', list] })

describe('the functions of the embedded CloudFormation', () => {
  it('find values in mappings, by the region too', async () => {
    const Mappings = { Sizes: { 'eu-central-1': { small: 't1', list: ['a', 'b'] } } }
    const found = await outputs(
      {
        One: { 'Fn::FindInMap': ['Sizes', { Ref: 'AWS::Region' }, 'small'] },
        List: joined({ 'Fn::FindInMap': ['Sizes', 'eu-central-1', 'list'] }),
        Default: { 'Fn::FindInMap': ['Sizes', 'elsewhere', 'small', { DefaultValue: 'none' }] },
      },
      { Mappings },
    )
    expect(found).toEqual({ One: 't1', List: 'a,b', Default: 'none' })
  })

  it('give the zones of a region, and split a block of addresses', async () => {
    const found = await outputs({
      Here: joined({ 'Fn::GetAZs': '' }),
      There: { 'Fn::Select': ['1', { 'Fn::GetAZs': 'us-east-1' }] },
      Blocks: joined({ 'Fn::Cidr': ['10.0.0.0/16', 3, 8] }),
    })
    expect(found).toEqual({
      Here: 'eu-central-1a,eu-central-1b,eu-central-1c',
      There: 'us-east-1b',
      Blocks: '10.0.0.0/24,10.0.1.0/24,10.0.2.0/24',
    })
  })

  it('expand loops over a list and over the default of a parameter', async () => {
    const found = await outputs(
      { 'Fn::ForEach::Names': ['Name', ['a', 'b'], { 'Of${Name}': { Value: { 'Fn::Sub': '${Name}!' } } }] },
      {
        Parameters: { Zones: { Type: 'CommaDelimitedList', Default: 'x-1,x-2' } },
        Transform: 'AWS::LanguageExtensions',
      },
      { 'Fn::ForEach::Zones': ['Zone', { Ref: 'Zones' }, { 'In&{Zone}': { Value: { Ref: 'Zone' } } }] },
    )
    expect(found).toEqual({ Ofa: 'a!', Ofb: 'b!', Inx1: 'x-1', Inx2: 'x-2' })
  })

  it.each([
    ['more blocks than there is room for', ['10.0.0.0/30', 5, 1]],
    ['no block', ['10.0.0.0', 1, 8]],
    ['no count', ['10.0.0.0/16', 0, 8]],
  ])('refuse to split for %s', (_, argument) => {
    expect(() => cidrBlocks(argument)).toThrow('Fn::Cidr cannot make')
  })

  it('refuse resources that depend on each other, before anything is created', async () => {
    const thing = (DependsOn: string) => ({ Type: 'Sandbox::Resource', DependsOn })
    const circular = create({ Resources: { A: thing('B'), B: thing('A'), C: { Type: 'Sandbox::Resource' } } })
    await expect(circular).rejects.toMatchObject({
      name: 'ValidationError',
      message: 'Circular dependency between resources: [A, B]',
    })
    expect(aws.cloud.stacks.size).toBe(0)
  })
})
