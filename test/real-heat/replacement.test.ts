import { describe, expect, it } from 'vitest'
import type { JsonObject, JsonValue } from '../../src/platform/json.ts'
import { agree, hot, test } from './both-heats.ts'

/**
 * Updates that change resources in place, replace them, and roll that back, in a real Heat and in the embedded one: the same
 * previews, and the same events of each resource.
 */

const thing = (value: JsonValue, properties: JsonObject = {}): JsonObject => ({
  type: 'OS::Heat::TestResource',
  properties: { value, ...properties },
})
const random = (properties: JsonObject): JsonObject => ({ type: 'OS::Heat::RandomString', properties })
const config = (type: string, properties: JsonObject): JsonObject => ({
  type: `OS::Heat::${type}`,
  properties,
})
const group = (index: string, count: number): JsonObject => ({
  type: 'OS::Heat::ResourceGroup',
  properties: { count, index_var: index, resource_def: test(`x${index}`) },
})
const chain = (value: string): JsonObject => ({
  type: 'OS::Heat::ResourceChain',
  properties: { resources: ['OS::Heat::TestResource'], resource_properties: { value } },
})
const OF_A = { get_attr: ['a', 'output'] }

interface Scenario {
  readonly what: string
  readonly resources: readonly JsonObject[]
  readonly status: string
  readonly disable_rollback?: boolean
}

const scenarios: readonly Scenario[] = [
  {
    what: 'a property that cannot be updated, and a resource that refers to the replaced one',
    resources: [
      { a: random({ length: 8 }), b: thing({ get_resource: 'a' }) },
      { a: random({ length: 9 }), b: thing({ get_resource: 'a' }) },
    ],
    status: 'UPDATE_COMPLETE',
  },
  {
    what: 'replacements that depend on each other',
    resources: ['1', '2'].map((id) => ({
      a: thing('v', { update_replace_value: id }),
      b: thing(OF_A, { update_replace_value: { get_resource: 'a' } }),
    })),
    status: 'UPDATE_COMPLETE',
  },
  {
    what: 'another type',
    resources: [{ a: random({ length: 8 }) }, { a: config('Value', { value: 'x' }) }],
    status: 'UPDATE_COMPLETE',
  },
  {
    what: 'software configurations, which are never updated',
    resources: ['x', 'y'].map((one) => ({
      a: config('SoftwareConfig', { config: one }),
      b: config('StructuredConfig', { config: { one } }),
      c: config('MultipartMime', { parts: [{ config: one }] }),
      d: config('CloudConfig', { cloud_config: { one } }),
    })),
    status: 'UPDATE_COMPLETE',
  },
  {
    what: 'a property of a group that cannot be updated',
    resources: [
      { a: group('%i%', 1), b: chain('x') },
      { a: group('%j%', 1), b: chain('y') },
    ],
    status: 'UPDATE_COMPLETE',
  },
  {
    what: 'a group that grows, and one that stays',
    resources: [
      { a: group('%i%', 1), b: group('%i%', 1) },
      { a: group('%i%', 2), b: group('%i%', 1) },
    ],
    status: 'UPDATE_COMPLETE',
  },
  {
    what: 'properties that can be updated, and metadata',
    resources: [
      {
        a: thing('v'),
        b: config('Value', { value: 'x' }),
        c: { ...random({ length: 8 }), metadata: { m: 1 } },
      },
      {
        a: thing('w'),
        b: config('Value', { value: 'y' }),
        c: { ...random({ length: 8 }), metadata: { m: 2 } },
      },
    ],
    status: 'UPDATE_COMPLETE',
  },
  {
    what: 'the same value of another type',
    resources: [{ a: random({ length: 8 }) }, { a: random({ length: '8' }) }],
    status: 'UPDATE_COMPLETE',
  },
  {
    what: 'a type that decides by its values',
    resources: [{ a: thing('v') }, { a: thing('w', { update_replace: true }) }],
    status: 'UPDATE_COMPLETE',
  },
  {
    what: 'a placeholder',
    resources: [{ a: config('None', { x: 1 }) }, { a: config('None', { x: 2 }) }],
    status: 'UPDATE_COMPLETE',
  },
  {
    what: 'a replacement that fails',
    resources: [
      { a: thing('v', { update_replace_value: '1' }) },
      { a: thing('v', { update_replace_value: '2', fail: true }) },
    ],
    status: 'UPDATE_FAILED',
  },
  {
    what: 'a replacement that fails and is rolled back',
    resources: [
      { a: thing('v', { update_replace_value: '1' }) },
      { a: thing('v', { update_replace_value: '2', fail: true }) },
    ],
    status: 'ROLLBACK_COMPLETE',
    disable_rollback: false,
  },
  {
    what: 'a later failure that rolls a replacement back',
    resources: [
      { a: thing('v', { update_replace_value: '1' }), b: thing(OF_A) },
      {
        a: thing('v', { update_replace_value: '2' }),
        b: { ...thing('z', { fail: true }), depends_on: 'a' },
      },
    ],
    status: 'ROLLBACK_COMPLETE',
    disable_rollback: false,
  },
  {
    what: 'a resource whose update has failed',
    resources: [{ a: thing('v') }, { a: thing('w', { fail: true }) }, { a: thing('w') }],
    status: 'UPDATE_COMPLETE',
  },
  {
    what: 'a resource whose replacement has failed, and the old one stands',
    resources: [
      { a: thing('v', { update_replace_value: '1' }) },
      { a: thing('v', { update_replace_value: '2', fail: true }) },
      { a: thing('v', { update_replace_value: '1' }) },
    ],
    status: 'UPDATE_COMPLETE',
  },
]

// The timing of a real Heat differs: a poll may see a status before its events.
describe('the embedded Heat updates and replaces as the real one', { retry: 1 }, () => {
  it.each(scenarios)('$what', async ({ resources, status, disable_rollback = true }) => {
    const [real] = await agree(async (heat) => {
      const [first = {}, ...updates] = resources
      const path = await heat.create(`replaced${heat.run}`, {
        template: hot({ resources: first }),
        disable_rollback,
      })
      await heat.settled(path)
      for (const [index, update] of updates.entries()) {
        const template = hot({ resources: update })
        await heat.previewed(path, template)
        await heat.note('PUT', path, { template })
        await heat.settled(path, index + 1 === updates.length ? new RegExp(`^${status}$`) : undefined)
      }
      await heat.eventsByResource(path)
      await heat.note('DELETE', path)
    })
    expect(JSON.stringify(real)).toContain(status)
  })
})
