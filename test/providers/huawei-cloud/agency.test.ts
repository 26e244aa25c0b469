import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { JsonObject } from '../../../src/platform/json.ts'
import { createHuaweiAosStack } from '../../../src/providers/huawei-cloud/aos-stack/provider.ts'
import { createHuaweiMemory } from '../../../src/providers/huawei-cloud/client.ts'
import { createHuaweiRfsStackInstances } from '../../../src/providers/huawei-cloud/rfs-stack-instances/provider.ts'
import { createHuaweiRfsStackSet } from '../../../src/providers/huawei-cloud/rfs-stack-set/provider.ts'
import { createHuaweiRfsStack } from '../../../src/providers/huawei-cloud/rfs-stack/provider.ts'
import type { StackProvider } from '../../../src/providers/provider.ts'
import { THING_TEMPLATE_ID } from '../../../src/sandbox/huawei-cloud/aos-stack/templates.ts'
import { SANDBOX_AGENCY } from '../../../src/sandbox/huawei-cloud/iam.ts'
import { makeStackSet, SET_TEMPLATE } from './stack-set-world.ts'
import { startHuaweiWorld, type HuaweiWorld } from './world.ts'

/** Calls with the temporary keys of an agency. Another account has created it for the account of the credentials. */

const AGENCY = { AgencyName: SANDBOX_AGENCY.name, DomainName: SANDBOX_AGENCY.domainName }
const PATH = '/v3.0/OS-CREDENTIAL/securitytokens'

const SERVICES: readonly (readonly [string, StackProvider, JsonObject])[] = [
  [
    'RFS stacks',
    createHuaweiRfsStack(createHuaweiMemory()),
    { Stack: { Name: 'a-stack', TemplateBody: 'variable "v" { default = 1 }' } },
  ],
  [
    'stack sets',
    createHuaweiRfsStackSet(createHuaweiMemory()),
    {
      StackSet: {
        Name: 'a_set',
        AdministrationAgencyName: 'rfs_admin',
        ManagedAgencyName: 'rfs_member',
        TemplateBody: SET_TEMPLATE,
        Parameters: { value: 'x' },
      },
    },
  ],
  [
    'stack instances',
    createHuaweiRfsStackInstances(createHuaweiMemory()),
    {
      StackSetName: 'made_set',
      DeploymentTargets: { Regions: ['cn-north-4'], DomainIds: ['6cbcca2a2f114a63841bdbc7a19b7b12'] },
    },
  ],
  [
    'AOS stacks',
    createHuaweiAosStack(createHuaweiMemory()),
    { Stack: { Name: 'a-stack', TemplateId: THING_TEMPLATE_ID, InputsJson: { value: 'x' } } },
  ],
]

let world: HuaweiWorld
const started = async (provider: StackProvider) => {
  world = await startHuaweiWorld(provider)
  makeStackSet(world.cloud, 'made_set')
}
afterEach(() => world.close())

const asked = () => world.cloud.requests.filter(({ url }) => url === PATH)
const services = () => world.cloud.requests.filter(({ url }) => !url.startsWith('/v3'))

describe.each(SERVICES)('an agency for %s', (_, provider, properties) => {
  beforeEach(() => started(provider))

  it('is taken up once, and signs each call to the service', async () => {
    const session = await world.open({ ...properties, AssumeRole: AGENCY })
    await session.find()
    await session.create()
    expect(asked()).toHaveLength(1)
    expect(JSON.parse(asked()[0]?.body ?? '')).toEqual({
      auth: {
        identity: {
          methods: ['assume_role'],
          assume_role: {
            agency_name: SANDBOX_AGENCY.name,
            domain_name: SANDBOX_AGENCY.domainName,
            duration_seconds: 900,
          },
        },
      },
    })
    expect(services().length).toBeGreaterThan(0)
    for (const { headers } of services()) {
      expect(headers.authorization).toMatch(/Access=SANDBOXAGENCYKEY/)
      expect(headers['x-security-token']).toMatch(/^sandbox-agency-token/)
    }
    expect(world.secrets.mask('sandbox-agency-secret-of-no-value-0001')).toBe('[secret]')
    expect(world.secrets.mask('sandbox-agency-token-of-no-value-0001')).toBe('[secret]')
  })
})

describe('an agency', () => {
  const [, provider, properties] = SERVICES[0] ?? raise()
  beforeEach(() => started(provider))
  const find = async (more: JsonObject, environment: Record<string, string> = {}) =>
    (await world.open({ ...properties, ...more }, {}, environment)).find()

  it('is taken up by a user, whose token is one for the own account', async () => {
    const { user, url } = world.cloud
    const Auth = { UserName: user.name, Password: user.password, DomainName: user.domainName, AuthUrl: url }
    await find({ Auth, AssumeRole: AGENCY })
    const [login] = world.cloud.requests
    expect(JSON.parse(login?.body ?? '')).toMatchObject({
      auth: { scope: { domain: { name: user.domainName } } },
    })
    expect(asked()[0]?.headers['x-auth-token']).toMatch(/^sandbox-iam-token/)
    expect(services()[0]?.headers['x-auth-token']).toBeUndefined()
  })

  it('is taken up again when its keys end', async () => {
    const session = await world.open({ ...properties, AssumeRole: { ...AGENCY, DurationSeconds: 3600 } })
    await session.find()
    await world.clock.advance(3_500_000)
    await session.find()
    expect(asked()).toHaveLength(1)
    await world.clock.advance(100_000)
    await session.find()
    expect(asked()).toHaveLength(2)
  })

  it('comes from the environment with the credentials of the environment', async () => {
    const environment = {
      HW_ACCESS_KEY: world.cloud.keys.accessKey,
      HW_SECRET_KEY: world.cloud.keys.secretKey,
      HW_AUTH_URL: world.cloud.url,
      HW_ASSUME_ROLE_AGENCY_NAME: SANDBOX_AGENCY.name,
      HW_ASSUME_ROLE_DOMAIN_ID: SANDBOX_AGENCY.domainId,
    }
    await find({ Auth: {} }, environment)
    expect(asked()).toHaveLength(1)
    // The properties' own keys belong to the template author.
    await find({}, { ...environment, HW_ASSUME_ROLE_AGENCY_NAME: 'another' })
    expect(asked()).toHaveLength(1)
  })

  it.each([
    [{ AgencyName: 'x' }, 'must have either DomainName or DomainId'],
    [{ ...AGENCY, DomainId: 'x' }, 'must have either DomainName or DomainId'],
    [{ ...AGENCY, DurationSeconds: 60 }, 'DurationSeconds'],
    [{ DomainName: 'x' }, 'AgencyName'],
  ])('%o is refused before any call', async (AssumeRole, why) => {
    await expect(find({ AssumeRole })).rejects.toThrow(why)
    expect(world.cloud.requests).toEqual([])
  })

  it('that does not trust the account is denied, with a reason that says where to look', async () => {
    await expect(find({ AssumeRole: { ...AGENCY, AgencyName: 'another' } })).rejects.toMatchObject({
      kind: 'denied',
      message: expect.stringMatching(/IAM securitytokens.*Check AssumeRole/),
    })
  })
})

function raise(): never {
  throw new Error('there is no such service')
}
