import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { JsonObject } from '../../../src/platform/json.ts'
import { startSandboxHuaweiCloud, type SandboxHuaweiCloud } from '../../../src/sandbox/huawei-cloud/server.ts'
import type { ServiceAnswer, ServiceCall } from '../../../src/sandbox/huawei-cloud/service-call.ts'
import { SandboxResource } from '../../../src/sandbox/ros/ros.ts'
import { startBridgeWorld, type BridgeWorld } from '../../bridge-world.ts'
import { succeeded } from '../../outcome-assertions.ts'
import { startSimulatedTime, type TestTime } from '../../test-time.ts'
import { SET_TEMPLATE } from './stack-set-world.ts'

/** Somebody else deploys between the two calls of an Update: the mark is written, and the deployment that runs is not its own. */

let time: TestTime
let cloud: SandboxHuaweiCloud
let world: BridgeWorld

async function start(handsOver: boolean): Promise<void> {
  time = startSimulatedTime()
  cloud = await startSandboxHuaweiCloud({ clock: time.clock })
  world = await startBridgeWorld({ time, handsOver })
}
afterEach(async () => {
  await world.close()
  await cloud.close()
  await time.stop()
})

interface Answering {
  answer(call: ServiceCall): ServiceAnswer
}

/** Makes another user deploy right before the service answers the bridge's next deployment. */
function deployFirst(service: Answering, body: JsonObject): void {
  const answer = service.answer.bind(service)
  const spy = vi.spyOn(service, 'answer').mockImplementation((call) => {
    if (call.method === 'POST' && call.segments.at(-1) === 'deployments') {
      spy.mockRestore()
      answer({ ...call, body })
    }
    return answer(call)
  })
}

function connection(): JsonObject {
  const { accessKey: AccessKey, secretKey: SecretKey } = cloud.keys
  return {
    Auth: { AccessKey, SecretKey, AuthUrl: cloud.url },
    Region: cloud.region,
    Endpoint: cloud.url,
  }
}

describe.each([
  ['in place', false],
  ['handing over', true],
])('an Update %s waits for the end of it, and deploys what it was given', (_, handsOver) => {
  beforeEach(() => start(handsOver))

  it('of a stack', async () => {
    const spec = (value: string): JsonObject => ({
      ...connection(),
      Stack: { Name: 'one', TemplateBody: SET_TEMPLATE, Parameters: { value } },
    })
    const resource = new SandboxResource(world.ros, {
      logicalResourceId: 'R',
      resourceType: 'Custom::HuaweiRfsStack',
      parameters: spec('first'),
    })
    expect(succeeded(await resource.create())).toEqual({ Value: 'first' })
    deployFirst(cloud.rfs, {
      template_body: SET_TEMPLATE,
      vars_body: 'value = "of another"\nwait_seconds = 5\n',
    })
    expect(succeeded(await resource.update(spec('second')))).toEqual({ Value: 'second' })
  })

  it('of a stack set', async () => {
    const spec = (value: string): JsonObject => ({
      ...connection(),
      StackSet: {
        Name: 'one',
        AdministrationAgencyName: 'rfs_admin',
        ManagedAgencyName: 'rfs_member',
        TemplateBody: SET_TEMPLATE,
        Parameters: { value },
      },
    })
    const resource = new SandboxResource(world.ros, {
      logicalResourceId: 'R',
      resourceType: 'Custom::HuaweiRfsStackSet',
      parameters: spec('first'),
    })
    const { StackSetId } = succeeded(await resource.create())
    const targets = { regions: ['region-1'], domain_ids: [cloud.user.domainId] }
    const call = { query: new URLSearchParams(), method: 'POST' }
    cloud.stackSets.answer({
      ...call,
      segments: ['one', 'stack-instances'],
      body: { stack_set_id: StackSetId ?? null, deployment_targets: targets },
    })
    const instances = () => [...(cloud.stackSets.sets.get('one')?.instances.values() ?? [])]
    await time.until(() => instances().some(({ status }) => status === 'OPERATION_COMPLETE'))
    deployFirst(cloud.stackSets, {
      deployment_targets: targets,
      template_body: SET_TEMPLATE,
      vars_body: 'value = "of another"\nwait_seconds = 5\n',
    })
    succeeded(await resource.update(spec('second')))
    expect(instances().map((one) => cloud.stackSets.engine.outputs(one).get('Value'))).toEqual(['second'])
  })
})
