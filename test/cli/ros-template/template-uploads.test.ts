import { createHash } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { packageTemplate } from '../../../src/cli/ros-template/package-template.ts'
import { readMap } from '../../../src/cli/ros-template/source.ts'
import { readDestination } from '../../../src/cli/upload/destination.ts'
import { openStore } from '../../../src/cli/upload/object-store.ts'
import { isJsonObject, type JsonValue } from '../../../src/platform/json.ts'
import { Secrets } from '../../../src/platform/secrets.ts'
import { FakeClock } from '../../fake-clock.ts'

const FC = 'acs:fc:cn-hangzhou:1234567890123456:functions/stackbridge'

function ros(type: string, stack: string, { token = FC, more = '' } = {}): string {
  return `ROSTemplateFormatVersion: '2015-09-01'
Resources:
  Network:
    Type: ${type}
    Properties:
      ServiceToken: ${token}
      Timeout: 600
      Parameters:
        ${more}
        Stack: ${stack}
`
}

const cloudFormation = (bytes: number): string => {
  const head =
    'Parameters: {Password: {Type: String, NoEcho: true}, Name: {Type: String}}\nResources: {T: {Type: AWS::SNS::Topic}}\n'
  return `${head}#${'x'.repeat(bytes - head.length - 2)}\n`
}

const PLACES = {
  s3: 's3://templates/net?region=eu-west-1',
  oss: 'oss://templates/net?region=cn-hangzhou',
  obs: 'obs://templates/net?region=cn-north-4',
  web: 'https://files.example.com/heat',
} as const

const storesOf = (kinds: readonly (keyof typeof PLACES)[]) =>
  kinds.map((kind) =>
    openStore(readDestination(PLACES[kind], {}), {
      environment: {},
      clock: new FakeClock(),
      secrets: new Secrets(),
      headerVariable: undefined,
      endpointHosts: [],
    }),
  )

async function packaged(
  template: string,
  file: string,
  {
    kinds = [],
    all = false,
  }: { readonly kinds?: readonly (keyof typeof PLACES)[]; readonly all?: boolean } = {},
) {
  const read = (path: string) => Promise.resolve(Buffer.from(path === 'ros.yml' ? template : file))
  const result = await packageTemplate('ros.yml', read, { stores: storesOf(kinds), all })
  const at = (value: JsonValue | undefined, ...path: string[]): JsonValue | undefined =>
    path.reduce<JsonValue | undefined>(
      (map, name) => (map !== undefined && isJsonObject(map) ? map[name] : undefined),
      value,
    )
  const parameters = at(
    readMap('ros.yml', Buffer.from(result.text)),
    ...['Resources', 'Network', 'Properties', 'Parameters'],
  )
  return { ...result, parameters, stack: at(parameters, 'Stack') }
}

const digest = (text: string): string => createHash('sha256').update(text).digest('hex')

describe('a template that a ROS template includes', () => {
  it('stays in the ROS template if it is short enough for its cloud and for an event', async () => {
    const template = ros('Custom::AwsCloudFormationStack', '{ Template: file://net.yml }')
    const { uploads, stack } = await packaged(template, cloudFormation(40_000), { kinds: ['s3'] })
    expect(uploads).toEqual([])
    expect(stack).toEqual({ Template: cloudFormation(40_000) })
  })

  it.each([
    ['Custom::AwsCloudFormationStack', 'Template', 's3', 51_201, 'TemplateURL', '.yml'],
    ['Custom::HuaweiRfsStack', 'TemplateBody', 'obs', 51_201, 'TemplateUri', '.tf'],
    ['Custom::RosStack', 'Template', 'oss', 524_289 - 4, 'TemplateURL', '.yml'],
    ['Custom::HeatStack', 'Template', 'web', 524_289 - 4, 'TemplateURL', '.yml'],
  ] as const)('of %s is uploaded if it is too long', async (type, property, kind, bytes, address, end) => {
    const text = '#'.repeat(bytes)
    const { uploads, stack } = await packaged(ros(type, `{ ${property}: file://net }`), text, {
      kinds: [kind],
    })
    const expected = {
      s3: 'https://s3.eu-west-1.amazonaws.com/templates/net/NAME',
      oss: 'oss://templates/net/NAME?RegionId=cn-hangzhou',
      obs: 'https://templates.obs.cn-north-4.myhuaweicloud.com/net/NAME',
      web: 'https://files.example.com/heat/NAME',
    }[kind].replace('NAME', `${digest(text)}${end}`)
    expect(stack).toEqual({ [address]: expected })
    expect(uploads.map(({ file }) => Buffer.from(file.bytes).toString() === text)).toEqual([true])
  })

  it('gets a new address if it changes, so that ROS sends an Update', async () => {
    const template = ros('Custom::AwsCloudFormationStack', '{ Template: file://net.yml }')
    const options = { kinds: ['s3'], all: true } as const
    const [one, same, other] = [
      await packaged(template, 'Resources: {A: {Type: AWS::SNS::Topic}}', options),
      await packaged(template, 'Resources: {A: {Type: AWS::SNS::Topic}}', options),
      await packaged(template, 'Resources: {B: {Type: AWS::SNS::Topic}}', options),
    ]
    expect(one.text).toBe(same.text)
    expect(one.text).not.toBe(other.text)
  })

  it('is uploaded if the Update event would be too long for Function Compute, but not for a server', async () => {
    const text = cloudFormation(50_000)
    const of = (token: string) =>
      packaged(ros('Custom::AwsCloudFormationStack', '{ Template: file://net.yml }', { token }), text, {
        kinds: ['s3'],
      })
    expect((await of(FC)).uploads).toHaveLength(1)
    expect((await of('web:https://bridge.example.com')).uploads).toHaveLength(0)
  })

  it('is uploaded if it would make the ROS template too long, the longest first', async () => {
    const one = (name: string, file: string) =>
      `  ${name}: { Type: Custom::HeatStack, Properties: { ServiceToken: 'web:https://b.example.com', Timeout: 60, Parameters: { Stack: { Template: file://${file} } } } }\n`
    const template = `ROSTemplateFormatVersion: '2015-09-01'\nResources:\n${one('A', 'a')}${one('B', 'b')}`
    const files: Record<string, string> = {
      'ros.yml': template,
      a: '#'.repeat(200_000),
      b: '#'.repeat(400_000),
    }
    const read = (path: string) => Promise.resolve(Buffer.from(files[path] ?? ''))
    const { uploads, text } = await packageTemplate('ros.yml', read, {
      stores: storesOf(['web']),
      all: false,
    })
    expect(uploads.map(({ logicalId }) => logicalId)).toEqual(['B'])
    expect(text.length).toBeLessThan(524_288)
  })

  it('keeps the hidden parameters masked', async () => {
    const options = { kinds: ['s3'], all: true } as const
    const [none, some] = await Promise.all(
      ['', 'SecretParameters: [Other]'].map((more) =>
        packaged(
          ros('Custom::AwsCloudFormationStack', '{ Template: file://net.yml }', { more }),
          cloudFormation(200),
          options,
        ),
      ),
    )
    expect(none?.parameters).toMatchObject({ SecretParameters: ['Password'] })
    expect(some?.parameters).toMatchObject({ SecretParameters: ['Other', 'Password'] })
  })

  it('reports if it cannot know which parameters the template hides', async () => {
    const template = ros('Custom::AwsCloudFormationStack', '{ Template: file://net.yml }', {
      more: 'SecretParameters: { Ref: Names }',
    })
    const { uploads } = await packaged(template, cloudFormation(200), { kinds: ['s3'], all: true })
    expect(uploads.map(({ isMasked }) => isMasked)).toEqual([false])
  })

  it('that is too long is refused with the places that its cloud can read', async () => {
    const template = ros('Custom::HuaweiRfsStack', '{ TemplateBody: file://net.tf }')
    await expect(packaged(template, '#'.repeat(51_201), { kinds: ['s3', 'web'] })).rejects.toThrow(
      'net.tf: has 51201 bytes, and RFS takes at most 51200 characters in a request; say where RFS can read it, with --upload-to obs://BUCKET/PREFIX',
    )
  })

  it('that its cloud reads from no place is refused before anything is uploaded', async () => {
    const template = ros('Custom::AwsCloudFormationStack', '{ Template: file://net.yml }')
    await expect(packaged(template, '#'.repeat(1_048_577), { kinds: ['s3'] })).rejects.toThrow(
      'net.yml: has 1048577 bytes, and AWS CloudFormation takes at most 1048576, wherever the template is',
    )
  })

  it('stays if an alias repeats it', async () => {
    const template = ros(
      'Custom::AwsCloudFormationStack',
      '{ Template: &net file://net.yml, StackPolicyBody: *net }',
    )
    const { uploads } = await packaged(template, cloudFormation(200), { kinds: ['s3'], all: true })
    expect(uploads).toEqual([])
  })
})

describe('the place of an upload', () => {
  it.each([
    ['s3://b', '--upload-to s3://b: must be one of s3://BUCKET/PREFIX'],
    ['ftp://host/', 'must be one of'],
    ['s3://bucket/../x?region=eu-west-1', 'must not have parts of dots alone'],
    ['s3://bucket/a b?region=eu-west-1', 'must be one of'],
    [
      's3://bucket',
      "the bucket's region is not known; add ?region=REGION, or set AWS_REGION or AWS_DEFAULT_REGION",
    ],
    ['s3://bucket?region=EU', 'region must be a region, such as us-east-1'],
    ['oss://a.bucket?region=cn-hangzhou', 'a.bucket cannot be a part of a host name'],
    ['https://user:secret@host/', 'must not hold a user or a password'],
    ['https://host/?sig=secret', 'must not hold a query'],
  ])('%s is refused: %s', (text, problem) => {
    expect(() => readDestination(text, {})).toThrow(problem)
  })

  it('gets the region of its cloud from the environment', () => {
    const environment = { AWS_REGION: 'eu-west-1', FC_REGION: 'cn-shanghai', HW_REGION_NAME: 'cn-north-4' }
    const regions = ['s3://bucket/a//b/', 'oss://bucket', 'obs://bucket'].map((text) =>
      readDestination(text, environment),
    )
    expect(regions).toEqual([
      { kind: 's3', bucket: 'bucket', prefix: 'a/b/', region: 'eu-west-1' },
      { kind: 'oss', bucket: 'bucket', prefix: '', region: 'cn-shanghai' },
      { kind: 'obs', bucket: 'bucket', prefix: '', region: 'cn-north-4' },
    ])
  })
})
