import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { JsonObject } from '../../../../src/platform/json.ts'
import { HuaweiFault } from '../../../../src/sandbox/huawei-cloud/fault.ts'
import type { SandboxStackSet } from '../../../../src/sandbox/huawei-cloud/rfs-stack-set/engine.ts'
import {
  startSandboxHuaweiCloud,
  type SandboxHuaweiCloud,
} from '../../../../src/sandbox/huawei-cloud/server.ts'
import { makeStackSet } from '../../../providers/huawei-cloud/stack-set-world.ts'

let cloud: SandboxHuaweiCloud
let set: SandboxStackSet

beforeEach(async () => {
  cloud = await startSandboxHuaweiCloud({ units: new Map([['ou-1', ['a', 'b']]]) })
  set = makeStackSet(cloud, 'self')
  makeStackSet(cloud, 'service', { permission_model: 'SERVICE_MANAGED' })
})
afterEach(() => cloud.close())

function ask(method: string, segments: string[], body: JsonObject = {}) {
  try {
    return cloud.stackSets.answer({ method, segments, query: new URLSearchParams(), body })
  } catch (error) {
    if (error instanceof HuaweiFault) return { status: error.status, body: error.message }
    throw error
  }
}

const make = (body: JsonObject, name = 'self') => ask('POST', [name, 'stack-instances'], body)
const idle = () => expect.poll(() => cloud.stackSets.engine.isBusy(set)).toBe(false)

const regions = ['cn-north-7']
const targets = (more: JsonObject): JsonObject => ({ deployment_targets: { regions, ...more } })
const one = targets({ domain_ids: ['a'] })

describe('the embedded stack sets', () => {
  it.each<[string, JsonObject, string]>([
    ['accounts from two sources', targets({ domain_ids: ['a'], domain_ids_uri: 'x' }), 'self'],
    ['no accounts', targets({}), 'self'],
    ['no regions', { deployment_targets: { regions: [], domain_ids: ['a'] } }, 'self'],
    ['units with self-managed permissions', targets({ organizational_unit_ids: ['ou-1'] }), 'self'],
    ['no units with service-managed permissions', one, 'service'],
    [
      'accounts without a filter',
      targets({ organizational_unit_ids: ['ou-1'], domain_ids: ['a'] }),
      'service',
    ],
    [
      'a union',
      targets({ organizational_unit_ids: ['ou-1'], domain_ids: ['c'], domain_id_filter_type: 'UNION' }),
      'service',
    ],
    ['a call identity of the other permission model', { ...one, call_identity: 'DELEGATED_ADMIN' }, 'self'],
    [
      'two tolerances',
      {
        ...one,
        operation_preferences: { failure_tolerance_count: 1, failure_tolerance_percentage: 1 },
      },
      'self',
    ],
    [
      'two concurrencies',
      { ...one, operation_preferences: { max_concurrent_count: 1, max_concurrent_percentage: 1 } },
      'self',
    ],
    [
      'an order in parallel',
      { ...one, operation_preferences: { region_concurrency_type: 'PARALLEL', region_order: regions } },
      'self',
    ],
    [
      'an order of other regions',
      { ...one, operation_preferences: { region_concurrency_type: 'SEQUENTIAL', region_order: ['x'] } },
      'self',
    ],
    ['a variable that the set does not have', { ...one, var_overrides: { vars_body: 'other = 1' } }, 'self'],
    ['not all variables of the set', { ...one, var_overrides: { vars_body: 'value = "x"' } }, 'self'],
    [
      'a duplicate variable',
      {
        ...one,
        var_overrides: { vars_body: 'value = "x"', use_stack_set_vars: ['value', 'fail', 'wait_seconds'] },
      },
      'self',
    ],
    ['the id of another set', { ...one, stack_set_id: '11111111-1111-4111-8111-111111111111' }, 'self'],
    ['an undocumented field', { ...one, unknown: 1 }, 'self'],
  ])('refuse instances with %s', (_, body, name) => {
    expect(make(body, name)).toMatchObject({ status: 400 })
    expect(set.instances.size).toBe(0)
  })

  it('run one operation at a time, unless the set allows parallel operations', async () => {
    expect(make(one)).toMatchObject({ status: 202 })
    expect(make(targets({ domain_ids: ['b'] }))).toMatchObject({ status: 403 })
    expect(ask('PATCH', ['self'], { stack_set_description: 'x' })).toMatchObject({ status: 403 })
    await idle()
    expect(ask('PATCH', ['self'], { managed_operation: { enable_parallel_operation: true } })).toEqual({
      status: 204,
    })
    expect(make(targets({ domain_ids: ['b'] }))).toMatchObject({ status: 202 })
    expect(make(targets({ domain_ids: ['c'] }))).toMatchObject({ status: 202 })
    await idle()
  })

  it('follow the order of regions, and cancel waiting instances once too many failed', async () => {
    cloud.stackSets.engine.failingDomains.set('a', 'no agency')
    make({
      deployment_targets: { regions: ['r1', 'r2'], domain_ids: ['a', 'b'] },
      operation_preferences: { region_concurrency_type: 'SEQUENTIAL', region_order: ['r2', 'r1'] },
    })
    await idle()
    expect(Object.fromEntries([...set.instances].map(([address, { status }]) => [address, status]))).toEqual({
      'r2/a': 'OPERATION_FAILED',
      'r2/b': 'CANCEL_COMPLETE',
      'r1/a': 'CANCEL_COMPLETE',
      'r1/b': 'CANCEL_COMPLETE',
    })
  })

  it('run the regions in parallel when the preferences ask for it', async () => {
    cloud.stackSets.engine.failingDomains.set('a', 'no agency')
    make({
      deployment_targets: { regions: ['r1', 'r2'], domain_ids: ['b', 'a', 'c'] },
      operation_preferences: { region_concurrency_type: 'PARALLEL', failure_tolerance_count: 1 },
    })
    await idle()
    const statuses = [...set.instances.values()].map(({ domainId, status }) => `${domainId} ${status}`)
    expect(statuses.filter((status) => status === 'a OPERATION_FAILED')).toHaveLength(2)
    expect(statuses.filter((status) => status.endsWith('OPERATION_COMPLETE'))).toHaveLength(4)
    expect([...set.operations.values()].map(({ status }) => status)).toEqual(['OPERATION_COMPLETE'])
  })

  it('delete and change only existing instances, and no set that still has instances', async () => {
    make(one)
    await idle()
    const other = targets({ domain_ids: ['z'] })
    expect(ask('POST', ['self', 'stack-instances', 'deletion'], other)).toMatchObject({ status: 400 })
    expect(ask('PATCH', ['self', 'stack-instances'], other)).toMatchObject({ status: 400 })
    expect(ask('DELETE', ['self'])).toMatchObject({ status: 403 })
    ask('POST', ['self', 'stack-instances', 'deletion'], one)
    await idle()
    expect(ask('DELETE', ['self'])).toEqual({ status: 204 })
    expect(ask('GET', ['self', 'metadata'])).toMatchObject({ status: 404 })
  })

  it('require exactly the agencies of their permission model', () => {
    const body = { stack_set_name: 'x', template_body: 'variable "a" {}' }
    expect(ask('POST', [], body)).toMatchObject({ status: 400 })
    const agencies = { administration_agency_name: 'a', managed_agency_name: 'b' }
    expect(ask('POST', [], { ...body, ...agencies, administration_agency_urn: 'c' })).toMatchObject({
      status: 400,
    })
    expect(ask('POST', [], { ...body, ...agencies, permission_model: 'SERVICE_MANAGED' })).toMatchObject({
      status: 400,
    })
    expect(ask('POST', [], { ...body, ...agencies })).toMatchObject({ status: 201 })
    expect(ask('POST', [], { ...body, ...agencies })).toMatchObject({ status: 409 })
  })
})
