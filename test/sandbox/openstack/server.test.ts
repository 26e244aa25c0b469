import { request } from 'undici'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { JsonObject } from '../../../src/platform/json.ts'
import {
  SANDBOX_USER,
  startSandboxOpenStack,
  type SandboxOpenStack,
} from '../../../src/sandbox/openstack/server.ts'

/** Behaviours that the comparison with a real Heat omits: too slow there, or impossible to provoke. */

let now = Date.UTC(2026, 0, 1)
let cloud: SandboxOpenStack

beforeEach(async () => {
  const real = { sleep: (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms)) }
  cloud = await startSandboxOpenStack({
    clock: { now: () => now + performance.now(), ...real },
    tokenSeconds: 60,
  })
})
afterEach(() => cloud.close())

async function logIn(identity: JsonObject, scope?: JsonObject) {
  const response = await request(`${cloud.authUrl}/auth/tokens`, {
    method: 'POST',
    body: JSON.stringify({ auth: { identity, ...(scope === undefined ? {} : { scope }) } }),
  })
  await response.body.dump()
  return { status: response.statusCode, token: String(response.headers['x-subject-token']) }
}

const {
  name,
  password,
  projectId,
  applicationCredentialId: id,
  applicationCredentialSecret: secret,
} = SANDBOX_USER
const byPassword: JsonObject = {
  methods: ['password'],
  password: { user: { name, password, domain: { id: 'default' } } },
}

async function call(
  token: string,
  method: 'GET' | 'POST' | 'PUT' | 'DELETE',
  path: string,
  body?: JsonObject,
) {
  const url = `${cloud.authUrl.replace('/v3', '')}/heat/v1/${projectId}${path}`
  const sent = body === undefined ? {} : { body: JSON.stringify(body) }
  const response = await request(url, { method, headers: { 'x-auth-token': token }, ...sent })
  const text = await response.body.text()
  return { status: response.statusCode, json: text === '' ? {} : JSON.parse(text) }
}

describe('the embedded Keystone', () => {
  it.each([
    ['a password with a project', byPassword, { project: { id: projectId } }, 201],
    [
      'an application credential',
      { methods: ['application_credential'], application_credential: { id, secret } },
      undefined,
      201,
    ],
    [
      'an application credential with a scope',
      { methods: ['application_credential'], application_credential: { id, secret } },
      { project: { id: projectId } },
      401,
    ],
    ['another project', byPassword, { project: { id: 'other' } }, 401],
    [
      'a wrong secret',
      { methods: ['application_credential'], application_credential: { id, secret: 'x' } },
      undefined,
      401,
    ],
  ])('answers %s with the status of a real Keystone', async (_name, identity, scope, status) => {
    expect((await logIn(identity, scope)).status).toBe(status)
  })

  it('accepts a token until it expires or is revoked', async () => {
    const { token } = await logIn(byPassword)
    expect((await call(token, 'GET', '/stacks')).status).toBe(200)
    now += 61_000
    expect((await call(token, 'GET', '/stacks')).status).toBe(401)
    const next = await logIn(byPassword)
    cloud.keystone.revokeAll()
    expect((await call(next.token, 'GET', '/stacks')).status).toBe(401)
  })
})

describe('the embedded Heat', () => {
  const thing = (properties: JsonObject): JsonObject => ({
    heat_template_version: '2018-08-31',
    resources: { thing: { type: 'OS::Heat::TestResource', properties: { value: 'v', ...properties } } },
  })

  async function created(body: JsonObject) {
    const { token } = await logIn(byPassword)
    const { json } = await call(token, 'POST', '/stacks', { stack_name: 'one', ...body })
    const path = `/stacks/one/${String(json.stack.id)}`
    const show = async () => (await call(token, 'GET', path)).json.stack
    const settles = (status: string) => expect.poll(async () => (await show()).stack_status).toBe(status)
    return { token, path, show, settles }
  }

  it('creates nested stacks from files, and lists their events to the requested depth', async () => {
    const outer = { heat_template_version: '2018-08-31', resources: { inner: { type: 'inner.yaml' } } }
    const files = { 'inner.yaml': JSON.stringify(thing({ fail: true })) }
    const { token, path, show, settles } = await created({ template: outer, files })
    await settles('CREATE_FAILED')
    expect((await show()).stack_status_reason).toContain('resources.thing: Test Resource failed thing')
    const names = async (depth: number) => {
      const { json } = await call(token, 'GET', `${path}/events?nested_depth=${String(depth)}`)
      return json.events.map((event: { resource_name: string }) => event.resource_name)
    }
    expect(await names(0)).not.toContain('thing')
    expect(await names(1)).toContain('thing')
  })

  it('rolls back a cancelled update', async () => {
    const { token, path, settles } = await created({ template: thing({}) })
    await settles('CREATE_COMPLETE')
    await call(token, 'PUT', path, { template: thing({ value: 'w', wait_secs: 60 }) })
    expect((await call(token, 'POST', `${path}/actions`, { cancel_update: null })).status).toBe(200)
    await settles('ROLLBACK_COMPLETE')
  })

  it('reports the outputs that it cannot compute', async () => {
    const outputs = { bad: { value: { digest: ['no-algorithm', 'text'] } } }
    const { show, settles } = await created({ template: { ...thing({}), outputs } })
    await settles('CREATE_COMPLETE')
    expect((await show()).outputs).toEqual([
      expect.objectContaining({
        output_key: 'bad',
        output_value: null,
        output_error: expect.stringContaining('Algorithm must be one of'),
      }),
    ])
  })
})
