import { request } from 'undici'
import * as v from 'valibot'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { asText, type JsonObject } from '../../src/platform/json.ts'
import type { DriftOutcome } from '../../src/providers/drift.ts'
import { startSandboxOpenStack, type SandboxOpenStack } from '../../src/sandbox/openstack/server.ts'
import { SandboxResource } from '../../src/sandbox/ros/ros.ts'
import { startBridgeWorld, type BridgeWorld } from '../bridge-world.ts'
import { driftOf } from '../drift-of.ts'
import { refused, succeeded } from '../outcome-assertions.ts'
import { realTime } from '../test-time.ts'
import { auth } from './native-api.ts'
import { heatConnection } from '../embedded-connections.ts'

/** Compares the checks of a real Heat and of the embedded one. */

let embedded: SandboxOpenStack
let world: BridgeWorld

beforeAll(async () => {
  embedded = await startSandboxOpenStack()
  const environment = { STACKBRIDGE_POLL_MIN_MS: '200', STACKBRIDGE_POLL_MAX_MS: '500' }
  world = await startBridgeWorld({ rollback: false, environment, stackName: 'drift' })
})
afterAll(() => Promise.all([embedded.close(), world.close()]))

const connections = (): JsonObject[] => [{ Auth: auth, RegionName: 'RegionOne' }, heatConnection(embedded)]

const LEAF = {
  heat_template_version: '2018-08-31',
  parameters: { text: { type: 'string', default: 'a' } },
  resources: {
    leaf: { type: 'OS::Heat::TestResource', properties: { value: { get_param: 'text' } } },
  },
}
const MIDDLE = { heat_template_version: '2018-08-31', resources: { inner: { type: 'leaf.yaml' } } }

const stack = (text: string): JsonObject => ({
  Name: 'drifting',
  Files: { 'leaf.yaml': JSON.stringify(LEAF), 'middle.yaml': JSON.stringify(MIDDLE) },
  Template: {
    heat_template_version: '2018-08-31',
    resources: {
      plain: { type: 'OS::Heat::TestResource', properties: { value: text } },
      deep: { type: 'middle.yaml' },
      same: { type: 'leaf.yaml' },
    },
  },
})

const sessionSchema = v.object({
  token: v.object({
    project: v.object({ id: v.string() }),
    catalog: v.array(
      v.object({
        type: v.string(),
        endpoints: v.array(v.object({ interface: v.string(), url: v.string() })),
      }),
    ),
  }),
})
const resourcesSchema = v.object({
  resources: v.array(v.object({ resource_name: v.string(), physical_resource_id: v.string() })),
})

/** Deletes a nested stack without Heat's knowledge, so that a check fails without a cloud of machines. */
async function deleteNested({ Auth }: JsonObject, path: readonly [string, string]): Promise<void> {
  const given = v.parse(v.record(v.string(), v.string()), Auth)
  const project =
    given['ProjectId'] === undefined
      ? { name: given['ProjectName'], domain: { name: given['ProjectDomainName'] } }
      : { id: given['ProjectId'] }
  const user = {
    name: given['Username'],
    domain: { name: given['UserDomainName'] },
    password: given['Password'],
  }
  const { headers, body } = await request(`${given['AuthUrl'] ?? ''}/auth/tokens`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({
      auth: { identity: { methods: ['password'], password: { user } }, scope: { project } },
    }),
  })
  const { token } = v.parse(sessionSchema, await body.json())
  const heat = token.catalog.find(({ type }) => type === 'orchestration')
  const url = heat?.endpoints.find((one) => one.interface === 'public')?.url ?? ''
  const call = (method: 'GET' | 'DELETE', place: string) =>
    request(`${url}${place}`, {
      method,
      headers: { 'x-auth-token': asText(headers['x-subject-token'] ?? '') },
    })
  const [first, second] = path
  const idOf = async (name: string, id: string, resource: string): Promise<string> => {
    const listed = v.parse(
      resourcesSchema,
      await (await call('GET', `/stacks/${name}/${id}/resources`)).body.json(),
    )
    return listed.resources.find((one) => one.resource_name === resource)?.physical_resource_id ?? ''
  }
  const located = await call('GET', '/stacks/drifting')
  const [, name = '', id = ''] =
    /\/stacks\/([^/]+)\/([^/?]+)/.exec(asText(String(located.headers['location']))) ?? []
  const outer = await idOf(name, id, first)
  const outerName = await nameOf(outer)
  const inner = await idOf(outerName, outer, second)
  const { statusCode } = await call('DELETE', `/stacks/${await nameOf(inner)}/${inner}`)
  expect(statusCode).toBe(204)
  const innerName = await nameOf(inner)
  for (let isThere = true; isThere; await realTime.clock.sleep(200)) {
    const shown = await call('GET', `/stacks/${innerName}/${inner}`)
    isThere = !/DELETE_COMPLETE|StackNotFound|EntityNotFound/.test(await shown.body.text())
  }

  async function nameOf(stackId: string): Promise<string> {
    const answer = await call('GET', `/stacks/${stackId}`)
    return /\/stacks\/([^/]+)\//.exec(String(answer.headers['location']))?.[1] ?? ''
  }
}

function inWords(drift: DriftOutcome): string[] {
  if (drift.outcome === 'impossible') return [drift.reason]
  return [...drift.drifted.map((one) => `${one.drift} ${one.resource}`).sort(), ...drift.notes]
}

async function driftReadings(connection: JsonObject): Promise<unknown[]> {
  const properties = (text: string, more: JsonObject = {}) => ({ ...connection, Stack: stack(text), ...more })
  const made = new SandboxResource(world.ros, {
    logicalResourceId: 'Drift',
    resourceType: 'Custom::HeatStack',
    parameters: properties('one'),
    timeoutSeconds: 150,
  })
  succeeded(await made.create())
  const event = {
    RequestType: 'Update',
    PhysicalResourceId: made.physicalResourceId ?? '',
    ResourceType: 'Custom::HeatStack',
    LogicalResourceId: 'Drift',
    StackId: world.ros.stackId,
    ResourceProperties: properties('one'),
  }
  const whole = inWords(await driftOf(event, realTime))
  const inSync = succeeded(await made.update(properties('two', { OnDrift: 'report' })))
  await deleteNested(connection, ['deep', 'inner'])
  const broken = inWords(await driftOf(event, realTime))
  const reason = refused(await made.update(properties('three', { OnDrift: 'refuse' })))
  const drifted = succeeded(await made.update(properties('three', { OnDrift: 'report' })))
  const mended = inWords(await driftOf(event, realTime))
  succeeded(await made.delete())
  return [whole, inSync, broken, reason.replace(/\([^)]*\)/g, '()'), drifted, mended]
}

const ONLY_HEALTH =
  'Heat checks whether resources exist and are healthy, not whether their properties were changed.'

/** Names of nested stacks have a random end, which differs between two Heats; ids are removed already. */
function withoutSuffixes(readings: unknown): unknown {
  const text = JSON.stringify(readings)
    .replaceAll(/-[a-z0-9]{12}\b/g, '-x')
    .replaceAll(/arn:openstack:heat::\w+:stacks\/drifting\/[\w-]+/g, 'arn')
  return JSON.parse(text)
}

describe('checks of Heat', () => {
  it('find missing resources inside nested stacks, equally on the real and the embedded Heat', async () => {
    const [real, sandbox] = await Promise.all(connections().map(driftReadings))
    const unchecked = (names: string) =>
      `Heat has not checked ${names}: it cannot check every type of resource.`
    const lost = /The Stack \(drifting-deep-.*\) could not be found/
    expect(real).toEqual([
      [unchecked('deep/inner/leaf, plain, same/leaf'), ONLY_HEALTH],
      { DriftStatus: 'IN_SYNC', DriftedResources: [] },
      [
        'unhealthy deep',
        'unhealthy deep/inner',
        expect.stringMatching(lost),
        expect.stringMatching(lost),
        expect.stringMatching(/^The next update replaces what has failed the check/),
        unchecked('plain, same/leaf'),
        ONLY_HEALTH,
      ],
      expect.stringMatching(/^The Update of stack drifting is refused.*: deep \(\), deep\/inner \(\)/),
      { DriftStatus: 'DRIFTED', DriftedResources: ['deep', 'deep/inner'] },
      [unchecked('deep/inner/leaf, plain, same/leaf'), ONLY_HEALTH],
    ])
    expect(withoutSuffixes(sandbox)).toEqual(withoutSuffixes(real))
  })

  it('are not made of a stack whose last operation has failed: Heat would take what failed for complete', async () => {
    for (const connection of connections()) {
      const made = new SandboxResource(world.ros, {
        logicalResourceId: 'Failed',
        resourceType: 'Custom::HeatStack',
        timeoutSeconds: 120,
        parameters: failing(connection, false),
      })
      succeeded(await made.create())
      refused(await made.update(failing(connection, true)))
      expect(refused(await made.update({ ...failing(connection, true), OnDrift: 'refuse' }))).toMatch(
        /UPDATE_FAILED/,
      )
      // Without its failure the resource would stay as it is, and the Update would succeed.
      expect(refused(await made.update({ ...failing(connection, true), OnDrift: 'report' }))).toMatch(/bad/)
      succeeded(await made.delete())
    }
  })
})

const failing = (connection: JsonObject, fails: boolean): JsonObject => ({
  ...connection,
  Stack: {
    Name: 'failing-check',
    Template: {
      heat_template_version: '2018-08-31',
      resources: {
        good: { type: 'OS::Heat::TestResource', properties: { value: 'a' } },
        ...(fails ? { bad: { type: 'OS::Heat::TestResource', properties: { value: 'b', fail: true } } } : {}),
      },
    },
  },
})
