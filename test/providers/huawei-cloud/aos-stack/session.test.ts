import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { JsonObject } from '../../../../src/platform/json.ts'
import { createHuaweiAosStack } from '../../../../src/providers/huawei-cloud/aos-stack/provider.ts'
import { createHuaweiMemory } from '../../../../src/providers/huawei-cloud/client.ts'
import type { StackRef } from '../../../../src/providers/provider.ts'
import { THING_TEMPLATE_ID } from '../../../../src/sandbox/huawei-cloud/aos-stack/templates.ts'
import { OWNER, settled, startedWatch, startHuaweiWorld, type HuaweiWorld } from '../world.ts'

let world: HuaweiWorld

beforeEach(async () => {
  world = await startHuaweiWorld(createHuaweiAosStack(createHuaweiMemory()))
})
afterEach(() => world.close())

const stackWith = (InputsJson: JsonObject, more: JsonObject = {}): JsonObject => ({
  Stack: { Name: 'my-stack', TemplateId: THING_TEMPLATE_ID, InputsJson, ActionParameters: {}, ...more },
})

async function make(properties: JsonObject): Promise<StackRef> {
  const session = await world.open(properties)
  const watch = startedWatch(await session.create())
  await settled(session, watch)
  return watch.stack
}

function stackNamed(name: string) {
  const stack = [...world.cloud.aos.stacks.values()].find((one) => one.name === name)
  if (stack === undefined) throw new Error(`there is no stack ${name}`)
  return stack
}

function bodies(method: string, path: RegExp): JsonObject[] {
  return world.cloud.requests
    .filter((one) => one.method === method && path.test(one.url))
    .map(({ body }) => (body === '' ? {} : JSON.parse(body)))
}

const ACTIONS = /\/actions$/

describe('a Create', () => {
  it('sends the properties, and the owner as labels', async () => {
    await make(
      stackWith(
        { value: 'x' },
        {
          Description: 'a thing',
          Force: true,
          Labels: { team: 'blue' },
          Namespace: 'default',
          ClusterId: '46c547ca-e96c-11e7-98b9-0255ac102005',
          ActionParameters: { FailureStrategy: 'Rollback', Timeout: 90 },
        },
      ),
    )
    expect(bodies('POST', /stacks$/)).toEqual([
      {
        name: 'my-stack',
        template_id: THING_TEMPLATE_ID,
        project_id: world.cloud.user.projectId,
        cluster_id: '46c547ca-e96c-11e7-98b9-0255ac102005',
        inputs_json: { value: 'x' },
        description: 'a thing',
        force: true,
        labels: {
          team: 'blue',
          stackbridge_owner: expect.stringMatching(/^[0-9a-f]{24}$/),
          stackbridge_created: expect.stringMatching(/^[0-9a-f]{24}$/),
          stackbridge_resource: 'Network',
          stackbridge_ros_stack: 'ros-stack-1',
        },
        namespace: 'default',
        action_parameters: { auto_create: true, failure_strategy: 'Rollback', timeout: 90 },
      },
    ])
  })

  it('returns an id with region, project, name and GUID to ROS', async () => {
    const { id } = await make(stackWith({ value: 'x' }))
    const { guid } = stackNamed('my-stack')
    expect(id).toBe(`huaweicloud:aos:cn-north-4:${world.cloud.user.projectId}:stacks/my-stack/${guid}`)
  })

  it('answers with outputs of their own types', async () => {
    const session = await world.open(stackWith({ value: ['10.175.11.126', 5] }))
    expect(await settled(session, startedWatch(await session.create()))).toEqual({
      phase: 'succeeded',
      status: 'Running',
      outputs: { Value: ['10.175.11.126', 5] },
    })
  })

  it('runs the lifecycle with a separate call if the properties do not mention it', async () => {
    const session = await world.open({
      Stack: { Name: 'my-stack', TemplateId: THING_TEMPLATE_ID, InputsJson: { value: 'x' } },
    })
    const watch = startedWatch(await session.create())
    expect(bodies('PUT', ACTIONS)).toEqual([{ lifecycle: 'create' }])
    expect(await settled(session, watch)).toMatchObject({ phase: 'succeeded', outputs: { Value: 'x' } })
  })

  it('that was interrupted between the two calls is continued by the next delivery', async () => {
    const properties = {
      Stack: { Name: 'my-stack', TemplateId: THING_TEMPLATE_ID, InputsJson: { value: 'x' } },
    }
    world.cloud.faults.add('reset-before', { action: 'PUT actions' })
    await expect((await world.open(properties)).create()).rejects.toMatchObject({ kind: 'unavailable' })
    const again = await world.open(properties)
    expect(await again.create()).toEqual({
      outcome: 'taken',
      message: expect.stringMatching(/^AOS stack create: HTTP 400: 02030008: .*existed\.$/),
    })
    const found = await again.find()
    expect(found).toMatchObject({ found: true, condition: 'settled', ownership: { mark: 'ours' } })
    expect(found).not.toHaveProperty('started')
    if (found.found !== true) return
    expect(await settled(again, startedWatch(await again.update(found.stack)))).toMatchObject({
      phase: 'succeeded',
      outputs: { Value: 'x' },
    })
  })

  it('whose second call was applied but not answered is followed by the next delivery', async () => {
    const properties = {
      Stack: { Name: 'my-stack', TemplateId: THING_TEMPLATE_ID, InputsJson: { value: 'x' } },
    }
    world.cloud.faults.add('reset-after', { action: 'PUT actions' })
    await expect((await world.open(properties)).create()).rejects.toMatchObject({ kind: 'unavailable' })
    await world.until(() => stackNamed('my-stack').executions.length === 1)
    const found = await (await world.open(properties)).find()
    expect(found).toMatchObject({ found: true, started: { kind: 'create' } })
  })

  it('follows the lifecycle that AOS started by itself, and refuses to start again', async () => {
    world.cloud.aos.runsNewStacks = true
    const session = await world.open({
      Stack: { Name: 'my-stack', TemplateId: THING_TEMPLATE_ID, InputsJson: { value: 'x' } },
    })
    const watch = startedWatch(await session.create())
    expect(watch.marker['refusal']).toContain('A lifecycle of the stack is being executed')
    expect(await settled(session, watch)).toMatchObject({ phase: 'succeeded', outputs: { Value: 'x' } })
    expect(stackNamed('my-stack').executions).toHaveLength(1)
  })

  it('reports why AOS did not start the lifecycle, when none has started for a minute', async () => {
    const session = await world.open(stackWith({ value: 'x' }, { ActionParameters: { AutoCreate: false } }))
    const watch = startedWatch(await session.create())
    const refused = (startedAt: number) => ({
      ...watch,
      marker: { ...watch.marker, runs: true, startedAt, refusal: 'AOS stack create: HTTP 400: no' },
    })
    expect(await session.describe(refused(world.clock.now()))).toMatchObject({ phase: 'working' })
    expect(await session.describe(refused(world.clock.now() - 61_000))).toMatchObject({
      phase: 'failed',
      statusReason: 'AOS stack create: HTTP 400: no',
    })
  })

  it('with AutoCreate: false ends when the stack exists', async () => {
    const session = await world.open(stackWith({ value: 'x' }, { ActionParameters: { AutoCreate: false } }))
    expect(await session.describe(startedWatch(await session.create()))).toMatchObject({
      phase: 'succeeded',
      status: 'Pending',
    })
    expect(bodies('PUT', ACTIONS)).toEqual([])
  })

  it('that is delivered again is recognised by its label, also when the stack has settled', async () => {
    const { id } = await make(stackWith({ value: 'x' }))
    const again = await world.open(stackWith({ value: 'x' }))
    expect(await again.create()).toEqual({
      outcome: 'taken',
      message: expect.stringMatching(/^AOS stack create: HTTP 400: 02030008: .*existed\.$/),
    })
    expect(await again.find()).toMatchObject({
      found: true,
      ownership: { mark: 'ours' },
      started: { kind: 'create', stack: { id } },
    })
  })

  it('of another request finds the stack settled, and one of a failed Create only to be deleted', async () => {
    await make(stackWith({ value: 'x' }))
    const other = await (await world.open(stackWith({ value: 'x' }), { requestId: 'request-2' })).find()
    expect(other).toMatchObject({ found: true, condition: 'settled', ownership: { mark: 'ours' } })
    expect(other).not.toHaveProperty('started')
    await make(stackWith({ value: 'x', fail: true }, { Name: 'failed' }))
    const next = await world.open(stackWith({ value: 'x' }, { Name: 'failed' }), { requestId: 'request-2' })
    expect(await next.find()).toMatchObject({ condition: 'failed-create' })
  })

  it('of another resource learns who owns the stack', async () => {
    await make(stackWith({ value: 'x' }))
    const owner = { ...OWNER, logicalResourceId: 'Other' }
    expect(await (await world.open(stackWith({ value: 'x' }), { owner })).find()).toMatchObject({
      ownership: { mark: 'another', owner: 'the resource Network of the ROS stack ros-stack-1' },
    })
  })

  it('reports AOS’s refusal in AOS’s words', async () => {
    const session = await world.open(stackWith({ value: 'x', unknown: 1 }))
    await expect(session.create()).rejects.toMatchObject({
      kind: 'rejected',
      message:
        'AOS stack create: HTTP 400: 02030008: The request body is invalid, please check. Error: The template has no input unknown.',
    })
  })
})

describe('without labels of the owner', () => {
  it('a name that the bridge derived is the mark', async () => {
    const properties = {
      OwnerLabels: false,
      Stack: { TemplateId: THING_TEMPLATE_ID, InputsJson: { value: 'x' } },
    }
    const { name } = await make(properties)
    expect(name).toMatch(/^ros-network-[0-9a-f]{12}$/)
    expect(stackNamed(name).labels).toEqual({})
    expect(await (await world.open({ Stack: {} }, { kind: 'delete' })).find()).toMatchObject({
      ownership: { mark: 'ours' },
    })
  })

  it('a user’s name proves nothing, but the id does', async () => {
    const stack = await make({ OwnerLabels: false, ...stackWith({ value: 'x' }) })
    const byName = await world.open({ Stack: { Name: 'my-stack' } }, { kind: 'delete' })
    expect(await byName.find()).toMatchObject({ by: 'name', ownership: { mark: 'unmarked' } })
    const byId = await world.open({ Stack: {} }, { kind: 'delete', physicalResourceId: stack.id })
    expect(await byId.find()).toMatchObject({ by: 'id', ownership: { mark: 'unmarked' } })
  })
})

describe('a failed lifecycle', () => {
  it('names the failed element and the reason', async () => {
    const session = await world.open(stackWith({ value: 'x', fail: true }))
    const watch = startedWatch(await session.create())
    expect(await settled(session, watch)).toMatchObject({ phase: 'failed', status: 'Abnormal', final: true })
    expect(await session.explain(watch)).toEqual({
      cause: 'thing: Test Resource failed',
      latestEvent: 'create Failed, 100 %',
    })
  })

  it('does not end before AOS has rolled it back', async () => {
    const session = await world.open(
      stackWith({ value: 'x', fail: true }, { ActionParameters: { FailureStrategy: 'Rollback' } }),
    )
    const watch = startedWatch(await session.create())
    expect(await settled(session, watch)).toMatchObject({ phase: 'failed', status: 'Pending', final: true })
    expect(await session.explain(watch)).toMatchObject({ cause: 'thing: Test Resource failed' })
  })
})

describe('an Update', () => {
  const open = (stack: StackRef, properties: JsonObject) =>
    world.open(properties, { kind: 'update', physicalResourceId: stack.id, requestId: 'request-2' })

  it('upgrades the inputs', async () => {
    const stack = await make(stackWith({ value: 'x' }))
    const session = await open(stack, stackWith({ value: 'y' }, { ActionParameters: { Timeout: 5 } }))
    const watch = startedWatch(await session.update(stack))
    expect(bodies('PUT', ACTIONS)).toEqual([{ lifecycle: 'upgrade', inputs: { value: 'y' }, timeout: 5 }])
    expect(session.cloudTimeoutMs).toBe(300_000)
    expect(await settled(session, watch)).toMatchObject({ phase: 'succeeded', outputs: { Value: 'y' } })
  })

  it('does not mistake an earlier run for its own', async () => {
    await world.close()
    // Long enough for a busy machine to poll before the update shows.
    world = await startHuaweiWorld(createHuaweiAosStack(createHuaweiMemory()), { queueMs: 500 })
    const stack = await make(stackWith({ value: 'x' }))
    const session = await open(stack, stackWith({ value: 'y' }))
    const watch = startedWatch(await session.update(stack))
    expect(stackNamed('my-stack').status).toBe('Running')
    expect(await session.describe(watch)).toEqual({ phase: 'working', status: 'Running (from before)' })
    const withoutId = Object.fromEntries(Object.entries(watch.marker).filter(([name]) => name !== 'actionId'))
    expect(await session.describe({ ...watch, marker: withoutId })).toMatchObject({ phase: 'working' })
  })

  it('waits for another run to end', async () => {
    const stack = await make(stackWith({ value: 'x' }))
    stackNamed('my-stack').status = 'Processing'
    const session = await open(stack, stackWith({ value: 'y' }))
    expect(await session.update(stack)).toEqual({ outcome: 'busy', status: 'Processing' })
  })

  it('that AOS refuses fails with AOS’s words', async () => {
    const stack = await make(stackWith({ value: 'x' }))
    const session = await open(stack, stackWith({ unknown: 'y' }))
    await expect(session.update(stack)).rejects.toMatchObject({
      isUnexplained: true,
      message: expect.stringContaining('The template has no input unknown'),
    })
  })

  it.each<[string, JsonObject, string]>([
    ['another template', { TemplateId: 'another' }, 'Stack.TemplateId cannot change from 39368a8a'],
    ['another cluster', { ClusterId: 'c' }, 'Stack.ClusterId cannot change from nothing to c'],
    ['another namespace', { Namespace: 'n' }, 'Stack.Namespace cannot change from default to n'],
    ['other labels', { Labels: { team: 'red' } }, 'Stack.Labels cannot change'],
  ])('refuses %s, since AOS has no call for it', async (_, change, message) => {
    const stack = await make(stackWith({ value: 'x' }, { Labels: { team: 'blue' } }))
    const session = await open(stack, stackWith({ value: 'y' }, change))
    await expect(session.update(stack)).rejects.toMatchObject({
      kind: 'rejected',
      message: expect.stringContaining(message),
    })
    expect(bodies('PUT', ACTIONS)).toEqual([])
  })

  it('of a stack that is gone is missing', async () => {
    const stack = await make(stackWith({ value: 'x' }))
    world.cloud.aos.stacks.clear()
    const session = await open(stack, stackWith({ value: 'y' }))
    expect(await session.find()).toEqual({ found: false })
    expect(await session.update(stack)).toEqual({ outcome: 'missing' })
  })
})

describe('a Delete', () => {
  const deletion = (stack: StackRef, properties: JsonObject = {}) =>
    world.open({ Stack: {}, ...properties }, { kind: 'delete', physicalResourceId: stack.id })

  it('ends when the stack is gone', async () => {
    const stack = await make(stackWith({ value: 'x' }))
    const session = await deletion(stack)
    const watch = startedWatch(await session.delete(stack, 0))
    expect(await settled(session, watch)).toEqual({ phase: 'gone' })
    expect(await session.delete(stack, 0)).toEqual({ outcome: 'missing' })
  })

  it('that fails can be forced at the second attempt', async () => {
    const stack = await make(stackWith({ value: 'x', keeps: true }))
    const session = await deletion(stack, { OnDeleteFailed: ['force'] })
    expect(session.deleteAttempts).toBe(2)
    const watch = startedWatch(await session.delete(stack, 0))
    expect(await settled(session, watch)).toMatchObject({ phase: 'failed', status: 'Abnormal' })
    expect(await session.explain(watch)).toMatchObject({ cause: 'thing: Test Resource failed' })
    expect(await session.find()).toMatchObject({
      condition: 'delete-failed',
      advice: expect.stringContaining("OnDeleteFailed to ['force']"),
    })
    expect(await settled(session, startedWatch(await session.delete(stack, 1)))).toEqual({ phase: 'gone' })
    expect(world.cloud.requests.filter(({ method }) => method === 'DELETE').map(({ url }) => url)).toEqual([
      expect.stringMatching(/[^e]$/),
      expect.stringMatching(/\?force=true$/),
    ])
  })

  it('waits for another run to end', async () => {
    const stack = await make(stackWith({ value: 'x' }))
    const { guid } = stackNamed('my-stack')
    const upgrade = await world.open(stackWith({ value: 'y', wait_seconds: 1 }), {
      kind: 'update',
      physicalResourceId: stack.id,
    })
    await upgrade.update(stack)
    await world.until(() => world.cloud.aos.stacks.get(guid)?.status === 'Processing')
    expect(await (await deletion(stack)).delete(stack, 0)).toEqual({ outcome: 'busy', status: 'Processing' })
  })

  it('that AOS accepts and does not start fails after a minute', async () => {
    const stack = await make(stackWith({ value: 'x' }))
    const session = await deletion(stack)
    const before = stackNamed('my-stack').executions.at(-1)?.name ?? ''
    const since = (startedAt: number) => ({
      kind: 'delete' as const,
      stack,
      marker: { startedAt, runs: true, rollsBack: false, before },
    })
    expect(await session.describe(since(world.clock.now()))).toMatchObject({ phase: 'working' })
    expect(await session.describe(since(world.clock.now() - 61_000))).toMatchObject({
      phase: 'failed',
      statusReason: expect.stringContaining('did not begin it'),
    })
  })

  it('treats a gateway’s 404 as no answer, and not as a deleted stack', async () => {
    const stack = await make(stackWith({ value: 'x' }))
    const session = await deletion(stack, { Endpoint: `${world.cloud.url}/elsewhere` })
    await expect(session.find()).rejects.toMatchObject({ kind: 'unavailable' })
  })
})

describe('a user who watches', () => {
  it('sees each run with its elements, oldest first', async () => {
    const stack = await make(stackWith({ value: 'x' }))
    const session = await world.open(stackWith({ value: 'x' }))
    expect(await session.events(stack, 0)).toMatchObject([
      { resource: 'thing', type: 'AOS element', status: 'create Succeeded' },
      { resource: 'my-stack', type: 'AOS stack', status: 'create Succeeded' },
    ])
    expect(await session.events(stack, world.clock.now() + 60_000)).toEqual([])
  })

  it('learns that a lifecycle cannot be cancelled', async () => {
    const session = await world.open(stackWith({ value: 'x' }))
    const watch = startedWatch(await session.create())
    expect(await session.cancel(watch)).toBe('AOS cannot cancel a lifecycle: it goes on.')
  })
})
