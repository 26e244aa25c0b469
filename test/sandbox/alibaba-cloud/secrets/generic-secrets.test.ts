import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import {
  startSandboxSecrets,
  type SandboxSecrets,
} from '../../../../src/sandbox/alibaba-cloud/secrets/server.ts'
import { vendorCall } from './vendor-client.ts'

const KEY = { accessKeyId: 'LTAIsandbox', accessKeySecret: 'of-no-value', accountId: '1234567890123456' }

let kms: SandboxSecrets
let call: ReturnType<typeof vendorCall>

beforeEach(async () => {
  kms = await startSandboxSecrets({ keys: [KEY] })
  call = vendorCall(kms.url, KEY)
})
afterEach(() => kms.close())

const codeOf = (calling: Promise<unknown>) =>
  calling.then(
    () => 'no error',
    (error: unknown) => (error instanceof Error && 'code' in error ? error.code : error),
  )

const SECRET = { SecretName: 'team-Key', VersionId: 'v1', SecretData: 'one' }
const valueOf = async (name = 'team-Key') => {
  const answer = await call('GetSecretValue', { SecretName: name })
  return (answer as { SecretData: unknown }).SecretData
}

describe("the embedded KMS, called by the vendor's own client", () => {
  it.each(['query', 'body'] as const)('keeps a secret whose parameters are in the %s', async (place) => {
    const tags = JSON.stringify([{ TagKey: 'stackbridge-owner', TagValue: 'abc' }])
    expect(await call('CreateSecret', { ...SECRET, Tags: tags }, place)).toMatchObject({
      SecretName: 'team-Key',
      SecretType: 'Generic',
      VersionId: 'v1',
    })
    expect(await call('GetSecretValue', { SecretName: 'team-Key' }, place)).toMatchObject({
      SecretData: 'one',
      SecretDataType: 'text',
      VersionStages: { VersionStage: ['ACSCurrent'] },
    })
    expect(await call('DescribeSecret', { SecretName: 'team-Key', FetchTags: 'true' }, place)).toMatchObject({
      Tags: { Tag: [{ TagKey: 'stackbridge-owner', TagValue: 'abc' }] },
    })
    expect(await call('DescribeSecret', { SecretName: 'team-Key' }, place)).not.toHaveProperty('Tags')
  })

  it('accepts a new version, ignores it if it is repeated, and refuses another value for it', async () => {
    await call('CreateSecret', SECRET)
    const second = { SecretName: 'team-Key', VersionId: 'v2', SecretData: 'two' }
    await call('PutSecretValue', second)
    await call('PutSecretValue', second)
    expect(await valueOf()).toBe('two')
    expect(await codeOf(call('PutSecretValue', { ...second, SecretData: 'three' }))).toBe(
      'Rejected.ResourceExist',
    )
    // The version exists, so the call is ignored: the current value stays.
    await call('PutSecretValue', SECRET)
    expect(await valueOf()).toBe('two')
    for (let number = 3; number <= 13; number += 1)
      await call('PutSecretValue', { ...second, VersionId: `v${String(number)}` })
    expect(kms.secrets.get('team-Key')?.versions).toHaveLength(10)
  })

  it('refuses what its documentation forbids', async () => {
    const refused = [
      { ...SECRET, SecretName: 'acs/ecs/mine' },
      { ...SECRET, SecretName: 'a'.repeat(193) },
      { ...SECRET, SecretName: 'with space' },
      { ...SECRET, VersionId: 'v'.repeat(65) },
      { ...SECRET, SecretData: '值'.repeat(10_241) },
      { ...SECRET, SecretDataType: 'json' },
      { ...SECRET, Tags: '{"stackbridge-owner":"abc"}' },
      { ...SECRET, Tags: '[{"TagKey":"acs:mine","TagValue":"abc"}]' },
      { ...SECRET, Tags: '[{"TagKey":"mine","TagValue":"with space"}]' },
      { ...SECRET, RegionId: 'cn-hangzhou' },
    ]
    for (const parameters of refused)
      expect(await codeOf(call('CreateSecret', parameters, 'body'))).toBe('InvalidParameter')
    expect(await codeOf(call('CreateSecret', { SecretName: 'a', VersionId: 'v1' }))).toBe('MissingParameter')
    await call('CreateSecret', SECRET)
    expect(await codeOf(call('CreateSecret', SECRET))).toBe('Rejected.ResourceExist')
    for (const action of ['GetSecretValue', 'DescribeSecret', 'DeleteSecret'])
      expect(await codeOf(call(action, { SecretName: 'none' }))).toBe('Forbidden.ResourceNotFound')
  })

  it('reserves the name of a secret in its recovery window, and frees it after an immediate deletion', async () => {
    await call('CreateSecret', SECRET)
    expect(await codeOf(call('DeleteSecret', { SecretName: 'team-Key', RecoveryWindowInDays: '6' }))).toBe(
      'InvalidParameter',
    )
    await call('DeleteSecret', { SecretName: 'team-Key', RecoveryWindowInDays: '7' })
    expect(await codeOf(call('CreateSecret', SECRET))).toBe('Rejected.ResourceInDeleteWindow')
    expect(await call('DescribeSecret', { SecretName: 'team-Key' })).toHaveProperty('PlannedDeleteTime')
    expect(await call('ListSecrets', {})).toMatchObject({ TotalCount: 1 })
    // The window is over.
    kms.secrets.set('team-Key', { data: 'one', plannedDeleteAt: Date.now() })
    await call('CreateSecret', SECRET)
    await call('DeleteSecret', { SecretName: 'team-Key', ForceDeleteWithoutRecovery: 'true' })
    await call('CreateSecret', SECRET)
    expect(await valueOf()).toBe('one')
  })

  it('lists by one tag, one page after the other', async () => {
    for (const [name, owner] of [
      ['a', 'x'],
      ['b', 'y'],
      ['c', 'x'],
    ] as const)
      await call('CreateSecret', {
        ...SECRET,
        SecretName: name,
        Tags: JSON.stringify([{ TagKey: 'owner', TagValue: owner }]),
      })
    const list = (more: Record<string, string>) => call('ListSecrets', { FetchTags: 'true', ...more })
    const filter = JSON.stringify([{ Key: 'TagValue', Values: ['x'] }])
    expect(await list({ Filters: filter, PageSize: '1', PageNumber: '2' })).toMatchObject({
      TotalCount: 2,
      SecretList: { Secret: [{ SecretName: 'c', Tags: { Tag: [{ TagKey: 'owner', TagValue: 'x' }] } }] },
    })
    expect(await codeOf(list({ PageSize: '101' }))).toBe('InvalidParameter')
    expect(await codeOf(list({ Filters: '{"Key":"TagValue"}' }))).toBe('InvalidParameter')
  })
})
