import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startAbuse, type Abuse } from './harness.ts'

/** Where an event may not send the bridge, in every spelling; a listener on loopback must hear nothing. */

let here: Abuse
beforeAll(async () => {
  here = await startAbuse()
})
afterAll(() => here.close())

const strict = { strict: true }
/** On the listener's port, so that a connection would be seen. */
const at = (host: string): string => here.trapUrl.replace('127.0.0.1', host)

const HOSTS = [
  ...['127.0.0.1', '127.1', '2130706433', '0x7f000001', '0177.0.0.1', '0x7f.1', 'localhost', 'LOCALHOST.'],
  ...[
    '[::1]',
    '[::ffff:127.0.0.1]',
    '[::ffff:7f00:1]',
    '[::127.0.0.1]',
    '[64:ff9b::7f00:1]',
    '[2002:7f00:1::]',
  ],
  ...['0.0.0.0', '169.254.169.254', '2852039166', '0251.0376.0251.0376', '0xa9fea9fe', '[::ffff:a9fe:a9fe]'],
  ...[
    '100.100.100.200',
    '1684301000',
    '[fd00:ec2::254]',
    '[fe80::1]',
    '10.0.0.1',
    '192.168.1.1',
    '100.64.0.1',
  ],
]
const SCHEMES = [
  'file:///etc/passwd',
  'ftp://ros.example.com/',
  'gopher://127.0.0.1/',
  'data:text/plain,x',
  'javascript:x',
]

describe('a ResponseURL', () => {
  it.each(HOSTS)('at %s is never called', async (host) => {
    const event = here.event({ ResponseURL: `${at(host)}/x`, ResourceType: 'Custom::Unknown' })
    expect(await here.serve(event, strict)).toMatchObject({ kind: 'undelivered' })
    expect(here.visits).toEqual([])
  })

  it.each([
    ['::ffff:127.0.0.1'],
    ['127.0.0.1'],
    ['169.254.169.254'],
    ['fd00:ec2::254'],
    ['93.184.216.34', '127.0.0.1'],
  ])('whose name resolves to %s is never called', async (...addresses) => {
    const event = here.event({ ResponseURL: `${at('ros.example.com')}/x`, ResourceType: 'Custom::Unknown' })
    const names = { 'ros.example.com': addresses }
    expect(await here.serve(event, { strict: true, names })).toMatchObject({ kind: 'undelivered' })
    expect(here.visits).toEqual([])
  })

  it.each(SCHEMES)('of the scheme of %s cannot be answered', async (ResponseURL) => {
    expect(await here.serve(here.event({ ResponseURL }), strict)).toMatchObject({ kind: 'unanswerable' })
  })

  it('with a user before the host is never called', async () => {
    const event = here.event({
      ResponseURL: `${at('user:password@127.0.0.1')}/`,
      ResourceType: 'Custom::Unknown',
    })
    expect(await here.serve(event)).toMatchObject({ kind: 'undelivered' })
    expect(here.visits).toEqual([])
  })

  it('of the intranet may be in its own range, and nowhere else', async () => {
    const event = here.event({
      ResponseURL: undefined,
      IntranetResponseURL: `${at('127.0.0.1')}/x`,
      ResourceType: 'Custom::Unknown',
    })
    expect(await here.serve(event, strict)).toMatchObject({ kind: 'undelivered' })
    expect(here.visits).toEqual([])
  })
})

describe('an endpoint that the properties name', () => {
  const stack = { Name: 'a', Template: { Resources: {} } }
  const reasonOf = async (properties: object, ResourceType: string): Promise<string> => {
    const ResponseURL = 'https://ros.example.com/'
    const served = await here.serve(
      here.event({ ResourceProperties: properties, ResourceType, ResponseURL }),
      strict,
    )
    return 'verdict' in served && served.verdict.status === 'FAILED' ? served.verdict.reason : served.kind
  }
  const toAws = (Endpoint: string) =>
    reasonOf(here.awsProperties(stack, { Endpoint }), 'Custom::AwsCloudFormationStack')
  const toSts = (Endpoint: string) => {
    const AssumeRole = { RoleArn: 'arn:aws:iam::123456789012:role/Name', Endpoint }
    const properties = { ...here.awsProperties(stack), Endpoint: undefined, AssumeRole }
    return reasonOf(properties, 'Custom::AwsCloudFormationStack')
  }
  const toKeystone = (AuthUrl: string) => {
    const Auth = { AuthUrl, Username: 'u', Password: 'planted', ProjectId: 'p', UserDomainName: 'd' }
    return reasonOf({ Auth, Stack: { Template: 'heat_template_version: 2018-08-31' } }, 'Custom::HeatStack')
  }

  it.each([
    ['of AWS', toAws, /^Endpoint /],
    ['of AWS STS', toSts, /^AssumeRole\.Endpoint /],
    ['of Keystone', toKeystone, /^Auth\.AuthUrl /],
  ] as const)('%s is refused at each such address before anything is asked', async (_, to, refusal) => {
    const urls = [...[...HOSTS, 'user:password@127.0.0.1'].map((host) => `${at(host)}/`), ...SCHEMES]
    const reasons = await Promise.all(urls.map(async (url) => `${url}: ${await to(url)}`))
    expect(
      reasons.filter((reason, index) => !refusal.test(reason.slice((urls[index]?.length ?? 0) + 2))),
    ).toEqual([])
    expect(here.visits).toEqual([])
  })
})
