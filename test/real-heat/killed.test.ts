import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import * as v from 'valibot'
import { bundleFunction } from '../../build/bundle.ts'
import { killAll, report, type KillableCloud } from '../e2e/killed-run.ts'
import { asHeat, one, parameters } from './heat-world.ts'

/** Like test/chaos/killed.test.ts, on a real Heat. */

const runs = Number(process.env['KILL_RUNS_REAL'] ?? 20)
const seed = Number(process.env['CHAOS_SEED'] ?? 1)

let built: string
beforeAll(async () => {
  built = await mkdtemp(join(tmpdir(), 'stackbridge-built-'))
  await bundleFunction(built)
})
afterAll(() => rm(built, { recursive: true, force: true }))

const listSchema = v.object({ stacks: v.array(v.object({ stack_status: v.string() })) })

async function stacksNamed(name: string): Promise<readonly string[]> {
  const { text } = await asHeat('GET', `/stacks?show_deleted=true&name=${name}`)
  return v.parse(listSchema, JSON.parse(text)).stacks.map(({ stack_status }) => stack_status)
}

const cloud: KillableCloud = {
  resourceType: 'Custom::HeatStack',
  parameters: (name) => {
    return parameters({
      Name: name,
      Template: {
        ...one({ wait_secs: 1 }),
        outputs: { Value: { value: { get_attr: ['thing', 'output'] } } },
      },
    })
  },
  made: async (name) => (await stacksNamed(name)).length,
  existing: async (name) => (await stacksNamed(name)).filter((status) => status !== 'DELETE_COMPLETE').length,
  close: () => Promise.resolve(),
}

it('answers every event correctly, whenever the function is killed', { timeout: 600_000 }, async () => {
  const { wrong, kills, repeated } = await killAll({ built, cloud, runs, seed })
  expect(wrong).toEqual([])
  console.log(report('a real Heat', { runs, kills, repeated, seed }))
  expect(kills).toBeGreaterThan(runs / 2)
})
