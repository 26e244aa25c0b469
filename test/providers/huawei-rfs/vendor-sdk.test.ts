import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { JsonObject } from '../../../src/platform/json.ts'
import { createHuaweiMemory } from '../../../src/providers/huawei-client.ts'
import { createHuaweiRfsStack } from '../../../src/providers/huawei-rfs/provider.ts'
import type { SandboxHuaweiRequest } from '../../../src/sandbox/huawei-cloud/server.ts'
import { sentBySdk, tellingHeaders, type SdkCall } from '../huawei-sdk.ts'
import { settled, startedWatch, startHuaweiWorld, type HuaweiWorld } from '../huawei-world.ts'

const TEMPLATE = 'variable "value" {}\nresource "sandbox_thing" "thing" { value = var.value }\n'
const STACK = '/v1/{project_id}/stacks/{stack_name}'

let world: HuaweiWorld
let requests: readonly SandboxHuaweiRequest[]

/** A Create, an Update and two Deletes: each call that the provider makes, once at least. */
beforeAll(async () => {
  world = await startHuaweiWorld(createHuaweiRfsStack(createHuaweiMemory()))
  const Stack: JsonObject = {
    Name: '资源栈-1',
    Description: 'a <stack> & more',
    TemplateBody: TEMPLATE,
    VarsStructure: [{ VarKey: 'value', VarValue: 'ä' }],
    Agencies: [{ ProviderName: 'huaweicloud', AgencyName: 'rf_admin_trust' }],
    EnableAutoRollback: true,
  }
  const create = await world.open({ Stack })
  const created = startedWatch(await create.create())
  await settled(create, created)
  await create.events(created.stack, 0)
  const update = await world.open(
    { Stack: { ...Stack, EnableAutoRollback: false }, ContinueRollback: true },
    { kind: 'update', requestId: 'request-2', physicalResourceId: created.stack.id },
  )
  const updated = startedWatch(await update.update(created.stack))
  await settled(update, updated)
  await update.explain(updated)
  const stack = [...world.cloud.rfs.stacks.values()][0]
  if (stack !== undefined) stack.status = 'ROLLBACK_FAILED'
  const repaired = await update.repair?.(created.stack)
  if (repaired !== undefined) await settled(update, repaired)
  const properties = { Stack: {}, RetainAllResources: true }
  const retain = await world.open(properties, { kind: 'delete', physicalResourceId: created.stack.id })
  const remove = await world.open({ Stack: {} }, { kind: 'delete', physicalResourceId: created.stack.id })
  world.cloud.faults.add('internal-error', { action: 'POST deletion' })
  await expect(retain.delete(created.stack, 0)).rejects.toMatchObject({ kind: 'unavailable' })
  await remove.delete(created.stack, 0)
  requests = world.cloud.requests.filter(({ url }) => url.startsWith('/v1/'))
})
afterAll(() => world.close())

/** As the vendor's AosClient describes its calls: services/aos/v1/AosClient.ts of huaweicloud-sdk-nodejs-v3. */
const CALLS = [
  ['CreateStack', 'POST', '/v1/{project_id}/stacks'],
  ['GetStackMetadata', 'GET', `${STACK}/metadata`],
  ['ListStackOutputs', 'GET', `${STACK}/outputs`],
  ['ListStackEvents', 'GET', `${STACK}/events`],
  ['UpdateStack', 'PATCH', STACK],
  ['DeployStack', 'POST', `${STACK}/deployments`],
  ['ContinueRollbackStack', 'POST', `${STACK}/rollbacks`],
  ['DeleteStack', 'DELETE', STACK],
  ['DeleteStackEnhanced', 'POST', `${STACK}/deletion`],
] as const satisfies readonly (readonly [string, SdkCall['method'], string])[]

describe("what goes out to RFS is what the vendor's SDK sends", () => {
  it.each(CALLS)('%s', async (_, method, url) => {
    const pattern = new RegExp(`^${url.replaceAll(/\{\w+\}/g, '([^/?]+)')}(?:\\?(.*))?$`)
    const ours = requests.find((request) => request.method === method && pattern.test(request.url))
    if (ours === undefined) throw new Error('the provider made no such call')
    const [, project = '', ...rest] = pattern.exec(ours.url) ?? []
    const query = new URLSearchParams(rest.at(-1))
    const theirs = await sentBySdk(
      {
        method,
        url,
        pathParams: { project_id: project, stack_name: decodeURIComponent(rest[0] ?? '') },
        queryParams: Object.fromEntries(query),
        requestId: String(ours.headers['client-request-id']),
        ...(ours.body === '' ? {} : { data: JSON.parse(ours.body) as object }),
      },
      { ak: world.cloud.keys.accessKey, sk: world.cloud.keys.secretKey, projectId: project },
    )
    expect(theirs.method).toBe(ours.method)
    expect(theirs.url).toBe(ours.url)
    // The SDK sends {} where there is nothing to send, even with GET.
    expect(theirs.body === '{}' ? '' : theirs.body).toBe(ours.body)
    expect(tellingHeaders(ours)).toEqual(tellingHeaders(theirs))
    if (ours.body !== '') expect(ours.headers['content-type']).toBe(theirs.headers['content-type'])
    expect(signedHeaders(ours)).toEqual(expect.arrayContaining(signedHeaders(theirs)))
  })
})

function signedHeaders({ headers, body }: Pick<SandboxHuaweiRequest, 'headers' | 'body'>): string[] {
  const [, names = ''] = /SignedHeaders=([^,]+)/.exec(String(headers['authorization'])) ?? []
  return names.split(';').filter((name) => name !== 'content-type' || (body !== '' && body !== '{}'))
}
