import { afterEach, describe, expect, it } from 'vitest'
import type { JsonObject } from '../../../../src/platform/json.ts'
import { createHeat } from '../../../../src/providers/openstack/heat/provider.ts'
import { createTokenCache } from '../../../../src/providers/http/token-cache.ts'
import type { Watch } from '../../../../src/providers/provider.ts'
import { FakeClock } from '../../../fake-clock.ts'
import {
  heatFault,
  PROJECT,
  startScriptedCloud,
  type ScriptedRequest,
  type ScriptedCloud,
  type ScriptedAnswer,
} from './scripted-cloud.ts'

const ROOT = '00000000-0000-0000-0000-000000000001'
const INNER = '00000000-0000-0000-0000-000000000002'
const ID = `arn:openstack:heat::${PROJECT}:stacks/root/${ROOT}`

let cloud: ScriptedCloud | undefined
afterEach(async () => {
  await cloud?.close()
})

interface Event {
  readonly name: string
  readonly status: string
  readonly reason?: string
  readonly physical?: string
  readonly type?: string
  readonly stack?: string
  readonly at?: string
}

/** `events`: oldest first, by stack id; a stack without an entry does not exist. */
function answering(
  events: Readonly<Record<string, readonly Event[]>>,
  resources: readonly JsonObject[] = [],
) {
  const names = new Map([
    [ROOT, 'root'],
    [INNER, 'root-outer-abc'],
  ])
  const missing = heatFault(404, 'EntityNotFound', 'The Stack (x) could not be found.')
  return ({ path }: ScriptedRequest): ScriptedAnswer => {
    const url = new URL(path, 'http://x')
    const parts = url.pathname.split('/stacks/')[1]?.split('/') ?? []
    const [first = '', id] = parts
    if (id === undefined)
      return events[first] === undefined
        ? missing
        : {
            status: 302,
            headers: { Location: `http://x/v1/p/stacks/${names.get(first) ?? ''}/${first}` },
            body: '',
          }
    const all = [...(events[id] ?? [])].reverse().map((event, index) => written(event, id, String(index)))
    if (parts.length > 4) return { status: 200, body: { event: all[Number(parts[5])] ?? null } }
    if (parts[2] === 'resources') return { status: 200, body: { resources } }
    const from = url.searchParams.get('marker')
    const start = from === null ? 0 : all.findIndex((event) => event.id === from) + 1
    const page = all.slice(start, start + Number(url.searchParams.get('limit')))
    return { status: 200, body: { events: page.map(asListed) } }
  }
}

/** Lists omit the type. */
function asListed(event: ReturnType<typeof written>): JsonObject {
  return Object.fromEntries(Object.entries(event).filter(([name]) => name !== 'resource_type'))
}

function written({ name, status, reason, physical, type, stack, at }: Event, id: string, index: string) {
  return {
    id: index,
    event_time: at ?? '2026-01-01T00:00:00Z',
    resource_name: name,
    resource_status: status,
    resource_status_reason: reason ?? 'state changed',
    physical_resource_id: physical ?? null,
    resource_type: type ?? 'OS::Heat::TestResource',
    links: [{ rel: 'stack', href: `http://x/v1/p/stacks/n/${stack ?? id}` }],
  }
}

async function sessionOn(answer: (asked: ScriptedRequest) => ScriptedAnswer) {
  cloud = await startScriptedCloud(new FakeClock(Date.UTC(2026, 0, 1)), answer)
  const opened = await createHeat(createTokenCache()).open(
    {
      kind: 'create',
      owner: { rosStackId: 'r', rosStackName: 'r', logicalResourceId: 'A' },
      requestId: 'r',
      properties: { ...cloud.properties, Stack: { Template: 'x' } },
      fingerprint: 'f',
    },
    cloud.surroundings,
  )
  if (!opened.ok) throw new Error('not opened')
  return opened.session
}

const watch = (kind: Watch['kind']): Watch => ({
  kind,
  stack: { id: ID, name: 'root' },
  marker: { startedAt: 0 },
})
const root = (status: string, reason?: string): Event => ({
  name: 'root',
  physical: ROOT,
  status,
  ...(reason === undefined ? {} : { reason }),
})

describe('the reason of a failure', () => {
  it('is the first resource that failed, and not one that was stopped because of it', async () => {
    const session = await sessionOn(
      answering({
        [ROOT]: [
          root('CREATE_IN_PROGRESS'),
          { name: 'stopped', status: 'CREATE_FAILED', reason: 'CREATE aborted (user triggered cancel)' },
          { name: 'culprit', status: 'CREATE_FAILED', reason: 'ValueError: No planted-password' },
          { name: 'later', status: 'CREATE_FAILED', reason: 'ValueError: later' },
          root('CREATE_FAILED', 'Resource CREATE failed: …'),
          root('ROLLBACK_IN_PROGRESS', 'Stack ROLLBACK started'),
        ],
      }),
    )
    cloud?.surroundings.secrets.add('planted-password')
    expect(await session.explain(watch('create'))).toEqual({
      cause: 'culprit (OS::Heat::TestResource): ValueError: No [secret]',
      latestEvent: 'root: Stack ROLLBACK started',
    })
  })

  it('is not one of an earlier operation', async () => {
    const session = await sessionOn(
      answering({
        [ROOT]: [
          root('CREATE_IN_PROGRESS'),
          { name: 'old', status: 'CREATE_FAILED', reason: 'long ago' },
          root('UPDATE_IN_PROGRESS'),
          { name: 'new', status: 'UPDATE_FAILED', reason: 'just now' },
        ],
      }),
    )
    expect((await session.explain(watch('update'))).cause).toBe('new (OS::Heat::TestResource): just now')
  })

  it('is found on a later page', async () => {
    const noise = Array.from({ length: 450 }, (_, index) => ({
      name: `n${String(index)}`,
      status: 'CREATE_COMPLETE',
    }))
    const session = await sessionOn(
      answering({
        [ROOT]: [
          root('CREATE_IN_PROGRESS'),
          { name: 'early', status: 'CREATE_FAILED', reason: 'first' },
          ...noise,
        ],
      }),
    )
    expect((await session.explain(watch('create'))).cause).toBe('early (OS::Heat::TestResource): first')
  })

  it('has the path within a nested stack, even after a rollback deleted that stack', async () => {
    const session = await sessionOn(
      answering({
        [ROOT]: [
          root('CREATE_IN_PROGRESS'),
          { name: 'outer', status: 'CREATE_FAILED', physical: INNER, reason: 'wrapped' },
        ],
        [INNER]: [
          { name: 'root-outer-abc', physical: INNER, status: 'CREATE_IN_PROGRESS' },
          { name: 'leaf', status: 'CREATE_FAILED', reason: 'broken', type: 'OS::Nova::Server' },
          {
            name: 'root-outer-abc',
            physical: INNER,
            status: 'CREATE_FAILED',
            reason: 'Resource CREATE failed',
          },
          { name: 'leaf', status: 'DELETE_COMPLETE' },
        ],
      }),
    )
    expect((await session.explain(watch('create'))).cause).toBe('outer/leaf (OS::Nova::Server): broken')
  })

  it('of a server with an id like a stack’s is its own', async () => {
    const server: Event = {
      name: 'vm',
      status: 'CREATE_FAILED',
      physical: INNER,
      reason: 'No valid host',
      type: 'OS::Nova::Server',
    }
    const session = await sessionOn(answering({ [ROOT]: [root('CREATE_IN_PROGRESS'), server] }))
    expect((await session.explain(watch('create'))).cause).toBe('vm (OS::Nova::Server): No valid host')
  })

  it("is the stack's own where no resource failed, and absent where nothing failed", async () => {
    const timedOut = [root('CREATE_IN_PROGRESS'), root('CREATE_FAILED', 'Timed out')]
    expect((await (await sessionOn(answering({ [ROOT]: timedOut }))).explain(watch('create'))).cause).toBe(
      'Timed out',
    )
    await cloud?.close()
    const fine = await (
      await sessionOn(answering({ [ROOT]: [root('CREATE_IN_PROGRESS')] }))
    ).explain(watch('create'))
    expect(fine).toEqual({ latestEvent: 'root: CREATE_IN_PROGRESS' })
  })
})

describe('the events of a stack', () => {
  it('are oldest first, with paths and types, and none from before', async () => {
    const session = await sessionOn(
      answering(
        {
          [ROOT]: [
            { ...root('CREATE_COMPLETE'), at: '2025-12-31T00:00:00Z' },
            { ...root('UPDATE_IN_PROGRESS', 'Stack UPDATE started'), at: '2026-01-01T00:00:01Z' },
            { name: 'outer', status: 'UPDATE_IN_PROGRESS', physical: INNER, at: '2026-01-01T00:00:02Z' },
            {
              name: 'leaf',
              status: 'UPDATE_FAILED',
              reason: 'broken',
              stack: INNER,
              at: '2026-01-01T00:00:03Z',
            },
            {
              name: 'inner',
              status: 'UPDATE_FAILED',
              physical: INNER,
              stack: INNER,
              at: '2026-01-01T00:00:03Z',
            },
          ],
        },
        [
          {
            resource_name: 'outer',
            resource_type: 'inner.yaml',
            physical_resource_id: INNER,
            links: [{ rel: 'stack', href: `http://x/v1/p/stacks/n/${ROOT}` }],
          },
          {
            resource_name: 'leaf',
            resource_type: 'OS::Nova::Server',
            links: [{ rel: 'stack', href: `http://x/v1/p/stacks/n/${INNER}` }],
          },
        ],
      ),
    )
    const events = await session.events({ id: ID, name: 'root' }, Date.UTC(2026, 0, 1))
    expect(events.map(({ resource, type, status, reason }) => [resource, type, status, reason])).toEqual([
      ['root', 'OS::Heat::Stack', 'UPDATE_IN_PROGRESS', 'Stack UPDATE started'],
      ['outer', 'inner.yaml', 'UPDATE_IN_PROGRESS', undefined],
      ['outer/leaf', 'OS::Nova::Server', 'UPDATE_FAILED', 'broken'],
      ['outer', 'OS::Heat::Stack', 'UPDATE_FAILED', undefined],
    ])
  })
})
