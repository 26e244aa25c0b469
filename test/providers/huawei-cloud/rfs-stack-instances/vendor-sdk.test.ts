import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createHuaweiMemory } from '../../../../src/providers/huawei-cloud/client.ts'
import { createHuaweiRfsStackInstances } from '../../../../src/providers/huawei-cloud/rfs-stack-instances/provider.ts'
import type { SandboxHuaweiRequest } from '../../../../src/sandbox/huawei-cloud/region-api.ts'
import { expectSentAsBySdk, type SdkCall } from '../sdk.ts'
import { makeStackSet } from '../stack-set-world.ts'
import { settled, startedWatch, startHuaweiWorld, type HuaweiWorld } from '../world.ts'

const SET = '/v1/stack-sets/{stack_set_name}'

let world: HuaweiWorld
let requests: readonly SandboxHuaweiRequest[]

/** A Create, an Update of all kinds and a Delete: each call that the provider makes, at least once. */
beforeAll(async () => {
  const units = new Map([['ou-1', ['a', 'b', 'c']]])
  world = await startHuaweiWorld(createHuaweiRfsStackInstances(createHuaweiMemory()), { units })
  makeStackSet(world.cloud, '资源栈集-1', { permission_model: 'SERVICE_MANAGED' })
  const properties = (Regions: string[], value: string) => ({
    StackSetName: '资源栈集-1',
    CallIdentity: 'DELEGATED_ADMIN',
    DeploymentTargets: {
      Regions,
      OrganizationalUnitIds: ['ou-1'],
      DomainIdFilterType: 'INTERSECTION',
      DomainIds: ['a', 'b'],
    },
    VarOverrides: { Parameters: { value }, UseStackSetVars: ['fail', 'wait_seconds'] },
    OperationPreferences: {
      RegionConcurrencyType: 'SEQUENTIAL',
      RegionOrder: Regions,
      FailureToleranceCount: 0,
      MaxConcurrentCount: 1,
      FailureToleranceMode: 'STRICT_FAILURE_TOLERANCE',
    },
  })
  const before = properties(['cn-north-7', 'cn-east-3'], 'ä <b> & c')
  const create = await world.open(before)
  const created = startedWatch(await create.create())
  await settled(create, created)
  const after = properties(['cn-east-3', 'cn-east-4'], 'b')
  const update = await world.open(after, {
    kind: 'update',
    requestId: 'request-2',
    physicalResourceId: created.stack.id,
    oldProperties: { ...world.connection, ...before },
  })
  await settled(update, startedWatch(await update.update(created.stack)))
  requests = world.cloud.requests.filter(({ url }) => url.startsWith('/v1/'))
})
afterAll(() => world.close())

/** As the vendor's AosClient describes its calls: services/aos/v1/AosClient.ts of huaweicloud-sdk-nodejs-v3. */
const CALLS = [
  ['ShowStackSetMetadata', 'GET', `${SET}/metadata`],
  ['UpdateStackSet', 'PATCH', SET],
  ['CreateStackInstance', 'POST', `${SET}/stack-instances`],
  ['UpdateStackInstances', 'PATCH', `${SET}/stack-instances`],
  ['DeleteStackInstance', 'POST', `${SET}/stack-instances/deletion`],
  ['ListStackInstances', 'GET', `${SET}/stack-instances`],
  ['ShowStackSetOperationMetadata', 'GET', `${SET}/operations/{stack_set_operation_id}/metadata`],
] as const satisfies readonly (readonly [string, SdkCall['method'], string])[]

describe("a request for stack instances equals that of the vendor's SDK", () => {
  it.each(CALLS)('%s', async (_, method, url) => {
    const { keys, user } = world.cloud
    await expectSentAsBySdk(requests, { method, url }, { ...keys, projectId: user.projectId })
  })

  it('bodies name their fields in the order of the document', () => {
    const posted = requests.find(({ method, url }) => method === 'POST' && url.endsWith('/stack-instances'))
    expect(posted?.body).toBe(
      '{"deployment_targets":{"regions":["cn-north-7","cn-east-3"],"domain_ids":["a","b"],' +
        '"organizational_unit_ids":["ou-1"],"domain_id_filter_type":"INTERSECTION"},' +
        '"var_overrides":{"vars_body":"value = \\"ä <b> & c\\"\\n","use_stack_set_vars":["fail","wait_seconds"]},' +
        '"operation_preferences":{"region_concurrency_type":"SEQUENTIAL","region_order":["cn-north-7","cn-east-3"],' +
        '"failure_tolerance_count":0,"max_concurrent_count":1,"failure_tolerance_mode":"STRICT_FAILURE_TOLERANCE"},' +
        '"call_identity":"DELEGATED_ADMIN"}',
    )
  })
})
