import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { JsonObject } from '../../../../src/platform/json.ts'
import { createHuaweiMemory } from '../../../../src/providers/huawei-cloud/client.ts'
import { createHuaweiRfsStackSet } from '../../../../src/providers/huawei-cloud/rfs-stack-set/provider.ts'
import type { StackRequest, Watch } from '../../../../src/providers/provider.ts'
import { HuaweiFault } from '../../../../src/sandbox/huawei-cloud/fault.ts'
import type { SandboxStackSet } from '../../../../src/sandbox/huawei-cloud/rfs-stack-set/engine.ts'
import { justBefore, SET_TEMPLATE, makeStackSet, valuesIn } from '../stack-set-world.ts'
import { settled, startedWatch, startHuaweiWorld, type HuaweiWorld } from '../world.ts'

const provider = createHuaweiRfsStackSet(createHuaweiMemory())
let world: HuaweiWorld

beforeEach(async () => {
  world = await startHuaweiWorld(provider, { units: new Map([['ou-1', ['a']]]) })
})
afterEach(() => world.close())

function properties(value: string, more: JsonObject = {}): JsonObject {
  return {
    StackSet: {
      Name: 'my_set',
      Description: 'of the platform team',
      AdministrationAgencyName: 'rfs_admin',
      ManagedAgencyName: 'rfs_member',
      TemplateBody: SET_TEMPLATE,
      Parameters: { value, fail: false, wait_seconds: 0 },
      ...more,
    },
  }
}

async function create(given: JsonObject): Promise<{ watch: Watch; set: SandboxStackSet }> {
  const session = await world.open(given)
  const watch = startedWatch(await session.create())
  expect(await settled(session, watch)).toMatchObject({ phase: 'succeeded' })
  const set = [...world.cloud.stackSets.sets.values()].at(-1)
  if (set === undefined) throw new Error('no set was made')
  return { watch, set }
}

function update(id: string, given: JsonObject, more: Partial<StackRequest> = {}) {
  return world.open(given, { kind: 'update', requestId: 'request-2', physicalResourceId: id, ...more })
}

function askForInstances(set: SandboxStackSet, targets: JsonObject): void {
  world.cloud.stackSets.answer({
    method: 'POST',
    segments: [set.name, 'stack-instances'],
    query: new URLSearchParams(),
    body: { deployment_targets: targets },
  })
}

async function addInstances(set: SandboxStackSet, targets: JsonObject): Promise<void> {
  askForInstances(set, targets)
  await world.until(() => !world.cloud.stackSets.engine.isBusy(set))
}

const keysOf = ({ cloud }: HuaweiWorld): JsonObject => ({
  AccessKey: cloud.keys.accessKey,
  SecretKey: cloud.keys.secretKey,
  AuthUrl: cloud.url,
})

const actions = (set: SandboxStackSet) => [...set.operations.values()].map(({ action }) => action)

describe('a stack set', () => {
  it('is created at once, marked, and described in the outputs', async () => {
    const session = await world.open(properties('one'))
    const watch = startedWatch(await session.create())
    const set = world.cloud.stackSets.sets.get('my_set')
    expect(await session.describe(watch)).toMatchObject({
      phase: 'succeeded',
      outputs: { StackSetId: set?.id, StackSetName: 'my_set', PermissionModel: 'SELF_MANAGED' },
    })
    expect(watch.stack.id).toBe(
      `huaweicloud:rfs:cn-north-4:${world.cloud.user.projectId}:stack-sets/my_set/${set?.id ?? ''}`,
    )
    expect(set?.attributes['stack_set_description']).toMatch(
      /^of the platform team stackbridge:owner=.*,resource=Network,ros-stack=ros-stack-1$/,
    )
  })

  it('that is changed is deployed to all its instances, even if these are no rectangle', async () => {
    const { set, watch } = await create(properties('one'))
    await addInstances(set, { regions: ['cn-north-7'], domain_ids: ['a', 'b'] })
    await addInstances(set, { regions: ['cn-east-3'], domain_ids: ['a'] })
    const session = await update(watch.stack.id, properties('two'))
    const updating = startedWatch(await session.update(watch.stack))
    expect(await settled(session, updating)).toMatchObject({ phase: 'succeeded' })
    expect(valuesIn(world.cloud, set)).toEqual({
      'cn-north-7/a': 'two',
      'cn-north-7/b': 'two',
      'cn-east-3/a': 'two',
    })
  })

  it('is deployed by organizational units if the service manages it', async () => {
    const given = (value: string) => ({
      StackSet: {
        Name: 'managed',
        PermissionModel: 'SERVICE_MANAGED',
        TemplateBody: SET_TEMPLATE,
        Parameters: { value },
      },
      CallIdentity: 'DELEGATED_ADMIN',
    })
    const { set, watch } = await create(given('one'))
    await addInstances(set, { regions: ['cn-north-7'], organizational_unit_ids: ['ou-1'] })
    const session = await update(watch.stack.id, given('two'))
    await settled(session, startedWatch(await session.update(watch.stack)))
    expect(valuesIn(world.cloud, set)).toEqual({ 'cn-north-7/a': 'two' })
  })

  it('deploys to no account where neither template nor variables have changed', async () => {
    const { set, watch } = await create(properties('one'))
    await addInstances(set, { regions: ['cn-north-7'], domain_ids: ['a'] })
    const session = await update(watch.stack.id, properties('one', { Description: 'another' }))
    expect(await session.update(watch.stack)).toMatchObject({ outcome: 'unchanged' })
    expect(set.attributes['stack_set_description']).toMatch(/^another stackbridge:/)
    expect(actions(set)).toEqual(['CREATE_STACK_INSTANCES'])
  })

  it('is deployed again where an instance failed, and names that instance', async () => {
    const { set, watch } = await create(properties('one'))
    await addInstances(set, { regions: ['cn-north-7'], domain_ids: ['a'] })
    world.cloud.stackSets.engine.failingDomains.set('a', 'no agency')
    const failing = await update(watch.stack.id, properties('two'))
    const failed = startedWatch(await failing.update(watch.stack))
    expect(await settled(failing, failed)).toMatchObject({
      phase: 'failed',
      status: 'DEPLOY_STACK_SET OPERATION_FAILED',
    })
    expect(await failing.explain(failed)).toEqual({ cause: 'cn-north-7/a: no agency' })
    world.cloud.stackSets.engine.failingDomains.clear()
    const again = await update(watch.stack.id, properties('two'), { requestId: 'request-3' })
    await settled(again, startedWatch(await again.update(watch.stack)))
    expect(valuesIn(world.cloud, set)).toEqual({ 'cn-north-7/a': 'two' })
  })

  it('whose deployment was refused is deployed by the next Update, even with the same properties', async () => {
    const { set, watch } = await create(properties('one'))
    await addInstances(set, { regions: ['cn-north-7'], domain_ids: ['a'] })
    const refused = await update(watch.stack.id, properties('two'))
    justBefore(world.cloud, 'POST deployments', () => {
      throw new HuaweiFault(403, 'RF.10012507', 'Policy does not allow it.')
    })
    await expect(refused.update(watch.stack)).rejects.toThrow('RFS DeployStackSet: HTTP 403')
    const again = await update(watch.stack.id, properties('two'), { requestId: 'request-3' })
    await settled(again, startedWatch(await again.update(watch.stack)))
    expect(valuesIn(world.cloud, set)).toEqual({ 'cn-north-7/a': 'two' })
    const third = await update(watch.stack.id, properties('two'), { requestId: 'request-4' })
    expect(await third.update(watch.stack)).toMatchObject({ outcome: 'unchanged' })
  })

  it('does not mistake an operation on its instances for its deployment, and waits for its end', async () => {
    const slowly = { Parameters: { value: 'one', fail: false, wait_seconds: 0.2 } }
    const { set, watch } = await create(properties('one', slowly))
    const open = () => update(watch.stack.id, properties('two'))
    justBefore(world.cloud, 'POST deployments', () => {
      askForInstances(set, { regions: ['cn-north-7'], domain_ids: ['a'] })
    })
    const session = await open()
    expect(await session.update(watch.stack)).toMatchObject({ outcome: 'busy' })
    const again = await open()
    await world.until(() => set.instances.get('cn-north-7/a')?.status === 'OPERATION_IN_PROGRESS')
    const found = await again.find()
    expect(found).toMatchObject({ found: true, condition: 'working' })
    expect(found).not.toHaveProperty('started')
    await world.until(() => !world.cloud.stackSets.engine.isBusy(set))
    // Another delivery does not know whether the first one is about to deploy.
    expect(await (await open()).update(watch.stack)).toMatchObject({ outcome: 'busy' })
    await settled(session, startedWatch(await session.update(watch.stack)))
    expect(valuesIn(world.cloud, set)).toEqual({ 'cn-north-7/a': 'two' })
  })

  it('whose deployment has started is followed by the next delivery, and by another invocation', async () => {
    const { set, watch } = await create(properties('one'))
    await addInstances(set, { regions: ['cn-north-7'], domain_ids: ['a'] })
    const given = properties('two')
    const session = await update(watch.stack.id, given)
    const updating = startedWatch(await session.update(watch.stack))
    const again = await update(watch.stack.id, given)
    const found = await again.find()
    if (found.found !== true || found.started === undefined) throw new Error('no operation was found')
    expect(found.started).toMatchObject({
      kind: 'update',
      marker: { operationId: updating.marker['operationId'] },
    })
    const follower = await update(
      watch.stack.id,
      provider.propertiesToFollow({ ...world.connection, ...given }),
      {
        follows: watch.stack,
      },
    )
    expect(await settled(follower, found.started)).toMatchObject({ phase: 'succeeded' })
    expect(actions(set)).toEqual(['CREATE_STACK_INSTANCES', 'DEPLOY_STACK_SET'])
  })

  it('keeps the claims of others in its description', async () => {
    const { set, watch } = await create(properties('one'))
    const claim = 'stackbridge-instances:0123456789abcdef.aa.bb.cc..o'
    const { stack_set_description: description } = set.attributes
    if (typeof description !== 'string') throw new Error('the set has no description')
    set.attributes = { stack_set_description: `${description} ${claim}` }
    const session = await update(watch.stack.id, properties('one', { Description: 'x' }))
    await session.update(watch.stack)
    expect(set.attributes['stack_set_description']).toMatch(new RegExp(`^x stackbridge:.* ${claim}$`))
  })

  it('with instances is not deleted, and names what must be deleted first', async () => {
    const { set, watch } = await create(properties('one'))
    await addInstances(set, { regions: ['cn-north-7'], domain_ids: ['a'] })
    const open = () => world.open(properties('one'), { kind: 'delete', physicalResourceId: watch.stack.id })
    expect(await (await open()).delete(watch.stack, 0)).toMatchObject({
      outcome: 'refused',
      reason: expect.stringContaining('still has 1 instances, for example cn-north-7/a'),
    })
    set.instances.clear()
    const session = await open()
    const deleting = startedWatch(await session.delete(watch.stack, 0))
    expect(await session.describe(deleting)).toEqual({ phase: 'gone' })
    expect(world.cloud.stackSets.sets.size).toBe(0)
  })

  it("of another owner, or without an owner, is not this resource's", async () => {
    makeStackSet(world.cloud, 'my_set')
    const session = await world.open(properties('one'))
    expect(await session.create()).toEqual({
      outcome: 'taken',
      message: expect.stringMatching(/^RFS CreateStackSet: HTTP 409: RF\.\d+: .*exist/),
    })
    expect(await session.find()).toMatchObject({ found: true, ownership: { mark: 'unmarked' } })
    world.cloud.stackSets.sets.clear()
    await create(properties('one'))
    const otherOwner = await world.open(properties('one'), {
      owner: { rosStackId: 'other', rosStackName: 'other', logicalResourceId: 'X' },
    })
    expect(await otherOwner.find()).toMatchObject({
      ownership: { mark: 'another', owner: 'the resource Network of the ROS stack ros-stack-1' },
    })
  })

  it.each([
    ['project', () => ({})],
    ['account', () => ({ Auth: { ...keysOf(world), DomainId: world.cloud.user.domainId } })],
  ])('of a %s is neither deleted nor reported as deleted with credentials of another', async (_, auth) => {
    const { watch } = await create({ ...properties('one'), ...auth() })
    const other = await startHuaweiWorld(createHuaweiRfsStackSet(createHuaweiMemory()), {
      projectId: 'feed'.repeat(8),
    })
    const id = watch.stack.id.replace(world.cloud.user.domainId, 'feed'.repeat(8))
    const session = await other.open(properties('one'), { kind: 'delete', physicalResourceId: id })
    await expect(session.find()).rejects.toMatchObject({ kind: 'denied' })
    await other.close()
  })

  it('keeps its project', async () => {
    const { watch } = await create(properties('one'))
    const moved = await update(watch.stack.id, {
      ...properties('one'),
      Auth: { ...keysOf(world), ProjectId: 'another' },
    })
    expect(moved.identityProblems).toMatchObject([{ path: 'Auth.ProjectId' }])
  })

  it('of an account keeps its account for any project that the properties name', async () => {
    const { domainId } = world.cloud.user
    const { watch } = await create({ ...properties('one'), Auth: { ...keysOf(world), DomainId: domainId } })
    expect(watch.stack.id).toContain(`:cn-north-4:domain-${domainId}:stack-sets/`)
    const session = await world.open(
      { ...properties('one'), Auth: { ...keysOf(world), ProjectId: 'another' } },
      { kind: 'delete', physicalResourceId: watch.stack.id },
    )
    expect(await session.find()).toMatchObject({ found: true })
    expect(world.cloud.requests.at(-1)?.headers).toMatchObject({ 'x-domain-id': domainId })
  })

  it('keeps its name, region and permission model', async () => {
    const { watch } = await create(properties('one'))
    const renamed = await update(watch.stack.id, properties('one', { Name: 'other' }))
    expect(renamed.identityProblems).toMatchObject([{ path: 'StackSet.Name' }])
    const other = await update(watch.stack.id, {
      StackSet: { Name: 'my_set', PermissionModel: 'SERVICE_MANAGED', TemplateBody: SET_TEMPLATE },
    })
    await expect(other.update(watch.stack)).rejects.toThrow('StackSet.PermissionModel cannot change')
  })

  it('is missing after RFS deleted it, also where another one has its name', async () => {
    const { watch } = await create(properties('one'))
    world.cloud.stackSets.sets.clear()
    makeStackSet(world.cloud, 'my_set')
    const session = await world.open(properties('one'), {
      kind: 'delete',
      physicalResourceId: watch.stack.id,
    })
    expect(await session.find()).toEqual({ found: false })
  })
})
