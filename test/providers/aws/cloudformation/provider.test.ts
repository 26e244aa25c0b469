import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { systemClock } from '../../../../src/platform/clock.ts'
import type { JsonObject } from '../../../../src/platform/json.ts'
import {
  startSandboxCloudFormation,
  type SandboxCloudFormation,
} from '../../../../src/sandbox/aws/cloudformation/server.ts'
import { PROXY_FAULTS } from '../../../../src/sandbox/faults.ts'
import { SandboxResource, type Outcome } from '../../../../src/sandbox/ros/ros.ts'
import { startBridgeWorld, type BridgeWorld } from '../../../bridge-world.ts'
import { refused, succeeded } from '../../../outcome-assertions.ts'
import { startSimulatedTime, type TestTime } from '../../../test-time.ts'
import { PLANTED, plantedIn } from '../../../planted-secrets.ts'

/** End to end: ROS's event, the bridge, the real AWS SDK, the embedded CloudFormation, the answer. */

let aws: SandboxCloudFormation
let world: BridgeWorld
let time: TestTime

const key = {
  accessKeyId: PLANTED.accessKeyId,
  secretAccessKey: PLANTED.accessKeySecret,
  accountId: '123456789012',
}

beforeEach(async () => {
  // The SDK compares the end of a role's keys with real time.
  time = startSimulatedTime({ now: systemClock.now() })
  aws = await startSandboxCloudFormation({
    resourceDelayMs: 10,
    eventsPerPage: 5,
    keys: [key],
    clock: time.clock,
    // The SDK signs with the real time, independent of the test's clock.
    signatureClock: systemClock,
  })
  world = await startBridgeWorld({
    time,
    rollback: false,
    environment: { STACKBRIDGE_ALLOW_ADOPTION: 'true' },
  })
})
afterEach(async () => {
  await world.close()
  await aws.close()
  await time.stop()
})

const bucket = (more: JsonObject = {}): JsonObject => ({
  Resources: { Bucket: { Type: 'AWS::S3::Bucket', Properties: { BucketName: 'a-bucket' }, ...more } },
  Outputs: { Arn: { Value: { 'Fn::GetAtt': ['Bucket', 'Arn'] } } },
})

const failing = (failOn: string, message = 'quota exceeded'): JsonObject => ({
  Resources: { Thing: { Type: 'Sandbox::Resource', Properties: { FailOn: failOn, Message: message } } },
})

function parameters(stack: JsonObject, more: JsonObject = {}): JsonObject {
  return {
    AccessKeyId: key.accessKeyId,
    AccessKeySecret: key.secretAccessKey,
    RegionId: 'us-east-1',
    Endpoint: aws.url,
    Stack: { Name: 'stack-by-ros', ...stack },
    ...more,
  }
}

function resource(stack: JsonObject, more: JsonObject = {}, logicalResourceId = 'Foreign'): SandboxResource {
  const resourceType = 'Custom::AwsCloudFormationStack'
  return new SandboxResource(world.ros, {
    logicalResourceId,
    resourceType,
    parameters: parameters(stack, more),
    ...(typeof more['Timeout'] === 'number' ? { timeoutSeconds: more['Timeout'] } : {}),
  })
}

async function created(stack: JsonObject, more: JsonObject = {}): Promise<SandboxResource> {
  const made = resource(stack, more)
  expect(succeeded(await made.create())).toBeDefined()
  return made
}

const stackNamed = (name = 'stack-by-ros') =>
  [...aws.cloud.stacks.values()].filter((stack) => stack.name === name)
const existing = (name = 'stack-by-ros') =>
  stackNamed(name).filter(({ status }) => status !== 'DELETE_COMPLETE')
const calls = (action: string) => aws.calls.filter((call) => call === action).length

describe('a Create', () => {
  it('creates the stack and answers with its outputs and its ARN, which ROS then sends back', async () => {
    const made = resource({ Template: bucket() })
    expect(succeeded(await made.create())).toEqual({ Arn: 'arn:aws:s3:::a-bucket' })
    expect(made.physicalResourceId).toBe(stackNamed()[0]?.id)
    succeeded(await made.delete())
    expect(existing()).toHaveLength(0)
  })

  it('marks the stack as this ROS resource’s, with the user’s tags', async () => {
    await created({ Template: bucket(), Tags: { team: 'platform', size: 3 } })
    const tags = stackNamed()[0]?.tags
    expect(tags?.get('team')).toBe('platform')
    expect(tags?.get('size')).toBe('3')
    expect(tags?.get('stackbridge:ros-stack-id')).toBe(world.ros.stackId)
    expect(tags?.get('stackbridge:logical-resource-id')).toBe('Foreign')
  })

  it('accepts a logical id such as A[0], which neither tokens nor tags allow', async () => {
    const made = resource({ Template: bucket(), Name: 'counted' }, {}, 'A[0]')
    succeeded(await made.create())
    succeeded(await made.delete())
    expect(existing('counted')).toHaveLength(0)
  })

  it('derives a valid name where none is given, and the same one for the Delete after a failure', async () => {
    const properties = {
      ...parameters({ Template: failing('create') }),
      Stack: { Template: failing('create') },
    }
    const type = 'Custom::AwsCloudFormationStack'
    const made = new SandboxResource(world.ros, {
      logicalResourceId: '1_x',
      resourceType: type,
      parameters: properties,
    })
    refused(await made.create())
    const [stack] = [...aws.cloud.stacks.values()]
    expect(stack?.name).toMatch(/^my-ros-stack-1-x-[0-9a-f]{12}$/)
    succeeded(await made.delete())
    expect(stack?.status).toBe('DELETE_COMPLETE')
  })

  it('passes numbers, booleans and lists in CloudFormation’s form', async () => {
    await created({
      Template: {
        Parameters: { N: { Type: 'Number' }, B: { Type: 'String' }, L: { Type: 'CommaDelimitedList' } },
        Resources: { Bucket: { Type: 'AWS::S3::Bucket' } },
      },
      Parameters: { N: 3, B: true, L: ['a', 'b', 1] },
    })
    expect(Object.fromEntries(stackNamed()[0]?.design.parameters ?? [])).toEqual({
      N: '3',
      B: 'true',
      L: 'a,b,1',
    })
  })

  it('treats ROLLBACK_COMPLETE as a failure and names what failed first', async () => {
    const template = {
      Resources: {
        First: { Type: 'Sandbox::Resource', Properties: { FailOn: 'create', Message: 'no capacity' } },
        Second: { Type: 'Sandbox::Resource', Properties: { DelaySeconds: 0.2 } },
      },
    }
    const reason = refused(await resource({ Template: template }).create())
    expect(reason).toMatch(/^First \(Sandbox::Resource\): no capacity\. .*ROLLBACK_COMPLETE/)
  })

  it('finds the cause inside a nested stack and names its path', async () => {
    aws.cloud.templates.set('https://templates/inner', JSON.stringify(failing('create', 'inner trouble')))
    const nested = {
      Type: 'AWS::CloudFormation::Stack',
      Properties: { TemplateURL: 'https://templates/inner' },
    }
    const reason = refused(await resource({ Template: { Resources: { Network: nested } } }).create())
    expect(reason).toMatch(/^Network\/Thing \(Sandbox::Resource\): inner trouble\./)
  })

  it('answers FAILED with the cause even where OnFailure has deleted the stack', async () => {
    const reason = refused(await resource({ Template: failing('create'), OnFailure: 'DELETE' }).create())
    expect(reason).toMatch(/^Thing \(Sandbox::Resource\): quota exceeded\./)
    expect(existing()).toHaveLength(0)
  })

  it('says that TimeoutInMinutes was exceeded, where no resource has failed', async () => {
    const slow = { Resources: { Thing: { Type: 'Sandbox::Resource', Properties: { DelaySeconds: 30 } } } }
    const making = resource({ Template: slow }).create()
    await time.until(() => stackNamed()[0]?.operation !== undefined)
    const operation = stackNamed()[0]?.operation
    if (operation !== undefined) operation.stop = 'Stack creation time exceeded the specified timeout.'
    expect(refused(await making)).toMatch(/^Stack creation time exceeded the specified timeout/)
  })

  it('passes on CloudFormation’s error for the template', async () => {
    const role = { Resources: { Role: { Type: 'AWS::IAM::Role' } } }
    expect(refused(await resource({ Template: role }).create())).toContain(
      'Requires capabilities : [CAPABILITY_IAM]',
    )
    expect(calls('CreateStack')).toBe(1)
  })

  it('refuses a template that is too long, and says to use TemplateURL, before any call', async () => {
    const template = `# ${'x'.repeat(51_200)}\nResources: {}`
    expect(refused(await resource({ Template: template }).create())).toMatch(
      /Stack\.Template.*51200.*TemplateURL/,
    )
    expect(aws.calls).toEqual([])
  })

  it('names each invalid property, and the name that was probably meant', async () => {
    const wrong = { Template: bucket(), Capabilites: ['CAPABILITY_IAM'], TimeoutInMinutes: 'soon' }
    const reason = refused(await resource(wrong, { RegionId: 5 }).create())
    expect(reason).toContain('Stack.Capabilites is not a known property; did you mean Capabilities?')
    expect(reason).toContain('Stack.TimeoutInMinutes must be a whole number')
    expect(reason).toContain('RegionId must be a string, but is a number')
    const misspelt = { Template: bucket(), Capabilites: [] }
    expect(refused(await resource(misspelt).create())).toMatch(/; did you mean Capabilities\?$/)
  })

  it('without properties reports what is missing, and the following Delete is SUCCESS', async () => {
    const made = new SandboxResource(world.ros, {
      logicalResourceId: 'Foreign',
      resourceType: 'Custom::AwsCloudFormationStack',
      parameters: {},
    })
    expect(refused(await made.create())).toContain('Stack is missing')
    succeeded(await made.delete())
    expect(aws.calls).toEqual([])
  })

  it('says that keys are wrong, without showing them', async () => {
    const reason = refused(
      await resource({ Template: bucket() }, { AccessKeySecret: 'not-the-right-secret' }).create(),
    )
    expect(reason).toContain('SignatureDoesNotMatch')
    expect(world.logged()).not.toContain('not-the-right-secret')
  })
})

describe('a name that is taken', () => {
  const foreignTags = { tags: new Map<string, string>() }

  async function foreignStack(): Promise<void> {
    const other = await startBridgeWorld({ time, rollback: false })
    const made = new SandboxResource(other.ros, {
      logicalResourceId: 'Elsewhere',
      resourceType: 'Custom::AwsCloudFormationStack',
      parameters: parameters({ Template: bucket() }),
    })
    succeeded(await made.create())
    await other.close()
  }

  it("makes the Create fail and name the owner, and ROS's Delete leaves the other owner's stack alone", async () => {
    await foreignStack()
    const made = resource({ Template: bucket() })
    expect(refused(await made.create())).toMatch(
      /stack-by-ros exists already and belongs to the resource Elsewhere/,
    )
    succeeded(await made.delete())
    expect(existing()).toHaveLength(1)
    expect(calls('DeleteStack')).toBe(0)
    expect(calls('UpdateStack')).toBe(0)
  })

  it('is refused if the stack has no mark, and adopted with OnExisting any', async () => {
    await foreignStack()
    for (const stack of stackNamed()) stack.tags = foreignTags.tags
    expect(refused(await resource({ Template: bucket() }).create())).toContain("OnExisting to 'any'")
    const adopting = resource({ Template: bucket() }, { OnExisting: 'any' })
    expect(succeeded(await adopting.create())).toEqual({ Arn: 'arn:aws:s3:::a-bucket' })
    expect(stackNamed()[0]?.tags.get('stackbridge:ros-stack-id')).toBe(world.ros.stackId)
  })

  it('of a stack that an earlier Create of this resource left in ROLLBACK_COMPLETE is freed by a deletion and used again', async () => {
    refused(await resource({ Template: failing('create') }).create())
    expect(existing()[0]?.status).toBe('ROLLBACK_COMPLETE')
    expect(succeeded(await resource({ Template: bucket() }).create())).toEqual({
      Arn: 'arn:aws:s3:::a-bucket',
    })
    expect(stackNamed()).toHaveLength(2)
    expect(existing()).toHaveLength(1)
  })

  it('by a stack of an earlier Create of this resource is adopted and brought up to date', async () => {
    await created({ Template: bucket() })
    const again = resource({ Template: { ...bucket(), Outputs: { New: { Value: 'yes' } } } })
    expect(succeeded(await again.create())).toEqual({ New: 'yes' })
    expect(stackNamed()).toHaveLength(1)
  })
})

describe('an event that is delivered again', () => {
  async function capture(run: () => Promise<Outcome>): Promise<Uint8Array> {
    await run()
    const last = world.events.at(-1)
    if (last === undefined) throw new Error('no event was sent')
    return last
  }

  it('creates one stack for two simultaneous Creates', async () => {
    const made = resource({ Template: bucket() })
    const first = made.create()
    await time.until(() => world.events.length === 1)
    const [event] = world.events
    if (event === undefined) throw new Error('no event was sent')
    await Promise.all([first, world.invoke(event)])
    expect(stackNamed()).toHaveLength(1)
    expect(world.served.map(({ kind }) => kind)).toEqual(['answered', 'answered'])
    expect(new Set(world.served.map((served) => JSON.stringify(served))).size).toBe(1)
  })

  it('repeats the answer for a failed Create, and starts no second one', async () => {
    const event = await capture(() => resource({ Template: failing('create') }).create())
    await world.invoke(event)
    expect(stackNamed()).toHaveLength(1)
    const reasons = world.served.map((served) => ('verdict' in served ? served.verdict : served))
    expect(reasons[1]).toEqual(reasons[0])
  })

  it('starts no second update', async () => {
    const made = await created({ Template: bucket() })
    const event = await capture(() =>
      made.update(parameters({ Template: { ...bucket(), Outputs: { A: { Value: '1' } } } })),
    )
    await world.invoke(event)
    expect(calls('UpdateStack')).toBe(1)
    expect(world.served.at(-1)).toMatchObject({ verdict: { status: 'SUCCESS', outputs: { A: '1' } } })
  })

  it('repeats the answer for an update that was rolled back', async () => {
    const made = await created({ Template: bucket() })
    const worse = { Resources: { ...(failing('create')['Resources'] as JsonObject) } }
    const event = await capture(() => made.update(parameters({ Template: worse })))
    await world.invoke(event)
    expect(calls('UpdateStack')).toBe(1)
    expect(world.served.at(-1)).toMatchObject({ verdict: { status: 'FAILED' } })
  })

  it('deletes once', async () => {
    const made = await created({ Template: bucket() })
    const event = await capture(() => made.delete())
    await world.invoke(event)
    expect(calls('DeleteStack')).toBe(1)
    expect(world.served.at(-1)).toMatchObject({ verdict: { status: 'SUCCESS' } })
  })
})

describe('an Update', () => {
  it('changes the stack and answers with the new outputs', async () => {
    const made = await created({ Template: bucket() })
    const next = { ...bucket(), Outputs: { Name: { Value: { Ref: 'Bucket' } } } }
    expect(succeeded(await made.update(parameters({ Template: next })))).toEqual({ Name: 'a-bucket' })
  })

  it('without a change is SUCCESS with the current outputs', async () => {
    const made = await created({ Template: bucket() })
    const same = parameters({ Template: bucket() }, { Revision: 2 })
    expect(succeeded(await made.update(same))).toEqual({ Arn: 'arn:aws:s3:::a-bucket' })
  })

  it('treats UPDATE_ROLLBACK_COMPLETE as a failure and names the cause', async () => {
    const made = await created({ Template: bucket() })
    const reason = refused(await made.update(parameters({ Template: failing('create', 'too many things') })))
    expect(reason).toMatch(/^Thing \(Sandbox::Resource\): too many things\. .*UPDATE_ROLLBACK_COMPLETE/)
  })

  it('back to what the stack was, after a failure, is SUCCESS: ROS sends it to roll back', async () => {
    const made = await created({ Template: bucket() })
    refused(await made.update(parameters({ Template: failing('create') })))
    expect(succeeded(await made.update(parameters({ Template: bucket() })))).toEqual({
      Arn: 'arn:aws:s3:::a-bucket',
    })
  })

  it('waits for an operation in progress and then updates', async () => {
    const slow = { ...bucket(), Outputs: { Step: { Value: '1' } } }
    const made = await created({ Template: slow })
    const [stack] = stackNamed()
    if (stack === undefined) throw new Error('no stack')
    stack.status = 'UPDATE_IN_PROGRESS'
    const updating = made.update(parameters({ Template: { ...slow, Outputs: { Step: { Value: '2' } } } }))
    await time.until(() => calls('DescribeStacks') > 4)
    expect(calls('UpdateStack')).toBe(0)
    stack.status = 'UPDATE_COMPLETE'
    expect(succeeded(await updating)).toEqual({ Step: '2' })
  })

  it.each([
    [{ Name: 'another-name' }, {}, 'Stack.Name cannot change from stack-by-ros to another-name'],
    [{}, { RegionId: 'eu-west-1' }, 'RegionId cannot change from us-east-1 to eu-west-1'],
    [{}, { AssumeRole: { RoleArn: 'arn:aws:iam::999999999999:role/X' } }, 'AssumeRole.RoleArn cannot change'],
  ])(
    'that would need another stack is refused before anything is touched: %o %o',
    async (stack, more, expected) => {
      const made = await created({ Template: bucket() })
      const callsBefore = aws.calls.length
      expect(refused(await made.update(parameters({ Template: bucket(), ...stack }, more)))).toContain(
        expected,
      )
      expect(aws.calls).toHaveLength(callsBefore)
    },
  )

  it('of a stack that a user has deleted has that reason and creates no new stack', async () => {
    const made = await created({ Template: bucket() })
    for (const stack of stackNamed()) stack.status = 'DELETE_COMPLETE'
    expect(refused(await made.update(parameters({ Template: bucket() })))).toContain('no longer exists')
    expect(calls('CreateStack')).toBe(1)
  })

  it('uses the previous value of a parameter if the properties request this', async () => {
    const template = { Parameters: { P: { Type: 'String' } }, ...bucket() }
    const made = await created({ Template: template, Parameters: { P: 'first' } })
    const next = { ...template, Outputs: { P: { Value: { Ref: 'P' } } } }
    const update = parameters({ Template: next, Parameters: { P: { UsePreviousValue: true } } })
    expect(succeeded(await made.update(update))).toEqual({ P: 'first' })
  })

  it('keeps the mark of a stack, and marks one that the article’s function created', async () => {
    const made = await created({ Template: bucket() })
    for (const stack of stackNamed()) stack.tags = new Map()
    succeeded(await made.update(parameters({ Template: { ...bucket(), Outputs: { A: { Value: '1' } } } })))
    expect(stackNamed()[0]?.tags.get('stackbridge:ros-stack-id')).toBe(world.ros.stackId)
  })

  it('of a stack in UPDATE_ROLLBACK_FAILED names the repair, and makes it if the properties allow it', async () => {
    const made = await created({ Template: bucket() })
    const stuck = {
      Resources: {
        ...(bucket()['Resources'] as JsonObject),
        ...(failing('create,update-rollback')['Resources'] as JsonObject),
      },
    }
    const reason = refused(await made.update(parameters({ Template: stuck })))
    expect(reason).toContain('ContinueUpdateRollback')
    expect(refused(await made.update(parameters({ Template: bucket() })))).toContain('UPDATE_ROLLBACK_FAILED')
    const repaired = parameters({
      Template: bucket(),
      ContinueUpdateRollback: true,
      ResourcesToSkip: ['Thing'],
    })
    expect(succeeded(await made.update(repaired))).toEqual({ Arn: 'arn:aws:s3:::a-bucket' })
    expect(calls('ContinueUpdateRollback')).toBe(1)
  })

  it('changes termination protection only if the properties set it', async () => {
    const made = await created({ Template: bucket(), EnableTerminationProtection: true })
    succeeded(await made.update(parameters({ Template: { ...bucket(), Outputs: { A: { Value: '1' } } } })))
    expect(stackNamed()[0]?.terminationProtection).toBe(true)
    succeeded(await made.update(parameters({ Template: bucket(), EnableTerminationProtection: false })))
    expect(stackNamed()[0]?.terminationProtection).toBe(false)
  })
})

describe('a Delete', () => {
  it('of a stack that is gone is SUCCESS', async () => {
    const made = await created({ Template: bucket() })
    succeeded(await made.delete())
    succeeded(await made.delete())
  })

  it.each(['absent', 'null', 'empty'] as const)(
    'finds its stack by name and mark if the id is %s',
    async (missingId) => {
      const here = await startBridgeWorld({ time, rollback: true, missingId })
      const made = new SandboxResource(here.ros, {
        logicalResourceId: 'Foreign',
        resourceType: 'Custom::AwsCloudFormationStack',
        parameters: parameters({ Template: failing('create'), Name: `by-name-${missingId}` }),
      })
      await made.create()
      expect(here.ros.outcomes.map(({ requestType, answer }) => [requestType, answer?.status])).toEqual([
        ['Create', 'FAILED'],
        ['Delete', 'SUCCESS'],
      ])
      expect(existing(`by-name-${missingId}`)).toHaveLength(0)
      await here.close()
    },
  )

  it('of a protected stack has that reason and keeps the protection on', async () => {
    const made = await created({ Template: bucket(), EnableTerminationProtection: true })
    expect(refused(await made.delete())).toContain('Termination protection is on')
    expect(existing()).toHaveLength(1)
  })

  it('that fails names the cause', async () => {
    const made = await created({ Template: failing('delete', 'The bucket you tried to delete is not empty') })
    expect(refused(await made.delete())).toMatch(
      /^Thing \(Sandbox::Resource\): The bucket you tried .*DELETE_FAILED/,
    )
  })

  it('that fails retains the resources that could not be deleted, where OnDeleteFailed allows it', async () => {
    const made = await created({ Template: failing('delete') }, { OnDeleteFailed: ['retry', 'retain'] })
    succeeded(await made.delete())
    expect(calls('DeleteStack')).toBe(3)
    expect(existing()).toHaveLength(0)
  })

  it('that fails is forced, where OnDeleteFailed allows it', async () => {
    const made = await created({ Template: failing('delete') }, { OnDeleteFailed: ['force'] })
    succeeded(await made.delete())
    expect(existing()).toHaveLength(0)
  })

  it('that CloudFormation cancels, since an export is in use, is reported as a refusal', async () => {
    const exporting = { ...bucket(), Outputs: { A: { Value: '1', Export: { Name: 'shared' } } } }
    const made = await created({ Template: exporting })
    const importing = {
      Resources: {
        T: { Type: 'AWS::SNS::Topic', Properties: { TopicName: { 'Fn::ImportValue': 'shared' } } },
      },
    }
    const user = resource({ Template: importing, Name: 'importer' }, {}, 'Importer')
    succeeded(await user.create())
    expect(refused(await made.delete())).toContain('Cannot delete export shared as it is in use by importer')
    expect(existing()).toHaveLength(1)
  })

  it('works with invalid properties if they still identify the stack', async () => {
    const made = await created({ Template: bucket() })
    const id = made.physicalResourceId
    const broken = { ...parameters({ Template: 7, Nonsense: true }), OnExisting: 'whatever' }
    const definition = {
      logicalResourceId: 'Foreign',
      resourceType: 'Custom::AwsCloudFormationStack',
      parameters: broken,
    }
    succeeded(await world.ros.send('Delete', definition, id))
    expect(existing()).toHaveLength(0)
  })

  it('with an id that ROS invented finds the stack by name and mark', async () => {
    await created({ Template: bucket() })
    const definition = {
      logicalResourceId: 'Foreign',
      resourceType: 'Custom::AwsCloudFormationStack',
      parameters: parameters({ Template: bucket() }),
    }
    succeeded(await world.ros.send('Delete', definition, 'my-ros-stack-Foreign-ABCDEF'))
    expect(existing()).toHaveLength(0)
  })

  it('stops a Create that still runs', async () => {
    const slow = { Resources: { Thing: { Type: 'Sandbox::Resource', Properties: { DelaySeconds: 30 } } } }
    const made = resource({ Template: slow })
    const creating = made.create()
    await time.until(() => stackNamed()[0]?.status === 'CREATE_IN_PROGRESS')
    succeeded(await made.delete())
    refused(await creating)
    expect(existing()).toHaveLength(0)
  })
})

describe('a cloud with stale reads', () => {
  const output = (value: string) => ({ ...bucket(), Outputs: { Step: { Value: value } } })

  it('does not end an update by the old status', async () => {
    const made = await created({ Template: output('1') })
    aws.cloud.staleReads = 4
    expect(succeeded(await made.update(parameters({ Template: output('2') })))).toEqual({ Step: '2' })
    expect(succeeded(await made.update(parameters({ Template: output('3') })))).toEqual({ Step: '3' })
  })

  it('does not end an update by the old status for a second delivery either', async () => {
    const made = await created({ Template: output('1') })
    aws.cloud.staleReads = 4
    const updating = made.update(parameters({ Template: output('2') }))
    await time.until(() => calls('UpdateStack') === 1)
    const event = world.events.at(-1)
    if (event === undefined) throw new Error('no event was sent')
    await Promise.all([updating, world.invoke(event)])
    for (const served of world.served.slice(-2))
      expect(served).toMatchObject({ verdict: { outputs: { Step: '2' } } })
  })

  it.each([
    [
      'in the second of the update before it ends with SUCCESS, though nothing else shows that it ran',
      0,
      'SUCCESS',
    ],
    ['that nothing shows is FAILED where the last update is older', 120_000, 'FAILED'],
  ] as const)(
    'and without events, whose times are whole seconds as Heat’s are: an update %s',
    async (_, ageMs, status) => {
      await world.close()
      const environment = { STACKBRIDGE_POLL_MIN_MS: '5000', STACKBRIDGE_POLL_MAX_MS: '5000' }
      world = await startBridgeWorld({ time, rollback: false, environment })
      const patience = { Timeout: 90 }
      const made = await created({ Template: output('1') }, patience)
      succeeded(await made.update(parameters({ Template: output('2') }, patience)))
      aws.faults.add('internal-error', { action: 'DescribeStackEvents', times: 1000 })
      const [stack] = existing()
      if (stack === undefined) throw new Error('there is no stack')
      const second = Math.floor((time.clock.now() - ageMs) / 1000) * 1000
      stack.updatedAt = second
      const updating = made.update(parameters({ Template: output('3') }, patience))
      await time.until(() => stack.updatedAt !== second && stack.status === 'UPDATE_COMPLETE')
      stack.updatedAt = second
      expect((await updating).answer).toMatchObject({ status })
    },
  )

  it('answers a Create whose name is taken by a stack that it never shows with its own words', async () => {
    await world.close()
    const environment = { STACKBRIDGE_POLL_MIN_MS: '5000', STACKBRIDGE_POLL_MAX_MS: '5000' }
    world = await startBridgeWorld({ time, rollback: false, environment })
    aws.cloud.readsUntilVisible = 1e6
    refused(await resource({ Template: bucket() }, { Timeout: 60 }, 'Other').create())
    const started = time.clock.now()
    expect(refused(await resource({ Template: bucket() }, { Timeout: 3600 }).create())).toBe(
      'AWS CreateStack: AlreadyExistsException: Stack [stack-by-ros] already exists. ' +
        'The cloud shows no stack of that name. The stack could not be created.',
    )
    expect(time.clock.now() - started).toBeLessThan(90_000)
  })

  it('does not end a deletion by the old status', async () => {
    const made = await created({ Template: bucket() })
    aws.cloud.staleReads = 4
    succeeded(await made.delete())
    expect(existing()).toHaveLength(0)
  })
})

describe('a cloud that fails', () => {
  it.each(['throttle', 'internal-error', 'reset-before', 'reset-after', 'garbage'] as const)(
    'makes one stack all the same: %s on CreateStack',
    async (kind) => {
      aws.faults.add(kind, { action: 'CreateStack', times: 4 })
      expect(succeeded(await resource({ Template: bucket() }).create())).toEqual({
        Arn: 'arn:aws:s3:::a-bucket',
      })
      expect(stackNamed()).toHaveLength(1)
    },
  )

  it.each(['throttle', 'internal-error', 'reset-before', 'garbage'] as const)(
    'is waited out: %s on DescribeStacks',
    async (kind) => {
      aws.faults.add(kind, { action: 'DescribeStacks', times: 6 })
      succeeded(await resource({ Template: bucket() }).create())
    },
  )

  it.each(['internal-error', 'reset-after'] as const)(
    'updates once all the same: %s on UpdateStack',
    async (kind) => {
      const made = await created({ Template: bucket() })
      aws.faults.add(kind, { action: 'UpdateStack', times: 4 })
      const next = { ...bucket(), Outputs: { Step: { Value: '2' } } }
      expect(succeeded(await made.update(parameters({ Template: next })))).toEqual({ Step: '2' })
      const starts = existing()[0]?.events.filter((event) => event.status === 'UPDATE_IN_PROGRESS')
      expect(starts).toHaveLength(1)
    },
  )

  it.each(
    PROXY_FAULTS.flatMap((kind) =>
      ['DescribeStacks', 'UpdateStack', 'DeleteStack'].map((action) => [kind, action] as const),
    ),
  )('is retried if a proxy answers instead of the cloud: %s for %s', async (kind, action) => {
    const made = await created({ Template: bucket() })
    aws.faults.add(kind, { action })
    const next = { ...bucket(), Outputs: { Step: { Value: '2' } } }
    expect(succeeded(await made.update(parameters({ Template: next })))).toEqual({ Step: '2' })
    aws.faults.add(kind, { action })
    succeeded(await made.delete())
    expect(existing()).toHaveLength(0)
  })

  it('is never mistaken for a deleted stack', async () => {
    const made = await created({ Template: bucket() })
    aws.faults.add('throttle', { action: 'DescribeStacks', times: 5 })
    aws.faults.add('internal-error', { action: 'DescribeStacks', times: 5 })
    succeeded(await made.delete())
    expect(calls('DeleteStack')).toBe(1)
    expect(existing()).toHaveLength(0)
  })

  it('whose list of deleted stacks cannot be parsed still creates the stack, after a few attempts', async () => {
    aws.faults.add('garbage', { action: 'ListStacks', times: 100 })
    succeeded(await resource({ Template: bucket() }).create())
    expect(calls('ListStacks')).toBe(3)
    expect(world.logged()).toContain('whether this Create comes after its Delete cannot be seen')
  })

  it('that denies its events does not prevent a reason', async () => {
    aws.faults.add('internal-error', { action: 'DescribeStackEvents', times: 50 })
    const reason = refused(await resource({ Template: failing('create') }).create())
    expect(reason).toMatch(/ROLLBACK_COMPLETE/)
  })

  it('is answered FAILED before the function is killed', async () => {
    const here = await startBridgeWorld({ time, rollback: false, functionTimeoutMs: 4000 })
    const slow = { Resources: { Thing: { Type: 'Sandbox::Resource', Properties: { DelaySeconds: 60 } } } }
    const made = new SandboxResource(here.ros, {
      logicalResourceId: 'Slow',
      resourceType: 'Custom::AwsCloudFormationStack',
      parameters: parameters({ Template: slow, Name: 'slow' }),
    })
    const outcome = await made.create()
    expect(refused(outcome)).toMatch(/Timed out.*CREATE_IN_PROGRESS.*Latest event: Thing/)
    expect(outcome.elapsedMs).toBeLessThan(4000)
    await here.close()
  })
})

describe('credentials', () => {
  it('come from the environment if the properties have none', async () => {
    const environment = {
      AWS_ACCESS_KEY_ID: key.accessKeyId,
      AWS_SECRET_ACCESS_KEY: key.secretAccessKey,
      AWS_REGION: 'us-east-1',
      STACKBRIDGE_ENDPOINT_HOSTS: '127.0.0.1',
    }
    const here = await startBridgeWorld({ time, rollback: false, environment })
    const made = new SandboxResource(here.ros, {
      logicalResourceId: 'Foreign',
      resourceType: 'ALIYUN::ROS::CustomResource',
      parameters: { Provider: 'AwsCloudFormation', Endpoint: aws.url, Stack: { Template: bucket() } },
    })
    succeeded(await made.create())
    expect(plantedIn(here.logged())).toEqual([])
    await here.close()
  })

  it('that are missing everywhere are named as missing', async () => {
    const made = new SandboxResource(world.ros, {
      logicalResourceId: 'Foreign',
      resourceType: 'Custom::AwsCloudFormationStack',
      parameters: { RegionId: 'us-east-1', Endpoint: aws.url, Stack: { Template: bucket() } },
    })
    expect(refused(await made.create())).toContain('There are no AWS credentials')
  })

  it('are those of a role where AssumeRole names one', async () => {
    const role = {
      RoleArn: 'arn:aws:iam::123456789012:role/ExternalIdRequired',
      ExternalId: 'sandbox-external-id',
    }
    await created({ Template: bucket() }, { AssumeRole: { ...role, Endpoint: aws.url } })
    expect(calls('AssumeRole')).toBe(1)
    expect(world.logged()).not.toContain('assumed-secret-of-no-value')
  })

  it('of a role that cannot be assumed have that reason', async () => {
    const role = { RoleArn: 'arn:aws:iam::123456789012:role/Forbidden', Endpoint: aws.url }
    expect(refused(await resource({ Template: bucket() }, { AssumeRole: role }).create())).toContain(
      'sts:AssumeRole',
    )
  })

  it('half given are refused', async () => {
    const { AccessKeySecret, ...half } = parameters({ Template: bucket() })
    expect(AccessKeySecret).toBe(key.secretAccessKey)
    const definition = {
      logicalResourceId: 'Foreign',
      resourceType: 'Custom::AwsCloudFormationStack',
      parameters: half,
    }
    expect(refused(await new SandboxResource(world.ros, definition).create())).toContain(
      'AccessKeySecret is missing',
    )
  })
})

describe('secrets', () => {
  it('in keys and NoEcho parameters reach no log line in any failure', async () => {
    const template = [
      'Parameters: {Password: {Type: String, NoEcho: true}, Other: {Type: String}}',
      'Resources:',
      '  Thing:',
      '    Type: Sandbox::Resource',
      '    Properties: {FailOn: create, Message: !Sub "bad ${Password} and ${Other}"}',
    ].join('\n')
    const secret = { Password: PLANTED.noEchoValue, Other: PLANTED.secretParameter }
    const made = resource({ Template: template, Parameters: secret }, { SecretParameters: ['Other'] })
    const reason = refused(await made.create())
    expect(reason).toContain('bad [secret] and [secret]')
    expect(plantedIn(world.logged())).toEqual([])
    const url = /callback\?/.exec(world.logged())
    expect(url).toBeNull()
  })

  it('in outputs are omitted from the answer where SecretOutputs names them', async () => {
    const template = { ...bucket(), Outputs: { Key: { Value: PLANTED.noEchoValue }, Arn: { Value: 'arn' } } }
    const made = resource({ Template: template }, { SecretOutputs: ['Key'] })
    expect(succeeded(await made.create())).toEqual({ Arn: 'arn' })
  })
})

describe('the answer', () => {
  it('has the outputs that Outputs selects, under the new names', async () => {
    const made = resource({ Template: bucket() }, { Outputs: { BucketArn: 'Arn' } })
    expect(succeeded(await made.create())).toEqual({ BucketArn: 'arn:aws:s3:::a-bucket' })
  })

  it('over 4,096 bytes leaves out whole outputs and names them', async () => {
    const template = { ...bucket(), Outputs: { Small: { Value: 'ü' }, Large: { Value: 'ü'.repeat(2500) } } }
    expect(succeeded(await resource({ Template: template }).create())).toEqual({
      Small: 'ü',
      OmittedOutputs: ['Large'],
    })
  })

  it('reaches ROS though its endpoint fails four times with 503', async () => {
    world.ros.refuse(4, 503, '0')
    succeeded(await resource({ Template: bucket() }).create())
  })
})
