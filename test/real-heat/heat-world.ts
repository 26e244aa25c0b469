import { request } from 'undici'
import * as v from 'valibot'
import { afterEach, beforeEach, expect, inject } from 'vitest'
import type { JsonObject } from '../../src/platform/json.ts'
import { SandboxResource } from '../../src/sandbox/ros/ros.ts'
import { startBridgeWorld, type BridgeWorld } from '../bridge-world.ts'
import { applicationCredential, auth, password, existing, token } from './native-api.ts'

const heat = inject('realHeat')

export const variable = (name: string): string => heat[name] ?? ''

const stackSchema = v.object({
  stack: v.object({ id: v.string(), stack_status: v.string(), tags: v.array(v.string()) }),
})

/** A direct call to Heat, without the bridge; `path` starts after the project. */
export async function asHeat(method: 'GET' | 'POST' | 'PUT' | 'DELETE', path: string, body?: JsonObject) {
  const answer = await request(`${variable('HEAT_URL')}${path}`, {
    method,
    headers: { 'content-type': 'application/json', 'x-auth-token': await token() },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  })
  const text = await answer.body.text()
  expect(answer.statusCode, text).toBeLessThan(400)
  return { text, location: String(answer.headers['location']) }
}

export async function stackNamed(name: string) {
  const { location } = await asHeat('GET', `/stacks/${name}`)
  const { text } = await asHeat('GET', location.slice(location.indexOf('/stacks/')))
  return v.parse(stackSchema, JSON.parse(text)).stack
}

export const statusOf = async (name: string): Promise<string> => (await stackNamed(name)).stack_status

/** `/stacks/<name>/<id>` and the name, of a PhysicalResourceId. */
export function placeOf(id: string | undefined): { readonly path: string; readonly name: string } {
  const [, name = '', uuid = ''] = (id ?? '').split('/')
  return { path: `/stacks/${name}/${uuid}`, name }
}

/** Heat shows a deleted stack for a short time. */
export const isGone = (name: string) => expect.poll(existing, { timeout: 10_000 }).not.toContain(name)
export const nothingIsLeft = () => expect.poll(existing, { timeout: 10_000 }).toEqual([])

/** A template of test resources, each with an output of the same name. */
export function template(resources: Readonly<Record<string, JsonObject>>): JsonObject {
  const entries = Object.entries(resources)
  return {
    heat_template_version: '2018-08-31',
    resources: Object.fromEntries(
      entries.map(([name, properties]) => [
        name,
        { type: 'OS::Heat::TestResource', properties: { value: 'hello', ...properties } },
      ]),
    ),
    outputs: Object.fromEntries(entries.map(([name]) => [name, { value: { get_attr: [name, 'output'] } }])),
  }
}

export const one = (properties: JsonObject = {}): JsonObject => template({ thing: properties })

export function parameters(stack: JsonObject, more: JsonObject = {}): JsonObject {
  return { Auth: auth, RegionName: 'RegionOne', Stack: stack, ...more }
}

/** A world for each test of a file; after the test no log may contain a secret. */
export function eachInAWorld(name: string) {
  let world: BridgeWorld
  let count = 0
  beforeEach(async () => {
    count += 1
    const environment = {
      STACKBRIDGE_POLL_MIN_MS: '200',
      STACKBRIDGE_POLL_MAX_MS: '500',
      STACKBRIDGE_ALLOW_ADOPTION: 'true',
    }
    world = await startBridgeWorld({ rollback: false, environment, stackName: `${name}-${String(count)}` })
  })
  afterEach(async () => {
    await world.close()
    expect(world.logged()).not.toContain(JSON.stringify(password))
    expect(world.logged()).not.toContain(applicationCredential['ApplicationCredentialSecret'])
  })
  return {
    get world() {
      return world
    },
    /** A name that is unique among the tests. */
    unique: (what: string) => `${what}-${name}-${String(count)}`,
    resource: (properties: JsonObject, logicalResourceId = 'Foreign', timeoutSeconds = 150) =>
      new SandboxResource(world.ros, {
        logicalResourceId,
        resourceType: 'Custom::HeatStack',
        parameters: properties,
        timeoutSeconds,
      }),
  }
}
