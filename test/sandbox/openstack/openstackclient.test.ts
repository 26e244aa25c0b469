import { execFile } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  SANDBOX_USER,
  startSandboxOpenStack,
  type SandboxOpenStack,
} from '../../../src/sandbox/openstack/server.ts'

/**
 * The embedded Keystone and Heat with OpenStack's own command line: `openstack` of Debian's packages `python3-openstackclient`
 * and `python3-heatclient`, or another one on the PATH. Skipped if there is none.
 */

const OPENSTACK = process.env['OPENSTACK_COMMAND'] ?? 'openstack'
const hasOpenStack = await new Promise<boolean>((resolve) =>
  execFile(OPENSTACK, ['stack', 'list', '--help'], (error) => {
    resolve(error === null)
  }),
)

let cloud: SandboxOpenStack
let folder: string
beforeAll(async () => {
  cloud = await startSandboxOpenStack()
  folder = await mkdtemp(join(tmpdir(), 'stackbridge-openstackclient-'))
  await write('server.yaml', SERVER)
  await write(
    'environment.yaml',
    'parameters: { image: debian-12 }\nresource_registry: { "My::Key": key.yaml }\n',
  )
  await write('key.yaml', KEY)
})
afterAll(async () => {
  await cloud.close()
  await rm(folder, { recursive: true })
})

const write = (name: string, text: string) => writeFile(join(folder, name), text)
const SERVER = `
heat_template_version: 2018-08-31
description: A server
parameters: { image: { type: string }, flavor: { type: string, default: m1.small } }
resources:
  key: { type: My::Key, properties: { name: my-key } }
  volume: { type: OS::Cinder::Volume, properties: { size: 10 } }
  server:
    type: OS::Nova::Server
    properties:
      image: { get_param: image }
      flavor: { get_param: flavor }
      key_name: { get_attr: [key, name] }
outputs: { address: { value: { get_attr: [server, first_address] } } }
`
const KEY = `
heat_template_version: 2018-08-31
parameters: { name: { type: string } }
resources: { pair: { type: OS::Nova::KeyPair, properties: { name: { get_param: name } } } }
outputs: { name: { value: { get_resource: pair } } }
`

function openstack(...args: string[]) {
  const env = {
    PATH: process.env['PATH'],
    HOME: folder,
    OS_AUTH_TYPE: 'v3applicationcredential',
    OS_AUTH_URL: cloud.authUrl,
    OS_REGION_NAME: cloud.region,
    OS_APPLICATION_CREDENTIAL_ID: SANDBOX_USER.applicationCredentialId,
    OS_APPLICATION_CREDENTIAL_SECRET: SANDBOX_USER.applicationCredentialSecret,
  }
  return new Promise<{ code: number; stdout: string; stderr: string }>((resolve) =>
    execFile(OPENSTACK, args, { env, cwd: folder }, (error, stdout, stderr) => {
      resolve({ code: error === null ? 0 : Number(error.code), stdout, stderr })
    }),
  )
}

async function succeeds(...args: string[]): Promise<string> {
  const { code, stdout, stderr } = await openstack(...args)
  expect({ code, stderr }).toMatchObject({ code: 0 })
  return stdout
}
const read = async (...args: string[]) => JSON.parse(await succeeds(...args, '-f', 'json'))

describe.skipIf(!hasOpenStack)('openstack stack', { timeout: 600_000 }, () => {
  it('creates, lists, shows, updates and deletes a stack by its name, and waits for each', async () => {
    const files = ['-t', 'server.yaml', '-e', 'environment.yaml']
    await succeeds('orchestration', 'template', 'validate', ...files)
    expect(await succeeds('stack', 'create', '--wait', ...files, 'one')).toContain('CREATE_COMPLETE')
    expect(await read('stack', 'show', 'one')).toMatchObject({
      stack_status: 'CREATE_COMPLETE',
      description: 'A server',
    })
    expect(await read('stack', 'resource', 'list', 'one')).toMatchObject([
      { resource_name: 'key', resource_type: 'My::Key', resource_status: 'CREATE_COMPLETE' },
      { resource_name: 'volume', resource_status: 'CREATE_COMPLETE' },
      { resource_name: 'server', resource_status: 'CREATE_COMPLETE' },
    ])
    expect(await read('stack', 'resource', 'show', 'one', 'server')).toMatchObject({
      attributes: { accessIPv4: '' },
      required_by: [],
    })
    expect(await succeeds('stack', 'event', 'list', '--nested-depth', '2', 'one')).toMatch(
      /pair\]: CREATE_COMPLETE/,
    )
    expect(await read('stack', 'output', 'show', 'one', 'address')).toMatchObject({
      output_value: expect.stringMatching(/^192\.0\.2\./),
    })
    expect(await succeeds('stack', 'template', 'show', 'one')).toContain('OS::Nova::Server')
    expect(await succeeds('stack', 'environment', 'show', 'one')).toContain('debian-12')
    const change = ['--existing', '--parameter', 'flavor=m1.large']
    expect(await succeeds('stack', 'update', '--wait', ...change, 'one')).toContain('UPDATE_COMPLETE')
    expect(await succeeds('stack', 'check', '--wait', 'one')).toContain('CHECK_COMPLETE')
    await succeeds('stack', 'delete', '--yes', '--wait', 'one')
    expect((await openstack('stack', 'show', 'one')).stderr).toContain('Stack not found')
  })
})
