import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { describe, expect, it } from 'vitest'
import type { JsonObject } from '../../src/platform/json.ts'
import type { SandboxResource } from '../../src/sandbox/ros/ros.ts'
import { refused, succeeded } from '../outcome-assertions.ts'
import { eachInAWorld, nothingIsLeft, one, parameters, template } from './heat-world.ts'
import { home, existing } from './native-api.ts'

const run = promisify(execFile)

const scene = eachInAWorld('load')

const resource = (stack: JsonObject, more: JsonObject = {}, logicalResourceId?: string): SandboxResource =>
  scene.resource(parameters(stack, more), logicalResourceId)

describe('one process', () => {
  const slow = (index: number) => one({ value: `slow-${String(index)}`, wait_secs: 2 + (index % 4) })

  async function life(index: number): Promise<string | undefined> {
    const id = `S${String(index)}`
    switch (index % 5) {
      case 0: {
        const made = resource({ Template: slow(index) }, {}, id)
        expect(succeeded(await made.create())).toEqual({ thing: `slow-${String(index)}` })
        succeeded(await made.delete())
        return made.physicalResourceId
      }
      case 1: {
        const made = resource({ Template: one({ fail: true }), DisableRollback: index % 2 === 0 }, {}, id)
        expect(refused(await made.create())).toMatch(/^thing \(OS::Heat::TestResource\)/)
        succeeded(await made.delete())
        return undefined
      }
      case 2: {
        const nested = {
          Template: { heat_template_version: '2018-08-31', resources: { inner: { type: 'leaf.yaml' } } },
          Files: { 'leaf.yaml': template({ leaf: { wait_secs: 1 } }) },
        }
        const made = resource(nested, {}, id)
        succeeded(await made.create())
        succeeded(await made.delete())
        return made.physicalResourceId
      }
      case 3: {
        const made = resource({ Template: one({ value: 'first' }) }, {}, id)
        succeeded(await made.create())
        for (const value of ['second', 'third'])
          expect(
            succeeded(await made.update(parameters({ Template: one({ value, wait_secs: 1 }) }))),
          ).toEqual({
            thing: value,
          })
        succeeded(await made.delete())
        return made.physicalResourceId
      }
      default: {
        const made = resource({ Template: one() }, {}, id)
        succeeded(await made.create())
        expect(refused(await made.update(parameters({ Template: one({ value: 'x', fail: true }) })))).toMatch(
          /^thing \(OS::Heat::TestResource\)/,
        )
        succeeded(await made.delete())
        return made.physicalResourceId
      }
    }
  }

  it(
    'manages fifty stacks at once, each to its own end, and leaves nothing behind',
    { timeout: 400_000 },
    async () => {
      const ids = await Promise.all(Array.from({ length: 50 }, (_, index) => life(index)))
      expect(new Set(ids.filter((id) => id !== undefined)).size).toBe(40)
      await nothingIsLeft()
    },
  )

  it('completes a Create during which Heat was stopped', { timeout: 200_000 }, async () => {
    const script = fileURLToPath(new URL('real-heat', import.meta.url))
    const env = { ...process.env, REAL_HEAT_HOME: home }
    const made = resource({ Template: one({ wait_secs: 6 }) })
    const creating = made.create()
    await expect
      .poll(async () => (await existing()).length, { timeout: 20_000, interval: 500 })
      .toBeGreaterThan(0)
    await run(script, ['stop'], { env })
    await new Promise((resolve) => setTimeout(resolve, 20_000))
    await run(script, ['start'], { env })
    expect(succeeded(await creating)).toEqual({ thing: 'hello' })
    succeeded(await made.delete())
    await nothingIsLeft()
  })
})
