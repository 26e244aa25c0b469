import { SANDBOX_PUSH_CERTIFICATE } from '../../../src/sandbox/mns/certificate.ts'
import fc from 'fast-check'
import { afterEach, describe, expect, it } from 'vitest'
import { parseEndpointHost } from '../../../src/platform/endpoint-host.ts'
import type { JsonObject } from '../../../src/platform/json.ts'
import { createLogger } from '../../../src/platform/log.ts'
import { createNetwork, type NetworkOptions } from '../../../src/platform/network.ts'
import { Secrets } from '../../../src/platform/secrets.ts'
import { CloudError, type StackRequest, type Surroundings } from '../../../src/providers/provider.ts'
import { mayReceive } from '../../../src/providers/http/credential-destinations.ts'
import { GENERIC_TYPE, providerRegistry } from '../../../src/providers/registry.ts'
import { FakeClock } from '../../fake-clock.ts'

const EVIL = 'evil.test'
const UUID = '4a6c9851-3b0f-4f5f-b4ca-a14bf6910000'
const HEX = 'ba2b9930c977f71edaeaa3a5e96a8ff1'

type Environment = Readonly<Record<string, string>>

const AWS_KEYS = { AWS_ACCESS_KEY_ID: 'AKIA', AWS_SECRET_ACCESS_KEY: 'planted' }
const HUAWEI_REGION = { HW_REGION_NAME: 'cn-north-4' }
const HUAWEI: Readonly<Record<string, Environment>> = {
  keys: { ...HUAWEI_REGION, HW_ACCESS_KEY: 'AK', HW_SECRET_KEY: 'planted' },
  'security token': {
    ...HUAWEI_REGION,
    HW_ACCESS_KEY: 'AK',
    HW_SECRET_KEY: 's',
    HW_SECURITY_TOKEN: 'planted',
  },
  password: { ...HUAWEI_REGION, HW_USER_NAME: 'u', HW_USER_PASSWORD: 'planted', HW_DOMAIN_NAME: 'd' },
  token: { ...HUAWEI_REGION, HW_AUTH_TOKEN: 'planted' },
  'password for its own IAM': {
    ...HUAWEI_REGION,
    HW_AUTH_URL: 'https://iam.good.test',
    HW_USER_NAME: 'u',
    HW_USER_PASSWORD: 'planted',
    HW_DOMAIN_NAME: 'd',
  },
}
const KEYSTONE = { OS_AUTH_URL: 'https://keystone.good.test/v3' }
const OPENSTACK: Readonly<Record<string, Environment>> = {
  password: { ...KEYSTONE, OS_USERNAME: 'u', OS_PASSWORD: 'planted', OS_PROJECT_ID: HEX },
  token: { ...KEYSTONE, OS_TOKEN: 'planted', OS_PROJECT_ID: HEX },
  'application credential': {
    ...KEYSTONE,
    OS_APPLICATION_CREDENTIAL_ID: 'i',
    OS_APPLICATION_CREDENTIAL_SECRET: 'planted',
  },
}
const ALIBABA_KEYS = { ALIBABA_CLOUD_ACCESS_KEY_ID: 'LTAI', ALIBABA_CLOUD_ACCESS_KEY_SECRET: 'planted' }

interface Case {
  readonly provider: string
  readonly credentials: Readonly<Record<string, Environment>>
  /** `$` marks the place of a hostile part. */
  readonly id: string
  readonly properties: JsonObject
  /** Properties that name a host; each one is hostile in turn. */
  readonly hosts: readonly ((url: string) => JsonObject)[]
  readonly region: string
  readonly regionVariables: readonly string[]
}

const huawei = (provider: string, id: string, properties: JsonObject): Case => ({
  provider,
  credentials: HUAWEI,
  id,
  properties,
  hosts: [(Endpoint) => ({ Endpoint }), (AuthUrl) => ({ Auth: { AuthUrl } })],
  region: 'Region',
  regionVariables: ['HW_REGION_NAME'],
})
const targets = { DeploymentTargets: { Regions: ['cn-north-4'], DomainIds: [HEX] }, StackSetName: 'name' }

const CASES: readonly Case[] = [
  {
    provider: 'AwsCloudFormation',
    credentials: {
      keys: AWS_KEYS,
      'session token': { ...AWS_KEYS, AWS_SESSION_TOKEN: 'planted-too' },
      'role session': AWS_KEYS,
    },
    id: `arn:aws:cloudformation:$:123456789012:stack/name/${UUID}`,
    properties: { Stack: { Name: 'name', Template: '{}' } },
    hosts: [
      (Endpoint) => ({ Endpoint }),
      (Endpoint) => ({ AssumeRole: { RoleArn: 'arn:aws:iam::123456789012:role/r', Endpoint } }),
    ],
    region: 'RegionId',
    regionVariables: ['AWS_REGION', 'AWS_DEFAULT_REGION'],
  },
  {
    provider: 'Heat',
    credentials: OPENSTACK,
    id: `arn:openstack:heat::$:stacks/name/${UUID}`,
    properties: { Stack: { Name: 'name', Template: 'heat_template_version: 2018-08-31' } },
    hosts: [(Endpoint) => ({ Endpoint }), (AuthUrl) => ({ Auth: { AuthUrl } })],
    region: 'RegionName',
    regionVariables: ['OS_REGION_NAME'],
  },
  huawei('HuaweiRfsStack', `huaweicloud:rfs:$:${HEX}:stacks/name/${UUID}`, { Stack: { TemplateBody: 'x' } }),
  huawei('HuaweiRfsStackSet', `huaweicloud:rfs:$:${HEX}:stack-sets/name/${UUID}`, {
    StackSet: {
      Name: 'name',
      TemplateBody: 'x',
      AdministrationAgencyName: 'a',
      ManagedAgencyName: 'm',
    },
  }),
  huawei(
    'HuaweiRfsStackInstances',
    `huaweicloud:rfs:$:${HEX}:stack-sets/name/${UUID}/instances/0123456789abcdef`,
    targets,
  ),
  huawei('HuaweiAosStack', `huaweicloud:aos:$:${HEX}:stacks/name/${UUID}`, {
    Stack: { Name: 'name', TemplateId: 'id' },
  }),
  {
    provider: 'AliyunRos',
    credentials: {
      keys: ALIBABA_KEYS,
      'security token': { ...ALIBABA_KEYS, ALIBABA_CLOUD_SECURITY_TOKEN: 'planted-too' },
    },
    id: `acs:ros:$:1234567890123456:stack/name/${UUID}`,
    properties: { Stack: { Name: 'name', Template: 'ROSTemplateFormatVersion: "2015-09-01"' } },
    hosts: [
      (Endpoint) => ({ Endpoint }),
      (StsEndpoint) => ({ StsEndpoint }),
      (StsEndpoint) => ({
        StsEndpoint,
        AssumeRole: { RoleArn: 'acs:ram::1234567890123456:role/r' },
      }),
      // With separate keys, since the function's role still reads.
      (Endpoint) => ({ Endpoint, AccessKeyId: 'own', AccessKeySecret: 'own-secret' }),
    ],
    region: 'RegionId',
    regionVariables: ['FC_REGION'],
  },
]

/** Where the environment's credentials may go. */
const KNOWN = /(?:^|\.)(?:amazonaws\.com(?:\.cn)?|myhuaweicloud\.(?:com|eu)|aliyuncs\.com|good\.test)$/

const closing: (() => Promise<void>)[] = []
afterEach(async () => {
  await Promise.all(closing.splice(0).map((close) => close()))
})

/** Opens a session, makes its first call, and returns the hosts that it would have called. */
async function hostsCalled(
  { provider }: Case,
  properties: JsonObject,
  environment: Environment,
  more: Partial<StackRequest> = {},
  allowed: readonly string[] = [],
): Promise<{ readonly hosts: readonly string[]; readonly problems: readonly string[] }> {
  const hosts: string[] = []
  const lookup = (host: string, _: unknown, done: (error: Error) => void): void => {
    hosts.push(host)
    done(Object.assign(new Error(`${host} does not exist`), { code: 'ENOTFOUND' }))
  }
  const network = createNetwork({
    allowPrivateAddresses: false,
    intranetCallbackRanges: [],
    lookup: lookup as unknown as NonNullable<NetworkOptions['lookup']>,
  })
  closing.push(() => network.close())
  const secrets = new Secrets()
  const surroundings: Surroundings = {
    clock: new FakeClock(),
    random: () => 0.5,
    network,
    secrets,
    environment,
    endpointHosts: allowed.flatMap((host) => parseEndpointHost(host) ?? []),
    log: createLogger({ level: 'silent', secrets }),
  }
  const resolved = providerRegistry.resolve(GENERIC_TYPE, provider)
  if (!resolved.ok) throw new Error(resolved.problem)
  const request: StackRequest = {
    kind: 'create',
    owner: { rosStackId: 's', rosStackName: 'n', logicalResourceId: 'R' },
    requestId: 'r',
    fingerprint: 'f',
    properties,
    ...more,
  }
  const opened = await (await resolved.load()).open(request, surroundings)
  if (!opened.ok) return { hosts, problems: opened.problems.map(({ path }) => path) }
  try {
    await Promise.all([
      opened.session.find(),
      request.kind === 'create' ? opened.session.create() : undefined,
    ])
  } catch (error) {
    if (!(error instanceof CloudError)) throw error
  } finally {
    opened.session.close()
  }
  return { hosts, problems: [] }
}

const HOSTILE_PARTS = [
  ...[
    `${EVIL}?`,
    `${EVIL}#`,
    `${EVIL}/`,
    `${EVIL}\\`,
    `x@${EVIL}`,
    `x@${EVIL}/`,
    `${EVIL}:443/`,
    `${EVIL}%2f`,
  ],
  ...[`${EVIL}\n`, `${EVIL} `, `${EVIL}\u3002`, '[::1]', '', '..', '127.0.0.1', `${EVIL}\0`],
]

/** A valid place of the provider. */
function placeOf({ provider }: Case): string {
  if (provider === 'Heat') return HEX
  return provider === 'AwsCloudFormation' ? 'us-east-1' : 'cn-north-4'
}

function idOf(one: Case): string {
  return one.id.replace('$', placeOf(one))
}

/** The variables in which the vendors' tools read an endpoint, and the host that is then called. */
const ENDPOINT_VARIABLES = [
  ['AwsCloudFormation', { AWS_ENDPOINT_URL_CLOUDFORMATION: 'https://endpoint.good.test' }],
  ['AwsCloudFormation', { AWS_ENDPOINT_URL: 'https://endpoint.good.test' }],
  ['AliyunRos', { ROS_ENDPOINT: 'https://endpoint.good.test', STS_ENDPOINT: 'endpoint.good.test' }],
  ['AliyunRos', { ROS_ENDPOINT: 'endpoint.good.test', STS_ENDPOINT: 'https://endpoint.good.test' }],
  ...['HuaweiRfsStack', 'HuaweiRfsStackSet', 'HuaweiRfsStackInstances'].map(
    (provider): [string, Environment] => [
      provider,
      {
        HUAWEICLOUD_SDK_REGION_AOS_CN_NORTH_4: 'https://endpoint.good.test',
        HUAWEICLOUD_SDK_REGION_IAM_CN_NORTH_4: 'https://endpoint.good.test',
      },
    ],
  ),
] as const

describe.each(ENDPOINT_VARIABLES)("%s with the endpoint of the environment's %o", (provider, variables) => {
  const one = CASES.find((found) => found.provider === provider)
  if (one === undefined) throw new Error('no such provider')
  const [environment = {}] = Object.values(one.credentials)
  const properties = { ...one.properties, [one.region]: placeOf(one) }

  it('is called there, and nowhere else', async () => {
    const { hosts, problems } = await hostsCalled(one, properties, { ...environment, ...variables })
    expect(problems).toEqual([])
    expect(new Set(hosts)).toEqual(new Set(['endpoint.good.test']))
  })

  it('is refused at a forbidden address, and the variable is named', async () => {
    const forbidden = Object.fromEntries(
      Object.keys(variables).map((name) => [name, 'https://169.254.169.254']),
    )
    const { hosts, problems } = await hostsCalled(one, properties, { ...environment, ...forbidden })
    expect(hosts).toEqual([])
    expect(problems).not.toEqual([])
    for (const problem of problems) expect(Object.keys(variables)).toContain(problem)
  })
})

function caseOf(provider: string): Case {
  const one = CASES.find((found) => found.provider === provider)
  if (one === undefined) throw new Error('no such provider')
  return one
}

// Heat's id names no region.
describe.each(CASES.filter(({ provider }) => provider !== 'Heat'))('a Delete by $provider', (one) => {
  it('is sent to the region of the id, for any region in the properties', async () => {
    const elsewhere = 'eu-west-101'
    const properties = { ...one.properties, [one.region]: elsewhere }
    const request = { kind: 'delete', physicalResourceId: idOf(one) } as const
    for (const environment of Object.values(one.credentials)) {
      const { hosts, problems } = await hostsCalled(one, properties, environment, request)
      expect(problems).toEqual([])
      expect(hosts.join(' ')).not.toContain(elsewhere)
    }
  })
})

describe.each([
  ['HuaweiRfsStack', 'rfs'],
  ['HuaweiRfsStackSet', 'rfs'],
  ['HuaweiRfsStackInstances', 'rfs'],
  ['HuaweiAosStack', 'aos'],
])('%s with the domain of another cloud in HW_CLOUD', (provider, service) => {
  const one = caseOf(provider)
  const { keys = {}, password = {} } = HUAWEI

  it.each(['cn-north-4', 'eu-west-101'])('is called below that domain: %s', async (Region) => {
    const properties = { ...one.properties, Region }
    const withProject = { ...keys, HW_PROJECT_ID: HEX, HW_DOMAIN_ID: HEX, HW_CLOUD: 'cloud.good.test' }
    const byKeys = await hostsCalled(one, properties, withProject)
    expect(new Set(byKeys.hosts)).toEqual(new Set([`${service}.${Region}.cloud.good.test`]))
    const byPassword = await hostsCalled(one, properties, { ...password, HW_CLOUD: 'cloud.good.test' })
    expect(new Set(byPassword.hosts)).toEqual(new Set([`iam.${Region}.cloud.good.test`]))
  })

  it.each([
    ...HOSTILE_PARTS.filter((part) => part !== ''),
    'com',
    'https://good.test',
    '10.0.0.1',
    'good.test.',
  ])('is refused if it is not a domain: %j', async (HW_CLOUD) => {
    expect(await hostsCalled(one, one.properties, { ...keys, HW_CLOUD })).toEqual({
      hosts: [],
      problems: ['HW_CLOUD'],
    })
  })
})

describe("CloudFormation with AWS's variables for other kinds of endpoints", () => {
  const one = caseOf('AwsCloudFormation')
  const called = (environment: Environment, more: JsonObject = {}) =>
    hostsCalled(one, { ...one.properties, RegionId: 'us-east-1', ...more }, { ...AWS_KEYS, ...environment })

  it.each([
    [{ AWS_USE_DUALSTACK_ENDPOINT: 'true' }, {}, 'cloudformation.us-east-1.api.aws'],
    [{ AWS_USE_FIPS_ENDPOINT: 'true' }, {}, 'cloudformation-fips.us-east-1.amazonaws.com'],
    [
      { AWS_USE_FIPS_ENDPOINT: 'true', AWS_USE_DUALSTACK_ENDPOINT: 'true' },
      {},
      'cloudformation-fips.us-east-1.api.aws',
    ],
    [
      { AWS_USE_FIPS_ENDPOINT: 'false', AWS_USE_DUALSTACK_ENDPOINT: '' },
      {},
      'cloudformation.us-east-1.amazonaws.com',
    ],
    [{ AWS_USE_FIPS_ENDPOINT: 'true' }, { UseFipsEndpoint: false }, 'cloudformation.us-east-1.amazonaws.com'],
    [
      { AWS_USE_FIPS_ENDPOINT: 'no' },
      { UseFipsEndpoint: true },
      'cloudformation-fips.us-east-1.amazonaws.com',
    ],
    [
      { AWS_USE_FIPS_ENDPOINT: 'true' },
      { AssumeRole: { RoleArn: 'arn:aws:iam::123456789012:role/r' } },
      'sts-fips.us-east-1.amazonaws.com',
    ],
  ])('and %o and the properties %o is called at %s', async (environment, more, host) => {
    const { hosts, problems } = await called(environment, more)
    expect(problems).toEqual([])
    expect(new Set(hosts)).toEqual(new Set([host]))
  })

  it.each([
    ['AWS_USE_FIPS_ENDPOINT', { AWS_USE_FIPS_ENDPOINT: 'TRUE' }, {}],
    ['AWS_USE_DUALSTACK_ENDPOINT', { AWS_USE_DUALSTACK_ENDPOINT: '1' }, {}],
    ['AWS_USE_FIPS_ENDPOINT', { AWS_USE_FIPS_ENDPOINT: 'true', AWS_ENDPOINT_URL: 'https://a.good.test' }, {}],
    ['UseFipsEndpoint', { AWS_ENDPOINT_URL: 'https://a.good.test' }, { UseFipsEndpoint: true }],
  ])('is refused, and %s is named: %o %o', async (name, environment, more) => {
    expect(await called(environment, more)).toEqual({ hosts: [], problems: [name] })
  })
})

const kinds = CASES.flatMap((one) =>
  Object.entries(one.credentials).map(([kind, environment]) => ({ ...one, kind, environment })),
)

describe.each(kinds)("the environment's $kind of $provider", ({ environment, ...one }) => {
  const { region } = one

  it('is sent to the address of the vendor or the environment, for a valid id', async () => {
    const { hosts } = await hostsCalled(one, one.properties, environment, {
      kind: 'update',
      physicalResourceId: idOf(one),
    })
    expect(hosts).not.toEqual([])
    for (const host of hosts) expect(host).toMatch(KNOWN)
  })

  it('is sent nowhere else for any PhysicalResourceId', async () => {
    const isAws = one.provider === 'AwsCloudFormation'
    const parts = fc.oneof(
      fc.constantFrom(...HOSTILE_PARTS),
      fc.string({ unit: 'binary' }).map((text) => `${EVIL}${text}`),
    )
    await fc.assert(
      fc.asyncProperty(parts, fc.constantFrom('update', 'delete'), async (part, kind) => {
        const physicalResourceId = one.id.replace('$', () => part)
        const { hosts } = await hostsCalled(one, one.properties, environment, {
          kind: kind === 'update' ? 'update' : 'delete',
          physicalResourceId,
        })
        for (const host of hosts) expect(host).toMatch(KNOWN)
      }),
      { numRuns: isAws ? 10 : 60 },
    )
  })

  it('is sent nowhere else for any region of the properties or the environment', async () => {
    for (const part of HOSTILE_PARTS) {
      const given = await hostsCalled(one, { ...one.properties, [region]: part }, environment)
      for (const host of given.hosts) expect(host).toMatch(KNOWN)
      for (const variable of one.regionVariables) {
        const wrong = { ...environment, AWS_REGION: '', [variable]: part }
        const { hosts, problems } = await hostsCalled(one, one.properties, wrong)
        for (const host of hosts) expect(host).toMatch(KNOWN)
        if (one.provider !== 'Heat' && part !== '') expect(problems).toEqual([variable])
      }
    }
  })

  it('is sent to no host of the properties', async () => {
    const place = one.provider === 'Heat' ? {} : { [region]: placeOf(one) }
    for (const hostile of one.hosts)
      for (const kind of ['create', 'update', 'delete'] as const) {
        const properties = { ...one.properties, ...place, ...hostile(`https://${EVIL}/path`) }
        const { hosts, problems } = await hostsCalled(one, properties, environment, {
          kind,
          ...(kind === 'create' ? {} : { physicalResourceId: idOf(one) }),
        })
        const isOwnKeys = 'AccessKeyId' in properties
        if (!isOwnKeys) expect(hosts).toEqual([])
        if (!isOwnKeys) expect(problems).not.toEqual([])
      }
  })
})

const TRUST: readonly JsonObject[] = [{ CACert: SANDBOX_PUSH_CERTIFICATE }, { Insecure: true }]
const trusting = kinds
  .filter(({ provider }) => provider === 'Heat' || provider.startsWith('Huawei'))
  .flatMap((one) => TRUST.map((trust) => ({ ...one, trust, property: Object.keys(trust).join() })))
  .filter(({ provider, property }) => provider === 'Heat' || property === 'CACert')

describe.each(trusting)('$property of the properties, of $provider', ({ environment, trust, ...one }) => {
  const place = one.provider === 'Heat' ? {} : { [one.region]: placeOf(one) }
  const properties = { ...one.properties, ...place, ...trust }
  const others = one.provider.startsWith('HuaweiAos') ? 'aos' : 'rfs'
  const hosts =
    one.provider === 'Heat'
      ? ['keystone.good.test']
      : ['iam.good.test', 'iam.cn-north-4.myhuaweicloud.com', `${others}.cn-north-4.myhuaweicloud.com`]

  it(`is refused for the environment's ${one.kind}, before any call`, async () => {
    for (const kind of ['create', 'update', 'delete'] as const) {
      const id = kind === 'create' ? {} : { physicalResourceId: idOf(one) }
      const refused = { hosts: [], problems: [one.property] }
      expect(await hostsCalled(one, properties, environment, { kind, ...id })).toEqual(refused)
      expect(await hostsCalled(one, properties, environment, { kind, ...id }, hosts.slice(1))).toEqual(
        hosts.length > 1 && environment['HW_AUTH_URL'] === undefined ? await called(kind) : refused,
      )
    }
  })

  const called = (kind: 'create' | 'update' | 'delete') =>
    hostsCalled(
      one,
      properties,
      environment,
      { kind, ...(kind === 'create' ? {} : { physicalResourceId: idOf(one) }) },
      hosts,
    )

  it(`counts for the environment's ${one.kind} if the operator allows all hosts`, async () => {
    expect((await called('create')).problems).toEqual([])
  })

  it('counts for credentials of the properties', async () => {
    const Auth =
      one.provider === 'Heat'
        ? { AuthUrl: 'https://keystone.own.test', Username: 'u', Password: 'own-password', ProjectId: HEX }
        : { AccessKey: 'AK', SecretKey: 'own-secret' }
    expect((await hostsCalled(one, { ...properties, Auth }, environment)).problems).toEqual([])
  })
})

describe('a host of the properties', () => {
  const named = (url: string) => ({ url, namedBy: 'properties' as const })

  it.each([
    ['cloud.test', 'https://cloud.test/v3', true],
    ['cloud.test', 'https://cloud.test:5000/v3', true],
    ['cloud.test', 'http://cloud.test:5000/v3', false],
    ['cloud.test:5000', 'http://cloud.test:5000/v3', false],
    ['10.0.0.1', 'http://10.0.0.1:5000/v3', false],
    ['http://cloud.test', 'http://cloud.test:5000/v3', true],
    ['http://cloud.test:5000', 'http://cloud.test:5000/v3', true],
    ['http://cloud.test:5000', 'http://cloud.test/v3', false],
    ['http://cloud.test', 'https://cloud.test', true],
    ['http://cloud.test', 'ftp://cloud.test', false],
    ['localhost', 'http://localhost:1234', true],
    ['[::1]', 'http://[::1]:1234', true],
    ['127.0.0.1.evil.test', 'http://127.0.0.1.evil.test', false],
    ['cloud.test', 'https://CLOUD.test', true],
    ['cloud.test:5000', 'https://cloud.test:5000/v3', true],
    ['cloud.test:443', 'https://cloud.test', true],
    ['cloud.test:5000', 'https://cloud.test', false],
    ['cloud.test', 'https://cloud.test.evil.test', false],
    ['cloud.test', 'https://evil.test/cloud.test', false],
    ['cloud.test', 'https://evil.test?cloud.test', false],
    ['cloud.test', 'https://cloud.test@evil.test', false],
    ['cloud.test', 'https://sub.cloud.test', false],
    ['127.0.0.1', 'http://127.0.0.1:1234', true],
    ['127.0.0.1', 'http://2130706433:1234', true],
    ['[fd00::1]', 'https://[fd00:0::1]:5000', true],
  ])('with %s allowed, %s is: %o', (allowed, url, isAllowed) => {
    const host = parseEndpointHost(allowed)
    if (host === undefined) throw new Error('the host is not one')
    expect(mayReceive('environment', named(url), { endpointHosts: [host] })).toBe(isAllowed)
    expect(mayReceive('environment', named(url), {})).toBe(false)
    expect(mayReceive('properties', named(url), {})).toBe(true)
  })

  it('needs no permission where the environment or the vendor also names its origin', () => {
    const known = ['https://cloud.test:5000/v3']
    expect(mayReceive('environment', { ...named('https://cloud.test:5000'), known }, {})).toBe(true)
    expect(mayReceive('environment', { ...named('http://cloud.test:5000'), known }, {})).toBe(false)
    expect(mayReceive('environment', { ...named('https://cloud.test'), known }, {})).toBe(false)
  })

  it.each([
    '',
    'https://cloud.test',
    'http://',
    'http://http://cloud.test',
    'HTTP://cloud.test',
    'cloud.test/',
    'a b',
    '*',
    '*.test',
    'cloud.test:99999',
    'x@y',
    '[::1',
    'a,b',
  ])('cannot be given as %j in the setting', (text) => {
    expect(parseEndpointHost(text)).toBeUndefined()
  })
})
