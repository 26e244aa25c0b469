import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { completeEvent } from '../../src/cli/event-file.ts'
import { createLocalBridge } from '../../src/cli/local-bridge/local-bridge.ts'
import {
  AWS_TYPE,
  HEAT_TYPE,
  startSandboxClouds,
  type SandboxClouds,
} from '../../src/cli/sandbox-clouds/sandbox-clouds.ts'
import { openTarget } from '../../src/cli/target.ts'
import { systemClock } from '../../src/platform/clock.ts'
import type { JsonObject } from '../../src/platform/json.ts'
import { startSandboxCloudFormation } from '../../src/sandbox/aws/cloudformation/server.ts'
import { FakeClock } from '../fake-clock.ts'
import { reportsIn, run } from './built-cli.ts'

/** The embedded clouds run in this process and the command in another, as if a user follows an operation of the function. */

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

const HEAT_ID =
  'arn:openstack:heat::0123456789abcdef0123456789abcdef:stacks/net/00000000-0000-4000-8000-000000000001'

const openStackEnvironment = () =>
  clouds.connections.find(({ cloud }) => cloud === 'openstack')?.environment ?? {}

/** Starts to create a stack; returns its event file and its id. */
async function createStack(resourceType: string, name: string, template: JsonObject, more: JsonObject = {}) {
  const properties = clouds.connectedProperties(resourceType, { Stack: { Name: name, Template: template } })
  const event = { ResourceType: resourceType, ResourceProperties: { ...properties, ...more } }
  const file = join(folder, `${name}.json`)
  await writeFile(file, JSON.stringify(event))
  const target = await openTarget(completeEvent(event), 'operate', bridge.surroundings())
  if (!target.ok) throw new Error(target.problems.join('; '))
  const created = await target.session.create()
  if (created.outcome !== 'started') throw new Error(`not started: ${created.outcome}`)
  return { file, id: created.watch.stack.id }
}

const bucket = (more: JsonObject = {}): JsonObject => ({
  Resources: { Thing: { Type: 'Sandbox::Resource', Properties: more } },
})

describe('stackbridge watch', () => {
  it('shows the events of a stack that another process created, until the operation ends', async () => {
    // The clock advances only after the command has printed its first line, since a process can start slowly.
    const clock = new FakeClock(systemClock.now())
    const aws = await startSandboxCloudFormation({ clock, signatureClock: systemClock })
    const { file, id } = await createStack(AWS_TYPE, 'watched', bucket(), { Endpoint: aws.url })
    const { code, stdout, stderr } = await run(['watch', file], '', {}, (printed) => {
      if (printed.includes('watching')) void clock.advance(1000)
    })
    await aws.close()
    expect(stdout).toMatch(/watching watched {2}CREATE_IN_PROGRESS/)
    expect(stdout).toMatch(/CREATE_COMPLETE +Thing +Sandbox::Resource/)
    expect(stdout).toMatch(/settled +CREATE_COMPLETE\n$/)
    expect(stdout).toContain(id)
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
  })

  it('follows the stack of --id, and exits with 1 if the operation fails', async () => {
    const template = bucket({ FailOn: 'create', Message: 'quota exceeded' })
    const { file, id } = await createStack(AWS_TYPE, 'failing', template)
    const { code, stdout } = await run(['watch', file, '--id', id, '--json'])
    const reports = reportsIn(stdout)
    expect(reports).toContainEqual(expect.objectContaining({ type: 'stack-event', reason: 'quota exceeded' }))
    expect(reports.at(-1)).toMatchObject({ type: 'settled', outcome: 'failed', stackId: id })
    expect(code).toBe(1)
  })

  it('connects to OpenStack with the environment, and finds the stack with the id alone', async () => {
    const template = {
      heat_template_version: '2018-08-31',
      resources: { thing: { type: 'OS::Heat::TestResource' } },
    }
    const { id } = await createStack(HEAT_TYPE, 'watched-heat', template)
    const { code, stdout } = await run(['watch', '--id', id], '', openStackEnvironment())
    expect(stdout).toMatch(/settled +CREATE_COMPLETE\n$/)
    expect(code).toBe(0)
  })

  it('follows the stack that a read-only resource reads', async () => {
    const { id } = await createStack(AWS_TYPE, 'read', bucket())
    const { Stack, ...connection } = clouds.connectedProperties(AWS_TYPE, { Stack: { Name: 'read' } })
    for (const named of [{ Stack }, { StackId: id }]) {
      const event = {
        ResourceType: AWS_TYPE,
        ResourceProperties: { ...connection, ...named, Mode: 'read-only' },
      }
      const { code, stdout } = await run(['watch', '-'], JSON.stringify(event))
      expect(stdout).toMatch(/settled +CREATE_COMPLETE\n$/)
      expect(code).toBe(0)
    }
  })

  it('exits with 1 if there is no such stack', async () => {
    const event = clouds.connectedEvent({ ResourceProperties: { Stack: { Name: 'nowhere' } } })
    const { code, stdout } = await run(['watch', '-'], JSON.stringify(event))
    expect(stdout).toMatch(/settled +there is no such stack/)
    expect(code).toBe(1)
  })

  it('exits with 1 and names doctor if the cloud denies access', async () => {
    const aws = clouds.connections.find(({ cloud }) => cloud === 'aws')?.environment ?? {}
    const id = 'arn:aws:cloudformation:us-east-1:123456789012:stack/a/00000000-0000-4000-8000-000000000001'
    const { code, stderr } = await run(['watch', '--id', id], '', {
      ...aws,
      AWS_ACCESS_KEY_ID: 'AKIAUNKNOWN',
    })
    expect(stderr).toMatch(/^stackbridge: .*; stackbridge doctor checks credentials and permissions\n$/)
    expect(code).toBe(1)
  })

  it.each([
    ['no event file and no id', ['watch'], 'give an event file, or --id'],
    ['an id that does not name its cloud', ['watch', '--id', 'abc'], 'give --type with a resource type'],
    ['missing connection properties', ['watch', '--id', HEAT_ID], 'Auth is missing'],
    [
      'an id of another cloud',
      ['watch', '--id', HEAT_ID, '--type', 'Custom::RosStack'],
      'not the id of a stack of type',
    ],
    ['an id that is cut off', ['watch', '--id', HEAT_ID.slice(0, 40)], 'is not the id of a stack'],
    ['a --since that is not a number', ['watch', '-', '--since', 'noon'], 'whole number of minutes'],
  ])('exits with 2 and one line for %s', async (_name, args, message) => {
    const { code, stderr } = await run(args)
    expect(stderr).toContain(message)
    expect(stderr.trimEnd().split('\n')).toHaveLength(1)
    expect(code).toBe(2)
  })
})
