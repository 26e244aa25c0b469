import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, inject, it } from 'vitest'
import { isJsonObject, parseJson, type JsonObject } from '../../src/platform/json.ts'
import {
  startSandboxCloudFormation,
  type SandboxCloudFormation,
} from '../../src/sandbox/aws/cloudformation/server.ts'
import { SANDBOX_USER, startSandboxOpenStack } from '../../src/sandbox/openstack/server.ts'
import { SandboxResource, SandboxRos } from '../../src/sandbox/ros/ros.ts'
import { PLANTED, plantedIn } from '../planted-secrets.ts'
import { FcInstance, type InstanceOptions, type Invocation } from './fc-instance.ts'

/** The built bundle as Function Compute runs it. `E2E_NODE_BINARIES` lists more node binaries, separated by colons. */

const entry = join(inject('built'), 'function', 'index.mjs')
const nodes = [
  process.execPath,
  ...(process.env['E2E_NODE_BINARIES'] ?? '').split(':').filter((path) => path !== ''),
]
const key = {
  accessKeyId: PLANTED.accessKeyId,
  secretAccessKey: PLANTED.accessKeySecret,
  accountId: '123456789012',
}

let aws: SandboxCloudFormation
const open: { close(): unknown }[] = []

beforeEach(async () => {
  aws = await startSandboxCloudFormation({ resourceDelayMs: 50, keys: [key] })
  open.push(aws)
})
afterEach(async () => {
  for (const one of open.splice(0).reverse()) await one.close()
})

async function world(options: Partial<InstanceOptions> = {}) {
  const instance = new FcInstance({
    entry,
    ...options,
    environment: { STACKBRIDGE_ALLOW_PRIVATE_ADDRESSES: 'true', ...options.environment },
  })
  const invocations: Invocation[] = []
  const ros = await SandboxRos.start({
    rollback: false,
    invoke: async (event) => {
      invocations.push(await instance.invoke(event))
    },
  })
  open.push(instance, ros)
  return { instance, ros, invocations }
}

/** The article's own properties, from the example, with the embedded cloud's address. */
async function article(): Promise<JsonObject> {
  const file = await readFile(
    new URL('../../examples/events/aws/cloudformation/create.json', import.meta.url),
  )
  const parsed = parseJson(file)
  const properties = parsed.ok && isJsonObject(parsed.value) ? parsed.value['ResourceProperties'] : undefined
  if (!isJsonObject(properties ?? null)) throw new Error('the example has no properties')
  const { accessKeyId, secretAccessKey } = key
  return {
    ...(properties as JsonObject),
    AccessKeyId: accessKeyId,
    AccessKeySecret: secretAccessKey,
    Endpoint: aws.url,
  }
}

const definition = (parameters: JsonObject, timeoutSeconds = 240) => ({
  logicalResourceId: 'TestAwsCloudFormationStack',
  resourceType: 'Custom::AwsCloudFormationStack',
  parameters,
  timeoutSeconds,
})

describe.each(nodes)('the bundle on %s', (node) => {
  it("answers the article's event with MyBucketArn, and serves another event in the same instance after a freeze", async () => {
    const { instance, ros, invocations } = await world({ node })
    const resource = new SandboxResource(ros, definition(await article()))
    const created = await resource.create()
    expect(created.violations).toEqual([])
    expect(created.answer?.data).toEqual({ MyBucketArn: 'arn:aws:s3:::bucket-by-ros' })
    const deleted = await resource.delete()
    expect(deleted).toMatchObject({ violations: [], answer: { status: 'SUCCESS' } })
    expect(invocations).toEqual([
      { ended: 'returned', value: '{"answered":"SUCCESS"}' },
      { ended: 'returned', value: '{"answered":"SUCCESS"}' },
    ])
    expect(plantedIn(instance.output)).toEqual([])
    expect(instance.output).not.toContain('NodeVersionSupportWarning')
    for (const line of instance.output.trim().split('\n')) expect(() => JSON.parse(line)).not.toThrow()
  })
})

describe.each(nodes)('the Heat provider of the bundle on %s', (node) => {
  it('creates and deletes a stack on the embedded OpenStack, and logs no secret', async () => {
    const openstack = await startSandboxOpenStack({
      user: { ...SANDBOX_USER, password: PLANTED.secretParameter },
    })
    open.push(openstack)
    const { instance, ros } = await world({ node })
    const { name: Username, password: Password, projectId: ProjectId } = openstack.user
    const template = {
      heat_template_version: '2018-08-31',
      resources: { thing: { type: 'OS::Heat::TestResource', properties: { value: 'hello' } } },
      outputs: { said: { value: { get_attr: ['thing', 'output'] } } },
    }
    const resource = new SandboxResource(ros, {
      logicalResourceId: 'Heat',
      resourceType: 'Custom::HeatStack',
      timeoutSeconds: 240,
      parameters: {
        Auth: { AuthUrl: openstack.authUrl, Username, Password, UserDomainName: 'Default', ProjectId },
        Stack: { Template: template },
      },
    })
    expect((await resource.create()).answer?.data).toEqual({ said: 'hello' })
    expect(await resource.delete()).toMatchObject({ violations: [], answer: { status: 'SUCCESS' } })
    expect(plantedIn(instance.output)).toEqual([])
  })
})

describe('the function', () => {
  it('works on a runtime that uses the callback and ignores the promise', async () => {
    const { ros, invocations } = await world({ style: 'callback' })
    const created = await new SandboxResource(ros, definition(await article())).create()
    expect(created.answer?.status).toBe('SUCCESS')
    expect(invocations).toEqual([{ ended: 'returned', value: '{"answered":"SUCCESS"}' }])
  })

  it('answers FAILED with the status before it is killed', async () => {
    const { ros, invocations } = await world({ timeoutSeconds: 15 })
    const slow = { Resources: { Thing: { Type: 'Sandbox::Resource', Properties: { DelaySeconds: 600 } } } }
    const created = await new SandboxResource(
      ros,
      definition({ ...(await article()), Stack: { Name: 'slow', Template: slow } }),
    ).create()
    expect(created.answer?.reason).toContain('CREATE_IN_PROGRESS')
    expect(invocations).toEqual([{ ended: 'returned', value: '{"answered":"FAILED"}' }])
  })

  it('answers a malformed event FAILED, and throws if it cannot answer', async () => {
    const { instance, ros } = await world()
    const malformed = await ros.send('Create', { ...definition({}), resourceType: '' }, undefined)
    expect(malformed.answer?.reason).toContain('ResourceType must not be empty')
    const invocation = await instance.invoke(Buffer.from('{"RequestType":"Create"}'))
    expect(invocation).toMatchObject({
      ended: 'threw',
      error: expect.stringContaining('ResponseURL is missing'),
    })
  })

  it.each([
    ['of wrong properties', {}],
    ['of a malformed event', { resourceType: '' }],
  ])(
    'returns normally if ROS refuses the answer %s, so that FC does not retry the event',
    async (_, more) => {
      const { instance, ros, invocations } = await world()
      ros.refuse(1000, 403)
      void ros.send('Create', { ...definition({}), ...more }, undefined)
      await expect.poll(() => invocations).toHaveLength(1)
      expect(invocations).toEqual([{ ended: 'returned', value: '{"refused":"FAILED"}' }])
      expect(instance.output).toContain('the answer could not be delivered')
    },
  )

  it('throws if ROS cannot be reached, so that FC records a failure', async () => {
    const { instance, ros, invocations } = await world({ timeoutSeconds: 10 })
    ros.refuse(1000, 503)
    void ros.send('Create', definition({}), undefined)
    await expect.poll(() => invocations).toHaveLength(1)
    expect(invocations).toMatchObject([{ ended: 'threw', error: expect.stringContaining('FAILED') }])
    expect(instance.output).toContain('the answer could not be delivered')
  })

  it('answers every event FAILED if a setting is wrong, and names the setting', async () => {
    const { ros } = await world({ environment: { STACKBRIDGE_POLL_MAX_MS: 'often' } })
    const created = await new SandboxResource(ros, definition(await article())).create()
    expect(created.answer?.reason).toContain('STACKBRIDGE_POLL_MAX_MS must be a whole number')
    expect(aws.calls).toEqual([])
  })

  it("hides the AWS SDK's warning about Node 20, and no other warning", async () => {
    const { instance, ros } = await world({
      environment: { NODE_OPTIONS: `--import=data:text/javascript,process.emitWarning('another-warning')` },
    })
    await new SandboxResource(ros, definition(await article())).create()
    expect(instance.output).toContain('another-warning')
    expect(instance.output).not.toContain('will require node')
  })
})
