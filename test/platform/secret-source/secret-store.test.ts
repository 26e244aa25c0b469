import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Clock } from '../../../src/platform/clock.ts'
import { createNetwork } from '../../../src/platform/network.ts'
import { SecretSourceError } from '../../../src/platform/secret-source/secret-source.ts'
import { SecretStore } from '../../../src/platform/secret-source/secret-store.ts'
import { readSettings } from '../../../src/platform/settings.ts'
import {
  startSandboxSecrets,
  type SandboxSecrets,
} from '../../../src/sandbox/alibaba-cloud/secrets/server.ts'
import { PLANTED } from '../../planted-secrets.ts'

const ROLE = {
  accessKeyId: PLANTED.accessKeyId,
  accessKeySecret: PLANTED.accessKeySecret,
  securityToken: PLANTED.sessionToken,
}

let now: number
let vendor: SandboxSecrets
/** Its sleeps end at once: time passes only if a test advances it. */
const clock: Clock = { now: () => now, sleep: () => Promise.resolve() }
const network = createNetwork({ allowPrivateAddresses: false, intranetCallbackRanges: [] })

beforeEach(async () => {
  now = Date.UTC(2026, 0, 1)
  vendor = await startSandboxSecrets({ keys: [{ ...ROLE, accountId: '1234567890123456' }], clock })
  vendor.secrets.set('aws', { data: '{"id":"AKIA1","secret":"the secret","number":7,"empty":""}' })
  vendor.secrets.set('plain', { data: 'a plain secret' })
  vendor.secrets.set('bytes', { data: 'AAEC', type: 'binary' })
  vendor.parameters.set('team/openstack', 'the password')
})
afterEach(() => vendor.close())

function source(references: string, environment: Record<string, string> = {}, caller: object = {}) {
  const { settings, problems } = readSettings({
    STACKBRIDGE_SECRETS: references,
    STACKBRIDGE_KMS_ENDPOINT: vendor.url,
    STACKBRIDGE_OOS_ENDPOINT: vendor.url,
    ...environment,
  })
  expect(problems).toEqual([])
  const store = new SecretStore({ settings, network, clock, random: Math.random })
  return store.sourceFor({ credentials: ROLE, region: 'cn-hangzhou', ...caller })
}

const value = async (reference: string, environment = {}) =>
  (await source(`A=${reference}`, environment).read(['A'])).get('A')

describe('a referenced secret', () => {
  it.each([
    ['kms:plain', 'a plain secret'],
    ['kms:aws', '{"id":"AKIA1","secret":"the secret","number":7,"empty":""}'],
    ['kms:aws#secret', 'the secret'],
    ['oos:team/openstack', 'the password'],
  ])('%s is read with the credentials of the role', async (reference, expected) => {
    expect(await value(reference)).toBe(expected)
  })

  it('is read only when it is needed', async () => {
    const all = source('A=kms:plain,B=oos:team/openstack,C=kms:aws#id,D=kms:aws#secret')
    expect(vendor.calls).toEqual([])
    expect([...(await all.read(['C', 'D']))]).toEqual([
      ['C', 'AKIA1'],
      ['D', 'the secret'],
    ])
    // One secret with two fields is read once.
    expect(vendor.calls).toEqual(['GetSecretValue aws'])
  })

  it('is cached for five minutes, and then read again', async () => {
    const one = source('A=kms:plain')
    await one.read(['A'])
    vendor.secrets.set('plain', { data: 'rotated' })
    now += 299_999
    expect((await one.read(['A'])).get('A')).toBe('a plain secret')
    now += 1
    expect((await one.read(['A'])).get('A')).toBe('rotated')
    expect(vendor.calls).toHaveLength(2)
  })

  it('is cached for STACKBRIDGE_SECRETS_MAX_AGE_SECONDS', async () => {
    const one = source('A=kms:plain', { STACKBRIDGE_SECRETS_MAX_AGE_SECONDS: '0' })
    await one.read(['A'])
    await one.read(['A'])
    expect(vendor.calls).toHaveLength(2)
  })

  it('that is cached remains usable during an outage of up to an hour', async () => {
    const one = source('A=kms:plain')
    await one.read(['A'])
    vendor.faults.add('internal-error', { times: 100 })
    now += 59 * 60_000
    expect((await one.read(['A'])).get('A')).toBe('a plain secret')
    now += 60_000
    await expect(one.read(['A'])).rejects.toMatchObject({ isTransient: true })
  })

  it('that was deleted is not used from the cache after its time', async () => {
    const one = source('A=kms:plain')
    await one.read(['A'])
    vendor.secrets.delete('plain')
    now += 300_000
    await expect(one.read(['A'])).rejects.toThrow('Forbidden.ResourceNotFound')
  })

  it.each(['throttle', 'internal-error', 'reset-before', 'garbage'] as const)(
    'is read again after %s',
    async (fault) => {
      vendor.faults.add(fault, { times: 2 })
      expect(await value('kms:plain')).toBe('a plain secret')
      expect(vendor.calls).toHaveLength(3)
    },
  )

  it('is read from the next endpoint if one does not answer', async () => {
    const endpoints = { STACKBRIDGE_KMS_ENDPOINT: `http://127.0.0.1:9,${vendor.url}` }
    expect(await value('kms:plain', endpoints)).toBe('a plain secret')
  })

  it.each([
    ['kms:none', 'Forbidden.ResourceNotFound'],
    ['oos:none', 'EntityNotExists.Parameter'],
    ['kms:bytes', 'it is binary; it must be a text'],
    ['kms:plain#field', 'its value is no JSON object, so it has no field field'],
    ['kms:aws#none', 'its value has no field none with a text'],
    ['kms:aws#number', 'its value has no field number with a text'],
    ['kms:aws#empty', 'its value has no field empty with a text'],
  ])('%s that is no secret is refused at once, and the reason names the variable', async (reference, why) => {
    const refused = await value(reference).catch((error: unknown) => error)
    expect(refused).toBeInstanceOf(SecretSourceError)
    expect(String(refused)).toContain(
      `A, which STACKBRIDGE_SECRETS names, could not be read from ${reference.split('#')[0] ?? ''}: `,
    )
    expect(String(refused)).toContain(why)
    expect(String(refused)).not.toContain('the secret')
    expect(vendor.calls).toHaveLength(1)
  })

  it('that could not be read is requested again after five seconds, and not before', async () => {
    const one = source('A=kms:none')
    const failing = () => expect(one.read(['A'])).rejects.toThrow('Forbidden.ResourceNotFound')
    await failing()
    now += 4999
    await failing()
    expect(vendor.calls).toHaveLength(1)
    vendor.secrets.set('none', { data: 'made meanwhile' })
    now += 1
    expect((await one.read(['A'])).get('A')).toBe('made meanwhile')
  })

  it('is not read without credentials or region, and the reason says what is missing', async () => {
    const without = (caller: object, environment = {}) =>
      expect(source('A=kms:plain', environment, caller).read(['A'])).rejects
    await without({ credentials: undefined }).toThrow('give the function a role')
    await without({ region: undefined }, { STACKBRIDGE_KMS_ENDPOINT: '' }).toThrow('set FC_REGION')
    await without({ region: 'evil.test/' }, { STACKBRIDGE_KMS_ENDPOINT: '' }).toThrow('set FC_REGION')
    expect(vendor.calls).toEqual([])
  })

  it('is refused to a role without permission, and the reason quotes no key of it', async () => {
    const otherRole = { ...ROLE, accessKeySecret: 'another-secret-of-no-value' }
    const one = source('A=kms:plain', {}, { credentials: otherRole })
    const refused = String(await one.read(['A']).catch((error: unknown) => error))
    expect(refused).toContain('SignatureDoesNotMatch')
    for (const secret of Object.values(otherRole)) expect(refused).not.toContain(secret)
  })
})

describe('STACKBRIDGE_SECRETS', () => {
  it.each([
    'AWS_SECRET_ACCESS_KEY',
    'AWS_SECRET_ACCESS_KEY=',
    'AWS_SECRET_ACCESS_KEY=the secret itself',
    'AWS_SECRET_ACCESS_KEY=ssm:aws',
    'AWS_SECRET_ACCESS_KEY=kms:',
    'AWS_SECRET_ACCESS_KEY=kms:a b',
    'AWS_SECRET_ACCESS_KEY=kms:aws#',
    'aws=kms:aws',
    'A=kms:one,A=kms:two',
    'ALIBABA_CLOUD_ACCESS_KEY_SECRET=kms:one',
    'FC_REGION=kms:one',
    'NODE_OPTIONS=kms:one',
    'STACKBRIDGE_ALLOW_PRIVATE_ADDRESSES=kms:one',
    'STACKBRIDGE_SECRETS=kms:one',
  ])('refuses %s', (references) => {
    expect(readSettings({ STACKBRIDGE_SECRETS: references }).problems).toEqual([
      expect.stringMatching(/^STACKBRIDGE_SECRETS must be items of the form VARIABLE=kms:<secret>/),
    ])
  })

  it('refuses a variable that is also set directly', () => {
    const environment = { STACKBRIDGE_SECRETS: 'OS_PASSWORD=oos:os', OS_PASSWORD: 'x' }
    expect(readSettings(environment).problems).toEqual([
      'OS_PASSWORD must not be set beside its reference in STACKBRIDGE_SECRETS',
    ])
  })
})
