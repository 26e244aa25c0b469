import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { withNamedCloud, type Folders } from '../../../src/cli/local-bridge/clouds-yaml.ts'

let root: string
let folders: Folders
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'stackbridge-clouds-'))
  folders = { current: join(root, 'here'), home: join(root, 'home'), system: join(root, 'etc') }
  for (const folder of [folders.current, join(folders.home, '.config', 'openstack'), folders.system])
    mkdirSync(folder, { recursive: true })
})
afterEach(() => {
  rmSync(root, { recursive: true })
})

const CLOUDS = `
clouds:
  one:
    region_name: RegionOne
    interface: internal
    verify: false
    cacert: ~/ca.pem
    auth: { auth_url: 'https://one.example/v3', username: demo, project_id: 1234567890123456789012, user_domain_name: Default }
  two:
    cacert: ca.pem
    auth: { auth_url: 'https://two.example/v3', application_credential_id: id, application_credential_secret: s }
`

describe('the cloud that OS_CLOUD names', () => {
  it('replaces the variables of its kind, with the secrets of secure.yaml', async () => {
    writeFileSync(join(folders.home, '.config', 'openstack', 'clouds.yaml'), CLOUDS)
    writeFileSync(
      join(folders.system, 'secure.yaml'),
      'clouds: { one: { auth: { password: 12345678901234567890 } } }',
    )
    const environment = { OS_CLOUD: 'one', OS_TOKEN: 'old', OS_INTERFACE: 'admin', AWS_REGION: 'us-east-1' }
    expect(await withNamedCloud(environment, folders)).toEqual({
      OS_CLOUD: 'one',
      AWS_REGION: 'us-east-1',
      OS_AUTH_URL: 'https://one.example/v3',
      OS_USERNAME: 'demo',
      OS_PASSWORD: '12345678901234567890',
      OS_USER_DOMAIN_NAME: 'Default',
      OS_PROJECT_ID: '1234567890123456789012',
      OS_REGION_NAME: 'RegionOne',
      OS_INTERFACE: 'internal',
      OS_INSECURE: 'true',
      OS_CACERT: join(folders.home, 'ca.pem'),
    })
  })

  it('replaces only the references in STACKBRIDGE_SECRETS that belong to another cloud', async () => {
    writeFileSync(join(folders.current, 'clouds.yaml'), CLOUDS)
    const referencesWith = async (references: string) =>
      (await withNamedCloud({ OS_CLOUD: 'two', STACKBRIDGE_SECRETS: references }, folders))[
        'STACKBRIDGE_SECRETS'
      ]
    expect(await referencesWith('OS_PASSWORD=kms:os#password, OS_AUTH_URL=oos:url')).toBe('')
    const others = 'AWS_SECRET_ACCESS_KEY=kms:aws,OS_NO_REFERENCE,STACKBRIDGE_BEARER_TOKEN=oos:token'
    expect(await referencesWith(`OS_USERNAME=oos:user,${others}`)).toBe(others)
    expect(await referencesWith(others)).toBe(others)
  })

  it('is not chosen as the only one of a file if STACKBRIDGE_SECRETS has OS_AUTH_URL', async () => {
    writeFileSync(
      join(folders.current, 'my.yaml'),
      "clouds: { only: { auth: { auth_url: 'https://only' } } }",
    )
    const environment = {
      OS_CLIENT_CONFIG_FILE: 'my.yaml',
      STACKBRIDGE_SECRETS: 'OS_PASSWORD=oos:password,OS_AUTH_URL=oos:url',
    }
    expect(await withNamedCloud(environment, folders)).toEqual(environment)
  })

  it('is searched for in the file of OS_CLIENT_CONFIG_FILE, else first in the current folder', async () => {
    writeFileSync(join(folders.current, 'clouds.yaml'), CLOUDS)
    writeFileSync(join(folders.system, 'clouds.yaml'), CLOUDS.replace('one.example', 'system.example'))
    const urlWith = async (environment: Record<string, string>) =>
      (await withNamedCloud({ OS_CLOUD: 'one', ...environment }, folders))['OS_AUTH_URL']
    expect(await urlWith({})).toBe('https://one.example/v3')
    expect(await urlWith({ OS_CLIENT_CONFIG_FILE: join(folders.system, 'clouds.yaml') })).toBe(
      'https://system.example/v3',
    )
  })

  it('may be omitted if the file has only one', async () => {
    writeFileSync(
      join(folders.current, 'my.yaml'),
      "clouds: { only: { auth: { auth_url: 'https://only' } } }",
    )
    const environment = { OS_CLIENT_CONFIG_FILE: 'my.yaml' }
    expect(await withNamedCloud(environment, folders)).toMatchObject({ OS_AUTH_URL: 'https://only' })
  })

  it.each([
    [{ OS_CLOUD: 'three' }, /OS_CLOUD names no cloud in .*; it must be one of: one, two$/],
    [{ OS_CLIENT_CONFIG_FILE: 'clouds.yaml' }, /it must be one of: one, two$/],
    [{ OS_CLOUD: 'one', OS_CLIENT_CONFIG_FILE: 'missing.yaml' }, /missing\.yaml cannot be read/],
    [{ OS_CLOUD: 'one', OS_CLIENT_CONFIG_FILE: 'broken.yaml' }, /broken\.yaml is not valid YAML/],
  ])('is refused if it cannot be used: %o', async (environment, message) => {
    writeFileSync(join(folders.current, 'clouds.yaml'), CLOUDS)
    writeFileSync(join(folders.current, 'broken.yaml'), '{')
    await expect(withNamedCloud(environment, folders)).rejects.toThrow(message)
  })

  it.each([{}, { OS_CLOUD: 'one' }, { OS_AUTH_URL: 'https://a', OS_CLIENT_CONFIG_FILE: 'clouds.yaml' }])(
    'changes nothing if no cloud is named, or if there is no file: %o',
    async (environment) => {
      expect(await withNamedCloud(environment, folders)).toEqual(environment)
    },
  )
})
