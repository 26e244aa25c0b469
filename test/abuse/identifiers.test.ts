import { createServer } from 'node:http'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { servedProviders } from '../../src/providers/registry.ts'
import { listen } from '../../src/sandbox/loopback-server.ts'
import { startAbuse, type Abuse } from './harness.ts'

let here: Abuse
beforeAll(async () => {
  here = await startAbuse()
})
afterAll(() => here.close())

const UUID = '4a6c9851-3b0f-4f5f-b4ca-a14bf6910000'
const HEX = 'ba2b9930c977f71edaeaa3a5e96a8ff1'
const IDS: Readonly<Record<string, string>> = {
  AwsCloudFormation: `arn:aws:cloudformation:us-east-1:123456789012:stack/name/${UUID}`,
  Heat: `arn:openstack:heat::${HEX}:stacks/name/${UUID}`,
  HuaweiRfsStack: `huaweicloud:rfs:cn-north-4:${HEX}:stacks/name/${UUID}`,
  HuaweiRfsStackSet: `huaweicloud:rfs:cn-north-4:${HEX}:stack-sets/name/${UUID}`,
  HuaweiRfsStackInstances: `huaweicloud:rfs:cn-north-4:${HEX}:stack-sets/name/${UUID}/instances/0123456789abcdef`,
  HuaweiAosStack: `huaweicloud:aos:cn-north-1:${HEX}:stacks/name/${UUID}`,
  AliyunRos: `acs:ros:cn-hangzhou:1234567890123456:stack/name/${UUID}`,
}

/** An id that two providers use does not tell which of them created it. */
const isShared = (type: string, owner: string): boolean => type === 'AwsCloudFormation' && owner === 'Heat'

const pairs = servedProviders.flatMap(({ name, resourceTypes: [type] }) =>
  Object.entries(IDS)
    .filter(([owner]) => owner !== name && !isShared(name, owner))
    .flatMap(([owner, id]) =>
      (['Update', 'Delete'] as const).map((kind) => ({ kind, name, type, owner, id })),
    ),
)

describe("another provider's PhysicalResourceId", () => {
  it.each(pairs)('of $owner is refused for the $kind of a $name before any call', async (pair) => {
    const { kind, type, owner, name, id } = pair
    const before = here.visits.length
    const served = await here.serve(
      here.event({
        RequestType: kind,
        ResourceType: type,
        PhysicalResourceId: id,
        ResourceProperties: { Endpoint: here.trapUrl, Stack: { Template: '{}' } },
        ...(kind === 'Update' ? { OldResourceProperties: {} } : {}),
      }),
    )
    expect(served).toMatchObject({ kind: 'answered', verdict: { status: 'FAILED' } })
    expect(here.bodies.at(-1)).toContain(`is that of a stack of`)
    expect(here.bodies.at(-1)).toContain(owner)
    expect(here.bodies.at(-1)).toContain(name)
    expect(here.visits.slice(before)).toEqual([])
  })
})

describe('the id of a Heat stack whose name is invalid in CloudFormation', () => {
  it.each(['Update', 'Delete'])(
    'is refused for the %s of an AwsCloudFormation before any call',
    async (kind) => {
      const before = here.visits.length
      for (const name of ['a_b', 'a.b', 'a'.repeat(129)])
        expect(
          await here.serve(
            here.event({
              RequestType: kind,
              ResourceType: 'Custom::AwsCloudFormationStack',
              PhysicalResourceId: `arn:openstack:heat::${HEX}:stacks/${name}/${UUID}`,
              ResourceProperties: { Endpoint: here.trapUrl, Stack: { Template: '{}' } },
              ...(kind === 'Update' ? { OldResourceProperties: {} } : {}),
            }),
          ),
        ).toMatchObject({
          verdict: { status: 'FAILED', reason: expect.stringContaining('a stack of Heat, not of') },
        })
      expect(here.visits.slice(before)).toEqual([])
    },
  )
})

describe('a PhysicalResourceId that is not of a stack', () => {
  const malformed = [
    'huaweicloud:rfs:evil.test?:p:stacks/n/i',
    'arn:aws:s3:::bucket',
    'acs:ros:cn-hangzhou:1:stack/x',
  ]

  it.each(malformed)(
    '%s is refused for an Update and a Delete of any provider before any call',
    async (id) => {
      for (const { resourceTypes } of servedProviders)
        for (const RequestType of ['Update', 'Delete']) {
          const before = here.visits.length
          const served = await here.serve(
            here.event({
              RequestType,
              ResourceType: resourceTypes[0],
              PhysicalResourceId: id,
              ResourceProperties: { Endpoint: here.trapUrl, Stack: { Template: '{}' } },
              ...(RequestType === 'Update' ? { OldResourceProperties: {} } : {}),
            }),
          )
          expect(served).toMatchObject({ kind: 'answered', verdict: { status: 'FAILED' } })
          expect(here.bodies.at(-1)).toContain('begins like the id of a stack, but is not a valid one')
          expect(here.visits.slice(before)).toEqual([])
        }
    },
  )
})

describe('a cloud that returns a stack id of an invalid form', () => {
  const hostile = [
    'huaweicloud:rfs:evil.test?:p:stacks/n/i',
    IDS['HuaweiRfsStack'] ?? '',
    'arn:aws:cloudformation:evil.test:123456789012:stack/n/i',
    'x',
    'arn:aws:cloudformation:us-east-1:123456789012:stack/name/../../x',
  ]

  it.each(hostile)('%s is not passed to ROS, and the following Delete removes the stack', async (id) => {
    const aws = await startLyingAws(id)
    const properties = {
      RegionId: 'us-east-1',
      Endpoint: aws.url,
      AccessKeyId: 'own-key-id',
      AccessKeySecret: 'own-secret',
      Timeout: 200,
      Stack: { Name: 'name', Template: '{}' },
    }
    const created = await here.serve(here.event({ ResourceProperties: properties }))
    expect(created).toMatchObject({ kind: 'answered', verdict: { status: 'FAILED' } })
    expect(JSON.parse(here.bodies.at(-1) ?? '')).not.toMatchObject({ PhysicalResourceId: id })
    expect(here.bodies.at(-1)).toContain('which is not of the form of this cloud')

    const again = await here.serve(here.event({ ResourceProperties: properties }))
    expect(again).toMatchObject({ verdict: { status: 'FAILED' } })

    const deletion = here.event({
      RequestType: 'Delete',
      RequestId: 'deletion',
      ResourceProperties: properties,
    })
    expect(await here.serve(deletion)).toMatchObject({ kind: 'answered', verdict: { status: 'SUCCESS' } })
    expect(aws.actions).toContain('DeleteStack')
    await aws.close()
  })
})

/** A CloudFormation that creates one stack, with any id. */
async function startLyingAws(id: string) {
  const actions: string[] = []
  const tag = (key: string, value: string): string =>
    `<member><Key>stackbridge:${key}</Key><Value>${value}</Value></member>`
  const tags = `<Tags>${tag('ros-stack-id', 'stack')}${tag('logical-resource-id', 'Resource')}</Tags>`
  const status = (): string => (actions.includes('DeleteStack') ? 'DELETE_COMPLETE' : 'CREATE_COMPLETE')
  const stack = (): string =>
    `<Stacks><member><StackId>${id}</StackId><StackName>name</StackName><CreationTime>2026-01-01T00:00:00Z</CreationTime><StackStatus>${status()}</StackStatus>${tags}</member></Stacks>`
  const server = createServer((request, response) => {
    let body = ''
    request.on('data', (chunk: Uint8Array) => (body += Buffer.from(chunk).toString()))
    request.on('end', () => {
      const action = /Action=(\w+)/.exec(body)?.[1] ?? ''
      const isMade = actions.includes('CreateStack')
      actions.push(action)
      const results: Record<string, string> = {
        CreateStack: `<StackId>${id}</StackId>`,
        DescribeStacks: isMade ? stack() : '<Stacks/>',
        ListStacks: '<StackSummaries/>',
      }
      const result = `<${action}Result>${results[action] ?? ''}</${action}Result>`
      response.writeHead(200, { 'content-type': 'text/xml' })
      response.end(
        `<${action}Response xmlns="http://cloudformation.amazonaws.com/doc/2010-05-15/">${result}</${action}Response>`,
      )
    })
  })
  return { ...(await listen(server)), actions }
}
