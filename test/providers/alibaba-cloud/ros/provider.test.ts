import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { JsonObject } from '../../../../src/platform/json.ts'
import {
  SANDBOX_ACCOUNT,
  startSandboxAliyunRos,
  type SandboxAliyunRos,
} from '../../../../src/sandbox/alibaba-cloud/ros/server.ts'
import { SandboxResource, type Outcome } from '../../../../src/sandbox/ros/ros.ts'
import { startBridgeWorld, type BridgeWorld } from '../../../bridge-world.ts'
import { refused, succeeded } from '../../../outcome-assertions.ts'
import { startSimulatedTime, type TestTime } from '../../../test-time.ts'
import { PLANTED, plantedIn } from '../../../planted-secrets.ts'

/** End to end: ROS's event, the bridge, an embedded ROS as the foreign cloud, the answer. */

let aliyun: SandboxAliyunRos
let world: BridgeWorld
let time: TestTime

const key = {
  accessKeyId: PLANTED.accessKeyId,
  accessKeySecret: PLANTED.accessKeySecret,
  accountId: SANDBOX_ACCOUNT,
}
const elsewhere = {
  accessKeyId: 'key-elsewhere',
  accessKeySecret: 'x-of-no-value',
  accountId: '9876543210987654',
}
const limited = {
  ...key,
  accessKeyId: 'limited-key',
  denied: ['ListStackEvents', 'ListStacks'],
}

beforeEach(async () => {
  time = startSimulatedTime()
  aliyun = await startSandboxAliyunRos({
    resourceDelayMs: 10,
    keys: [key, elsewhere, limited],
    clock: time.clock,
  })
  world = await startBridgeWorld({
    time,
    rollback: false,
    environment: { STACKBRIDGE_ALLOW_ADOPTION: 'true' },
  })
})
afterEach(async () => {
  await world.close()
  await aliyun.close()
  await time.stop()
})

const template = (resources: JsonObject, more: JsonObject = {}): JsonObject => ({
  ROSTemplateFormatVersion: '2015-09-01',
  Resources: resources,
  ...more,
})
const thing = (properties: JsonObject = {}): JsonObject => ({
  Type: 'Sandbox::Resource',
  Properties: properties,
})
const bucket = (
  outputs: JsonObject = { Name: { Value: { 'Fn::GetAtt': ['Bucket', 'Name'] } } },
): JsonObject =>
  template(
    { Bucket: { Type: 'ALIYUN::OSS::Bucket', Properties: { BucketName: 'a-bucket' } } },
    { Outputs: outputs },
  )
const failing = (failOn: string, message = 'quota exceeded'): JsonObject =>
  template({ Thing: thing({ FailOn: failOn, Message: message }) })

function parameters(stack: JsonObject, more: JsonObject = {}): JsonObject {
  return {
    AccessKeyId: key.accessKeyId,
    AccessKeySecret: key.accessKeySecret,
    RegionId: 'ap-southeast-1',
    Endpoint: aliyun.url,
    StsEndpoint: aliyun.url,
    Stack: { Name: 'stack-by-ros', ...stack },
    ...more,
  }
}

function resource(stack: JsonObject, more: JsonObject = {}, logicalResourceId = 'Foreign'): SandboxResource {
  const resourceType = 'Custom::RosStack'
  return new SandboxResource(world.ros, {
    logicalResourceId,
    resourceType,
    parameters: parameters(stack, more),
  })
}

async function created(stack: JsonObject, more: JsonObject = {}): Promise<SandboxResource> {
  const made = resource(stack, more)
  succeeded(await made.create())
  return made
}

const stackNamed = (name = 'stack-by-ros') =>
  [...aliyun.cloud.stacks.values()].filter((stack) => stack.name === name)
const existing = (name = 'stack-by-ros') =>
  stackNamed(name).filter(({ status }) => status !== 'DELETE_COMPLETE')
const calls = (action: string) => aliyun.calls.filter((call) => call === action).length
const request = (action: string) => aliyun.requests.find((one) => one.action === action)

async function lastEventOf(run: Promise<Outcome>): Promise<Uint8Array> {
  await run
  const last = world.events.at(-1)
  if (last === undefined) throw new Error('no event was sent')
  return last
}

describe('a Create', () => {
  it('creates the stack and answers with its outputs and an id that says whose it is and where', async () => {
    const made = resource({ Template: bucket() })
    expect(succeeded(await made.create())).toEqual({ Name: 'a-bucket' })
    const id = stackNamed()[0]?.id ?? ''
    expect(made.physicalResourceId).toBe(`acs:ros:ap-southeast-1:${SANDBOX_ACCOUNT}:stack/stack-by-ros/${id}`)
    expect(stackNamed()[0]?.region).toBe('ap-southeast-1')
    succeeded(await made.delete())
    expect(existing()).toHaveLength(0)
  })

  it('accepts the empty template of ROS’s own example', async () => {
    succeeded(await resource({ Template: '{"ROSTemplateFormatVersion": "2015-09-01"}' }).create())
    expect(existing()[0]?.status).toBe('CREATE_COMPLETE')
  })

  it('sends ROS every property', async () => {
    const url = 'https://example.com/hook'
    await created({
      TemplateBody: JSON.stringify(
        template({}, { Parameters: { N: { Type: 'Number' }, L: { Type: 'Json' } } }),
      ),
      Parameters: { N: 3, L: { a: [1] } },
      TimeoutInMinutes: '30',
      DisableRollback: true,
      StackPolicyBody: { Statement: [] },
      RamRoleName: 'service-role',
      Tags: { team: 'platform', size: 3 },
      DeletionProtection: 'Disabled',
      ResourceGroupId: 'rg-1',
      NotificationURLs: [url],
      Parallelism: 2,
    })
    const [stack] = stackNamed()
    expect(Object.fromEntries(stack?.design.parameters ?? [])).toEqual({ N: 3, L: { a: [1] } })
    expect(stack).toMatchObject({
      timeoutInMinutes: 30,
      disableRollback: true,
      deletionProtection: 'Disabled',
    })
    expect(Object.fromEntries(stack?.settings ?? [])).toEqual({
      StackPolicyBody: '{"Statement":[]}',
      RamRoleName: 'service-role',
      ResourceGroupId: 'rg-1',
      'NotificationURLs.1': url,
      Parallelism: '2',
    })
    expect(Object.fromEntries(stack?.tags ?? [])).toMatchObject({
      team: 'platform',
      size: '3',
      'stackbridge:ros-stack-id': world.ros.stackId,
      'stackbridge:logical-resource-id': 'Foreign',
      'stackbridge:depth': '1',
    })
    expect(stack?.tags.size).toBe(6)
  })

  it('accepts a template by its URL, or by its id and version', async () => {
    aliyun.cloud.templates.set('oss://bucket/t.yml', JSON.stringify(bucket({ From: { Value: 'url' } })))
    expect(succeeded(await resource({ TemplateURL: 'oss://bucket/t.yml' }).create())).toEqual({ From: 'url' })
    aliyun.cloud.storedTemplates.set('t-1', [
      JSON.stringify(template({}, { Outputs: { From: { Value: 'first' } } })),
      JSON.stringify(template({}, { Outputs: { From: { Value: 'second' } } })),
    ])
    const stored = { TemplateId: 't-1', TemplateVersion: 'v1', Name: 'stored' }
    expect(succeeded(await resource(stored, {}, 'Stored').create())).toEqual({ From: 'first' })
  })

  it('sends parameters that are too long for a URL in the body', async () => {
    const long = 'x'.repeat(20_000)
    const withParameter = template(
      { T: thing({ Value: { Ref: 'Long' } }) },
      { Parameters: { Long: { Type: 'String' } } },
    )
    await created({ Template: withParameter, Parameters: { Long: long } })
    expect(stackNamed()[0]?.design.parameters.get('Long')).toBe(long)
  })

  it('treats CREATE_ROLLBACK_COMPLETE as a failure and names what failed first', async () => {
    const two = template({
      First: thing({ FailOn: 'create', Message: 'no capacity' }),
      Second: thing({ DelaySeconds: 0.2 }),
    })
    expect(refused(await resource({ Template: two }).create())).toMatch(
      /^First \(Sandbox::Resource\): no capacity\. .*CREATE_ROLLBACK_COMPLETE/,
    )
  })

  it('finds the cause inside a nested stack and names its path', async () => {
    aliyun.cloud.templates.set('https://templates/inner', JSON.stringify(failing('create', 'inner trouble')))
    const nested = { Type: 'ALIYUN::ROS::Stack', Properties: { TemplateURL: 'https://templates/inner' } }
    expect(refused(await resource({ Template: template({ Network: nested }) }).create())).toMatch(
      /^Network\/Thing \(Sandbox::Resource\): inner trouble\./,
    )
  })

  it('passes on ROS’s error for the template, after one call', async () => {
    const reason = refused(await resource({ Template: { Resources: {} } }).create())
    expect(reason).toContain('InvalidTemplateVersion')
    expect(calls('CreateStack')).toBe(1)
  })

  it.each<[string, JsonObject, JsonObject, string]>([
    ['no template', {}, {}, 'Stack.Template must be given, or TemplateURL or TemplateId'],
    ['two templates', { Template: bucket(), TemplateId: 't' }, {}, 'must not be given together with another'],
    ['a typing error', { Template: bucket(), RamRolName: 'x' }, {}, 'did you mean RamRoleName?'],
    ['a version alone', { Template: bucket(), TemplateVersion: 'v1' }, {}, 'together with TemplateId'],
    ['a time too short', { Template: bucket(), TimeoutInMinutes: 5 }, {}, 'from 10 to 1440'],
    ['a name that ROS refuses', { Template: bucket(), Name: '1st' }, {}, 'must begin with a letter'],
    ['a mark of another', { Template: bucket(), Tags: { 'stackbridge:depth': '0' } }, {}, 'marks the owner'],
    ['half a key', { Template: bucket() }, { AccessKeySecret: null }, 'AccessKeySecret is missing'],
    [
      'a role that is none',
      { Template: bucket() },
      { AssumeRole: { RoleArn: 'r' } },
      'acs:ram::1234567890123456',
    ],
    [
      'a hidden value',
      { Template: bucket(), Parameters: { P: '******' } },
      {},
      'is the asterisks that stand for a hidden value',
    ],
  ])('is refused with a reason before any call: %s', async (_what, stack, more, problem) => {
    expect(refused(await resource(stack, more).create())).toContain(problem)
    expect(aliyun.calls).toEqual([])
  })

  it('continues a creation that an earlier attempt left, where ContinueCreate allows it', async () => {
    const broken = template({ Good: thing(), Thing: thing({ FailOn: 'create' }) })
    refused(await resource({ Template: broken, DisableRollback: true }).create())
    const [stack] = existing()
    expect(stack?.status).toBe('CREATE_FAILED')
    const mended = template({ Good: thing(), Thing: thing() })
    succeeded(await resource({ Template: mended, DisableRollback: true, ContinueCreate: true }).create())
    expect(existing()).toEqual([stack])
    expect(calls('ContinueCreateStack')).toBe(1)
  })

  it('is rolled back where OnTimeout asks for it', async () => {
    const slow = parameters(
      { Template: template({ T: thing({ DelaySeconds: 60 }) }) },
      { Timeout: 4, OnTimeout: 'cancel' },
    )
    const made = new SandboxResource(world.ros, {
      logicalResourceId: 'Foreign',
      resourceType: 'Custom::RosStack',
      parameters: slow,
      timeoutSeconds: 4,
    })
    expect(refused(await made.create())).toMatch(/CREATE_IN_PROGRESS.*was cancelled/)
    expect(calls('CancelStackOperation')).toBe(1)
    await time.until(() => existing()[0]?.status === 'CREATE_ROLLBACK_COMPLETE')
  })
})

describe('a name that is taken', () => {
  it('in another region or account can be used here', async () => {
    await created({ Template: template({}) })
    succeeded(await resource({ Template: template({}) }, { RegionId: 'eu-central-1' }, 'There').create())
    const AssumeRole = { RoleArn: `acs:ram::${elsewhere.accountId}:role/stackbridge` }
    succeeded(await resource({ Template: template({}) }, { AssumeRole }, 'Elsewhere').create())
    expect(existing().map(({ accountId, region }) => [accountId, region])).toEqual([
      [SANDBOX_ACCOUNT, 'ap-southeast-1'],
      [SANDBOX_ACCOUNT, 'eu-central-1'],
      [elsewhere.accountId, 'ap-southeast-1'],
    ])
  })

  it('is refused if the stack has no mark, and adopted with OnExisting any', async () => {
    await created({ Template: bucket() })
    for (const stack of stackNamed()) stack.tags = new Map()
    expect(refused(await resource({ Template: bucket() }).create())).toContain("OnExisting to 'any'")
    const adopting = resource({ Template: bucket() }, { OnExisting: 'any' })
    // The template is unchanged; only the mark is new.
    expect(succeeded(await adopting.create())).toEqual({ Name: 'a-bucket' })
    expect(stackNamed()[0]?.tags.get('stackbridge:ros-stack-id')).toBe(world.ros.stackId)
    succeeded(await adopting.delete())
    expect(existing()).toHaveLength(0)
  })

  it('of a stack that an earlier Create of this resource left in CREATE_ROLLBACK_COMPLETE is freed by a deletion and used again', async () => {
    refused(await resource({ Template: failing('create') }).create())
    expect(existing()[0]?.status).toBe('CREATE_ROLLBACK_COMPLETE')
    expect(succeeded(await resource({ Template: bucket() }).create())).toEqual({ Name: 'a-bucket' })
    expect(existing()).toHaveLength(1)
  })
})

describe('an Update', () => {
  it('uses the previous values of missing parameters if the properties request this', async () => {
    const Parameters = { P: { Type: 'String' }, Q: { Type: 'String' } }
    const before = template({ T: thing() }, { Parameters })
    const made = await created({ Template: before, Parameters: { P: 'first', Q: 'first' } })
    const after = { ...before, Outputs: { P: { Value: { Ref: 'P' } }, Q: { Value: { Ref: 'Q' } } } }
    const next = { Template: after, Parameters: { Q: 'second' }, UsePreviousParameters: true }
    expect(succeeded(await made.update(parameters(next)))).toEqual({ P: 'first', Q: 'second' })
  })

  it('keeps the stack’s depth and mark, and replaces the tags', async () => {
    const made = await created({ Template: bucket(), Tags: { old: '1' } })
    const next = { Template: bucket({ Step: { Value: 2 } }), Tags: { new: '1' } }
    expect(succeeded(await made.update(parameters(next)))).toEqual({ Step: 2 })
    const tags = Object.fromEntries(stackNamed()[0]?.tags ?? [])
    expect(tags).toMatchObject({
      new: '1',
      'stackbridge:depth': '1',
      'stackbridge:logical-resource-id': 'Foreign',
    })
    expect(tags).not.toHaveProperty('old')
  })

  it('treats ROLLBACK_COMPLETE as a failure and names the cause', async () => {
    const made = await created({ Template: bucket() })
    const reason = refused(await made.update(parameters({ Template: failing('create', 'too many things') })))
    expect(reason).toMatch(/^Thing \(Sandbox::Resource\): too many things\. .*ROLLBACK_COMPLETE/)
  })

  it('can be sent again after a failed rollback', async () => {
    const made = await created({ Template: bucket() })
    const stuck = template({ Thing: thing({ FailOn: 'create,update-rollback' }) })
    expect(refused(await made.update(parameters({ Template: stuck })))).toContain('ROLLBACK_FAILED')
    const mended = parameters({ Template: bucket({ Step: { Value: 'mended' } }) })
    expect(succeeded(await made.update(mended))).toEqual({ Step: 'mended' })
  })

  it('waits for an operation in progress and then updates', async () => {
    const made = await created({ Template: bucket() })
    const [stack] = stackNamed()
    if (stack === undefined) throw new Error('no stack')
    Object.assign(stack, { status: 'UPDATE_IN_PROGRESS', operation: { action: 'UPDATE', stop: undefined } })
    const updating = made.update(parameters({ Template: bucket({ Step: { Value: '2' } }) }))
    await time.until(() => calls('GetStack') > 6)
    expect(calls('UpdateStack')).toBe(0)
    Object.assign(stack, { status: 'UPDATE_COMPLETE', operation: undefined })
    expect(succeeded(await updating)).toEqual({ Step: '2' })
  })

  it.each<[string, JsonObject, JsonObject, string]>([
    ['name', { Name: 'other' }, {}, 'Stack.Name cannot change from stack-by-ros to other'],
    ['region', {}, { RegionId: 'cn-hangzhou' }, 'RegionId cannot change from ap-southeast-1 to cn-hangzhou'],
    ['account', {}, { AssumeRole: { RoleArn: 'acs:ram::99:role/X' } }, 'AssumeRole.RoleArn cannot change'],
  ])(
    'that would need another stack, for its %s, is refused before any call',
    async (_of, stack, more, problem) => {
      const made = await created({ Template: bucket() })
      const before = aliyun.calls.length
      expect(refused(await made.update(parameters({ Template: bucket(), ...stack }, more)))).toContain(
        problem,
      )
      expect(aliyun.calls).toHaveLength(before)
    },
  )

  it('that ROS refuses is FAILED with ROS’s reason', async () => {
    const made = await created({ Template: bucket() })
    const missing = template({}, { Parameters: { P: { Type: 'String' } } })
    expect(refused(await made.update(parameters({ Template: missing })))).toContain('UserParameterMissing')
  })

  it('of a stack that a user has deleted has that reason and creates no new stack', async () => {
    const made = await created({ Template: bucket() })
    for (const stack of stackNamed()) stack.status = 'DELETE_COMPLETE'
    expect(refused(await made.update(parameters({ Template: bucket() })))).toContain('no longer exists')
    expect(calls('CreateStack')).toBe(1)
  })

  it('changes deletion protection only if the properties set it', async () => {
    const made = await created({ Template: bucket(), DeletionProtection: 'Enabled' })
    succeeded(await made.update(parameters({ Template: bucket({ Step: { Value: 1 } }) })))
    expect(stackNamed()[0]?.deletionProtection).toBe('Enabled')
    succeeded(await made.update(parameters({ Template: bucket(), DeletionProtection: 'Disabled' })))
    expect(stackNamed()[0]?.deletionProtection).toBe('Disabled')
  })
})

describe('an event that is delivered again', () => {
  it('deletes once', async () => {
    const made = await created({ Template: bucket() })
    const event = await lastEventOf(made.delete())
    await world.invoke(event)
    expect(calls('DeleteStack')).toBe(1)
    expect(world.served.at(-1)).toMatchObject({ verdict: { status: 'SUCCESS' } })
  })
})

describe('a Delete', () => {
  it('of a protected stack has that reason and keeps the protection on', async () => {
    const made = await created({ Template: bucket(), DeletionProtection: 'Enabled' })
    expect(refused(await made.delete())).toContain('Deletion protection is on')
    expect(existing()).toHaveLength(1)
  })

  it('that fails names the cause', async () => {
    const made = await created({ Template: failing('delete', 'The bucket is not empty') })
    expect(refused(await made.delete())).toMatch(/^Thing \(Sandbox::Resource\): The bucket .*DELETE_FAILED/)
  })

  it('that fails retains the resources that could not be deleted, where OnDeleteFailed allows it', async () => {
    const made = await created({ Template: failing('delete') }, { OnDeleteFailed: ['retry', 'retain'] })
    succeeded(await made.delete())
    expect(calls('DeleteStack')).toBe(3)
    expect(existing()).toHaveLength(0)
  })

  it('retains the resources that RetainResources names, and sends the role again, which ROS does not keep', async () => {
    const made = await created({
      Template: failing('delete'),
      RetainResources: ['Thing'],
      RamRoleName: 'service-role',
    })
    succeeded(await made.delete())
    expect(request('DeleteStack')?.text('RamRoleName')).toBe('service-role')
    expect(existing()).toHaveLength(0)
  })

  it('with another account’s keys does not mistake the stack for deleted', async () => {
    const made = await created({ Template: bucket() })
    const { accessKeyId: AccessKeyId, accessKeySecret: AccessKeySecret } = elsewhere
    const definition = {
      logicalResourceId: 'Foreign',
      resourceType: 'Custom::RosStack',
      parameters: parameters({}, { AccessKeyId, AccessKeySecret }),
    }
    const reason = refused(await world.ros.send('Delete', definition, made.physicalResourceId))
    expect(reason).toContain(`is in the account ${SANDBOX_ACCOUNT}`)
    expect(existing()).toHaveLength(1)
  })

  it('works with invalid properties, as long as they say how to reach the stack', async () => {
    const made = await created({ Template: bucket() })
    const definition = {
      logicalResourceId: 'Foreign',
      resourceType: 'Custom::RosStack',
      parameters: { ...parameters({ Template: 7, Nonsense: true }), OnExisting: 'whatever' },
    }
    succeeded(await world.ros.send('Delete', definition, made.physicalResourceId))
    expect(existing()).toHaveLength(0)
  })

  it('stops a Create that still runs', async () => {
    const made = resource({ Template: template({ T: thing({ DelaySeconds: 30 }) }) })
    const creating = made.create()
    await time.until(() => stackNamed()[0]?.status === 'CREATE_IN_PROGRESS')
    succeeded(await made.delete())
    refused(await creating)
    expect(existing()).toHaveLength(0)
  })
})

describe('a ROS with the other behaviour where its documents leave it open', () => {
  const output = (value: string) => bucket({ Step: { Value: value } })

  it('is still handled correctly', async () => {
    await aliyun.close()
    aliyun = await startSandboxAliyunRos({
      resourceDelayMs: 10,
      keys: [key],
      clock: time.clock,
      writesUpdateTimeAt: 'end',
      listsEvents: 'oldest-first',
      deletesWhileCreating: false,
      updatesForTagsAlone: true,
    })
    const made = await created({ Template: output('1') })
    expect(succeeded(await made.update(parameters({ Template: output('2') })))).toEqual({ Step: '2' })
    const retagged = { Template: output('2'), Tags: { team: 'b' } }
    expect(succeeded(await made.update(parameters(retagged)))).toEqual({ Step: '2' })
    expect(existing()[0]?.tags.get('team')).toBe('b')
    expect(refused(await made.update(parameters({ Template: failing('create', 'why it fails') })))).toMatch(
      /^Thing \(Sandbox::Resource\): why it fails\./,
    )
    succeeded(await made.delete())
    const slow = resource({ Template: template({ T: thing({ DelaySeconds: 1 }) }), Name: 'slow' })
    const creating = slow.create()
    await time.until(() => stackNamed('slow')[0]?.status === 'CREATE_IN_PROGRESS')
    succeeded(await slow.delete())
    await creating
    expect(existing('slow')).toHaveLength(0)
  })

  it('with stale reads does not end an operation by its old status', async () => {
    const made = await created({ Template: output('1') })
    aliyun.cloud.staleReads = 4
    expect(succeeded(await made.update(parameters({ Template: output('2') })))).toEqual({ Step: '2' })
    expect(succeeded(await made.update(parameters({ Template: output('3') })))).toEqual({ Step: '3' })
    succeeded(await made.delete())
    expect(existing()).toHaveLength(0)
  })

  it('that denies listing events or stacks does not prevent a result, and is reported', async () => {
    const asLimited = { AccessKeyId: limited.accessKeyId }
    const made = resource({ Template: failing('create', 'no capacity') }, asLimited)
    expect(refused(await made.create())).toMatch(/no capacity.*CREATE_ROLLBACK_COMPLETE/)
  })
})

describe('a ROS that fails', () => {
  it.each(['throttle', 'internal-error', 'reset-before', 'reset-after', 'garbage'] as const)(
    'makes one stack all the same: %s on CreateStack',
    async (kind) => {
      aliyun.faults.add(kind, { action: 'CreateStack', times: 3 })
      expect(succeeded(await resource({ Template: bucket() }).create())).toEqual({ Name: 'a-bucket' })
      expect(stackNamed()).toHaveLength(1)
    },
  )

  it.each(['internal-error', 'reset-after', 'garbage'] as const)(
    'updates the stack once, after %s on UpdateStack',
    async (kind) => {
      const made = await created({ Template: bucket() })
      aliyun.faults.add(kind, { action: 'UpdateStack', times: 3 })
      const next = parameters({ Template: bucket({ Step: { Value: '2' } }) })
      expect(succeeded(await made.update(next))).toEqual({ Step: '2' })
      const starts = existing()[0]?.events.filter(({ status }) => status === 'UPDATE_IN_PROGRESS')
      expect(starts).toHaveLength(1)
    },
  )

  it('is never mistaken for a deleted stack', async () => {
    const made = await created({ Template: bucket() })
    aliyun.faults.add('throttle', { action: 'GetStack', times: 4 })
    aliyun.faults.add('internal-error', { action: 'GetStack', times: 4 })
    succeeded(await made.delete())
    expect(calls('DeleteStack')).toBe(1)
    expect(existing()).toHaveLength(0)
  })
})

describe('credentials', () => {
  const FUNCTIONS_ROLE = {
    ALIBABA_CLOUD_ACCESS_KEY_ID: key.accessKeyId,
    ALIBABA_CLOUD_ACCESS_KEY_SECRET: key.accessKeySecret,
    FC_REGION: 'cn-shanghai',
    STACKBRIDGE_ENDPOINT_HOSTS: '127.0.0.1',
  }
  const connection = () => ({ Endpoint: aliyun.url, StsEndpoint: aliyun.url })

  it('and the region come from the function if the properties have none', async () => {
    const here = await startBridgeWorld({ time, rollback: false, environment: FUNCTIONS_ROLE })
    const made = new SandboxResource(here.ros, {
      logicalResourceId: 'Foreign',
      resourceType: 'ALIYUN::ROS::CustomResource',
      parameters: { Provider: 'AliyunRos', ...connection(), Stack: { Template: bucket() } },
    })
    succeeded(await made.create())
    expect([...aliyun.cloud.stacks.values()].map(({ region }) => region)).toEqual(['cn-shanghai'])
    expect(plantedIn(here.logged())).toEqual([])
    await here.close()
  })

  it('that are missing everywhere are named as missing', async () => {
    const { AccessKeyId, AccessKeySecret, ...rest } = parameters({ Template: bucket() })
    expect([AccessKeyId, AccessKeySecret]).toHaveLength(2)
    const definition = { logicalResourceId: 'Foreign', resourceType: 'Custom::RosStack', parameters: rest }
    expect(refused(await new SandboxResource(world.ros, definition).create())).toContain(
      "or ALIBABA_CLOUD_ACCESS_KEY_ID and ALIBABA_CLOUD_ACCESS_KEY_SECRET in the function's environment",
    )
  })

  it('are those of a role in another account where AssumeRole names one', async () => {
    const AssumeRole = {
      RoleArn: `acs:ram::${elsewhere.accountId}:role/ExternalIdRequired`,
      ExternalId: 'sandbox-external-id',
    }
    const made = resource({ Template: bucket() }, { AssumeRole })
    succeeded(await made.create())
    expect(stackNamed()[0]?.accountId).toBe(elsewhere.accountId)
    expect(made.physicalResourceId).toContain(`:${elsewhere.accountId}:stack/`)
    succeeded(await made.delete())
    expect(world.logged()).not.toContain('assumed-secret-of-no-value')
    expect(world.logged()).not.toContain('assumed-security-token-of-no-value')
  })

  it('of a role that cannot be assumed have that reason', async () => {
    const AssumeRole = { RoleArn: `acs:ram::${elsewhere.accountId}:role/Forbidden` }
    expect(refused(await resource({ Template: bucket() }, { AssumeRole }).create())).toContain(
      'STS AssumeRole: NoPermission',
    )
  })

  it('that cannot be sent have that reason, and are not shown', async () => {
    const reason = refused(
      await resource({ Template: bucket() }, { AccessKeyId: 'broken\nkey-of-no-value' }).create(),
    )
    expect(reason).toContain('holds a character that cannot be sent')
    expect(world.logged()).not.toContain('key-of-no-value')
  })

  it('that are wrong have that reason, and are not shown', async () => {
    const reason = refused(
      await resource({ Template: bucket() }, { AccessKeySecret: 'not-the-right-one' }).create(),
    )
    expect(reason).toContain('SignatureDoesNotMatch')
    expect(world.logged()).not.toContain('not-the-right-one')
  })
})

describe('secrets', () => {
  it('in keys and NoEcho parameters reach no log line in any failure', async () => {
    const yaml = [
      "ROSTemplateFormatVersion: '2015-09-01'",
      'Parameters: {Password: {Type: String, NoEcho: true}, Other: {Type: String}}',
      'Resources:',
      '  Thing:',
      '    Type: Sandbox::Resource',
      '    Properties: {FailOn: create, Message: !Sub "bad ${Password} and ${Other}"}',
    ].join('\n')
    const secret = { Password: PLANTED.noEchoValue, Other: PLANTED.secretParameter }
    const made = resource({ Template: yaml, Parameters: secret }, { SecretParameters: ['Other'] })
    expect(refused(await made.create())).toContain('bad [secret] and [secret]')
    expect(plantedIn(world.logged())).toEqual([])
  })
})
