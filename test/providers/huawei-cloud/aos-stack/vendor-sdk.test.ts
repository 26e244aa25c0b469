import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createHuaweiAosStack } from '../../../../src/providers/huawei-cloud/aos-stack/provider.ts'
import { createHuaweiMemory } from '../../../../src/providers/huawei-cloud/client.ts'
import { THING_TEMPLATE_ID } from '../../../../src/sandbox/huawei-cloud/aos-stack/templates.ts'
import type { SdkCall } from '../sdk.ts'
import { expectSentLikeSdk } from '../sdk-comparison.ts'
import { settled, startedWatch, startHuaweiWorld, type HuaweiWorld } from '../world.ts'

let world: HuaweiWorld

/** A Create, an Update and a Delete: each call that the provider makes, at least once. */
beforeAll(async () => {
  world = await startHuaweiWorld(createHuaweiAosStack(createHuaweiMemory()))
  const Stack = { Name: 'thing-1', TemplateId: THING_TEMPLATE_ID, InputsJson: { value: 'ä <&>' } }
  const create = await world.open({ Stack })
  const created = startedWatch(await create.create())
  await settled(create, created)
  const update = await world.open(
    { Stack: { ...Stack, InputsJson: { value: 'other' } } },
    { kind: 'update', requestId: 'request-2', physicalResourceId: created.stack.id },
  )
  const updated = startedWatch(await update.update(created.stack))
  await settled(update, updated)
  await update.explain(updated)
  await update.describe({ ...updated, marker: { ...updated.marker, actionId: 'another' } })
  const byName = await world.open({ Stack: { Name: 'thing-1' } }, { kind: 'delete' })
  expect(await byName.find()).toMatchObject({ found: true, ownership: { mark: 'ours' } })
  await settled(byName, startedWatch(await byName.delete(created.stack, 0)))
})
afterAll(() => world.close())

/** As AOS's documents describe them; the vendor's SDK has no client for AOS, only the core that would send them. */
const CALLS = [
  ['create', 'POST', '/v2/stacks'],
  ['list', 'GET', '/v2/stacks'],
  ['query', 'GET', '/v2/stacks/{stack_id}'],
  ['lifecycle', 'PUT', '/v2/stacks/{stack_id}/actions'],
  ['execution records', 'GET', '/v2/stacks/{stack_id}/actions'],
  ['execution record', 'GET', '/v2/stacks/{stack_id}/actions/{action_id}'],
  ['outputs', 'GET', '/v2/stacks/{stack_id}/outputs'],
  ['delete', 'DELETE', '/v2/stacks/{stack_id}'],
] as const satisfies readonly (readonly [string, SdkCall['method'], string])[]

describe("a request to AOS equals that of the vendor's SDK core", () => {
  it.each(CALLS)('%s', async (_, method, url) => {
    await expectSentLikeSdk(world.cloud, method, url)
  })
})
