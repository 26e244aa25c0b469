import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { completeEvent } from '../../src/cli/event-file.ts'
import { createLocalBridge } from '../../src/cli/local-bridge.ts'
import { AWS_TYPE, HEAT_TYPE, startSandboxClouds, type SandboxClouds } from '../../src/cli/sandbox-clouds.ts'
import { openTarget } from '../../src/cli/target.ts'
import { systemClock } from '../../src/platform/clock.ts'
import type { JsonObject } from '../../src/platform/json.ts'
import { startSandboxCloudFormation } from '../../src/sandbox/aws/cloudformation/server.ts'
import { FakeClock } from '../fake-clock.ts'
import { reportsIn, run } from './built-cli.ts'

/** The embedded clouds in this process, and the command in another: as a person watches what the function does. */

let folder: string
let clouds: SandboxClouds
const bridge = createLocalBridge({ environment: {} })

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'stackbridge-watch-'))
  clouds = await startSandboxClouds({ resourceDelayMs: 2000 })
})
afterAll(async () => {
  await Promise.all([clouds.close(), bridge.close(), rm(folder, { recursive: true, force: true })])
})

const openStackEnvironment = () =>
  clouds.connections.find(({ cloud }) => cloud === 'openstack')?.environment ?? {}

/** Begins a stack, and gives the event file for it and its id. */
async function begun(resourceType: string, name: string, template: JsonObject, more: JsonObject = {}) {
  const properties = clouds.pointed(resourceType, { Stack: { Name: name, Template: template } })
  const event = { ResourceType: resourceType, ResourceProperties: { ...properties, ...more } }
  const file = join(folder, `${name}.json`)
  await writeFile(file, JSON.stringify(event))
  const target = await openTarget(completeEvent(event), 'as-asked', bridge.surroundings())
  if (!target.ok) throw new Error(target.problems.join('; '))
  const created = await target.session.create()
  if (created.outcome !== 'started') throw new Error(`not started: ${created.outcome}`)
  return { file, id: created.watch.stack.id }
}

const bucket = (more: JsonObject = {}): JsonObject => ({
  Resources: { Thing: { Type: 'Sandbox::Resource', Properties: more } },
})

describe('stackbridge watch', () => {
  it('shows the events of a stack that another process made, until it has settled', async () => {
    // The stack goes on when it is being watched, and not before, however long a process takes to start.
    const clock = new FakeClock(systemClock.now())
    const aws = await startSandboxCloudFormation({ clock, signatureClock: systemClock })
    const { file, id } = await begun(AWS_TYPE, 'watched', bucket(), { Endpoint: aws.url })
    const { code, stdout, stderr } = await run(['watch', file], '', {}, (printed) => {
      if (printed.includes('watching')) void clock.advance(1000)
    })
    await aws.close()
    expect(stdout).toMatch(/watching +watched: CREATE_IN_PROGRESS/)
    expect(stdout).toMatch(/CREATE_COMPLETE +Thing Sandbox::Resource/)
    expect(stdout).toMatch(/settled +CREATE_COMPLETE\n$/)
    expect(stdout).toContain(id)
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
  })

  it('takes the stack that --id names, and ends with 1 for one that fails', async () => {
    const template = bucket({ FailOn: 'create', Message: 'quota exceeded' })
    const { file, id } = await begun(AWS_TYPE, 'doomed', template)
    const { code, stdout } = await run(['watch', file, '--id', id, '--json'])
    const reports = reportsIn(stdout)
    expect(reports).toContainEqual(expect.objectContaining({ type: 'stack-event', reason: 'quota exceeded' }))
    expect(reports.at(-1)).toMatchObject({ type: 'settled', outcome: 'failed', stackId: id })
    expect(code).toBe(1)
  })

  it('finds an OpenStack cloud by the environment, and its stack by the id alone', async () => {
    const template = {
      heat_template_version: '2018-08-31',
      resources: { thing: { type: 'OS::Heat::TestResource' } },
    }
    const { id } = await begun(HEAT_TYPE, 'watched-heat', template)
    const { code, stdout } = await run(['watch', '--id', id], '', openStackEnvironment())
    expect(stdout).toMatch(/settled +CREATE_COMPLETE\n$/)
    expect(code).toBe(0)
  })

  it('ends with 1 where there is no such stack', async () => {
    const event = clouds.pointedEvent({ ResourceProperties: { Stack: { Name: 'nowhere' } } })
    const { code, stdout } = await run(['watch', '-'], JSON.stringify(event))
    expect(stdout).toMatch(/settled +there is no such stack/)
    expect(code).toBe(1)
  })

  it('ends with 1 and the way to the cause where the cloud does not let it in', async () => {
    const aws = clouds.connections.find(({ cloud }) => cloud === 'aws')?.environment ?? {}
    const id = 'arn:aws:cloudformation:us-east-1:123456789012:stack/a/00000000-0000-4000-8000-000000000001'
    const { code, stderr } = await run(['watch', '--id', id], '', {
      ...aws,
      AWS_ACCESS_KEY_ID: 'AKIAUNKNOWN',
    })
    expect(stderr).toMatch(/^stackbridge: .*; stackbridge doctor shows what is missing\n$/)
    expect(code).toBe(1)
  })

  it.each([
    ['nothing to watch', ['watch'], 'give an event file, or --id'],
    ['an id that names no cloud', ['watch', '--id', 'abc'], 'give --type with a resource type'],
    ['no way to reach the cloud', ['watch', '--id', 'x', '--type', HEAT_TYPE], 'Auth is missing'],
    ['minutes that are none', ['watch', '-', '--since', 'noon'], 'whole number of minutes'],
  ])('ends with 2 and one line for %s', async (_name, args, message) => {
    const { code, stderr } = await run(args)
    expect(stderr).toContain(message)
    expect(stderr.trimEnd().split('\n')).toHaveLength(1)
    expect(code).toBe(2)
  })
})
