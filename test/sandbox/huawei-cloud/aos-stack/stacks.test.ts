import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { isJsonObject, type JsonObject, type JsonValue } from '../../../../src/platform/json.ts'
import { signHuawei } from '../../../../src/providers/huawei-cloud/signature.ts'
import { THING_TEMPLATE_ID } from '../../../../src/sandbox/huawei-cloud/aos-stack/templates.ts'
import {
  startSandboxHuaweiCloud,
  type SandboxHuaweiCloud,
} from '../../../../src/sandbox/huawei-cloud/server.ts'

let cloud: SandboxHuaweiCloud

beforeEach(async () => {
  cloud = await startSandboxHuaweiCloud({ queueMs: 0 })
})
afterEach(() => cloud.close())

async function call(method: string, path: string, body?: JsonObject, project = cloud.user.projectId) {
  const url = new URL(`${cloud.url}/v2/stacks${path}`)
  const text = body === undefined ? '' : JSON.stringify(body)
  const headers = {
    'x-project-id': project,
    ...(body === undefined ? {} : { 'content-type': 'application/json' }),
  }
  const signed = signHuawei({ method, url, headers, body: text }, cloud.keys, Date.now())
  const answer = await fetch(url, { method, headers: signed, ...(body === undefined ? {} : { body: text }) })
  const json: JsonValue = JSON.parse(await answer.text())
  return { status: answer.status, json }
}

const create = (more: JsonObject = {}) =>
  call('POST', '', {
    name: 'one',
    project_id: cloud.user.projectId,
    template_id: THING_TEMPLATE_ID,
    inputs_json: { value: 'x' },
    ...more,
  })

async function created(more: JsonObject = {}): Promise<string> {
  const { json } = await create(more)
  return isJsonObject(json) && typeof json['guid'] === 'string' ? `/${json['guid']}` : ''
}

describe('the embedded AOS', () => {
  it('refuses a name in use with the documented message', async () => {
    expect((await create()).status).toBe(201)
    expect(await create()).toEqual({
      status: 400,
      json: {
        message: 'The request body is invalid, please check. Error: The stack name is already existed.',
        code: '02030008',
        extend: '',
      },
    })
  })

  it.each<[string, JsonObject]>([
    ['a name with capitals', { name: 'One' }],
    ['another project', { project_id: 'f'.repeat(32) }],
    ['a template id that is too long', { template_id: 'x'.repeat(65) }],
    ['a label that begins with a hyphen', { labels: { a: '-' } }],
    ['a label that is too long', { labels: { a: 'b'.repeat(65) } }],
    ['action parameters without auto_create', { action_parameters: { timeout: 5 } }],
    ['a timeout of more than a day', { action_parameters: { auto_create: true, timeout: 1441 } }],
    ['an undefined input', { inputs_json: { value: 1, other: 2 } }],
    ['an input without a value', { inputs_json: {} }],
    ['an unknown parameter', { unknown: true }],
  ])('refuses %s', async (_, more) => {
    expect((await create(more)).status).toBe(400)
    expect(cloud.aos.stacks.size).toBe(0)
  })

  it('refuses an unknown template, an unknown stack and a project that is not the caller’s', async () => {
    expect((await create({ template_id: 'unknown' })).status).toBe(404)
    expect((await call('GET', '/x', undefined, 'f'.repeat(32))).status).toBe(403)
    expect((await call('GET', '/x')).status).toBe(404)
  })

  it('shows a new stack without a status, and runs no lifecycle without a request', async () => {
    const path = await created()
    expect((await call('GET', path)).json).toMatchObject({ status: '', labels: {}, namespace: 'default' })
    expect((await call('GET', `${path}/actions`)).json).toEqual([])
    expect((await call('PUT', `${path}/actions`, { lifecycle: 'upgrade' })).status).toBe(400)
    expect((await call('PUT', `${path}/actions`, { lifecycle: 'create' })).status).toBe(200)
  })

  it('runs one lifecycle at a time, and rolls back a creation only', async () => {
    const path = await created({
      action_parameters: { auto_create: true },
      inputs_json: { value: 'x', wait_seconds: 1 },
    })
    expect((await call('PUT', `${path}/actions`, { lifecycle: 'upgrade' })).status).toBe(400)
    expect((await call('DELETE', path)).status).toBe(400)
    const upgrade = { lifecycle: 'upgrade', failure_strategy: 'Rollback' }
    expect((await call('PUT', `${path}/actions`, upgrade)).status).toBe(400)
  })

  it('allows a deletion by force only after an earlier deletion', async () => {
    const path = await created({
      action_parameters: { auto_create: true },
      inputs_json: { value: 'x', keeps: true },
    })
    const status = async () => JSON.stringify((await call('GET', path)).json)
    await expect.poll(status).toContain('"status":"Running"')
    expect((await call('DELETE', `${path}?force=true`)).status).toBe(400)
    expect(await call('DELETE', path)).toEqual({ status: 200, json: {} })
    await expect.poll(status).toContain('"status":"Abnormal"')
    expect((await call('DELETE', `${path}?force=true`)).status).toBe(200)
    await expect.poll(() => cloud.aos.stacks.size).toBe(0)
  })
})
