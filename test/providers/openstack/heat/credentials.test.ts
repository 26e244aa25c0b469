import { describe, expect, it } from 'vitest'
import { createLogger } from '../../../../src/platform/log.ts'
import { createNetwork } from '../../../../src/platform/network.ts'
import { Secrets } from '../../../../src/platform/secrets.ts'
import { readCredentials } from '../../../../src/providers/openstack/heat/credentials.ts'
import type { Auth, Connection } from '../../../../src/providers/openstack/heat/properties.ts'
import { FakeClock } from '../../../fake-clock.ts'

const AuthUrl = 'https://cloud.example:5000'

function read(auth: Auth, AuthType?: Connection['AuthType']) {
  const secrets = new Secrets()
  const result = readCredentials(
    { Auth: { AuthUrl, ...auth }, AuthType },
    {
      clock: new FakeClock(),
      random: () => 0.5,
      network: createNetwork({ allowPrivateAddresses: true, intranetCallbackRanges: [] }),
      secrets,
      environment: {},
      log: createLogger({ level: 'silent', secrets }),
    },
  )
  if (!result.ok) throw new Error(JSON.stringify(result.problems))
  return result.credentials
}

const byDefault = { id: 'default' }

describe('the request to Keystone', () => {
  it.each<[string, Auth, object, object | undefined]>([
    [
      'user and project by name, in the default domain',
      { Username: 'u', Password: 'p', ProjectName: 'x' },
      { methods: ['password'], password: { user: { name: 'u', domain: byDefault, password: 'p' } } },
      { project: { name: 'x', domain: byDefault } },
    ],
    [
      'user and project by name, with the names of their domains',
      { Username: 'u', Password: 'p', UserDomainName: 'd', ProjectName: 'x', ProjectDomainName: 'e' },
      { methods: ['password'], password: { user: { name: 'u', domain: { name: 'd' }, password: 'p' } } },
      { project: { name: 'x', domain: { name: 'e' } } },
    ],
    [
      'user and project by id, which need no domain',
      { UserId: 'u', Password: 'p', UserDomainId: 'd', ProjectId: 'x', ProjectDomainId: 'e' },
      { methods: ['password'], password: { user: { id: 'u', password: 'p' } } },
      { project: { id: 'x' } },
    ],
    [
      'a token',
      { Token: 't', ProjectId: 'x' },
      { methods: ['token'], token: { id: 't' } },
      { project: { id: 'x' } },
    ],
    [
      'an application credential by id, which has a project of its own',
      { ApplicationCredentialId: 'i', ApplicationCredentialSecret: 's', ProjectName: 'x' },
      { methods: ['application_credential'], application_credential: { id: 'i', secret: 's' } },
      undefined,
    ],
    [
      'an application credential by name and user',
      { ApplicationCredentialName: 'n', ApplicationCredentialSecret: 's', Username: 'u', UserDomainId: 'd' },
      {
        methods: ['application_credential'],
        application_credential: { name: 'n', secret: 's', user: { name: 'u', domain: { id: 'd' } } },
      },
      undefined,
    ],
  ])('%s', (_, auth, identity, scope) => {
    const credentials = read(auth)
    expect(credentials.identity).toEqual(identity)
    expect(credentials.scope).toEqual(scope)
  })

  it('follows AuthType, where several types are possible', () => {
    const auth = {
      Username: 'u',
      Password: 'p',
      Token: 't',
      ApplicationCredentialId: 'i',
      ApplicationCredentialSecret: 's',
    }
    expect(read(auth).identity['methods']).toEqual(['application_credential'])
    expect(read(auth, 'password').identity['methods']).toEqual(['password'])
    expect(read(auth, 'v3token').identity['methods']).toEqual(['token'])
  })

  it.each([
    ['https://a.example:5000', 'https://a.example:5000/v3'],
    ['https://a.example/identity/', 'https://a.example/identity/v3'],
    ['https://a.example/v3/', 'https://a.example/v3'],
    ['https://a.example/v2.0', 'https://a.example/v3'],
  ])('goes from %s to %s', (given, url) => {
    expect(read({ AuthUrl: given, Token: 't' }).authUrl).toBe(url)
  })
})
