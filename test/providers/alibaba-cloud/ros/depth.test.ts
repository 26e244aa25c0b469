import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { isJsonObject, type JsonObject } from '../../../../src/platform/json.ts'
import type { CustomResources } from '../../../../src/sandbox/alibaba-cloud/ros/custom-resources.ts'
import {
  startSandboxAliyunRos,
  type SandboxAliyunRos,
} from '../../../../src/sandbox/alibaba-cloud/ros/server.ts'
import { SandboxResource, SandboxRos } from '../../../../src/sandbox/ros/ros.ts'
import { startBridgeWorld, type BridgeWorld } from '../../../bridge-world.ts'
import { refused, succeeded } from '../../../outcome-assertions.ts'
import { startSimulatedTime, type TestTime } from '../../../test-time.ts'

/** Stacks in the embedded ROS whose custom resources also call the bridge. */

let aliyun: SandboxAliyunRos
let world: BridgeWorld
let time: TestTime

const TYPES = { create: 'Create', update: 'Update', delete: 'Delete' } as const

const toTheBridge: CustomResources = async ({ stack, logicalId, type, change, properties, physicalId }) => {
  const { Parameters } = properties
  const ros = await SandboxRos.start(
    { clock: time.clock, invoke: world.invoke, stackId: stack.id },
    stack.name,
  )
  const definition = {
    logicalResourceId: logicalId,
    resourceType: type,
    parameters: isJsonObject(Parameters) ? Parameters : {},
  }
  const { answer } = await ros.send(TYPES[change], definition, physicalId === '' ? undefined : physicalId)
  await ros.close()
  return answer?.status === 'SUCCESS'
    ? { ok: true, physicalId: answer.physicalResourceId ?? '', data: answer.data }
    : { ok: false, reason: answer?.reason ?? 'no answer' }
}

beforeEach(async () => {
  time = startSimulatedTime()
  aliyun = await startSandboxAliyunRos({
    resourceDelayMs: 10,
    customResources: toTheBridge,
    clock: time.clock,
  })
  world = await startBridgeWorld({ time, rollback: false })
})
afterEach(async () => {
  await world.close()
  await aliyun.close()
  await time.stop()
})

const LOOP = 'https://templates/loop'

function parameters(stack: JsonObject, more: JsonObject = {}): JsonObject {
  return {
    AccessKeyId: aliyun.key.accessKeyId,
    AccessKeySecret: aliyun.key.accessKeySecret,
    RegionId: 'cn-hangzhou',
    Endpoint: aliyun.url,
    StsEndpoint: aliyun.url,
    Stack: stack,
    ...more,
  }
}

const containing = (inner: JsonObject): string =>
  JSON.stringify({
    ROSTemplateFormatVersion: '2015-09-01',
    Resources: { Inner: { Type: 'Custom::RosStack', Properties: { ServiceToken: 't', Parameters: inner } } },
    Outputs: { Word: { Value: { 'Fn::GetAtt': ['Inner', 'Word'] } } },
  })

function resource(stack: JsonObject, more: JsonObject = {}): SandboxResource {
  return new SandboxResource(world.ros, {
    logicalResourceId: 'Outer',
    resourceType: 'Custom::RosStack',
    parameters: parameters(stack, more),
  })
}

const depths = () => [...aliyun.cloud.stacks.values()].map(({ tags }) => tags.get('stackbridge:depth'))

describe('nested stacks of the bridge', () => {
  it('are created, each with its depth, and deleted again', async () => {
    const innermost = JSON.stringify({
      ROSTemplateFormatVersion: '2015-09-01',
      Outputs: { Word: { Value: 'from within' } },
    })
    const outer = resource({ Template: containing(parameters({ Template: innermost })) })
    expect(succeeded(await outer.create())).toEqual({ Word: 'from within' })
    expect(depths()).toEqual(['1', '2'])
    succeeded(await outer.delete())
    expect([...aliyun.cloud.stacks.values()].map(({ status }) => status)).toEqual([
      'DELETE_COMPLETE',
      'DELETE_COMPLETE',
    ])
  })

  it('of a template that contains itself end at a limit with a reason, and leave no stack', async () => {
    aliyun.cloud.templates.set(LOOP, containing(parameters({ TemplateURL: LOOP })))
    const reason = refused(await resource({ TemplateURL: LOOP }).create())
    expect(reason).toMatch(
      /as one of 3 within each other, and MaxDepth allows 3: its template may contain itself/,
    )
    expect(depths()).toEqual(['1', '2', '3'])
    const deleted = resource({ TemplateURL: LOOP })
    succeeded(await deleted.delete())
    expect([...aliyun.cloud.stacks.values()].filter(({ status }) => status !== 'DELETE_COMPLETE')).toEqual([])
  })

  it('are at most as deep as MaxDepth allows', async () => {
    const once = { MaxDepth: 1 }
    aliyun.cloud.templates.set(LOOP, containing(parameters({ TemplateURL: LOOP }, once)))
    expect(refused(await resource({ TemplateURL: LOOP }, once).create())).toContain('MaxDepth allows 1')
    expect(depths()).toEqual(['1'])
  })

  it('are counted across stacks that ROS itself nests', async () => {
    aliyun.cloud.templates.set(LOOP, containing(parameters({ TemplateURL: LOOP }, { MaxDepth: 1 })))
    const nesting = {
      ROSTemplateFormatVersion: '2015-09-01',
      Resources: { Nested: { Type: 'ALIYUN::ROS::Stack', Properties: { TemplateURL: LOOP } } },
    }
    expect(refused(await resource({ Template: nesting }).create())).toContain('MaxDepth allows 1')
  })
})
