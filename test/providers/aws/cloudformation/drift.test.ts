import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { JsonObject } from '../../../../src/platform/json.ts'
import { SandboxResource } from '../../../../src/sandbox/ros/ros.ts'
import { startBridgeWorld } from '../../../bridge-world.ts'
import { lastAt, WITH_KEY } from '../../../continuation-at.ts'
import { driftOf } from '../../../drift-of.ts'
import { refused, succeeded } from '../../../outcome-assertions.ts'
import { startAwsWorld, type AwsWorld } from './world.ts'

/** Drift, detected by the embedded CloudFormation. */

let here: AwsWorld
beforeEach(async () => {
  here = await startAwsWorld()
})
afterEach(() => here.close())

const queue = (Sandbox: JsonObject = {}, properties: JsonObject = {}): JsonObject => ({
  Type: 'AWS::SQS::Queue',
  Properties: properties,
  Metadata: { Sandbox },
})
const nested = (url: string) => ({ Type: 'AWS::CloudFormation::Stack', Properties: { TemplateURL: url } })
const stack = (resources: JsonObject): JsonObject => ({ Template: { Resources: resources } })

async function created(resources: JsonObject, more: JsonObject = {}): Promise<SandboxResource> {
  const made = here.resource(stack(resources), more)
  succeeded(await made.create())
  return made
}

const eventOf = (made: SandboxResource, resources: JsonObject): JsonObject => ({
  RequestType: 'Update',
  ResourceType: 'Custom::AwsCloudFormationStack',
  LogicalResourceId: 'Foreign',
  StackId: here.world.ros.stackId,
  PhysicalResourceId: made.physicalResourceId ?? '',
  ResourceProperties: here.parameters(stack(resources)),
})

const driftIn = async (resources: JsonObject, signal?: AbortSignal) =>
  driftOf(eventOf(await created(resources), resources), here.time, signal)

/** In two nested stacks: CloudFormation takes 500 resources in one. */
function thousand(): JsonObject {
  const many = Array.from({ length: 500 }, (_, index) => [`Q${String(index)}`, queue({ Drift: 'DELETED' })])
  here.aws.cloud.templates.set('https://s3/many', JSON.stringify({ Resources: Object.fromEntries(many) }))
  return { One: nested('https://s3/many'), Two: nested('https://s3/many') }
}

const logged = (msg: string) =>
  here.world
    .logged()
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line))
    .find((line) => line.msg === msg)

const pageOfStacks = () => [...here.aws.cloud.stacks.values()]

describe('the drift of a stack', () => {
  it('has the changed and deleted resources, with names of properties and without values', async () => {
    const resources = {
      Same: queue(),
      Changed: queue({ Drift: 'VisibilityTimeout,DelaySeconds' }, { DelaySeconds: 17 }),
      Gone: queue({ Drift: 'DELETED' }),
      Unknown: queue({ Drift: 'NOT_CHECKED' }),
    }
    const drift = await driftIn(resources)
    expect(drift).toMatchObject({
      outcome: 'detected',
      isWhole: true,
      drifted: [
        { drift: 'changed', resource: 'Changed', properties: ['DelaySeconds', 'VisibilityTimeout'] },
        { drift: 'deleted', resource: 'Gone', type: 'AWS::SQS::Queue' },
      ],
      notes: [expect.stringMatching(/^AWS has not checked Unknown: /)],
    })
    expect(JSON.stringify(drift)).not.toContain('17')
  })

  it('includes nested stacks, whose drift AWS detects one by one', async () => {
    const inner = { Resources: { Leaf: queue({ Drift: 'DELETED' }) } }
    here.aws.cloud.templates.set('https://s3/inner', JSON.stringify(inner))
    const middle = { Resources: { Inner: nested('https://s3/inner'), Same: queue() } }
    here.aws.cloud.templates.set('https://s3/middle', JSON.stringify(middle))
    const drift = await driftIn({ Middle: nested('https://s3/middle') })
    expect(drift).toMatchObject({ isWhole: true, drifted: [{ resource: 'Middle/Inner/Leaf' }], notes: [] })
    expect(here.calls('DetectStackDrift')).toBe(3)
  })

  it('has a thousand resources, from all pages', async () => {
    const drift = await driftIn(thousand())
    expect('drifted' in drift ? drift.drifted : []).toHaveLength(1000)
    expect(here.calls('DescribeStackResourceDrifts')).toBeGreaterThan(9)
  })

  it('reports what AWS failed to check, and what it found', async () => {
    const drift = await driftIn({
      Gone: queue({ Drift: 'DELETED' }),
      Secret: queue({ Drift: 'FAILED', Message: 'not authorized to perform sqs:GetQueueAttributes' }),
    })
    expect(drift).toMatchObject({
      isWhole: false,
      drifted: [{ resource: 'Gone' }],
      notes: [
        expect.stringMatching(/^Not all of the stack was checked: .*sqs:GetQueueAttributes\.$/),
        expect.stringContaining('Secret'),
      ],
    })
  })

  it('waits for a running detection, and does not use its result', async () => {
    const resources = { Gone: queue({ Drift: 'DELETED' }) }
    const made = await created(resources)
    here.aws.cloud.detectionMs = 30_000
    const first = driftOf(eventOf(made, resources), here.time)
    const second = driftOf(eventOf(made, resources), here.time)
    for (const drift of await Promise.all([first, second]))
      expect(drift).toMatchObject({ drifted: [{ resource: 'Gone' }] })
    expect(here.calls('DetectStackDrift')).toBeGreaterThan(3)
  })

  it('survives polls that are throttled or get no answer', async () => {
    const resources = { Gone: queue({ Drift: 'DELETED' }) }
    const made = await created(resources)
    for (const action of ['DescribeStackDriftDetectionStatus', 'DescribeStackResourceDrifts'])
      here.aws.faults.add('throttle', { action, times: 3 })
    here.aws.faults.add('internal-error', { action: 'DescribeStackDriftDetectionStatus', times: 3 })
    expect(await driftOf(eventOf(made, resources), here.time)).toMatchObject({ drifted: [{}] })
  })

  it('ends with an interruption, also of a detection that does not end', async () => {
    const resources = { One: queue() }
    const made = await created(resources)
    here.aws.cloud.detectionMs = 24 * 3_600_000
    const end = new AbortController()
    const interrupted = driftOf(eventOf(made, resources), here.time, end.signal)
    await here.time.until(() => here.calls('DescribeStackDriftDetectionStatus') > 1)
    end.abort()
    await expect(interrupted).rejects.toMatchObject({ name: 'AbortError' })
  })

  it('is not looked for in a stack that is busy, is gone, or is of another owner', async () => {
    const resources = { One: queue() }
    const made = await created(resources)
    const create = {
      ResourceType: 'Custom::AwsCloudFormationStack',
      LogicalResourceId: 'Another',
      ResourceProperties: here.parameters(stack(resources)),
    }
    expect(await driftOf(create, here.time)).toMatchObject({
      reason: expect.stringContaining('marked as that of'),
    })
    const [stored] = pageOfStacks()
    if (stored === undefined) throw new Error('there is no stack')
    stored.status = 'UPDATE_IN_PROGRESS'
    expect(await driftOf(eventOf(made, resources), here.time)).toMatchObject({
      reason: expect.stringContaining('UPDATE_IN_PROGRESS'),
    })
    stored.status = 'UPDATE_COMPLETE'
    succeeded(await made.delete())
    expect(await driftOf(eventOf(made, resources), here.time)).toMatchObject({ outcome: 'impossible' })
    expect(here.calls('DetectStackDrift')).toBe(0)
  })

  it('ends if the stack is deleted meanwhile', async () => {
    const resources = { One: queue() }
    const made = await created(resources)
    here.aws.cloud.detectionMs = 30_000
    const detecting = driftOf(eventOf(made, resources), here.time)
    await here.time.until(() => here.calls('DescribeStackDriftDetectionStatus') > 0)
    succeeded(await made.delete())
    expect(['impossible', 'detected']).toContain((await detecting).outcome)
  })
})

describe('an Update with OnDrift', () => {
  const REPORT = { OnDrift: 'report' }
  const REFUSE = { OnDrift: 'refuse' }
  const update = (resources: JsonObject, more: JsonObject) => here.parameters(stack(resources), more)

  it('reports drift in its outputs and in the log, and updates the stack', async () => {
    const made = await created(
      { Gone: queue({ Drift: 'DELETED' }), Other: queue({ Drift: 'DelaySeconds' }) },
      REPORT,
    )
    const next = { Gone: queue({}, { DelaySeconds: 1 }), Other: queue() }
    const data = succeeded(await made.update(update(next, REPORT)))
    expect(data).toMatchObject({ DriftStatus: 'DRIFTED', DriftedResources: ['Gone', 'Other'] })
    expect(logged('resources of the stack have drifted')).toMatchObject({
      level: 'warn',
      drifted: 2,
      resources: expect.stringMatching(
        /Gone \(AWS::SQS::Queue .*: deleted\), Other \(.*: changed DelaySeconds\)/,
      ),
    })
    expect(here.calls('UpdateStack')).toBe(1)
    const again = succeeded(await made.update(update({ Gone: queue(), Other: queue() }, REPORT)))
    expect(again).toMatchObject({ DriftStatus: 'IN_SYNC', DriftedResources: [] })
  })

  it('says of a Create that nothing was checked', async () => {
    const made = here.resource(stack({ One: queue() }), REPORT)
    expect(succeeded(await made.create())).toEqual({ DriftStatus: 'NOT_CHECKED', DriftedResources: [] })
    expect(here.calls('DetectStackDrift')).toBe(0)
  })

  it('is FAILED with the list if it refuses drift, and nothing is touched', async () => {
    const made = await created({ Gone: queue({ Drift: 'DELETED' }), Same: queue() })
    const reason = refused(await made.update(update({ Other: queue() }, REFUSE)))
    expect(reason).toMatch(
      /^The Update of stack stack-by-ros is refused, and nothing was touched: the stack has drifted: Gone \(AWS::SQS::Queue .*: deleted\) \(OnDrift\)\./,
    )
    expect(here.calls('UpdateStack')).toBe(0)
    succeeded(await made.update(update({ Same: queue() }, { OnDrift: 'ignore' })))
    succeeded(await made.update(update({ Same: queue({}, { DelaySeconds: 1 }) }, REFUSE)))
  })

  it('is refused, or reports that drift is unknown, if the detection fails or is not allowed', async () => {
    const failing = { One: queue({ Drift: 'FAILED', Message: 'not authorized' }) }
    const made = await created(failing)
    expect(refused(await made.update(update({ Two: queue() }, REFUSE)))).toMatch(
      /whether the stack has drifted is not known: .*not authorized/,
    )
    expect(succeeded(await made.update(update({ ...failing, Two: queue() }, REPORT)))).toEqual({
      DriftStatus: 'UNKNOWN',
      DriftedResources: [],
    })
    const denied = await startAwsWorld(['DetectStackDrift'])
    const other = denied.resource(stack({ One: queue() }))
    succeeded(await other.create())
    const next = denied.parameters(stack({ Two: queue() }), REFUSE)
    expect(refused(await other.update(next))).toMatch(/is not known: AWS DetectStackDrift: AccessDenied/)
    const reporting = await other.update({ ...next, ...REPORT })
    expect(succeeded(reporting)).toMatchObject({ DriftStatus: 'UNKNOWN' })
    await denied.close()
  })

  it('leaves half of the time for the Update if a detection does not end', async () => {
    const made = await created({ One: queue() })
    const next = (policy: JsonObject) =>
      made.update(update({ One: queue({}, { DelaySeconds: 1 }) }, { ...policy, Timeout: 12 }))
    here.aws.cloud.detectionMs = 24 * 3_600_000
    expect(refused(await next(REFUSE))).toMatch(/is not known: .* has not ended .*\(OnDrift\)/)
    expect(here.calls('UpdateStack')).toBe(0)
    expect(succeeded(await next(REPORT))).toMatchObject({ DriftStatus: 'UNKNOWN' })
    expect(here.calls('UpdateStack')).toBe(1)
  })

  it('continues in other invocations while AWS detects, and detects once', async () => {
    here.aws.cloud.detectionMs = 3000
    const world = await startBridgeWorld({ time: here.time, rollback: false, handsOver: true })
    const made = new SandboxResource(world.ros, {
      logicalResourceId: 'Foreign',
      resourceType: 'Custom::AwsCloudFormationStack',
      parameters: here.parameters(stack({ Gone: queue({ Drift: 'DELETED' }) }), REPORT),
      timeoutSeconds: 600,
    })
    succeeded(await made.create())
    const outcome = await made.update(update({ One: queue() }, { ...REPORT, RefuseReplacement: true }))
    expect(succeeded(outcome)).toMatchObject({ DriftStatus: 'DRIFTED', DriftedResources: ['Gone'] })
    expect(here.calls('DetectStackDrift')).toBe(1)
    await world.fc?.idle()
    expect(world.served.filter(({ kind }) => kind === 'handed-over').length).toBeGreaterThan(3)
    await world.close()
  })

  it('answers the same where the call that began the update is made again after its end', async () => {
    here.aws.cloud.detectionMs = 3000
    const world = await startBridgeWorld({ time: here.time, rollback: false, handsOver: true })
    const made = new SandboxResource(world.ros, {
      logicalResourceId: 'Foreign',
      resourceType: 'Custom::AwsCloudFormationStack',
      parameters: here.parameters(stack({ One: queue() })),
      timeoutSeconds: 600,
    })
    succeeded(await made.create())
    succeeded(await made.update(update({ Two: queue() }, REPORT)))
    const again = await startBridgeWorld({ time: here.time, environment: WITH_KEY })
    await again.invoke(lastAt('update', world.payloads))
    expect(again.served).toMatchObject([{ kind: 'answered', verdict: { status: 'SUCCESS' } }])
    expect(here.calls('UpdateStack')).toBe(1)
    await Promise.all([again.close(), world.close()])
  })

  it('changes nothing if the stack was given to another resource meanwhile', async () => {
    const made = await created({ One: queue() })
    here.aws.cloud.detectionMs = 3000
    const updating = made.update(update({ Two: queue() }, REPORT))
    await here.time.until(() => here.calls('DetectStackDrift') === 1)
    for (const one of pageOfStacks())
      one.tags = new Map([...one.tags, ['stackbridge:logical-resource-id', 'Other']])
    expect(refused(await updating)).toMatch(/has the mark of the resource Other/)
    expect(here.calls('UpdateStack')).toBe(0)
  })

  it('makes one update if the event is delivered again meanwhile', async () => {
    const made = await created({ Gone: queue({ Drift: 'DELETED' }) })
    here.aws.cloud.detectionMs = 2000
    const updating = made.update(update({ One: queue() }, REPORT))
    await here.time.until(() => here.calls('DescribeStackDriftDetectionStatus') > 0)
    const again = here.world.invoke(here.world.events.at(-1) ?? new Uint8Array())
    expect(succeeded(await updating)).toMatchObject({ DriftStatus: 'DRIFTED' })
    await again
    const [stored] = pageOfStacks()
    expect(stored?.operations.filter(({ type }) => type === 'UPDATE_STACK')).toHaveLength(1)
    // The process of the first delivery was killed after UpdateStack, so its result is lost.
    await here.world.invoke(here.world.events.at(-1) ?? new Uint8Array())
    expect(stored?.operations.filter(({ type }) => type === 'UPDATE_STACK')).toHaveLength(1)
  })

  it('makes one update where answers are lost', async () => {
    const made = await created({ Gone: queue({ Drift: 'DELETED' }) })
    for (const action of ['DetectStackDrift', 'DescribeStackResourceDrifts', 'UpdateStack'])
      here.aws.faults.add('reset-after', { action, times: 1 })
    const data = succeeded(await made.update(update({ One: queue() }, REPORT)))
    expect(data).toMatchObject({ DriftStatus: 'DRIFTED' })
    const [stored] = pageOfStacks()
    expect(stored?.operations.filter(({ type }) => type === 'UPDATE_STACK')).toHaveLength(1)
  })

  it('limits what it reports of a thousand resources', async () => {
    const made = await created(thousand())
    expect(Buffer.byteLength(refused(await made.update(update({ Other: queue() }, REFUSE))))).toBeLessThan(
      4096,
    )
    const data = succeeded(await made.update(update({ Other: queue() }, REPORT)))
    expect(data['DriftStatus']).toBe('DRIFTED')
    expect(JSON.stringify(data['DriftedResources'])).toMatch(/"One\/Q0",.*"and 950 more"/)
  })
})
