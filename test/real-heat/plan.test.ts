import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { JsonObject } from '../../src/platform/json.ts'
import type { PlanOutcome } from '../../src/providers/plan.ts'
import { startSandboxOpenStack, type SandboxOpenStack } from '../../src/sandbox/openstack/server.ts'
import { SandboxResource } from '../../src/sandbox/ros/ros.ts'
import { startBridgeWorld, type BridgeWorld } from '../bridge-world.ts'
import { succeeded } from '../outcome-assertions.ts'
import { planOf } from '../plan-of.ts'
import { realTime } from '../test-time.ts'
import { auth } from './native-api.ts'
import { heatConnection } from '../embedded-connections.ts'

/** Compares the plans of a real Heat and of the embedded one. */

let embedded: SandboxOpenStack
let world: BridgeWorld

beforeAll(async () => {
  embedded = await startSandboxOpenStack()
  const environment = { STACKBRIDGE_POLL_MIN_MS: '200', STACKBRIDGE_POLL_MAX_MS: '500' }
  world = await startBridgeWorld({ rollback: false, environment, stackName: 'plan' })
})
afterAll(() => Promise.all([embedded.close(), world.close()]))

const connections = (): JsonObject[] => [{ Auth: auth, RegionName: 'RegionOne' }, heatConnection(embedded)]

const value = (name: string): JsonObject => ({ get_param: name })
const LEAF = {
  heat_template_version: '2018-08-31',
  parameters: { v: { type: 'string' }, id: { type: 'string', default: 'one' } },
  resources: {
    leaf: {
      type: 'OS::Heat::TestResource',
      properties: { value: value('v'), update_replace_value: value('id') },
    },
  },
}
const MIDDLE = {
  heat_template_version: '2018-08-31',
  parameters: LEAF.parameters,
  resources: { inner: { type: 'leaf.yaml', properties: { v: value('v'), id: value('id') } } },
}

interface StackSpec {
  readonly v?: string
  readonly id?: string
  readonly own?: JsonObject
  readonly more?: JsonObject
  readonly without?: readonly string[]
}

function stack(
  name: string,
  { v = 'a', id = 'one', own = {}, more = {}, without = [] }: StackSpec,
): JsonObject {
  const resources = {
    own: { type: 'OS::Heat::TestResource', properties: { value: 'own', ...own } },
    text: { type: 'OS::Heat::RandomString', properties: { length: 8 } },
    deep: { type: 'middle.yaml', properties: { v, id } },
    same: { type: 'leaf.yaml', properties: { v: 'same' } },
    ...more,
  }
  return {
    Name: name,
    Files: { 'leaf.yaml': JSON.stringify(LEAF), 'middle.yaml': JSON.stringify(MIDDLE) },
    Template: {
      heat_template_version: '2018-08-31',
      resources: Object.fromEntries(Object.entries(resources).filter(([one]) => !without.includes(one))),
    },
  }
}

/** The plans of both Heats for each spec: the changes, their resources, and the notes. */
async function plansOf(
  connection: JsonObject,
  name: string,
  base: StackSpec,
  specs: readonly StackSpec[],
): Promise<string[][]> {
  const of = (properties: JsonObject): JsonObject => ({
    ResourceType: 'Custom::HeatStack',
    LogicalResourceId: 'Plan',
    StackId: world.ros.stackId,
    ResourceProperties: { ...connection, ...properties },
  })
  const fresh = await planOf(of({ Stack: stack(name, base) }), realTime)
  const made = new SandboxResource(world.ros, {
    logicalResourceId: 'Plan',
    resourceType: 'Custom::HeatStack',
    parameters: { ...connection, Stack: stack(name, base) },
    timeoutSeconds: 150,
  })
  succeeded(await made.create())
  const update = { RequestType: 'Update', PhysicalResourceId: made.physicalResourceId ?? '' }
  const plans = [fresh]
  for (const spec of specs)
    plans.push(await planOf({ ...of({ Stack: stack(name, spec) }), ...update }, realTime))
  succeeded(await made.delete())
  return plans.map(inWords)
}

const plansOfBoth = (name: string, base: StackSpec, specs: readonly StackSpec[]) =>
  Promise.all(connections().map((connection) => plansOf(connection, name, base, specs)))

function inWords(plan: PlanOutcome): string[] {
  if (plan.outcome === 'impossible') return [plan.reason]
  const changes = plan.changes.map(({ action, resource, mayReplace = false }) =>
    mayReplace ? `may replace ${resource}` : `${action} ${resource}`,
  )
  return [...changes.sort(), ...plan.notes]
}

describe('plans of Heat', () => {
  it('show the changes inside nested stacks, equally on the real and the embedded Heat', async () => {
    const specs: StackSpec[] = [
      {},
      { own: { value: 'other' } },
      { own: { update_replace_value: 'x' } },
      { v: 'b' },
      { id: 'two' },
      { more: { text: { type: 'OS::Heat::RandomString', properties: { length: 9 } } } },
      { more: { added: { type: 'OS::Heat::TestResource', properties: {} } } },
      { more: { added: { type: 'leaf.yaml', properties: { v: 'new' } } } },
      { more: { added: { type: 'middle.yaml', properties: { v: 'new' } } } },
      { without: ['deep'] },
    ]
    const [real, sandbox] = await plansOfBoth('planned', {}, specs)
    expect(real).toEqual([
      ['add deep/inner/leaf', 'add own', 'add same/leaf', 'add text'],
      [],
      ['change own'],
      ['replace own'],
      ['change deep', 'change deep/inner', 'change deep/inner/leaf'],
      ['change deep', 'change deep/inner', 'replace deep/inner/leaf'],
      ['replace text'],
      ['add added'],
      ['add added', 'add added/leaf'],
      ['add added', 'unknown deep', 'unknown same', expect.stringContaining('nested stacks')],
      ['remove deep', 'remove deep/inner', 'remove deep/inner/leaf'],
    ])
    expect(sandbox).toEqual(real)
  })

  it('say for resources that refer to others what Heat cannot know, also if nothing changes', async () => {
    const test = (properties: JsonObject): JsonObject => ({ type: 'OS::Heat::TestResource', properties })
    const base: StackSpec = {
      without: ['deep', 'same'],
      more: {
        mutable: test({ value: { get_resource: 'text' } }),
        immutable: test({ update_replace_value: { get_attr: ['text', 'value'] } }),
        inside: { type: 'leaf.yaml', properties: { v: 'v', id: { get_resource: 'text' } } },
      },
    }
    const specs: StackSpec[] = [
      base,
      { ...base, own: { update_replace_value: 'x' } },
      { without: ['deep', 'same'] },
    ]
    const [real, sandbox] = await plansOfBoth('referring', base, specs)
    const doubtful = ['change inside', 'change mutable', 'may replace immutable', 'may replace inside/leaf']
    const note = expect.stringContaining('references')
    expect(real?.slice(1)).toEqual([
      [...doubtful, note],
      [...doubtful, 'replace own', note],
      ['remove immutable', 'remove inside', 'remove inside/leaf', 'remove mutable'],
    ])
    expect(sandbox).toEqual(real)
  })
})
