import { createServer } from 'node:http'
import fc from 'fast-check'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { createNetwork, ForbiddenAddressError } from '../../src/platform/network.ts'
import { listen } from '../../src/sandbox/loopback-server.ts'
import { startAbuse, type Abuse, type AbuseOptions } from './harness.ts'
import { FORBIDDEN, isForbidden, numberOf, SPELLINGS } from './spellings.ts'

/** Addresses that an event may not make the bridge call, in every spelling. A listener on loopback must get no request. */

let here: Abuse
beforeAll(async () => {
  here = await startAbuse()
})
afterEach(() => {
  expect(here.visits.splice(0)).toEqual([])
})
afterAll(() => here.close())

const strict = { strict: true }
/** On the listener's port, so that the listener would notice a connection. */
const at = (host: string): string => here.trapUrl.replace('127.0.0.1', host)
const portOf = (url: string): string => new URL(url).port

const METADATA = ['169.254.169.254', '100.100.100.200', '192.0.0.192', '168.63.129.16']
const HOSTS = [
  ...['127.0.0.1', ...METADATA, '10.0.0.1'].flatMap((address) =>
    Object.values(SPELLINGS).map((spell) => spell(numberOf(address))),
  ),
  ...[
    'localhost',
    'LOCALHOST.',
    'localhost..',
    'a.localhost',
    '0',
    '127.1',
    '0.0.0.0',
    '192.168.1.1',
    '100.64.0.1',
  ],
  ...['[::]', '[::1]', '[0:0:0:0:0:0:0:1]', '[fd00:ec2::254]', '[FD00:0EC2::0254]', '[fd20:ce::254]'],
  ...['[fd00:ec2::23]', '[3fff::1]', '[5f00::1]', '[2a00::5efe:a9fe:a9fe]'],
  ...['[fe80::1]', '[fc00::1]', '[ff02::1]', '[fec0::1]'],
]
const SCHEMES = [
  ...['file:///etc/passwd', 'ftp://ros.example.com/', 'gopher://127.0.0.1/', 'data:text/plain,x'],
  ...[
    'javascript:x',
    'ws://127.0.0.1/',
    'jar:http://127.0.0.1/!/',
    'blob:http://127.0.0.1/x',
    '//127.0.0.1/',
  ],
]

describe('an address', () => {
  const network = createNetwork({ allowPrivateAddresses: false, intranetCallbackRanges: [] })
  const lenient = createNetwork({ allowPrivateAddresses: true, intranetCallbackRanges: [] })
  afterAll(() => Promise.all([network.close(), lenient.close()]))
  const spelling = fc.constantFrom(...Object.keys(SPELLINGS))
  const urlOf = (address: number, name: string) => `http://${SPELLINGS[name]?.(address) ?? ''}/`
  const isRefused = (url: string, by = network): boolean => {
    try {
      by.check(url, 'endpoint')
      return false
    } catch (error) {
      expect(error).toBeInstanceOf(ForbiddenAddressError)
      return true
    }
  }

  it('that is forbidden is refused in every spelling', () => {
    const forbidden = fc
      .constantFrom(...FORBIDDEN)
      .chain(([first, last]) => fc.integer({ min: numberOf(first), max: numberOf(last) }))
    fc.assert(
      fc.property(forbidden, spelling, (address, name) => {
        expect(isRefused(urlOf(address, name)), urlOf(address, name)).toBe(true)
      }),
      { numRuns: 2000 },
    )
  })

  it('of a metadata service is refused in every spelling, also if private addresses are allowed', () => {
    for (const address of METADATA)
      for (const name of Object.keys(SPELLINGS))
        expect(isRefused(urlOf(numberOf(address), name), lenient), `${address} ${name}`).toBe(true)
  })

  it('that is public is accepted if it is written as IPv4', () => {
    const plain = fc.constantFrom('dotted', 'decimal', 'hexadecimal', 'two parts')
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 0xffffffff }), plain, (address, name) => {
        fc.pre(!isForbidden(address))
        expect(isRefused(urlOf(address, name)), urlOf(address, name)).toBe(false)
      }),
    )
  })
})

describe('a ResponseURL', () => {
  it.each(['ResponseURL', 'IntranetResponseURL', 'InnerResponseURL'])(
    'that is the %s gets no request at any of these addresses',
    async (field) => {
      const urls = HOSTS.map((host) => `${at(host)}/x`)
      const served = await Promise.all(
        urls.map(async (url) => {
          const event = here.event({ ResponseURL: undefined, [field]: url, ResourceType: 'Custom::Unknown' })
          return `${url}: ${(await here.serve(event, strict)).kind}`
        }),
      )
      expect(served.filter((one) => !/: (?:refused|undelivered)$/.test(one))).toEqual([])
    },
  )

  it.each([
    ['::ffff:127.0.0.1'],
    ['::1'],
    ['0.0.0.0'],
    ['127.0.0.1'],
    ['169.254.169.254'],
    ['fd00:ec2::254'],
    ['fe80::1%eth0'],
    ['64:ff9b::7f00:1'],
    ['93.184.216.34', '127.0.0.1'],
  ])('whose name resolves to %s gets no request', async (...addresses) => {
    const event = here.event({ ResponseURL: `${at('ros.example.com')}/x`, ResourceType: 'Custom::Unknown' })
    const names = { 'ros.example.com': addresses }
    expect(await here.serve(event, { strict: true, names })).toMatchObject({ kind: 'refused' })
  })

  it('whose name has a dot at its end is resolved and refused like any other', async () => {
    const event = here.event({ ResponseURL: `${at('ros.example.com.')}/x`, ResourceType: 'Custom::Unknown' })
    const names = { 'ros.example.com.': ['127.0.0.1'], 'ros.example.com': ['127.0.0.1'] }
    expect(await here.serve(event, { strict: true, names })).toMatchObject({ kind: 'refused' })
  })

  it.each(SCHEMES)('that is %s cannot be answered', async (ResponseURL) => {
    expect(await here.serve(here.event({ ResponseURL }), strict)).toMatchObject({ kind: 'unanswerable' })
  })

  it.each(['user:password@127.0.0.1', 'user@127.0.0.1', ':@127.0.0.1:80@127.0.0.1'])(
    'with %s gets no request',
    async (host) => {
      const event = here.event({ ResponseURL: `${at(host)}/`, ResourceType: 'Custom::Unknown' })
      expect((await here.serve(event)).kind).not.toBe('answered')
    },
  )

  it.each([301, 302, 303, 307, 308])('that redirects by %i is not followed', async (status) => {
    const ros = await listen(redirecting(status))
    const event = here.event({ ResponseURL: `${ros.url}/x`, ResourceType: 'Custom::Unknown' })
    expect(await here.serve(event)).toMatchObject({ kind: 'refused' })
    await ros.close()
  })

  it('whose name resolves to another address at the second lookup gets no request there', async () => {
    let calls = 0
    const ros = await listen(
      createServer((_, response) => {
        calls += 1
        response.writeHead(503, { connection: 'close' }).end()
      }),
    )
    // Both are addresses of this listener; only the first one is in the range.
    const answers = [['127.0.0.1'], ['0.0.0.0']]
    let lookups = 0
    const resolve = () => answers[Math.min(lookups++, 1)]
    const event = here.event({
      ResponseURL: undefined,
      IntranetResponseURL: `http://ros.example.com:${portOf(ros.url)}/x`,
      ResourceType: 'Custom::Unknown',
    })
    const environment = { STACKBRIDGE_INTRANET_CALLBACK_RANGES: '127.0.0.1/32' }
    const served = await here.serve(event, { strict: true, resolve, environment })
    await ros.close()
    expect(served).toMatchObject({ kind: 'refused' })
    expect(lookups).toBe(2)
    expect(calls).toBe(1)
  })

  it('is connected to at the checked address, even if the name changes', async () => {
    // A second lookup between the check and the connection would return the trap's address.
    let lookups = 0
    const resolve = () => (lookups++ === 0 ? ['0.0.0.0'] : ['127.0.0.1'])
    const event = here.event({
      ResponseURL: undefined,
      IntranetResponseURL: `${at('ros.example.com')}/x`,
      ResourceType: 'Custom::Unknown',
    })
    const environment = { STACKBRIDGE_INTRANET_CALLBACK_RANGES: '127.0.0.1/32' }
    expect(await here.serve(event, { strict: true, resolve, environment })).toMatchObject({
      kind: 'refused',
    })
    expect(lookups).toBe(1)
  })
})

const stack = { Name: 'a', Template: { Resources: {} } }
const ROLE = 'arn:aws:iam::123456789012:role/Name'
const heatStack = { Template: 'heat_template_version: 2018-08-31' }
const auth = (AuthUrl: string) => ({
  Auth: { AuthUrl, Username: 'known', Password: 'planted', ProjectId: 'p', UserDomainName: 'd' },
})

async function reasonOf(properties: object, type: string, options: AbuseOptions = {}): Promise<string> {
  const event = here.event({ ResourceProperties: properties, ResourceType: type })
  const served = await here.serve(event, options)
  return 'verdict' in served && served.verdict.status === 'FAILED' ? served.verdict.reason : served.kind
}
const toAws = (Endpoint: string, options?: AbuseOptions) =>
  reasonOf(here.awsProperties(stack, { Endpoint }), 'Custom::AwsCloudFormationStack', options)
const toSts = (Endpoint: string, options?: AbuseOptions) =>
  reasonOf(
    here.awsProperties(stack, { AssumeRole: { RoleArn: ROLE, Endpoint } }),
    'Custom::AwsCloudFormationStack',
    options,
  )
const toKeystone = (AuthUrl: string, options?: AbuseOptions) =>
  reasonOf({ ...auth(AuthUrl), Stack: heatStack }, 'Custom::HeatStack', options)
const toHeat = (Endpoint: string, options?: AbuseOptions) =>
  reasonOf(
    { ...auth('https://keystone.example.com/'), Endpoint, Stack: heatStack },
    'Custom::HeatStack',
    options,
  )

describe('an endpoint that the properties name', () => {
  const CLOUDS = [
    ['of AWS', toAws, /^Endpoint /],
    ['of AWS STS', toSts, /AssumeRole\.Endpoint /],
    ['of Keystone', toKeystone, /^Auth\.AuthUrl /],
    ['of Heat', toHeat, /^Endpoint /],
  ] as const

  it.each(CLOUDS)('%s is refused at each such address before any request', async (_, to, refusal) => {
    const urls = [...[...HOSTS, 'user:password@127.0.0.1'].map((host) => `${at(host)}/`), ...SCHEMES]
    const reasons = await Promise.all(urls.map((url) => to(url, strict)))
    const taken = urls.filter((_url, index) => !refusal.test(reasons[index] ?? ''))
    expect(taken).toEqual([])
  })

  it.each(CLOUDS.slice(0, 3))('%s is refused if its name resolves to such an address', async (_, to) => {
    for (const address of ['169.254.169.254', 'fd00:ec2::254', '100.100.100.200'])
      expect(await to(at('cloud.example.com'), { names: { 'cloud.example.com': [address] } })).toContain(
        'which is a metadata address',
      )
  })

  it.each(CLOUDS.slice(0, 3))('%s is not followed if it redirects', async (_, to) => {
    for (const status of [301, 302, 303, 307, 308]) {
      const cloud = await listen(redirecting(status))
      expect(await to(cloud.url)).not.toBe('answered')
      await cloud.close()
    }
  })
})

describe('an address that Keystone names as that of Heat', () => {
  const viaCatalogue = async (heatUrl: string, options: AbuseOptions = {}): Promise<string> => {
    const keystone = await listen(keystoneWith(heatUrl))
    try {
      return await toKeystone(keystone.url, options)
    } finally {
      await keystone.close()
    }
  }

  it.each(METADATA)('gets no request if it is %s', async (address) => {
    expect(await viaCatalogue(`http://${address}/v1/p`)).toContain('which is a metadata address')
  })

  it('gets no request if its name resolves there', async () => {
    const names = { 'heat.example.com': ['169.254.169.254'] }
    expect(await viaCatalogue('http://heat.example.com/v1/p', { names })).toContain('metadata address')
  })

  it('gets no request with another scheme', async () => {
    expect(await viaCatalogue('file:///etc/passwd')).toContain('only http: and https: are allowed')
  })

  it('is not followed if Heat redirects', async () => {
    const heat = await listen(redirecting(302))
    expect(await viaCatalogue(`${heat.url}/v1/p`)).not.toBe('answered')
    await heat.close()
  })
})

describe('a TemplateURL', () => {
  it.each([
    ['AWS', 'Custom::AwsCloudFormationStack', () => here.awsProperties({ TemplateURL: at('127.0.0.1') })],
    [
      'Heat',
      'Custom::HeatStack',
      () => ({ ...auth(here.openstack.authUrl), Stack: { TemplateURL: at('127.0.0.1') } }),
    ],
  ] as const)('of %s is fetched by the cloud, and not by the bridge', async (_, type, properties) => {
    await reasonOf(properties(), type)
    expect(here.visits).toEqual([])
  })
})

function redirecting(status: number) {
  return createServer((request, response) => {
    request.resume()
    response.writeHead(status, { location: `${here.trapUrl}/redirected` }).end()
  })
}

function keystoneWith(heatUrl: string) {
  const endpoints = [{ interface: 'public', region: 'r', region_id: 'r', url: heatUrl }]
  const token = {
    issued_at: '2026-01-01T00:00:00Z',
    expires_at: '2026-01-01T01:00:00Z',
    project: { id: 'p' },
    catalog: [{ type: 'orchestration', endpoints }],
  }
  return createServer((request, response) => {
    request.resume()
    response.writeHead(201, { 'x-subject-token': 'planted' }).end(JSON.stringify({ token }))
  })
}
