import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  AWS_TYPE,
  HEAT_TYPE,
  startSandboxClouds,
  type SandboxClouds,
} from '../../src/cli/sandbox-clouds/sandbox-clouds.ts'
import { CONTINUATION_KEY, OTHER_CONTINUATION_KEY } from '../continuation-keys.ts'
import { PLANTED, plantedIn } from '../planted-secrets.ts'
import { example, reportsIn, run } from './built-cli.ts'

let clouds: SandboxClouds
beforeAll(async () => {
  clouds = await startSandboxClouds({ resourceDelayMs: 0 })
})
afterAll(() => clouds.close())

const openStackEnvironment = () =>
  clouds.connections.find(({ cloud }) => cloud === 'openstack')?.environment ?? {}

describe('stackbridge doctor', () => {
  it.each([
    'aws/cloudformation/create.json',
    'openstack/heat/create.json',
    'huawei-cloud/rfs-stack/create.json',
    'huawei-cloud/aos-stack/create.json',
  ])('reports nothing missing on the sandbox for %s', async (name) => {
    const { code, stdout, stderr } = await run(['doctor', '--sandbox', '--json', example(name)])
    const results = reportsIn(stdout).map(({ result }) => result)
    expect(results).toContain('ok')
    expect(results).not.toContain('missing')
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
  })

  it('connects with the environment alone, and changes nothing', async () => {
    const { code, stdout } = await run(['doctor', '--type', HEAT_TYPE], '', openStackEnvironment())
    expect(stdout).toMatch(/^ok +properties +none given; the connection comes from the environment\n/)
    expect(stdout).toMatch(/\nok +token +for the project /)
    expect(code).toBe(0)
    expect(clouds.stackCount()).toBe(0)
  })

  it('checks the sandbox also without an event', async () => {
    const { code, stdout } = await run(['doctor', '--sandbox', '--type', AWS_TYPE])
    expect(stdout).toMatch(/\nok +DescribeStacks +allowed/)
    expect(code).toBe(0)
  })

  it('reports unknown for a provider that can only check a named stack', async () => {
    const { stdout } = await run(['doctor', '--type', 'Custom::HuaweiRfsStackInstances'])
    expect(stdout).toMatch(/^unknown +cloud +not checked: .*event file/m)
    expect(stdout).not.toMatch(/^ok +cloud/m)
  })

  it('reports every wrong property, still checks the cloud, and exits with 1', async () => {
    const event = clouds.connectedEvent({
      ResourceType: AWS_TYPE,
      ResourceProperties: { Stack: { Nmae: 'x' } },
    })
    const { code, stdout } = await run(['doctor', '-'], JSON.stringify(event))
    expect(stdout).toMatch(/^missing +properties +Stack\.Nmae/m)
    expect(stdout).toMatch(/^ok +DescribeStacks/m)
    expect(code).toBe(1)
  })

  it('names the remedy for a wrong key, and shows no secret', async () => {
    const { ResourceProperties } = clouds.connectedEvent({ ResourceType: AWS_TYPE })
    const event = {
      ResourceProperties: {
        ...(ResourceProperties as object),
        AccessKeyId: PLANTED.accessKeyId,
        AccessKeySecret: PLANTED.accessKeySecret,
      },
    }
    const { code, stdout, stderr } = await run(['doctor', '--verbose', '-'], JSON.stringify(event))
    expect(stdout).toMatch(/^missing +credentials .*check keys, session token and role$/m)
    expect(stdout).not.toContain('DescribeStacks')
    expect(plantedIn(stdout + stderr)).toEqual([])
    expect(code).toBe(1)
  })

  it('reports a cloud that cannot be reached', async () => {
    const environment = { ...openStackEnvironment(), OS_AUTH_URL: 'http://127.0.0.1:9/v3' }
    const { code, stdout } = await run(['doctor', '--type', HEAT_TYPE], '', environment)
    expect(stdout).toMatch(/^missing +token .*check Auth\.AuthUrl/m)
    expect(code).toBe(1)
  })

  it('exits with 1 before a deployment that would replace the key, with 0 before one that keeps it, and changes no file', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'stackbridge-doctor-'))
    const token = 'acs:fc:cn-hangzhou:1234567890123456:functions/stackbridge'
    const args = ['doctor', '--deployed', token, '--fingerprint', join(folder, 'fingerprint.json')]
    const withKey = (key: string, more: readonly string[] = []) =>
      run([...args, ...more], '', { STACKBRIDGE_CONTINUATION_KEY: key })
    try {
      expect((await withKey(CONTINUATION_KEY, ['--remember'])).code).toBe(0)
      const remembered = await readFile(join(folder, 'fingerprint.json'), 'utf8')
      expect((await withKey(CONTINUATION_KEY)).code).toBe(0)
      const { code, stdout, stderr } = await withKey(OTHER_CONTINUATION_KEY)
      expect(code).toBe(1)
      expect(stdout).toMatch(/^missing +key .*would be replaced/m)
      expect(stdout + stderr).not.toContain(OTHER_CONTINUATION_KEY)
      expect(await readFile(join(folder, 'fingerprint.json'), 'utf8')).toBe(remembered)
    } finally {
      await rm(folder, { recursive: true, force: true })
    }
  })

  it('exits with 2 for a ServiceToken that names no function', async () => {
    const { code, stderr } = await run(['doctor', '--deployed', 'acs:mns:cn-hangzhou:1:queues/q'])
    expect(stderr).toContain('is not the ARN of a function')
    expect(code).toBe(2)
  })

  it('exits with 2 for a type that is not served', async () => {
    const { code, stderr } = await run(['doctor', '--type', 'Custom::Nope'])
    expect(stderr).toContain('--type Custom::Nope is not a resource type of Stackbridge')
    expect(code).toBe(2)
  })

  it('exits with 2 without an event file and --type', async () => {
    const { code, stderr } = await run(['doctor'])
    expect(stderr).toContain('give an event file, or --type')
    expect(code).toBe(2)
  })
})
