import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { JsonObject } from '../../../../src/platform/json.ts'
import { createHuaweiMemory } from '../../../../src/providers/huawei-cloud/client.ts'
import { createHuaweiRfsStackInstances } from '../../../../src/providers/huawei-cloud/rfs-stack-instances/provider.ts'
import type { StackSession, Watch } from '../../../../src/providers/provider.ts'
import { HuaweiFault } from '../../../../src/sandbox/huawei-cloud/fault.ts'
import type { SandboxStackSet } from '../../../../src/sandbox/huawei-cloud/rfs-stack-set/engine.ts'
import { justBefore, makeStackSet, SET_TEMPLATE, SET_VARS, unmarkSet, valuesIn } from '../stack-set-world.ts'
import { OWNER, settled, startedWatch, startHuaweiWorld, type HuaweiWorld } from '../world.ts'

const provider = createHuaweiRfsStackInstances(createHuaweiMemory())
let world: HuaweiWorld
let set: SandboxStackSet

beforeEach(async () => {
  const units = new Map([
    ['ou-1', ['a', 'b']],
    ['ou-2', ['c']],
  ])
  world = await startHuaweiWorld(provider, { units })
  set = makeStackSet(world.cloud, 'my_set', { stack_set_description: 'of the platform team' })
})
afterEach(() => world.close())

function properties(DomainIds: readonly string[], more: JsonObject = {}): JsonObject {
  return { StackSetName: 'my_set', DeploymentTargets: { Regions: ['cn-north-7'], DomainIds }, ...more }
}

function overrides(value: string): JsonObject {
  return { VarOverrides: { Parameters: { value }, UseStackSetVars: ['fail', 'wait_seconds'] } }
}

async function create(given: JsonObject, requestId = 'request-1') {
  const session = await world.open(given, { requestId })
  const watch = startedWatch(await session.create())
  return { watch, end: await settled(session, watch), session }
}

async function update(id: string, given: JsonObject, old: JsonObject, requestId = 'request-2') {
  const session = await openUpdate(id, given, old, requestId)
  const watch = startedWatch(await session.update({ id, name: 'x' }))
  return { watch, end: await settled(session, watch), session }
}

function openUpdate(
  id: string,
  given: JsonObject,
  old: JsonObject,
  requestId = 'request-2',
): Promise<StackSession> {
  return world.open(given, {
    kind: 'update',
    requestId,
    physicalResourceId: id,
    oldProperties: { ...world.connection, ...old },
  })
}

function sent(method: string): JsonObject[] {
  return world.cloud.requests
    .filter((request) => request.method === method && request.url.includes('/stack-instances'))
    .map(({ body }) => JSON.parse(body) as JsonObject)
}

const addresses = () => [...set.instances.keys()].sort()

describe('instances of a stack set', () => {
  it('are created in each region and account, and listed in the outputs', async () => {
    const targets = { Regions: ['cn-north-7', 'cn-east-3'], DomainIds: ['a', 'b'] }
    const { end, watch } = await create({ StackSetName: 'my_set', DeploymentTargets: targets })
    expect(addresses()).toEqual(['cn-east-3/a', 'cn-east-3/b', 'cn-north-7/a', 'cn-north-7/b'])
    const [operation] = [...set.operations.keys()]
    expect(end).toMatchObject({
      phase: 'succeeded',
      outputs: {
        StackSetId: set.id,
        StackSetName: 'my_set',
        StackSetOperationId: operation,
        Instances: [
          { Region: 'cn-east-3', DomainId: 'a', Status: 'OPERATION_COMPLETE' },
          { Region: 'cn-east-3', DomainId: 'b', Status: 'OPERATION_COMPLETE' },
          { Region: 'cn-north-7', DomainId: 'a', Status: 'OPERATION_COMPLETE' },
          { Region: 'cn-north-7', DomainId: 'b', Status: 'OPERATION_COMPLETE' },
        ],
      },
    })
    expect(watch.stack.id).toMatch(
      new RegExp(
        `^huaweicloud:rfs:cn-north-4:${world.cloud.user.projectId}:stack-sets/my_set/${set.id}/instances/[0-9a-f]{8}-[0-9a-f]{16}$`,
      ),
    )
  })

  it("keep the text of the stack set's description before their mark", async () => {
    await create(properties(['a']))
    expect(set.attributes['stack_set_description']).toMatch(
      /^of the platform team stackbridge-instances:\S+$/,
    )
  })

  it('accept variables that override those of the set', async () => {
    await create(properties(['a'], overrides('mine')))
    expect(valuesIn(world.cloud, set)).toEqual({ 'cn-north-7/a': 'mine' })
  })

  it('are named one by one where some failed, the causes first', async () => {
    world.cloud.stackSets.engine.failingDomains.set('b', 'The agency rfs_member does not exist')
    const { end, session, watch } = await create(properties(['a', 'b', 'c']))
    expect(end).toMatchObject({
      phase: 'failed',
      final: true,
      status: 'CREATE_STACK_INSTANCES OPERATION_FAILED',
    })
    expect(await session.explain(watch)).toMatchObject({
      cause: 'cn-north-7/b: The agency rfs_member does not exist; cn-north-7/c: CANCEL_COMPLETE',
    })
  })

  it('count as created where no more failed than are tolerated, and name the failed ones', async () => {
    world.cloud.stackSets.engine.failingDomains.set('a', 'The agency rfs_member does not exist')
    const { end } = await create(
      properties(['a', 'b'], { OperationPreferences: { FailureToleranceCount: 1 } }),
    )
    expect(end).toMatchObject({
      phase: 'succeeded',
      outputs: {
        Instances: [
          {
            DomainId: 'a',
            Status: 'OPERATION_FAILED',
            StatusMessage: 'The agency rfs_member does not exist',
          },
          { DomainId: 'b', Status: 'OPERATION_COMPLETE' },
        ],
      },
    })
  })

  it('are refused if the stack set does not exist, or is not the one of the id', async () => {
    const nowhere = await world.open({ ...properties(['a']), StackSetName: 'nowhere' })
    await expect(nowhere.create()).rejects.toThrow('There is no stack set named nowhere')
    const other = await world.open({
      ...properties(['a']),
      StackSetId: '11111111-1111-4111-8111-111111111111',
    })
    await expect(other.create()).rejects.toThrow('with the id 11111111')
    expect(set.instances.size).toBe(0)
  })

  it('can be more than a page of the list', async () => {
    const ids = Array.from({ length: 23 }, (_, index) => `account-${String(index)}`)
    const { end } = await create(
      properties(ids, { OperationPreferences: { MaxConcurrentCount: 23, FailureToleranceCount: 23 } }),
    )
    expect(end).toMatchObject({ phase: 'succeeded', outputs: { Instances: { length: 23 } } })
  })
})

describe('an Update of instances', () => {
  it('creates the new ones, then deletes the removed ones, and keeps the others', async () => {
    const before = properties(['a', 'b'])
    const { watch } = await create(before)
    const kept = set.instances.get('cn-north-7/b')
    const { end } = await update(watch.stack.id, properties(['b', 'c']), before)
    expect(end).toMatchObject({
      phase: 'succeeded',
      outputs: { Instances: [{ DomainId: 'b' }, { DomainId: 'c' }] },
    })
    expect(addresses()).toEqual(['cn-north-7/b', 'cn-north-7/c'])
    expect(set.instances.get('cn-north-7/b')).toBe(kept)
    expect([...set.operations.values()].map(({ action, targets }) => [action, targets])).toEqual([
      ['CREATE_STACK_INSTANCES', { regions: ['cn-north-7'], domain_ids: ['a', 'b'] }],
      ['CREATE_STACK_INSTANCES', { regions: ['cn-north-7'], domain_ids: ['c'] }],
      ['DELETE_STACK_INSTANCES', { regions: ['cn-north-7'], domain_ids: ['a'] }],
    ])
  })

  it('requests regions and accounts that are no rectangle in as few operations as possible', async () => {
    const before = properties(['a'])
    const { watch } = await create(before)
    const targets = { Regions: ['cn-north-7', 'cn-east-3', 'cn-east-4'], DomainIds: ['a', 'b'] }
    await update(watch.stack.id, { StackSetName: 'my_set', DeploymentTargets: targets }, before)
    expect(addresses()).toHaveLength(6)
    expect([...set.operations.values()].slice(1).map(({ targets: asked }) => asked)).toEqual([
      { regions: ['cn-north-7'], domain_ids: ['b'] },
      { regions: ['cn-east-3', 'cn-east-4'], domain_ids: ['a', 'b'] },
    ])
  })

  it('changes variables of those that stay, and restores the set’s when none are given', async () => {
    const before = properties(['a'], overrides('one'))
    const { watch } = await create(before)
    const changed = properties(['a'], overrides('two'))
    await update(watch.stack.id, changed, before)
    expect(valuesIn(world.cloud, set)).toEqual({ 'cn-north-7/a': 'two' })
    await update(watch.stack.id, properties(['a']), changed, 'request-3')
    expect(valuesIn(world.cloud, set)).toEqual({ 'cn-north-7/a': 'of the set' })
    expect(sent('PATCH').at(-1)?.['var_overrides']).toEqual({
      use_stack_set_vars: ['value', 'fail', 'wait_seconds'],
    })
  })

  it('may drop a region that RegionOrder had to name before', async () => {
    const given = (Regions: string[]): JsonObject => ({
      StackSetName: 'my_set',
      DeploymentTargets: { Regions, DomainIds: ['a'] },
      OperationPreferences: { RegionConcurrencyType: 'SEQUENTIAL', RegionOrder: Regions },
    })
    const before = given(['cn-north-7', 'cn-east-3'])
    const { watch } = await create(before)
    const { end } = await update(watch.stack.id, given(['cn-north-7']), before)
    expect(end).toMatchObject({ phase: 'succeeded' })
    expect(addresses()).toEqual(['cn-north-7/a'])
  })

  it('fails if a dropped instance cannot be deleted, for any failure tolerance', async () => {
    const tolerant = { OperationPreferences: { FailureToleranceCount: 1 } }
    const before = properties(['a', 'b'], tolerant)
    const { watch } = await create(before)
    world.cloud.stackSets.engine.failingDomains.set('b', 'it is in use')
    const { end } = await update(watch.stack.id, properties(['a'], tolerant), before)
    expect(end).toMatchObject({ phase: 'failed', final: true })
  })

  it('makes no write where nothing has changed', async () => {
    const before = properties(['a'])
    const { watch } = await create(before)
    const session = await openUpdate(watch.stack.id, before, before)
    const outcome = await session.update(watch.stack)
    expect(outcome).toMatchObject({ outcome: 'unchanged', watch: { kind: 'read' } })
    expect(await session.describe(startedWatch(outcome))).toMatchObject({ phase: 'succeeded' })
    expect(set.operations.size).toBe(1)
  })

  it('continues an earlier delivery in any of its operations', async () => {
    const before = properties(['a', 'b'], overrides('one'))
    const { watch } = await create(before)
    const after = properties(['b', 'c'], overrides('two'))
    const first = await openUpdate(watch.stack.id, after, before)
    startedWatch(await first.update(watch.stack))
    // The function is killed here; the event is delivered again.
    const second = await openUpdate(watch.stack.id, after, before)
    const found = await second.find()
    expect(found).toMatchObject({ started: { kind: 'update' } })
    if (found.found !== true || found.started === undefined) throw new Error('no operation was found')
    expect(await settled(second, found.started)).toMatchObject({ phase: 'succeeded' })
    expect(addresses()).toEqual(['cn-north-7/b', 'cn-north-7/c'])
    expect(valuesIn(world.cloud, set)).toEqual({ 'cn-north-7/b': 'two', 'cn-north-7/c': 'two' })
    expect([...set.operations.values()].map(({ action }) => action)).toEqual([
      'CREATE_STACK_INSTANCES',
      'CREATE_STACK_INSTANCES',
      'UPDATE_STACK_INSTANCES',
      'DELETE_STACK_INSTANCES',
    ])
  })

  it('that two deliveries follow runs each operation once', async () => {
    const before = properties(['a', 'b'])
    const { watch } = await create(before)
    const after = properties(['b', 'c'])
    const [one, other] = await Promise.all([
      openUpdate(watch.stack.id, after, before),
      openUpdate(watch.stack.id, after, before),
    ])
    const started = startedWatch(await one.update(watch.stack))
    const found = await other.find()
    if (found.found !== true || found.started === undefined) throw new Error('no operation was found')
    const ends = await Promise.all([settled(one, started), settled(other, found.started)])
    expect(ends[0]).toEqual(ends[1])
    expect(set.operations.size).toBe(3)
    expect(addresses()).toEqual(['cn-north-7/b', 'cn-north-7/c'])
  })

  it('reaches its end by invocations that poll once each', async () => {
    const before = properties(['a', 'b'], overrides('one'))
    const { watch } = await create(before)
    const after = properties(['b', 'c'], overrides('two'))
    const session = await openUpdate(watch.stack.id, after, before)
    const updating = startedWatch(await session.update(watch.stack))
    const follower = await world.open(provider.propertiesToFollow({ ...world.connection, ...after }), {
      kind: 'update',
      requestId: 'request-2',
      physicalResourceId: watch.stack.id,
      follows: watch.stack,
    })
    // As a continuation stores it.
    const sealed = JSON.parse(JSON.stringify(updating)) as Watch
    expect(await settled(follower, sealed)).toMatchObject({ phase: 'succeeded' })
    expect(valuesIn(world.cloud, set)).toEqual({ 'cn-north-7/b': 'two', 'cn-north-7/c': 'two' })
  })

  it('runs its remaining steps after a concurrent operation of another user', async () => {
    const before = properties(['a', 'b'], overrides('one'))
    const { watch } = await create(before)
    const after = properties(['b', 'c'], overrides('two'))
    const session = await openUpdate(watch.stack.id, after, before)
    const updating = startedWatch(await session.update(watch.stack))
    await world.until(() => !world.cloud.stackSets.engine.isBusy(set))
    const deploy = {
      deployment_targets: { regions: ['cn-north-7'], domain_ids: ['a', 'b', 'c'] },
      template_body: SET_TEMPLATE,
      vars_body: SET_VARS.replace('wait_seconds = 0', 'wait_seconds = 0.05'),
    }
    ask('POST', ['my_set', 'deployments'], deploy)
    expect(await session.describe(updating)).toMatchObject({ phase: 'working', marker: updating.marker })
    expect(await settled(session, updating)).toMatchObject({ phase: 'succeeded' })
    expect(valuesIn(world.cloud, set)).toEqual({ 'cn-north-7/b': 'two', 'cn-north-7/c': 'two' })
  })

  it('that fails half way is reverted by the next one', async () => {
    const before = properties(['a', 'b'])
    const { watch } = await create(before)
    world.cloud.stackSets.engine.failingDomains.set('c', 'no agency')
    const after = properties(['b', 'c'])
    expect((await update(watch.stack.id, after, before)).end).toMatchObject({ phase: 'failed' })
    world.cloud.stackSets.engine.failingDomains.clear()
    const { end } = await update(watch.stack.id, before, after, 'request-3')
    expect(end).toMatchObject({ phase: 'succeeded' })
    expect(addresses()).toEqual(['cn-north-7/a', 'cn-north-7/b'])
  })

  it('refuses to adopt an instance of another user, and the reverting Update does not change that instance', async () => {
    const before = properties(['a'])
    const { watch } = await create(before)
    const otherOwner = await world.open(properties(['z']), {
      owner: { rosStackId: 'other', rosStackName: 'other', logicalResourceId: 'X' },
    })
    await settled(otherOwner, startedWatch(await otherOwner.create()))
    const after = properties(['z'])
    const session = await openUpdate(watch.stack.id, after, before)
    await expect(session.update(watch.stack)).rejects.toThrow('cn-north-7/z exists already')
    const back = await openUpdate(watch.stack.id, before, after, 'request-3')
    await back.update(watch.stack)
    expect(addresses()).toEqual(['cn-north-7/a', 'cn-north-7/z'])
  })

  it('waits for an operation of another user', async () => {
    const before = properties(['a'])
    const { watch } = await create(before)
    const otherOwner = await world.open(properties(['z']), {
      owner: { rosStackId: 'other', rosStackName: 'other', logicalResourceId: 'X' },
    })
    const theirs = startedWatch(await otherOwner.create())
    const session = await openUpdate(watch.stack.id, properties(['a', 'b']), before)
    expect(await session.find()).toMatchObject({ condition: 'working' })
    expect(await session.update(watch.stack)).toMatchObject({ outcome: 'busy' })
    await settled(otherOwner, theirs)
    expect(await session.find()).toMatchObject({ condition: 'settled' })
  })

  it('refuses another stack set, and accounts that cannot be compared with those before', async () => {
    const before = properties(['a'])
    const { watch } = await create(before)
    const other = await openUpdate(watch.stack.id, { ...before, StackSetName: 'other' }, before)
    expect(other.identityProblems).toMatchObject([{ path: 'StackSetName' }])
    const targets = { Regions: ['cn-north-7'], DomainIdsUri: 'https://obs/a.csv' }
    const file = { StackSetName: 'my_set', DeploymentTargets: targets }
    const session = await openUpdate(watch.stack.id, file, before)
    await expect(session.update(watch.stack)).rejects.toThrow('cannot change from one way of naming accounts')
    // ROS reverts it.
    const back = await openUpdate(watch.stack.id, before, file, 'request-3')
    expect(await back.update(watch.stack)).toMatchObject({ outcome: 'unchanged' })
  })
})

describe('a Delete of instances', () => {
  it('deletes them, and keeps the record of their owner', async () => {
    const { watch } = await create(properties(['a', 'b']))
    const session = await world.open(properties(['a', 'b']), {
      kind: 'delete',
      physicalResourceId: watch.stack.id,
    })
    const deleting = startedWatch(await session.delete(watch.stack, 0))
    expect(await settled(session, deleting)).toEqual({ phase: 'gone' })
    expect(set.instances.size).toBe(0)
    expect(await session.find()).toEqual({ found: false })
    const late = await world.open(properties(['a', 'b']))
    expect(await late.find()).toMatchObject({ found: 'replayed-after-delete' })
  })

  it('with credentials of another account is refused, and never reports the instances as deleted', async () => {
    const { watch } = await create(properties(['a']))
    const other = await startHuaweiWorld(createHuaweiRfsStackInstances(createHuaweiMemory()), {
      projectId: 'of-another-account',
    })
    const session = await other.open(properties(['a']), {
      kind: 'delete',
      physicalResourceId: watch.stack.id,
    })
    await expect(session.find()).rejects.toMatchObject({ kind: 'denied' })
    await other.close()
  })

  it('that is delivered again follows the running deletion', async () => {
    const { watch } = await create(properties(['a']))
    const open = () => world.open(properties(['a']), { kind: 'delete', physicalResourceId: watch.stack.id })
    const first = await open()
    await first.delete(watch.stack, 0)
    const second = await open()
    const found = await second.find()
    expect(found).toMatchObject({ found: true, started: { kind: 'delete' } })
    if (found.found !== true || found.started === undefined) throw new Error('no operation was found')
    expect(await settled(second, found.started)).toEqual({ phase: 'gone' })
    expect(set.operations.size).toBe(2)
  })

  it('without an id withdraws a claim without instances, also if OnDelete is retain: its Create may still begin them', async () => {
    await create(properties(['a']))
    set.instances.clear()
    const retained = properties(['a'], { OnDelete: 'retain' })
    const session = await world.open(retained, { kind: 'delete', requestId: 'request-2' })
    expect(await session.find()).toMatchObject({ found: true, ownership: { mark: 'ours' }, by: 'name' })
  })

  it('without an id keeps instances whose creation has succeeded if OnDelete is retain, and names them in the log', async () => {
    await create(properties(['a']))
    const retained = properties(['a'], { OnDelete: 'retain' })
    const session = await world.open(retained, { kind: 'delete', requestId: 'request-2' })
    expect(await session.find()).toMatchObject({ found: true, ownership: { mark: 'unmarked' } })
    expect(world.logged()).toContain('the stack is left as it is')
    expect(world.logged()).toContain(set.id)
  })

  it('without an id leaves stored outputs where they are if OnDelete is retain: the stack may stay', async () => {
    const StoredOutputs = { Names: ['Instances'] }
    const storedAfter = async (more: JsonObject) => {
      const given = properties(['a'], { StoredOutputs, ...more })
      const session = await world.open(given, { kind: 'delete', requestId: 'request-2' })
      return world.bridgePropertiesOf(session)?.StoredOutputs
    }
    expect(await storedAfter({})).toEqual(StoredOutputs)
    expect(await storedAfter({ OnDelete: 'retain' })).toBeUndefined()
  })

  it('without an id finds the instances that a failed Create left', async () => {
    world.cloud.stackSets.engine.failingDomains.set('b', 'no agency')
    await create(properties(['a', 'b']))
    world.cloud.stackSets.engine.failingDomains.clear()
    const session = await world.open(properties(['a', 'b']), { kind: 'delete', requestId: 'request-2' })
    expect(await session.find()).toMatchObject({ found: true, ownership: { mark: 'ours' }, by: 'name' })
    await settled(session, startedWatch(await session.delete({ id: watchId(), name: 'x' }, 0)))
    expect(set.instances.size).toBe(0)
  })

  it('fails where an instance cannot be deleted, for any failure tolerance', async () => {
    const given = properties(['a', 'b'], { OperationPreferences: { FailureToleranceCount: 1 } })
    const { watch } = await create(given)
    world.cloud.stackSets.engine.failingDomains.set('b', 'it is in use')
    const open = (requestId: string) =>
      world.open(given, { kind: 'delete', physicalResourceId: watch.stack.id, requestId })
    const session = await open('request-2')
    const deleting = startedWatch(await session.delete(watch.stack, 0))
    expect(await settled(session, deleting)).toMatchObject({
      phase: 'failed',
      final: true,
      advice: expect.stringContaining('still stand'),
    })
    expect(await session.explain(deleting)).toMatchObject({ cause: 'cn-north-7/b: it is in use' })
    world.cloud.stackSets.engine.failingDomains.clear()
    const again = await open('request-3')
    await settled(again, startedWatch(await again.delete(watch.stack, 0)))
    expect(addresses()).toEqual([])
  })

  it('without an id does not delete instances that another user created after the deletion, but those that it could not delete', async () => {
    const { watch } = await create(properties(['a']))
    world.cloud.stackSets.engine.failingDomains.set('a', 'it is in use')
    const remove = await world.open(properties(['a']), { kind: 'delete', requestId: 'request-2' })
    await settled(remove, startedWatch(await remove.delete(watch.stack, 0)))
    const open = () => world.open(properties(['a']), { kind: 'delete', requestId: 'request-3' })
    expect(await (await open()).find()).toMatchObject({ ownership: { mark: 'ours' } })
    world.cloud.stackSets.engine.failingDomains.clear()
    set.instances.clear()
    await makeInstances(['a'])
    expect(await (await open()).find()).toMatchObject({ ownership: { mark: 'unmarked' } })
  })

  it('that RFS refuses keeps the mark unchanged, so that a Delete without an id finds them', async () => {
    const { watch } = await create(properties(['a']))
    const description = set.attributes['stack_set_description']
    const refused = await world.open(properties(['a']), {
      kind: 'delete',
      physicalResourceId: watch.stack.id,
      requestId: 'request-2',
    })
    justBefore(world.cloud, 'POST deletion', () => {
      throw new HuaweiFault(403, 'RF.10012507', 'Policy does not allow it.')
    })
    await expect(refused.delete(watch.stack, 0)).rejects.toThrow('RFS DeleteStackInstance: HTTP 403')
    expect(set.attributes['stack_set_description']).toBe(description)
  })

  it("without an id leaves instances without this resource's mark", async () => {
    await makeInstances(['a'])
    const session = await world.open(properties(['a']), { kind: 'delete' })
    expect(await session.find()).toMatchObject({ found: true, ownership: { mark: 'unmarked' } })
  })

  it('after a Create whose properties were refused has nothing to delete', async () => {
    const session = await world.open({ StackSetName: 'my_set' }, { kind: 'delete' })
    expect(await session.find()).toEqual({ found: false })
    expect(world.cloud.requests).toEqual([])
  })

  it('succeeds if the stack set no longer exists, or is another one of the same name', async () => {
    const { watch } = await create(properties(['a']))
    world.cloud.stackSets.sets.delete('my_set')
    const open = () => world.open(properties(['a']), { kind: 'delete', physicalResourceId: watch.stack.id })
    expect(await (await open()).find()).toEqual({ found: false })
    makeStackSet(world.cloud, 'my_set')
    expect(await (await open()).find()).toEqual({ found: false })
  })

  const watchId = () =>
    `huaweicloud:rfs:cn-north-4:${world.cloud.user.projectId}:stack-sets/my_set/${set.id}/instances/0`
})

describe('a Create of instances', () => {
  it('names the existing ones, and adopts them only when allowed', async () => {
    await makeInstances(['a'])
    const session = await world.open(properties(['a', 'b']))
    expect(await session.find()).toMatchObject({
      found: true,
      stack: { name: 'cn-north-7/a in the stack set my_set' },
      ownership: { mark: 'unmarked' },
    })
    // The bridge does so where OnExisting is 'any'.
    const taken = startedWatch(await session.update({ id: 'x', name: 'x' }))
    await settled(session, taken)
    expect(addresses()).toEqual(['cn-north-7/a', 'cn-north-7/b'])
    const remove = await world.open(properties(['a', 'b']), { kind: 'delete' })
    // ROS may never have had the id. Then they keep their former owner.
    expect(await remove.find()).toMatchObject({ ownership: { mark: 'unmarked' } })
  })

  it('is refused where another resource has taken them over, and leaves them to it from then on', async () => {
    const { watch } = await create(properties(['a']))
    unmarkSet(set)
    const owner = (logicalResourceId: string) => ({
      owner: { ...OWNER, logicalResourceId },
      requestId: logicalResourceId,
    })
    const taking = await world.open(properties(['a']), owner('Taker'))
    expect(await taking.find()).toMatchObject({ ownership: { mark: 'unmarked' } })
    await settled(taking, startedWatch(await taking.update({ id: 'x', name: 'x' })))
    const another = {
      ownership: { mark: 'another', owner: expect.stringMatching(/ROS resource.*[0-9a-f]{16}/) },
    }
    expect(await (await world.open(properties(['a']), owner('Third'))).find()).toMatchObject(another)
    const physicalResourceId = watch.stack.id
    const former = await world.open(properties(['a']), { kind: 'delete', physicalResourceId })
    expect(await former.find()).toMatchObject(another)
  })

  it('finds its own again, and not those of other targets', async () => {
    await create(properties(['a']))
    const again = await world.open(properties(['a']))
    expect(await again.find()).toMatchObject({
      found: true,
      started: { kind: 'create' },
      ownership: { mark: 'ours' },
    })
    const later = await world.open(properties(['a']), { requestId: 'request-9' })
    expect(await later.find()).toMatchObject({ ownership: { mark: 'ours' }, condition: 'settled' })
    const other = await world.open(properties(['a', 'b']), { requestId: 'request-9' })
    expect(await other.find()).toMatchObject({ ownership: { mark: 'unmarked' } })
  })

  it('does not adopt instances that another user created after its deletion', async () => {
    const { watch } = await create(properties(['a']))
    const remove = await world.open(properties(['a']), {
      kind: 'delete',
      physicalResourceId: watch.stack.id,
      requestId: 'request-2',
    })
    await settled(remove, startedWatch(await remove.delete(watch.stack, 0)))
    await makeInstances(['a'])
    const again = await world.open(properties(['a']), { requestId: 'request-3' })
    expect(await again.find()).toMatchObject({ found: true, ownership: { mark: 'unmarked' } })
  })

  it('that RFS refuses leaves no mark that would claim instances of another user', async () => {
    const given = properties(['a'], { VarOverrides: { Parameters: { unknown: 1 } } })
    const session = await world.open(given)
    await expect(session.create()).rejects.toThrow('CreateStackInstance')
    expect(set.attributes['stack_set_description']).toBe('of the platform team')
    await makeInstances(['a'])
    const remove = await world.open(given, { kind: 'delete', requestId: 'request-2' })
    expect(await remove.find()).toMatchObject({ ownership: { mark: 'unmarked' } })
  })

  it('waits while another operation runs in the stack set', async () => {
    const otherOwner = await world.open(properties(['z']), {
      owner: { rosStackId: 'other', rosStackName: 'other', logicalResourceId: 'X' },
    })
    await otherOwner.create()
    const session = await world.open(properties(['a']))
    expect(await session.create()).toEqual({ outcome: 'busy', status: 'OPERATION_IN_PROGRESS' })
  })

  it('returns a reason if the description has no room for its mark', async () => {
    set.attributes = { stack_set_description: 'x'.repeat(1000) }
    const session = await world.open(properties(['a']))
    await expect(session.create()).rejects.toThrow('has no room for another mark')
    expect(set.instances.size).toBe(0)
  })

  it('uses organizational units if the service manages the set', async () => {
    const managed = makeStackSet(world.cloud, 'managed', { permission_model: 'SERVICE_MANAGED' })
    const given = (OrganizationalUnitIds: string[], more: JsonObject = {}) => ({
      StackSetName: 'managed',
      CallIdentity: 'DELEGATED_ADMIN',
      DeploymentTargets: { Regions: ['cn-north-7'], OrganizationalUnitIds, ...more },
    })
    const { end, watch } = await create(given(['ou-1']))
    expect(end).toMatchObject({ outputs: { Instances: [{ DomainId: 'a' }, { DomainId: 'b' }] } })
    await update(watch.stack.id, given(['ou-2']), given(['ou-1']))
    expect([...managed.instances.keys()]).toEqual(['cn-north-7/c'])
    const remove = await world.open(given(['ou-2']), { kind: 'delete', physicalResourceId: watch.stack.id })
    await settled(remove, startedWatch(await remove.delete(watch.stack, 0)))
    expect(managed.instances.size).toBe(0)
    const filtered = given(['ou-1'], { DomainIdFilterType: 'DIFFERENCE', DomainIds: ['b'] })
    await create(filtered, 'request-7')
    expect([...managed.instances.keys()]).toEqual(['cn-north-7/a'])
  })

  it('that are only read are FAILED where a part of them does not exist, and the reason names it', async () => {
    await makeInstances(['a'])
    const read = async (DeploymentTargets: JsonObject) => {
      const session = await world.open({ StackSetName: 'my_set', DeploymentTargets, Mode: 'read-only' })
      return session.describe(startedWatch(await session.create()))
    }
    const both = ['cn-north-7', 'cn-east-3']
    expect(await read({ Regions: ['cn-north-7'], DomainIds: ['a'] })).toMatchObject({ phase: 'succeeded' })
    expect(await read({ Regions: both, DomainIds: ['a', 'b'] })).toEqual({
      phase: 'failed',
      status: 'OPERATION_COMPLETE',
      statusReason:
        'The stack set my_set has no instance in cn-north-7/b, cn-east-3/a, cn-east-3/b: create what is missing there, ' +
        'or leave it out of DeploymentTargets',
      final: false,
    })
    // Which accounts a unit has, only RFS knows.
    expect(await read({ Regions: both, OrganizationalUnitIds: ['ou-1'] })).toMatchObject({
      phase: 'failed',
      statusReason: expect.stringContaining('no instance in cn-east-3: '),
    })
  })

  it('cannot be read without DeploymentTargets, and the problem says so', async () => {
    await expect(world.open({ StackSetName: 'my_set', Mode: 'read-only' })).rejects.toThrow(
      /"DeploymentTargets","problem":"is missing; it must be a map"/,
    )
  })

  it('masks secret values, also in RFS’s answers', async () => {
    world.cloud.stackSets.engine.failingDomains.set('a', 'cannot use hunter-2-hunter-2')
    const { session, watch } = await create(
      properties(['a'], {
        VarOverrides: {
          Parameters: { value: 'hunter-2-hunter-2' },
          UseStackSetVars: ['fail', 'wait_seconds'],
        },
        SecretParameters: ['value'],
      }),
    )
    const { cause } = await session.explain(watch)
    expect(cause).toMatch(/^cn-north-7\/a: cannot use \[secret\]$/)
    expect(world.logged()).not.toContain('hunter-2')
  })
})

/** Somebody does so in the console. */
function ask(method: string, segments: string[], body: JsonObject): void {
  world.cloud.stackSets.answer({ method, segments, query: new URLSearchParams(), body })
}

async function makeInstances(domain_ids: string[]): Promise<void> {
  ask('POST', ['my_set', 'stack-instances'], {
    deployment_targets: { regions: ['cn-north-7'], domain_ids },
  })
  await world.until(() => !world.cloud.stackSets.engine.isBusy(set))
}
