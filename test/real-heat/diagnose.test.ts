import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { completeEvent } from '../../src/cli/event-file.ts'
import { createLocalBridge } from '../../src/cli/local-bridge/local-bridge.ts'
import { openTarget } from '../../src/cli/target.ts'
import type { JsonObject } from '../../src/platform/json.ts'
import type { StackRef } from '../../src/providers/provider.ts'
import { startSandboxOpenStack, type SandboxOpenStack } from '../../src/sandbox/openstack/server.ts'
import { readDiagnosis, type Read } from '../cli/diagnose/diagnosed.ts'
import { auth } from './native-api.ts'
import { heatConnection } from '../embedded-connections.ts'

/** Compares the diagnoses of a real Heat and of the embedded one. There is no Nova: no server can fail here. */

let embedded: SandboxOpenStack
const bridge = createLocalBridge({ environment: {} })

beforeAll(async () => {
  embedded = await startSandboxOpenStack()
})
afterAll(() => Promise.all([embedded.close(), bridge.close()]))

const connections = (): readonly (readonly [string, JsonObject])[] => [
  ['real', { Auth: auth, RegionName: 'RegionOne' }],
  ['embedded', heatConnection(embedded)],
]

const hot = (resources: JsonObject): string =>
  JSON.stringify({ heat_template_version: '2018-08-31', resources })
const FILES = {
  'leaf.yaml': hot({ leaf: { type: 'OS::Heat::TestResource', properties: { value: 'x', fail: true } } }),
  'middle.yaml': hot({ deep: { type: 'leaf.yaml' } }),
}
const TEMPLATE = hot({ inner: { type: 'middle.yaml' } })

/** Creates the stack, diagnoses it at this status, and then deletes it. */
async function diagnosisOf(connection: JsonObject, rollsBack: boolean): Promise<Read> {
  const Stack = {
    ...{ Name: rollsBack ? 'diagnosed-back' : 'diagnosed', Template: TEMPLATE, Files: FILES },
    DisableRollback: !rollsBack,
  }
  const event = completeEvent({
    ResourceType: 'Custom::HeatStack',
    ResourceProperties: { ...connection, Stack },
  })
  const target = await openTarget(event, 'operate', bridge.surroundings())
  if (!target.ok) throw new Error(target.problems.join('; '))
  const { session } = target
  const created = await session.create()
  if (created.outcome !== 'started') throw new Error(created.outcome)
  const { watch } = created
  const end = rollsBack ? 'ROLLBACK_COMPLETE' : 'CREATE_FAILED'
  const statusOf = async () => {
    const seen = await session.describe(watch)
    return 'status' in seen ? seen.status : seen.phase
  }
  await expect.poll(statusOf, { timeout: 60_000, interval: 500 }).toBe(end)
  const read = await readDiagnosis({ ...event, PhysicalResourceId: watch.stack.id })
  await remove(event, watch.stack)
  return read
}

async function remove(event: JsonObject, { id }: StackRef): Promise<void> {
  const deletion = { ...event, RequestType: 'Delete', PhysicalResourceId: id }
  const target = await openTarget(deletion, 'operate', bridge.surroundings())
  if (!target.ok) throw new Error(target.problems.join('; '))
  const found = await target.session.find()
  if (found.found !== true) return
  await target.session.delete(found.stack, 0)
  await expect.poll(async () => (await target.session.find()).found, { timeout: 60_000 }).toBe(false)
}

describe('stackbridge diagnose on a real Heat', () => {
  it.each([
    ['kept', false],
    ['rolled back', true],
  ])(
    'finds the failure three stacks deep in one that was %s, as on the embedded one',
    async (_, rollsBack) => {
      const shapes = new Map<string, unknown>()
      for (const [name, connection] of connections()) {
        const read = await diagnosisOf(connection, rollsBack)
        const { failures, missing } = read
        expect(missing, name).toEqual([])
        expect(failures[0], name).toMatchObject({ path: 'inner/deep/leaf', isConsequence: false })
        expect(failures[0]?.history.map(({ status }) => status).slice(0, 2), name).toEqual([
          'CREATE_IN_PROGRESS',
          'CREATE_FAILED',
        ])
        shapes.set(name, failures.map(({ path, isConsequence }) => `${path} ${String(isConsequence)}`).sort())
      }
      expect(shapes.get('embedded')).toEqual(shapes.get('real'))
    },
  )
})
