import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  formatStackId as formatRos,
  parseStackId as parseRos,
} from '../../../src/providers/alibaba-cloud/ros/stack-id.ts'
import { parseStackArn } from '../../../src/providers/aws/cloudformation/arn.ts'
import {
  formatStackId as formatAos,
  parseStackId as parseAos,
} from '../../../src/providers/huawei-cloud/aos-stack/stack-id.ts'
import {
  formatInstancesId,
  parseInstancesId,
} from '../../../src/providers/huawei-cloud/rfs-stack-instances/instances-id.ts'
import {
  formatStackSetId,
  parseStackSetId,
} from '../../../src/providers/huawei-cloud/rfs-stack-set/stack-set-id.ts'
import {
  formatStackId as formatRfs,
  parseStackId as parseRfs,
} from '../../../src/providers/huawei-cloud/rfs-stack/stack-id.ts'
import {
  formatStackId as formatHeat,
  parseStackId as parseHeat,
} from '../../../src/providers/openstack/heat/stack-id.ts'
import { providerRegistry, servedProviders } from '../../../src/providers/registry.ts'

const UUID = '4a6c9851-3b0f-4f5f-b4ca-a14bf6910000'
const HEX = 'ba2b9930c977f71edaeaa3a5e96a8ff1'

const uuid = fc.uuid().map((text) => text.toLowerCase())
const huaweiRegion = fc.constantFrom(
  'cn-north-4',
  'eu-west-101',
  'ap-southeast-1',
  'na-mexico-1',
  'af-south-1',
)
const project = fc.stringMatching(/^[0-9a-f]{32}$/)
const rfsName = fc.stringMatching(/^[a-zA-Z\u4e00-\u9fa5][a-zA-Z0-9_\-\u4e00-\u9fa5]{0,30}$/)
const scope = fc.oneof(
  project.map((projectId) => ({ of: 'project', projectId }) as const),
  project.map((domainId) => ({ of: 'domain', domainId }) as const),
)

/** Each provider's own parts, how they are written, and how an id is read. */
const GRAMMARS: readonly {
  readonly provider: string
  readonly ids: fc.Arbitrary<{ readonly parts: unknown; readonly text: string }>
  readonly parse: (text: string) => unknown
  readonly example: string
}[] = [
  {
    provider: 'AwsCloudFormation',
    ids: fc
      .record({
        partition: fc.constantFrom('aws', 'aws-cn', 'aws-us-gov', 'aws-iso-b'),
        region: fc.constantFrom(
          'us-east-1',
          'cn-north-1',
          'us-gov-west-1',
          'eusc-de-east-1',
          'ap-southeast-7',
        ),
        account: fc.stringMatching(/^\d{12}$/),
        name: fc.stringMatching(/^[a-zA-Z][-a-zA-Z0-9]{0,127}$/),
        id: uuid,
      })
      .map(({ id, ...parts }) => {
        const arn = `arn:${parts.partition}:cloudformation:${parts.region}:${parts.account}:stack/${parts.name}/${id}`
        return { parts: { arn, ...parts }, text: arn }
      }),
    parse: parseStackArn,
    example: `arn:aws:cloudformation:us-east-1:123456789012:stack/name/${UUID}`,
  },
  {
    provider: 'Heat',
    ids: fc
      .record({
        project: fc.stringMatching(/^[a-zA-Z0-9-]{1,64}$/),
        name: fc.stringMatching(/^[a-zA-Z][a-zA-Z0-9_.-]{0,100}$/),
        id: uuid,
      })
      .map((parts) => ({ parts, text: formatHeat(parts) })),
    parse: parseHeat,
    example: `arn:openstack:heat::${HEX}:stacks/name/${UUID}`,
  },
  {
    provider: 'HuaweiRfsStack',
    ids: fc
      .record({ region: huaweiRegion, project, name: rfsName, id: uuid })
      .map((parts) => ({ parts, text: formatRfs(parts) })),
    parse: parseRfs,
    example: `huaweicloud:rfs:cn-north-4:${HEX}:stacks/name/${UUID}`,
  },
  {
    provider: 'HuaweiRfsStackSet',
    ids: fc
      .record({ region: huaweiRegion, scope, name: rfsName, id: uuid })
      .map((parts) => ({ parts, text: formatStackSetId(parts) })),
    parse: parseStackSetId,
    example: `huaweicloud:rfs:cn-north-4:domain-${HEX}:stack-sets/name/${UUID}`,
  },
  {
    provider: 'HuaweiRfsStackInstances',
    ids: fc
      .record({
        region: huaweiRegion,
        scope,
        setName: fc.stringMatching(/^[a-zA-Z][a-zA-Z0-9_-]{0,60}$/),
        setId: uuid,
        owner: fc.stringMatching(/^[0-9a-f]{16}$/),
      })
      .map((parts) => ({ parts, text: formatInstancesId(parts) })),
    parse: parseInstancesId,
    example: `huaweicloud:rfs:cn-north-4:${HEX}:stack-sets/name/${UUID}/instances/0123456789abcdef`,
  },
  {
    provider: 'HuaweiAosStack',
    ids: fc
      .record({
        region: huaweiRegion,
        project,
        name: fc.stringMatching(/^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/),
        guid: uuid,
      })
      .map((parts) => ({ parts, text: formatAos(parts) })),
    parse: parseAos,
    example: `huaweicloud:aos:cn-north-1:${HEX}:stacks/name/${UUID}`,
  },
  {
    provider: 'AliyunRos',
    ids: fc
      .record({
        region: fc.constantFrom('cn-hangzhou', 'us-east-1', 'cn-shanghai-finance-1', 'cn-north-2-gov-1'),
        account: fc.stringMatching(/^\d{16}$/),
        name: fc.stringMatching(/^[a-zA-Z][-_a-zA-Z0-9]{0,120}$/),
        id: uuid,
      })
      .map((parts) => ({ parts, text: formatRos(parts) })),
    parse: parseRos,
    example: `acs:ros:cn-hangzhou:1234567890123456:stack/name/${UUID}`,
  },
]

const HOSTILE = [
  ...[
    '?',
    '#',
    '\\',
    '@',
    '/',
    '%2f',
    '%',
    ' ',
    '\t',
    '\n',
    '\r',
    '\0',
    '\x7f',
    '[',
    ']',
    '[::1]',
    '.evil.test/',
  ],
  ...[
    'é',
    '\u2028',
    '\u3002',
    '．',
    '\ud800',
    '😀',
    '"',
    "'",
    '<',
    '&',
    ';',
    ',',
    '+',
    '*',
    '|',
    '`',
    '$',
    '{',
    ':',
    '//',
  ],
]

const hostile = fc.oneof(
  fc.constantFrom(...HOSTILE),
  fc.string({ minLength: 1, unit: 'binary' }).filter((text) => /[^\w.\-\u4e00-\u9fa5]/.test(text)),
)

it('every provider has a grammar here', () => {
  expect(GRAMMARS.map(({ provider }) => provider).sort()).toEqual(
    servedProviders.map(({ name }) => name).sort(),
  )
})

describe.each(GRAMMARS)('a PhysicalResourceId of $provider', ({ provider, ids, parse, example }) => {
  it('is read as it was written', () => {
    fc.assert(fc.property(ids, ({ parts, text }) => void expect(parse(text)).toEqual(parts)))
    expect(parse(example)).toBeDefined()
  })

  it('is not read with a hostile text in any place', () => {
    const places = fc.record({ at: fc.nat({ max: example.length }), cut: fc.nat({ max: 6 }), put: hostile })
    fc.assert(
      fc.property(places, ({ at, cut, put }) => {
        // A separator in a part may leave a shorter valid part.
        const rest = /[:/]/.test(put) ? at : at + cut
        const text = `${example.slice(0, at)}${put}${example.slice(rest)}`
        fc.pre(text !== example)
        expect(parse(text)).toBeUndefined()
      }),
      { numRuns: 2000 },
    )
    for (const put of HOSTILE)
      for (let at = 0; at <= example.length; at += 1)
        expect(parse(`${example.slice(0, at)}${put}${example.slice(at)}`)).toBeUndefined()
  })

  it('is not parsed if it is longer than ROS accepts', () => {
    expect(parse(example.replace('name', 'n'.repeat(256)))).toBeUndefined()
    expect(parse(example.repeat(1000))).toBeUndefined()
  })

  it('is not read with another case of its region, project or UUID', () => {
    for (const part of [UUID, HEX, 'cn-north', 'us-east', 'cn-hangzhou'].filter((one) =>
      example.includes(one),
    ))
      if (provider !== 'Heat' || part !== HEX)
        expect(parse(example.replace(part, part.toUpperCase()))).toBeUndefined()
  })

  it('begins as its service says that its ids begin', () => {
    const service = servedProviders.find(({ name }) => name === provider)
    expect(example.startsWith(`${service?.idScheme ?? ''}:`)).toBe(true)
  })

  it('is distinguished from those of all other providers', () => {
    const writers = providerRegistry.writersOf(example)
    // Heat's CloudFormation-compatible API names a stack by the same ARN as its native one.
    expect(writers).toEqual(provider === 'Heat' ? ['AwsCloudFormation', 'Heat'] : [provider])
  })
})
