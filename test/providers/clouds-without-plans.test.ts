import { describe, expect, it } from 'vitest'
import { provider as aos } from '../../src/providers/huawei-cloud/aos-stack/provider.ts'
import { provider as instances } from '../../src/providers/huawei-cloud/rfs-stack-instances/provider.ts'
import { provider as sets } from '../../src/providers/huawei-cloud/rfs-stack-set/provider.ts'
import { THING_TEMPLATE_ID } from '../../src/sandbox/huawei-cloud/aos-stack/templates.ts'
import { startHuaweiWorld } from './huawei-cloud/world.ts'
import { makeStackSet, SET_TEMPLATE } from './huawei-cloud/stack-set-world.ts'

/** The services that cannot plan or detect drift report this, with their vendor's reason. */

describe('a plan, and the drift, of a service that has none', () => {
  it.each([
    {
      provider: aos,
      properties: { Stack: { Name: 'one', TemplateId: THING_TEMPLATE_ID, InputsJson: { value: 'x' } } },
      reason: /^AOS has no call/,
      drift: /^AOS has no call that detects drift/,
    },
    {
      provider: sets,
      properties: {
        StackSet: {
          Name: 'set_one',
          AdministrationAgencyName: 'rfs_admin',
          ManagedAgencyName: 'rfs_member',
          TemplateBody: SET_TEMPLATE,
          Parameters: { value: 'x', fail: false, wait_seconds: 0 },
        },
      },
      reason: /^RFS makes execution plans of stacks alone/,
      drift: /^RFS has no call that detects drift/,
    },
    {
      provider: instances,
      properties: {
        StackSetName: 'set_two',
        DeploymentTargets: { Regions: ['cn-north-4'], DomainIds: ['6cbcca2a2f114a63841bdbc7a19b7b12'] },
      },
      reason: /^RFS makes execution plans of stacks alone/,
      drift: /^RFS has no call that detects drift/,
    },
  ])('is impossible: $provider.name', async ({ provider, properties, reason, drift }) => {
    const world = await startHuaweiWorld(provider)
    makeStackSet(world.cloud, 'set_two')
    const session = await world.open(properties)
    expect(await session.plan()).toEqual({ outcome: 'impossible', reason: expect.stringMatching(reason) })
    expect(await session.drift()).toEqual({ outcome: 'impossible', reason: expect.stringMatching(drift) })
    await expect(world.open({ ...properties, OnDrift: 'refuse' })).rejects.toThrow(/OnDrift/)
    await world.close()
  })
})
