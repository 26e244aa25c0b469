import { describe, expect, it } from 'vitest'
import { plannedUpdate } from '../../../../src/providers/openstack/heat/preview.ts'
import type {
  ChangedResource,
  ResourceChanges,
} from '../../../../src/providers/openstack/heat/response-schemas.ts'

const NOTHING: ResourceChanges = { added: [], updated: [], replaced: [], deleted: [] }

interface Given {
  readonly type?: string
  /** The id of the stack that it is in. */
  readonly in?: string
  readonly parent?: string
  /** The id of the nested stack that it is. */
  readonly nested?: string
}

function resource(
  name: string,
  { type = 'OS::Heat::TestResource', in: stack = 'root', parent, nested }: Given,
) {
  return {
    resource_name: name,
    resource_type: type,
    stack_identity: { stack_id: stack },
    ...(parent === undefined ? {} : { parent_resource: parent }),
    ...(nested === undefined ? {} : { nested_stack_id: { stack_id: nested } }),
  } satisfies ChangedResource
}

const planned = (changes: Partial<ResourceChanges>, idle: Partial<ResourceChanges> = {}) =>
  plannedUpdate(
    { changes: { ...NOTHING, ...changes }, nested: true },
    { changes: { ...NOTHING, ...idle }, nested: true },
  )

describe('the plan of a Heat update', () => {
  it('marks as certain only what Heat does not also list if nothing changes', () => {
    const [one, two] = [resource('one', {}), resource('two', {})]
    const plan = planned({ replaced: [one, two] }, { replaced: [two], updated: [one] })
    expect(plan.changes).toMatchObject([
      { action: 'replace', resource: 'one' },
      { action: 'change', resource: 'two', mayReplace: true },
    ])
    expect(plan.hasDoubtful).toBe(true)
    expect(planned({ replaced: [one] }, { replaced: [two] }).hasDoubtful).toBe(false)
  })

  it('does not report the changes inside a nested stack, since Heat does not compute them', () => {
    const remote = resource('remote', { type: 'OS::Heat::Stack' })
    expect(planned({ updated: [remote] }, { updated: [remote] }).changes).toMatchObject([
      { action: 'unknown', resource: 'remote' },
    ])
  })

  it('ends for nested stacks that contain each other or themselves, as no Heat should answer', () => {
    const own = resource('own', { in: 'a', nested: 'a', parent: 'own' })
    const [left, right] = [
      resource('left', { in: 'r', nested: 'l' }),
      resource('right', { in: 'l', nested: 'r' }),
    ]
    const leaf = resource('leaf', { in: 'l' })
    const { changes } = planned({ updated: [own, left, right], replaced: [leaf] })
    expect(changes.map((change) => change.resource)).toContain('right/left/leaf')
  })

  it('finds a change in one of many nested stacks', () => {
    const numbers = Array.from({ length: 2000 }, (_, index) => String(index))
    const stacks = numbers.map((id) => resource(`n${id}`, { nested: id }))
    const leaves = numbers.flatMap((id) => ['a', 'b', 'c'].map((name) => resource(name, { in: id })))
    const { changes } = planned({ updated: stacks, deleted: leaves.slice(0, 3) })
    expect(changes).toHaveLength(4)
    expect(changes.at(-1)).toMatchObject({ action: 'remove', resource: 'n0/c' })
  })
})
