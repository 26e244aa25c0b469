import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createHuaweiMemory } from '../../../../src/providers/huawei-cloud/client.ts'
import { createHuaweiRfsStackSet } from '../../../../src/providers/huawei-cloud/rfs-stack-set/provider.ts'
import type { SandboxHuaweiRequest } from '../../../../src/sandbox/huawei-cloud/region-api.ts'
import { expectSentAsBySdk, type SdkCall } from '../sdk.ts'
import { SET_TEMPLATE } from '../stack-set-world.ts'
import { settled, startedWatch, startHuaweiWorld, type HuaweiWorld } from '../world.ts'

let world: HuaweiWorld
let requests: readonly SandboxHuaweiRequest[]

/** A Create, an Update and a Delete: each call that the provider makes, at least once. */
beforeAll(async () => {
  world = await startHuaweiWorld(createHuaweiRfsStackSet(createHuaweiMemory()))
  const properties = (value: string) => ({
    StackSet: {
      Name: '资源栈集-1',
      Description: 'a <set> & more',
      AdministrationAgencyUrn: 'iam::x:agency:y',
      ManagedAgencyName: 'rfs_member',
      InitialStackDescription: 'by ROS',
      ManagedOperation: { EnableParallelOperation: true },
      TemplateBody: SET_TEMPLATE,
      Parameters: { value },
    },
    OperationPreferences: { RegionConcurrencyType: 'PARALLEL' },
    CallIdentity: 'SELF',
  })
  const create = await world.open(properties('ä'))
  const created = startedWatch(await create.create())
  await settled(create, created)
  const given = { kind: 'update', requestId: 'request-2', physicalResourceId: created.stack.id } as const
  const update = await world.open(properties('b'), given)
  await settled(update, startedWatch(await update.update(created.stack)))
  const remove = await world.open(properties('b'), { ...given, kind: 'delete' })
  await remove.delete(created.stack, 0)
  requests = world.cloud.requests.filter(({ url }) => url.startsWith('/v1/'))
})
afterAll(() => world.close())

const SET = '/v1/stack-sets/{stack_set_name}'

/** As the vendor's AosClient describes its calls: services/aos/v1/AosClient.ts of huaweicloud-sdk-nodejs-v3. */
const CALLS = [
  ['CreateStackSet', 'POST', '/v1/stack-sets'],
  ['ShowStackSetMetadata', 'GET', `${SET}/metadata`],
  ['UpdateStackSet', 'PATCH', SET],
  ['DeployStackSet', 'POST', `${SET}/deployments`],
  ['ListStackInstances', 'GET', `${SET}/stack-instances`],
  ['ShowStackSetOperationMetadata', 'GET', `${SET}/operations/{stack_set_operation_id}/metadata`],
  ['DeleteStackSet', 'DELETE', SET],
] as const satisfies readonly (readonly [string, SdkCall['method'], string])[]

describe("a request for stack sets equals that of the vendor's SDK", () => {
  it.each(CALLS)('%s', async (_, method, url) => {
    const { keys, user } = world.cloud
    await expectSentAsBySdk(requests, { method, url }, { ...keys, projectId: user.projectId })
  })

  it('a set and its deployment have the values of the properties', () => {
    const bodyOf = (url: string) =>
      JSON.parse(
        requests.find((one) => one.method === 'POST' && one.url.endsWith(url))?.body ?? '{}',
      ) as object
    expect(bodyOf('/stack-sets')).toEqual({
      stack_set_name: '资源栈集-1',
      stack_set_description: expect.stringMatching(/^a <set> & more stackbridge:owner=/),
      administration_agency_urn: 'iam::x:agency:y',
      managed_agency_name: 'rfs_member',
      initial_stack_description: 'by ROS',
      managed_operation: { enable_parallel_operation: true },
      template_body: SET_TEMPLATE,
      vars_body: 'value = "ä"\n',
      call_identity: 'SELF',
    })
    expect(bodyOf('/deployments')).toEqual({
      stack_set_id: expect.stringMatching(/^.{36}$/),
      deployment_targets: { regions: [], domain_ids: [] },
      template_body: SET_TEMPLATE,
      vars_body: 'value = "b"\n',
      operation_preferences: { region_concurrency_type: 'PARALLEL' },
      call_identity: 'SELF',
    })
  })
})
