import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { JsonObject } from '../../../../src/platform/json.ts'
import { signHuawei } from '../../../../src/providers/huawei-cloud/signature.ts'
import {
  startSandboxHuaweiCloud,
  type SandboxHuaweiCloud,
} from '../../../../src/sandbox/huawei-cloud/server.ts'

let cloud: SandboxHuaweiCloud

beforeEach(async () => {
  cloud = await startSandboxHuaweiCloud({ queueMs: 0 })
})
afterEach(() => cloud.close())

async function call(
  method: string,
  path: string,
  body?: JsonObject,
  change: (headers: Record<string, string>) => Record<string, string> = (headers) => headers,
) {
  const project = cloud.user.projectId
  const url = new URL(`${cloud.url}/v1/${project}/stacks${path}`)
  const text = body === undefined ? '' : JSON.stringify(body)
  const headers = {
    'client-request-id': '00000000-0000-4000-8000-000000000000',
    'x-project-id': project,
    ...(body === undefined ? {} : { 'content-type': 'application/json' }),
  }
  const signed = signHuawei({ method, url, headers, body: text }, cloud.keys, Date.now())
  const answer = await fetch(url, {
    method,
    headers: change(signed),
    ...(body === undefined ? {} : { body: text }),
  })
  const answered = await answer.text()
  const json: { error_code?: string } = answered === '' ? {} : JSON.parse(answered)
  return { status: answer.status, code: json.error_code, json }
}

const TEMPLATE = 'variable "a" {}\nresource "sandbox_thing" "thing" { wait_seconds = 1 }'
const create = (more: JsonObject = {}) => call('POST', '', { stack_name: 'one', ...more })

describe('the embedded RFS', () => {
  it('refuses a request without a signature, with a changed header, with an old date or with a wrong signature', async () => {
    const without = (name: string) => (headers: Record<string, string>) =>
      Object.fromEntries(Object.entries(headers).filter(([key]) => key !== name))
    for (const change of [
      without('authorization'),
      (headers: Record<string, string>) => ({ ...headers, 'x-project-id': 'f'.repeat(32) }),
      (headers: Record<string, string>) => ({ ...headers, 'x-sdk-date': '20200101T000000Z' }),
      (headers: Record<string, string>) => ({
        ...headers,
        authorization: (headers['authorization'] ?? '').replace(/.$/, (last) => (last === '0' ? '1' : '0')),
      }),
    ])
      expect(await call('GET', '/one/metadata', undefined, change)).toMatchObject({
        status: 401,
        code: 'APIGW.0301',
      })
    expect((await call('GET', '/one/metadata')).status).toBe(404)
  })

  it('refuses requests that the documents exclude', async () => {
    const template = { template_body: TEMPLATE }
    for (const more of [
      { ...template, template_uri: 'https://x' },
      { ...template, vars_body: 'a = 1', vars_structure: [{ var_key: 'a', var_value: '1' }] },
      { agencies: [{ provider_name: 'p', agency_name: 'a', agency_urn: 'b' }] },
      {
        agencies: [
          { provider_name: 'p', agency_name: 'a' },
          { provider_name: 'p', agency_name: 'b' },
        ],
      },
      { description: 'x'.repeat(1025) },
      { unknown: true },
      { stack_name: '1' },
    ])
      expect((await create(more)).status).toBe(400)
    expect(await create({ template_body: 'resource {' })).toMatchObject({ code: 'RF.10011073' })
    expect(await create(template)).toMatchObject({ code: 'RF.10011056' })
    expect(cloud.rfs.stacks.size).toBe(0)
  })

  it('keeps names unique, and checks the id of a stack against its name', async () => {
    expect((await create()).status).toBe(201)
    expect(await create()).toMatchObject({ status: 409, code: 'RF.10013502' })
    const other = '00000000-0000-4000-8000-ffffffffffff'
    expect(await call('GET', `/one/metadata?stack_id=${other}`)).toMatchObject({
      status: 400,
      code: 'RF.10011015',
    })
    expect(await call('GET', '/two/metadata')).toMatchObject({ status: 404, code: 'RF.10013001' })
  })

  it.each(['10.0.0.0/33', '10.0.0/8', '10.0.0.0', 'none'])(
    "fails a VPC's address range that Terraform's provider refuses: %s",
    async (range) => {
      const vpc = (cidr: string) => `resource "huaweicloud_vpc" "net" { cidr = "${cidr}" }`
      await create({ template_body: vpc(range), enable_auto_rollback: false })
      await expect.poll(() => cloud.rfs.stacks.get('one')?.status).toBe('DEPLOYMENT_FAILED')
      expect(cloud.rfs.stacks.get('one')?.statusMessage).toContain(`invalid CIDR address: ${range}`)
      await call('POST', '/one/deployments', { template_body: vpc('10.0.0.0/8') })
      await expect.poll(() => cloud.rfs.stacks.get('one')?.status).toBe('DEPLOYMENT_COMPLETE')
    },
  )

  it('refuses changes while a deployment runs', async () => {
    await create({ template_body: TEMPLATE, vars_body: 'a = 1' })
    await expect.poll(() => cloud.rfs.stacks.get('one')?.status).toBe('DEPLOYMENT_IN_PROGRESS')
    expect(await call('POST', '/one/deployments', { template_body: TEMPLATE })).toMatchObject({
      status: 403,
      code: 'RF.10012519',
    })
    expect(await call('PATCH', '/one', { description: 'x' })).toMatchObject({ status: 403 })
    expect(await call('DELETE', '/one')).toMatchObject({ status: 403, code: 'RF.10012544' })
  })

  it('honours deletion protection, and refuses an update without a change', async () => {
    await create({ enable_deletion_protection: true })
    expect((await call('DELETE', '/one')).status).toBe(403)
    expect(await call('PATCH', '/one', {})).toMatchObject({ status: 400, code: 'RF.10011084' })
    expect((await call('PATCH', '/one', { enable_deletion_protection: false })).status).toBe(204)
    expect((await call('DELETE', '/one')).status).toBe(202)
    await expect.poll(() => cloud.rfs.stacks.size).toBe(0)
  })

  it('requires a request id, and continues a rollback only after one failed', async () => {
    const { projectId } = cloud.user
    const url = new URL(`${cloud.url}/v1/${projectId}/stacks/one/metadata`)
    const headers = signHuawei(
      { method: 'GET', url, headers: { 'x-project-id': projectId }, body: '' },
      cloud.keys,
      Date.now(),
    )
    expect((await fetch(url, { headers })).status).toBe(400)
    await create()
    expect(await call('POST', '/one/rollbacks', {})).toMatchObject({ status: 403, code: 'RF.10012547' })
  })

  it('throttles a call with an injected fault', async () => {
    cloud.faults.add('throttle')
    expect(await create()).toMatchObject({ status: 429, code: 'RF.10014001' })
    expect((await create()).status).toBe(201)
  })

  it('lists outputs page by page', async () => {
    const resources = Array.from({ length: 12 }, (_, index) => {
      const name = `t${String(index)}`
      return `resource "sandbox_thing" "${name}" { value = ${String(index)} }\noutput "${name}" { value = sandbox_thing.${name}.value }`
    })
    await create({ template_body: resources.join('\n') })
    await expect.poll(() => cloud.rfs.stacks.get('one')?.status).toBe('DEPLOYMENT_COMPLETE')
    const first = await call('GET', '/one/outputs')
    expect(first.json).toMatchObject({ outputs: { length: 10 }, page_info: { next_marker: '10' } })
    const second = await call('GET', '/one/outputs?marker=10')
    expect(second.json).toMatchObject({ outputs: { length: 2 }, page_info: { next_marker: null } })
  })
})
