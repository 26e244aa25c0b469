import { afterEach, describe, expect, it } from 'vitest'
import type { JsonObject } from '../../../../src/platform/json.ts'
import type { Observation, StackRequest, StackSession, Watch } from '../../../../src/providers/provider.ts'
import { createdTag } from '../../../../src/providers/openstack/heat/marks.ts'
import { fingerprintOf } from '../../../../src/providers/recognition/fingerprint.ts'
import { CloudError } from '../../../../src/providers/provider.ts'
import { createHeat } from '../../../../src/providers/openstack/heat/provider.ts'
import { createTokenCache } from '../../../../src/providers/http/token-cache.ts'
import { FakeClock } from '../../../fake-clock.ts'
import {
  heatFault,
  PROJECT,
  startScriptedCloud,
  type ScriptedRequest,
  type ScriptedCloud,
  type ScriptedAnswer,
} from './scripted-cloud.ts'

const UUID = '138f9438-113c-4374-936d-60af88d70c98'
const ID = `arn:openstack:heat::${PROJECT}:stacks/my-stack/${UUID}`
const BASE = `/RegionOne/public/v1/${PROJECT}`
const PLACE = `${BASE}/stacks/my-stack/${UUID}`
const owner = { rosStackId: 'ros-1', rosStackName: 'ros', logicalResourceId: 'A[0]' }
const OWNER_TAGS = ['stackbridge:ros-stack-id=ros-1', 'stackbridge:logical-resource-id=A[0]']

const clouds: ScriptedCloud[] = []
afterEach(async () => {
  await Promise.all(clouds.splice(0).map((cloud) => cloud.close()))
})

type Answer = (asked: ScriptedRequest) => ScriptedAnswer

async function start(answer: Answer, clock = new FakeClock()): Promise<ScriptedCloud> {
  const cloud = await startScriptedCloud(clock, answer)
  clouds.push(cloud)
  return cloud
}

const provider = createHeat(createTokenCache())

async function open(
  cloud: ScriptedCloud,
  request: Partial<StackRequest> = {},
  more: JsonObject = {},
  heat = provider,
): Promise<StackSession> {
  const opened = await heat.open(
    {
      kind: 'create',
      owner,
      requestId: 'request-1',
      properties: { ...cloud.properties, Stack: { Name: 'my-stack', Template: 'x' }, ...more },
      fingerprint: fingerprintOf({ ...more }),
      ...request,
    },
    cloud.surroundings,
  )
  if (!opened.ok) throw new Error(JSON.stringify(opened.problems))
  return opened.session
}

const fresh = () => createHeat(createTokenCache())

function shown(status: string, more: JsonObject = {}): ScriptedAnswer {
  return {
    status: 200,
    body: {
      stack: {
        id: UUID,
        stack_name: 'my-stack',
        stack_status: status,
        stack_status_reason: 'because',
        updated_time: null,
        disable_rollback: true,
        tags: OWNER_TAGS,
        ...more,
      },
    },
  }
}

const redirect: ScriptedAnswer = {
  status: 302,
  headers: { Location: `http://elsewhere.example/v1/other/stacks/my-stack/${UUID}` },
  body: '<html></html>',
}

describe('a call to Heat', () => {
  it('follows a redirect with the token to the endpoint only, wherever it points', async () => {
    const cloud = await start(({ path }) =>
      path === PLACE || path.startsWith(`${PLACE}?`) ? shown('CREATE_COMPLETE') : redirect,
    )
    const found = await (await open(cloud)).find()
    expect(found).toMatchObject({ found: true, stack: { id: ID, name: 'my-stack' }, by: 'name' })
    expect(cloud.asked.map(({ path }) => path)).toEqual([
      `${BASE}/stacks/my-stack`,
      `${PLACE}?resolve_outputs=false`,
    ])
  })

  it('renews a refused token once, and shares it with the next event', async () => {
    const cloud = await start(({ token }) =>
      token === 'token-1' ? { status: 401, body: 'no' } : shown('CREATE_COMPLETE'),
    )
    const heat = fresh()
    const update = { kind: 'update', physicalResourceId: ID } as const
    await (await open(cloud, update, {}, heat)).find()
    await (await open(cloud, update, {}, heat)).find()
    expect(cloud.asked.map(({ token }) => token)).toEqual(['token-1', 'token-2', 'token-2'])
    expect(cloud.logins).toHaveLength(2)
  })

  it('is denied when the new token is refused too', async () => {
    const cloud = await start(() => ({ status: 401, body: 'no' }))
    const session = await open(cloud, { kind: 'update', physicalResourceId: ID })
    await expect(session.find()).rejects.toMatchObject({ kind: 'denied' })
    expect(cloud.logins).toHaveLength(2)
  })

  it('logs in once for fifty events at the same time, and again before the token expires', async () => {
    const clock = new FakeClock()
    const cloud = await start(() => shown('CREATE_COMPLETE'), clock)
    const heat = fresh()
    const update = { kind: 'update', physicalResourceId: ID } as const
    const find = async () => (await open(cloud, update, {}, heat)).find()
    await Promise.all(Array.from({ length: 50 }, find))
    expect(cloud.logins).toHaveLength(1)
    await clock.advance(3_600_000 - 61_000)
    await find()
    expect(cloud.logins).toHaveLength(1)
    await clock.advance(2000)
    await find()
    expect(cloud.logins).toHaveLength(2)
  })

  it('does not reuse a token for a user with another password', async () => {
    const cloud = await start(() => shown('CREATE_COMPLETE'))
    const heat = fresh()
    const update = { kind: 'update', physicalResourceId: ID } as const
    await (await open(cloud, update, {}, heat)).find()
    const other = { ...cloud.properties.Auth, Password: 'another-password' }
    await (await open(cloud, update, { Auth: other }, heat)).find()
    expect(cloud.logins).toHaveLength(2)
  })

  it('retries once after a kept-alive connection broke, but never repeats a Create', async () => {
    let calls = 0
    const cloud = await start(() => {
      calls += 1
      return calls === 1 ? { status: 0, drop: true } : shown('CREATE_COMPLETE')
    })
    const session = await open(cloud, { kind: 'update', physicalResourceId: ID })
    expect(await session.find()).toMatchObject({ found: true })
    calls = 0
    await expect((await open(cloud)).create()).rejects.toMatchObject({ kind: 'unavailable' })
    expect(calls).toBe(1)
  })

  it.each<[string, ScriptedAnswer, CloudError['kind'], RegExp]>([
    [
      '401 of Keystone',
      { status: 401, body: { error: { code: 401, message: 'No.', title: 'Unauthorized' } } },
      'denied',
      /HTTP 401: No\. Check user/,
    ],
    ['503 of Keystone', { status: 503, body: 'down' }, 'unavailable', /HTTP 503/],
    ['429 of Keystone', { status: 429, body: 'slow' }, 'throttled', /HTTP 429/],
    ['a page that is not Keystone', { status: 404, body: '<html>' }, 'unavailable', /no Keystone v3/],
    [
      'a token without a project',
      {
        status: 201,
        headers: { 'x-subject-token': 'token-x' },
        body: { token: { issued_at: '2026-01-01T00:00:00Z', expires_at: '2026-01-01T01:00:00Z' } },
      },
      'denied',
      /for no project/,
    ],
  ])('%s has its own reason', async (_, keystone, kind, message) => {
    const cloud = await start(() => shown('CREATE_COMPLETE'))
    cloud.state.keystone = keystone
    const session = await open(cloud, {}, {}, fresh())
    await expect(session.create()).rejects.toMatchObject({ kind, message: expect.stringMatching(message) })
  })

  it.each<[string, ScriptedAnswer, CloudError['kind'], RegExp]>([
    ['300', { status: 300, body: { versions: [] } }, 'unavailable', /check Endpoint/],
    ['302 of a login', { status: 302, body: '<html>' }, 'unavailable', /check Endpoint/],
    ['400 of a proxy', { status: 400, body: '<html>' }, 'unavailable', /HTTP 400/],
    ['403 of a proxy', { status: 403, body: '<html>' }, 'unavailable', /HTTP 403/],
    [
      '404 of a gateway that has errors of the same form',
      { status: 404, body: { error: { code: 404, message: 'Not Found', status: 'NOT_FOUND' } } },
      'unavailable',
      /HTTP 404/,
    ],
    [
      '400',
      heatFault(400, 'StackValidationFailed', 'Parameter is planted-password'),
      'rejected',
      /StackValidationFailed: Parameter is \[secret\]/,
    ],
    ['403', heatFault(403, 'Forbidden', 'No.'), 'denied', /Forbidden: No\./],
    ["404 that is not Heat's", { status: 404, body: '<html>' }, 'unavailable', /check Endpoint/],
    ['409', heatFault(409, 'StackExists', 'x'), 'unavailable', /StackExists/],
    ['413', { status: 413, body: '' }, 'unavailable', /too large/],
    ['413 with Retry-After', { status: 413, headers: { 'Retry-After': '5' }, body: '' }, 'throttled', /413/],
    ['429', { status: 429, body: '' }, 'throttled', /429/],
    ['500', heatFault(500, 'MessagingTimeout', 'Timed out'), 'unavailable', /MessagingTimeout/],
    [
      'an answer in an unknown form',
      { status: 200, body: { stack: {} } },
      'unavailable',
      /not one of Heat's/,
    ],
  ])('%s has its own meaning', async (_, answer, kind, message) => {
    const cloud = await start(() => answer)
    const session = await open(cloud, { kind: 'update', physicalResourceId: ID })
    await expect(session.find()).rejects.toMatchObject({ kind, message: expect.stringMatching(message) })
  })

  it.each([
    heatFault(403, 'Forbidden', 'You are not authorized to use OS::Nova::Flavor.'),
    { status: 403, body: {} },
  ])('has no advice on trusts for a 403 that another rule has caused: %j', async (answer) => {
    const cloud = await start(() => answer)
    const Auth = {
      AuthUrl: cloud.properties.Auth.AuthUrl,
      ApplicationCredentialId: 'i',
      ApplicationCredentialSecret: 'planted-secret',
    }
    await expect((await open(cloud, {}, { Auth })).create()).rejects.toMatchObject({
      message: expect.not.stringContaining('trust'),
    })
  })

  it('explains the likely cause of a 403 to an application credential', async () => {
    const cloud = await start(() => heatFault(403, 'Forbidden', 'Access was denied to this resource.'))
    const Auth = {
      AuthUrl: cloud.properties.Auth.AuthUrl,
      ApplicationCredentialId: 'i',
      ApplicationCredentialSecret: 'planted-secret',
    }
    await expect((await open(cloud, {}, { Auth })).create()).rejects.toMatchObject({
      kind: 'denied',
      message: expect.stringContaining('use a user and password'),
    })
  })

  it('does not mistake a proxy without Heat for a deleted stack', async () => {
    const cloud = await start(() => ({ status: 404, body: '<html>no such server</html>' }))
    const session = await open(cloud, { kind: 'delete', physicalResourceId: ID })
    const watch: Watch = { kind: 'delete', stack: { id: ID, name: 'my-stack' }, marker: { startedAt: 0 } }
    await expect(session.describe(watch)).rejects.toMatchObject({ kind: 'unavailable' })
  })

  it('refuses credentials that are for another project than the stack', async () => {
    const cloud = await start(() => shown('CREATE_COMPLETE'))
    const elsewhere = ID.replace(PROJECT, 'another-project')
    const session = await open(cloud, { kind: 'delete', physicalResourceId: elsewhere })
    await expect(session.find()).rejects.toMatchObject({ kind: 'rejected' })
    expect(cloud.asked).toEqual([])
  })

  it('uses the requested interface and region, and names the available ones otherwise', async () => {
    const cloud = await start(() => shown('CREATE_COMPLETE'))
    const update = { kind: 'update', physicalResourceId: ID } as const
    await (await open(cloud, update, { Interface: 'internalURL' })).find()
    expect(cloud.asked[0]?.path).toContain('/RegionOne/internal/')
    await expect((await open(cloud, update, { Interface: 'admin' })).find()).rejects.toThrow(
      /no admin endpoint .* it has: RegionOne internal, RegionOne public/,
    )
    await (await open(cloud, update, { Endpoint: `${cloud.url}/given/v1/` })).find()
    expect(cloud.asked.at(-1)?.path).toContain(`/given/v1/${PROJECT}/stacks/`)
  })
})

describe('a Create', () => {
  it('marks the stack with its owner, the request, and the tags of the user', async () => {
    const cloud = await start(() => ({ status: 201, body: { stack: { id: UUID } } }))
    const more = { Stack: { Name: 'my-stack', Template: 'x', Tags: ['mine'] } }
    const outcome = await (await open(cloud, {}, more)).create()
    expect(outcome).toMatchObject({ outcome: 'started', watch: { kind: 'create', stack: { id: ID } } })
    expect(cloud.asked[0]?.body).toMatchObject({
      stack_name: 'my-stack',
      tags: expect.stringMatching(
        /^mine,stackbridge:ros-stack-id=ros-1,stackbridge:logical-resource-id=A\[0\],stackbridge:created=[0-9a-f]{32},stackbridge:request=[0-9a-f]{32}$/,
      ),
    })
  })

  it('that is delivered again follows the stack that it has created; the next request does not', async () => {
    let tags: string[] = []
    const cloud = await start(({ method, path, body }) => {
      if (method === 'POST') {
        tags = String(Reflect.get(Object(body), 'tags')).split(',')
        return { status: 201, body: { stack: { id: UUID } } }
      }
      return path.startsWith(PLACE) ? shown('CREATE_IN_PROGRESS', { tags }) : redirect
    })
    await (await open(cloud)).create()
    expect(await (await open(cloud)).find()).toMatchObject({
      started: { kind: 'create' },
      ownership: { mark: 'ours' },
    })
    const next = await (await open(cloud, { requestId: 'request-2' })).find()
    expect(next).toMatchObject({ condition: 'working', ownership: { mark: 'ours' } })
    expect(next).not.toHaveProperty('started')
  })

  it('says that the name is taken', async () => {
    const cloud = await start(() => heatFault(409, 'StackExists', 'The Stack (my-stack) already exists.'))
    expect(await (await open(cloud)).create()).toEqual({
      outcome: 'taken',
      message: 'Heat stack create: HTTP 409: StackExists: The Stack (my-stack) already exists.',
    })
  })

  it('of a name too long for the PhysicalResourceId is refused before any call to Heat', async () => {
    const cloud = await start(() => ({ status: 201, body: { stack: { id: UUID } } }))
    const longest = 255 - (ID.length - 'my-stack'.length)
    const named = (length: number) => ({ Stack: { Name: 'n'.repeat(length), Template: 'x' } })
    const outcome = await (await open(cloud, {}, named(longest))).create()
    expect(outcome.outcome === 'started' ? outcome.watch.stack.id.length : 0).toBe(255)
    await expect((await open(cloud, {}, named(longest + 1))).create()).rejects.toThrow(
      new RegExp(`at most ${String(longest)} characters`),
    )
    expect(cloud.asked).toHaveLength(1)
  })
})

describe('adopting', () => {
  const adopted = [...OWNER_TAGS, 'stackbridge:adopted']

  it('marks a stack as adopted, and keeps the tags with Existing', async () => {
    const cloud = await start(({ method }) =>
      method === 'PATCH' ? { status: 202, body: {} } : shown('CREATE_COMPLETE', { tags: ['theirs'] }),
    )
    const more = { Stack: { Name: 'my-stack', Template: 'x', Existing: true } }
    await (await open(cloud, {}, more)).update({ id: ID, name: 'my-stack' })
    const tags = String(Reflect.get(Object(cloud.asked.at(-1)?.body), 'tags')).split(',')
    expect(tags).toEqual(expect.arrayContaining(['theirs', ...adopted]))
  })

  it.each([
    ['by its name, for ROS never had its id', undefined, 'unmarked'],
    ['by its id', ID, 'ours'],
  ] as const)(
    'does not change the owner of a stack that is to be deleted %s',
    async (_, physicalResourceId, mark) => {
      const cloud = await start(({ path }) =>
        path.startsWith(PLACE) ? shown('UPDATE_FAILED', { tags: adopted }) : redirect,
      )
      const id = physicalResourceId === undefined ? {} : { physicalResourceId }
      expect(await (await open(cloud, { kind: 'delete', ...id })).find()).toMatchObject({
        ownership: { mark },
      })
    },
  )

  it.each([
    ['of our own Create can only be deleted', OWNER_TAGS, 'failed-create'],
    ['of what was taken over can be updated', adopted, 'settled'],
    [
      'of an update can be updated',
      [...OWNER_TAGS, 'stackbridge:created=1', 'stackbridge:request=2'],
      'settled',
    ],
    [
      'of the creation itself can only be deleted',
      [...OWNER_TAGS, 'stackbridge:created=1', 'stackbridge:request=1'],
      'failed-create',
    ],
  ])('a rollback %s', async (_, tags, condition) => {
    const cloud = await start(({ path }) =>
      path.startsWith(PLACE) ? shown('ROLLBACK_COMPLETE', { tags }) : redirect,
    )
    expect(await (await open(cloud)).find()).toMatchObject({ condition })
  })
})

describe('a stack that another resource has taken over since it was found', () => {
  const theirs = ['stackbridge:ros-stack-id=ros-1', 'stackbridge:logical-resource-id=B']
  const ref = { id: ID, name: 'my-stack' }

  it.each(['update', 'delete'] as const)(
    'is not changed by a handed-off %s, and checked again',
    async (kind) => {
      const cloud = await start(() => shown('CREATE_COMPLETE', { tags: theirs }))
      const session = await open(cloud, { kind, physicalResourceId: ID })
      const outcome = kind === 'update' ? await session.update(ref) : await session.delete(ref, 0)
      expect(outcome).toEqual({ outcome: 'busy', status: 'CREATE_COMPLETE' })
      expect(cloud.asked.map(({ method }) => method)).toEqual(['GET'])
    },
  )
})

/** Gives requests of this method the answer; after a 404 the stack is gone. */
function answersOnce(
  method: string,
  answer: ScriptedAnswer,
): (asked: { readonly method: string }) => ScriptedAnswer {
  let isGone = false
  return (asked) => {
    if (asked.method === method) isGone = answer.status === 404
    return asked.method === method || isGone ? answer : shown('CREATE_COMPLETE')
  }
}

describe('an Update', () => {
  const update = { kind: 'update', physicalResourceId: ID } as const
  const ref = { id: ID, name: 'my-stack' }

  it('is requested once for any number of deliveries', async () => {
    let tags = OWNER_TAGS
    const cloud = await start(({ method, body }) => {
      if (method === 'PUT') {
        tags = String(Reflect.get(Object(body), 'tags')).split(',')
        return { status: 202, body: {} }
      }
      return shown('UPDATE_IN_PROGRESS', { tags })
    })
    const first = await (await open(cloud, update)).update(ref)
    const again = await open(cloud, update)
    expect(await again.find()).toMatchObject({ started: { kind: 'update' } })
    expect(await again.update(ref)).toMatchObject({ outcome: 'started' })
    expect(first).toMatchObject({ outcome: 'started' })
    expect(cloud.asked.filter(({ method }) => method === 'PUT')).toHaveLength(1)
  })

  it.each<[string, ScriptedAnswer, object]>([
    [
      'meets an operation under way',
      heatFault(409, 'ActionInProgress', 'Stack x already has an action (CHECK) in progress.'),
      { outcome: 'busy', status: 'CHECK_IN_PROGRESS' },
    ],
    [
      'finds no stack',
      heatFault(404, 'EntityNotFound', 'The Stack (x) could not be found.'),
      { outcome: 'missing' },
    ],
  ])('that %s is reported', async (_, answer, outcome) => {
    const cloud = await start(answersOnce('PUT', answer))
    expect(await (await open(cloud, update)).update(ref)).toEqual(outcome)
  })

  it('reads outputs after its end, and detects a later operation on the stack', async () => {
    const statuses = ['UPDATE_COMPLETE', 'DELETE_IN_PROGRESS']
    const cloud = await start(() => shown(statuses.shift() ?? 'DELETE_COMPLETE', { updated_time: 'later' }))
    const session = await open(cloud, update)
    const watch: Watch = { kind: 'update', stack: ref, marker: { startedAt: 0 } }
    expect(await session.describe(watch)).toMatchObject({ phase: 'working', status: 'DELETE_IN_PROGRESS' })
    expect(cloud.asked.map(({ path }) => path.split('?')[1])).toEqual([
      'resolve_outputs=false',
      'resolve_outputs=true',
    ])
  })
})

describe('a Delete', () => {
  const ref = { id: ID, name: 'my-stack' }

  it.each<[string, ScriptedAnswer, object]>([
    ['is accepted', { status: 204, body: '' }, { outcome: 'started' }],
    [
      'of what is gone',
      heatFault(404, 'EntityNotFound', 'The Stack (x) could not be found.'),
      { outcome: 'missing' },
    ],
    ['meets an operation under way', heatFault(409, 'ActionInProgress', 'x'), { outcome: 'busy' }],
  ])('that %s is reported', async (_, answer, outcome) => {
    const cloud = await start(answersOnce('DELETE', answer))
    const session = await open(cloud, { kind: 'delete', physicalResourceId: ID })
    expect(await session.delete(ref, 0)).toMatchObject(outcome)
  })

  it('that is answered "not found" while the stack is listed does not count as missing', async () => {
    const answer = heatFault(404, 'EntityNotFound', 'The Stack (x) could not be found.')
    const cloud = await start(({ method }) => (method === 'DELETE' ? answer : shown('CREATE_COMPLETE')))
    const session = await open(cloud, { kind: 'delete', physicalResourceId: ID })
    await expect(session.delete(ref, 0)).rejects.toMatchObject({ kind: 'unavailable' })
  })

  it('that runs already is followed', async () => {
    const cloud = await start(() => shown('DELETE_IN_PROGRESS'))
    const session = await open(cloud, { kind: 'delete', physicalResourceId: ID })
    expect(await session.find()).toMatchObject({ condition: 'deleting', started: { kind: 'delete' } })
  })
})

describe('a Create that is delivered again', () => {
  const request: StackRequest = {
    kind: 'create',
    owner,
    requestId: 'request-1',
    properties: {},
    fingerprint: fingerprintOf({}),
  }
  const grave = (status: string) => ({
    status: 200,
    body: {
      stacks: [
        {
          id: UUID,
          stack_name: 'my-stack',
          stack_status: status,
          tags: [...OWNER_TAGS, createdTag(request)],
        },
      ],
    },
  })

  it('after its Delete is recognised by the deleted stack, and creates nothing', async () => {
    const cloud = await start(() => shown('CREATE_COMPLETE'))
    cloud.state.deletedStacks = grave('DELETE_COMPLETE')
    expect(await (await open(cloud)).create()).toEqual({
      outcome: 'replayed-after-delete',
      stack: { id: ID, name: 'my-stack' },
    })
    expect(cloud.asked).toEqual([])
  })

  it('is recognised as replayed after its Delete where another request has the name now', async () => {
    const cloud = await start(({ path }) =>
      path.startsWith(PLACE) ? shown('CREATE_COMPLETE', { tags: OWNER_TAGS }) : redirect,
    )
    cloud.state.deletedStacks = grave('DELETE_COMPLETE')
    expect(await (await open(cloud)).find()).toMatchObject({ found: 'replayed-after-delete' })
  })

  it('after an Update recognizes the stack that it created, and follows it', async () => {
    const tags = [...OWNER_TAGS, createdTag(request), 'stackbridge:request=of-the-update']
    const cloud = await start(({ path }) =>
      path.startsWith(PLACE) ? shown('UPDATE_COMPLETE', { tags }) : redirect,
    )
    expect(await (await open(cloud)).find()).toMatchObject({ found: true, started: { kind: 'create' } })
  })

  it('continues where Heat does not show deleted stacks', async () => {
    const cloud = await start(() => ({ status: 201, body: { stack: { id: UUID } } }))
    cloud.state.deletedStacks = heatFault(403, 'Forbidden', 'You are not authorized to use show_deleted')
    expect(await (await open(cloud)).create()).toMatchObject({ outcome: 'started' })
    expect(cloud.logged()).toContain('whether this Create comes after its Delete cannot be seen')
  })
})

describe('cancelling', () => {
  it.each([
    ['update', { status: 200, body: 'null' }, 'cancel_update', /rolls it back/],
    ['create', { status: 200, body: 'null' }, 'cancel_without_rollback', /what exists stays/],
    ['update', heatFault(400, 'NotSupported', 'not now'), 'cancel_update', /had ended/],
  ] as const)('an operation of kind %s reports the result', async (kind, answer, action, said) => {
    const cloud = await start(() => answer)
    const watch: Watch = { kind, stack: { id: ID, name: 'my-stack' }, marker: { startedAt: 0 } }
    expect(await (await open(cloud)).cancel(watch)).toMatch(said)
    expect(cloud.asked[0]?.body).toEqual({ [action]: null })
  })
})

const creating: Watch = { kind: 'create', stack: { id: ID, name: 'my-stack' }, marker: { startedAt: 0 } }

/** The watch from now on, as the bridge keeps it from poll to poll. */
function lookedAt(watch: Watch, observation: Observation): Watch {
  return observation.phase === 'working' ? { ...watch, marker: observation.marker ?? watch.marker } : watch
}

describe('after an outage of Heat', () => {
  it('a stack without new events is requested once more, and only once', async () => {
    const clock = new FakeClock()
    let down = true
    const cloud = await start(({ method, path }) => {
      if (down) return { status: 503, body: '' }
      if (method === 'PATCH') return { status: 202, body: {} }
      return path.includes('/events') ? { status: 200, body: { events: [] } } : shown('CREATE_IN_PROGRESS')
    }, clock)
    const session = await open(cloud)
    let watch = creating
    await expect(session.describe(watch)).rejects.toBeInstanceOf(CloudError)
    down = false
    const patches = () => cloud.asked.filter(({ method }) => method === 'PATCH').length
    for (const [ms, sent] of [
      [0, 0],
      [29_000, 0],
      [1000, 1],
      [60_000, 1],
    ] as const) {
      await clock.advance(ms)
      watch = lookedAt(watch, await session.describe(watch))
      expect(patches()).toBe(sent)
    }
    expect(cloud.asked.find(({ method }) => method === 'PATCH')?.body).toEqual({})
  })

  it('a stack that continues by itself is left alone', async () => {
    const clock = new FakeClock()
    let down = true
    let count = 0
    const cloud = await start(({ path }) => {
      if (down) return { status: 503, body: '' }
      count += 1
      const event = { id: `e${String(count)}`, event_time: '2026-01-01T00:00:00Z', links: [] }
      return path.includes('/events')
        ? { status: 200, body: { events: [event] } }
        : shown('CREATE_IN_PROGRESS')
    }, clock)
    const session = await open(cloud)
    let watch = creating
    await expect(session.describe(watch)).rejects.toBeInstanceOf(CloudError)
    down = false
    for (let poll = 0; poll < 5; poll += 1) {
      await clock.advance(20_000)
      watch = lookedAt(watch, await session.describe(watch))
    }
    expect(cloud.asked.every(({ method }) => method === 'GET')).toBe(true)
  })

  it('that fell between two invocations, a stack without new events for long is requested once more', async () => {
    const clock = new FakeClock()
    const cloud = await start(({ method, path }) => {
      if (method === 'PATCH') return { status: 202, body: {} }
      return path.includes('/events') ? { status: 200, body: { events: [] } } : shown('CREATE_IN_PROGRESS')
    }, clock)
    const patches = () => cloud.asked.filter(({ method }) => method === 'PATCH').length
    let watch = creating
    for (const [minutes, sent] of [
      [0, 0],
      [9, 0],
      [1, 1],
      [5, 1],
    ] as const) {
      await clock.advance(minutes * 60_000)
      const session = await open(cloud, { follows: creating.stack })
      watch = lookedAt(watch, await session.describe(watch))
      expect(patches()).toBe(sent)
    }
  })
})
