import { describe, expect, it } from 'vitest'
import type { JsonObject } from '../../src/platform/json.ts'
import { succeeded } from '../outcome-assertions.ts'
import { eachInAWorld, nothingIsLeft, parameters } from './heat-world.ts'

/** Resource types whose attributes Heat stores, and stacks within stacks. */

const scene = eachInAWorld('types')

interface Case {
  readonly what: string
  /** The stack's properties at its Create (1) and at its Update (2). */
  stack(version: 1 | 2): JsonObject
  readonly outputs: Readonly<Record<1 | 2, JsonObject>>
}

const VERSION = '2018-08-31'
const MEMBER = JSON.stringify({
  heat_template_version: VERSION,
  parameters: { value: { type: 'string' } },
  resources: { inner: { type: 'OS::Heat::Value', properties: { value: { get_param: 'value' } } } },
  outputs: { Value: { value: { get_attr: ['inner', 'value'] } } },
})

const cases: readonly Case[] = [
  {
    what: 'OS::Heat::Value',
    stack: (version) => ({
      Template: {
        heat_template_version: VERSION,
        resources: { thing: { type: 'OS::Heat::Value', properties: { value: `v${String(version)}` } } },
        outputs: { Value: { value: { get_attr: ['thing', 'value'] } } },
      },
    }),
    outputs: { 1: { Value: 'v1' }, 2: { Value: 'v2' } },
  },
  {
    what: 'OS::Heat::ResourceGroup',
    stack: (version) => ({
      Template: {
        heat_template_version: VERSION,
        resources: {
          group: {
            type: 'OS::Heat::ResourceGroup',
            properties: {
              count: version,
              resource_def: { type: 'OS::Heat::Value', properties: { value: 'member-%index%' } },
            },
          },
        },
        outputs: { Values: { value: { get_attr: ['group', 'value'] } } },
      },
    }),
    outputs: { 1: { Values: ['member-0'] }, 2: { Values: ['member-0', 'member-1'] } },
  },
  {
    what: 'a nested stack from Files',
    stack: (version) => ({
      Template: {
        heat_template_version: VERSION,
        resources: { nested: { type: 'member.yaml', properties: { value: `v${String(version)}` } } },
        outputs: { Value: { value: { get_attr: ['nested', 'Value'] } } },
      },
      Files: { 'member.yaml': MEMBER },
    }),
    outputs: { 1: { Value: 'v1' }, 2: { Value: 'v2' } },
  },
]

describe('a stack on a real Heat', () => {
  it.each(cases)('of $what is created, updated twice and deleted', async (one) => {
    const { outputs } = one
    const made = scene.resource(parameters(one.stack(1)))
    expect(succeeded(await made.create())).toEqual(outputs[1])
    expect(succeeded(await made.update(parameters(one.stack(2))))).toEqual(outputs[2])
    expect(succeeded(await made.update(parameters(one.stack(1))))).toEqual(outputs[1])
    succeeded(await made.delete())
    await nothingIsLeft()
  })

  it('of OS::Heat::RandomString gets another string if its length changes, and is deleted', async () => {
    const stack = (length: number): JsonObject => ({
      Template: {
        heat_template_version: VERSION,
        resources: { random: { type: 'OS::Heat::RandomString', properties: { length } } },
        outputs: { Value: { value: { get_attr: ['random', 'value'] } } },
      },
    })
    const made = scene.resource(parameters(stack(12)))
    expect(succeeded(await made.create())['Value']).toMatch(/^.{12}$/)
    expect(succeeded(await made.update(parameters(stack(20))))['Value']).toMatch(/^.{20}$/)
    succeeded(await made.delete())
    await nothingIsLeft()
  })
})
