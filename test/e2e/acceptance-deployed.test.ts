import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import * as v from 'valibot'
import { afterEach, beforeEach, describe, expect, inject, it } from 'vitest'
import { isJsonObject } from '../../src/platform/json.ts'
import type { CustomResources } from '../../src/sandbox/alibaba-cloud/ros/custom-resources.ts'
import {
  SANDBOX_ACCOUNT,
  startSandboxAliyunRos,
  type SandboxAliyunRos,
} from '../../src/sandbox/alibaba-cloud/ros/server.ts'
import { SANDBOX_ROLE } from '../../src/sandbox/function-compute/server.ts'
import { startSandboxOpenStack, type SandboxOpenStack } from '../../src/sandbox/openstack/server.ts'
import { SandboxRos } from '../../src/sandbox/ros/ros.ts'
import { reportsIn, run, runUntil } from '../cli/built-cli.ts'
import { startFcWorld, type FcWorld } from './fc-world.ts'

/**
 * `stackbridge acceptance --deployed`: the built command line, an embedded ROS whose custom resource calls the built function
 * on an embedded Function Compute, and an embedded Heat as its cloud.
 */

const TOKEN = `acs:fc:cn-hangzhou:${SANDBOX_ACCOUNT}:functions/stackbridge`
const reportSchema = v.object({
  facts: v.array(v.object({ fact: v.string(), seen: v.nullable(v.string()), why: v.optional(v.string()) })),
})

const TYPES = { create: 'Create', update: 'Update', delete: 'Delete' } as const

let openstack: SandboxOpenStack
let world: FcWorld
let ros: SandboxAliyunRos
let folder: string

/** As ROS does: sends the event to the function of the ServiceToken, and waits for the answer. */
const toTheFunction: CustomResources = async ({ stack, logicalId, type, change, properties, physicalId }) => {
  const sender = await SandboxRos.start(
    {
      stackId: stack.id,
      invoke(event) {
        world.fc.invokeAsync('stackbridge', event)
        return Promise.resolve()
      },
    },
    stack.name,
  )
  const { Parameters } = properties
  const definition = {
    logicalResourceId: logicalId,
    resourceType: type,
    parameters: isJsonObject(Parameters) ? Parameters : {},
  }
  const { answer } = await sender.send(TYPES[change], definition, physicalId === '' ? undefined : physicalId)
  await sender.close()
  return answer?.status === 'SUCCESS'
    ? { ok: true, physicalId: answer.physicalResourceId ?? '', data: answer.data }
    : { ok: false, reason: answer?.reason ?? 'no answer' }
}

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sb-deployed-'))
  openstack = await startSandboxOpenStack()
  const { applicationCredentialId, applicationCredentialSecret } = openstack.user
  world = await startFcWorld({
    built: inject('built'),
    environment: {
      OS_AUTH_TYPE: 'v3applicationcredential',
      OS_AUTH_URL: openstack.authUrl,
      OS_REGION_NAME: openstack.region,
      OS_APPLICATION_CREDENTIAL_ID: applicationCredentialId,
      OS_APPLICATION_CREDENTIAL_SECRET: applicationCredentialSecret,
      STACKBRIDGE_ENDPOINT_HOSTS: 'http://127.0.0.1',
      STACKBRIDGE_POLL_MIN_MS: '1000',
      STACKBRIDGE_RESPONSE_LIMIT_BYTES: '8192',
      STACKBRIDGE_RESPONSE_URL_ORDER: 'intranet',
    },
  })
  ros = await startSandboxAliyunRos({
    resourceDelayMs: 10,
    keys: [{ ...SANDBOX_ROLE, accountId: SANDBOX_ACCOUNT }],
    customResources: toTheFunction,
  })
  await writeFile(join(folder, 'ros.json'), JSON.stringify({ Endpoint: ros.url, StsEndpoint: ros.url }))
})
afterEach(async () => {
  await Promise.all([world.close(), ros.close(), openstack.close()])
  await rm(folder, { recursive: true, force: true })
})

const at = (...args: readonly string[]): string[] => [
  'acceptance',
  ...args,
  ...['--json', '--state', join(folder, 'state'), '--report', folder],
]
const deployed = () => [
  ...['--cloud', 'heat', '--deployed', TOKEN, '--yes'],
  ...['--properties', `aliyun-ros=${join(folder, 'ros.json')}`],
]
const environment = () => ({
  ALIBABA_CLOUD_ACCESS_KEY_ID: SANDBOX_ROLE.accessKeyId,
  ALIBABA_CLOUD_ACCESS_KEY_SECRET: SANDBOX_ROLE.accessKeySecret,
  ALIBABA_CLOUD_SECURITY_TOKEN: SANDBOX_ROLE.securityToken ?? '',
  STACKBRIDGE_FC_ENDPOINT: world.fc.url,
  STACKBRIDGE_ENDPOINT_HOSTS: 'http://127.0.0.1',
  STACKBRIDGE_POLL_MIN_MS: '200',
})
const acceptance = (...args: readonly string[]) => run(at(...args), '', environment())

const existing = () => [
  ...[...ros.cloud.stacks.values()].filter(({ status }) => status !== 'DELETE_COMPLETE'),
  ...[...openstack.heat.stacks.values()].filter(({ action }) => action !== 'DELETE'),
]

describe('stackbridge acceptance --deployed', () => {
  it('runs the scenarios through ROS and the deployed function, observes the facts, and leaves no stack', async () => {
    const ran = await acceptance(...deployed())
    expect(ran.stderr).toBe('')
    const scenarios = reportsIn(ran.stdout).filter(({ type }) => type === 'scenario')
    expect(scenarios.filter(({ result }) => result !== 'passed')).toEqual([])
    expect(scenarios).toHaveLength(6)
    expect(ran.code).toBe(0)
    expect(existing()).toEqual([])
    const name = (await readdir(folder)).find(
      (file) => file.startsWith('stackbridge') && file.endsWith('.json'),
    )
    const text = await readFile(join(folder, name ?? ''), 'utf8')
    const { facts } = v.parse(reportSchema, JSON.parse(text))
    expect(Object.fromEntries(facts.map(({ fact, seen, why }) => [fact, seen ?? why]))).toMatchObject({
      'delay-header': expect.stringMatching(/^yes: \d+ of \d+ hand-offs waited/),
      'ros-invocation': expect.stringMatching(/^asynchronously: \d+ tasks/),
      'async-task': expect.stringMatching(/^yes, in cn-hangzhou/),
      'chinese-text': 'it came unchanged',
      ref: expect.stringMatching(/^it gave arn:openstack:heat::\[account\]:stacks\//),
      'delete-after-failed-create': 'after CREATE_FAILED came DELETE_IN_PROGRESS, DELETE_COMPLETE',
      'reverse-update': expect.stringContaining('UPDATE_FAILED'),
      'response-limit': 'yes',
      'intranet-url': expect.stringMatching(/^yes/),
    })
    expect(text).not.toMatch(new RegExp(`${SANDBOX_ACCOUNT}|${SANDBOX_ROLE.accessKeySecret}`))
  })

  it('is cleaned up after a kill: the stack of ROS is deleted, and with it the stack of the function', async () => {
    const isMaking = () => [...openstack.heat.stacks.values()].length > 0
    await runUntil(isMaking, 'SIGKILL', at(...deployed()), environment())
    expect(existing()).toHaveLength(2)
    const cleaned = await acceptance('clean')
    expect(cleaned.code, cleaned.stdout).toBe(0)
    expect(existing()).toEqual([])
  })

  it('refuses a token of something else than a function, and embedded clouds, before it creates anything', async () => {
    const wrong = await acceptance('--cloud', 'heat', '--deployed', 'acs:mns:cn-hangzhou:1:queues/q', '--yes')
    expect(wrong).toMatchObject({ code: 2, stderr: expect.stringContaining('is not the ARN of a function') })
    const sandbox = await acceptance('--cloud', 'heat', '--deployed', TOKEN, '--sandbox', '--yes')
    expect(sandbox).toMatchObject({ code: 2, stderr: expect.stringContaining('leave out --sandbox') })
    expect(existing()).toEqual([])
  })
})
