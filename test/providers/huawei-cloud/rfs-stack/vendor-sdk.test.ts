import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { JsonObject } from '../../../../src/platform/json.ts'
import { createHuaweiMemory } from '../../../../src/providers/huawei-cloud/client.ts'
import { createHuaweiRfsStack } from '../../../../src/providers/huawei-cloud/rfs-stack/provider.ts'
import type { SdkCall } from '../sdk.ts'
import { expectSentLikeSdk } from '../sdk-comparison.ts'
import { settled, startedWatch, startHuaweiWorld, type HuaweiWorld } from '../world.ts'

const TEMPLATE = 'variable "value" {}\nresource "sandbox_thing" "thing" { value = var.value }\n'
const STACK = '/v1/{project_id}/stacks/{stack_name}'

let world: HuaweiWorld

/** A Create, an Update and two Deletes: each call that the provider makes, at least once. */
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

describe("a request to RFS equals that of the vendor's SDK", () => {
  it.each(CALLS)('%s', async (_, method, url) => {
    await expectSentLikeSdk(world.cloud, method, url)
  })
})
