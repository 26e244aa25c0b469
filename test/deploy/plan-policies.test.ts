import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { systemClock } from '../../src/platform/clock.ts'
import type { JsonObject } from '../../src/platform/json.ts'
import { startSandboxCloudFormation } from '../../src/sandbox/aws/cloudformation/server.ts'
import { startSandboxAliyunRos } from '../../src/sandbox/alibaba-cloud/ros/server.ts'
import { SandboxResource } from '../../src/sandbox/ros/ros.ts'
import { startBridgeWorld } from '../bridge-world.ts'
import { refused, succeeded } from '../outcome-assertions.ts'
import { driftOf } from '../drift-of.ts'
import { planOf } from '../plan-of.ts'
import { startSimulatedTime } from '../test-time.ts'
import { ROOT } from './serverless-devs.ts'
import { awsConnection, rosConnection } from '../embedded-connections.ts'

/**
 * Compares the policies of `stackbridge plan` and `stackbridge drift` with the calls that they make: no permission is missing,
 * and none is unused.
 */

interface Statement {
  readonly Sid?: string
  readonly Action: string | string[]
  readonly Condition?: Readonly<Record<string, unknown>>
}

function statementsOf(name: string): Statement[] {
  return JSON.parse(readFileSync(join(ROOT, 'examples/policies', name), 'utf8')).Statement
}

function actionsOf(name: string): string[] {
  return statementsOf(name)
    .flatMap(({ Action }) => Action)
    .sort()
}

const template = (value: string): JsonObject => ({
  Resources: { Thing: { Type: 'Sandbox::Resource', Properties: { Value: value } } },
})

/** The calls of the plans of a Create, and of an Update by id and by name. */
async function callsOf(
  resourceType: string,
  connection: JsonObject,
  calls: readonly string[],
  time: ReturnType<typeof startSimulatedTime>,
  header: JsonObject = {},
): Promise<string[]> {
  const world = await startBridgeWorld({ time, rollback: false, stackName: 'planner' })
  const properties = (name: string, value: string): JsonObject => ({
    ...connection,
    Stack: { Name: name, Template: { ...header, ...template(value) } },
  })
  const made = new SandboxResource(world.ros, {
    logicalResourceId: 'Thing',
    resourceType,
    parameters: properties('made', 'one'),
    timeoutSeconds: 120,
  })
  succeeded(await made.create())
  const before = calls.length
  const of = { ResourceType: resourceType, LogicalResourceId: 'Thing', StackId: world.ros.stackId }
  const changed = { ...of, ResourceProperties: properties('made', 'two') }
  const update = { ...changed, RequestType: 'Update', PhysicalResourceId: made.physicalResourceId ?? '' }
  const fresh = { ...of, ResourceProperties: properties('fresh', 'one') }
  for (const event of [fresh, changed, update])
    expect(await planOf(event, time)).toMatchObject({ outcome: 'planned' })
  await world.close()
  return [...new Set(calls.slice(before))].sort()
}

describe('the policies of stackbridge plan', () => {
  it('for AWS allow each call and nothing else', async () => {
    const time = startSimulatedTime()
    const aws = await startSandboxCloudFormation({ clock: time.clock, signatureClock: systemClock })
    const connection = awsConnection(aws)
    const calls = await callsOf('Custom::AwsCloudFormationStack', connection, aws.calls, time)
    await aws.close()
    await time.stop()
    // CreateChangeSet requires the permission to tag if there are tags.
    expect([...calls.map((call) => `cloudformation:${call}`), 'cloudformation:TagResource']).toEqual(
      actionsOf('aws/cloudformation/plan.json'),
    )
  })

  it('for ROS allow each call and nothing else', async () => {
    const time = startSimulatedTime()
    const ros = await startSandboxAliyunRos({ clock: time.clock })
    const connection = rosConnection(ros)
    const header = { ROSTemplateFormatVersion: '2015-09-01' }
    const calls = await callsOf('Custom::RosStack', connection, ros.calls, time, header)
    await ros.close()
    await time.stop()
    expect(calls.filter((call) => call !== 'GetCallerIdentity').map((call) => `ros:${call}`)).toEqual(
      actionsOf('alibaba-cloud/ros/plan.json'),
    )
  })
})

/** The calls that the drift of a stack takes, by id and by name, and then those of an Update with OnDrift. */
async function driftCallsOf(
  resourceType: string,
  connection: JsonObject,
  calls: readonly string[],
  time: ReturnType<typeof startSimulatedTime>,
  header: JsonObject = {},
): Promise<{ readonly detecting: string[]; readonly updating: string[] }> {
  const world = await startBridgeWorld({ time, rollback: false, stackName: 'drifting' })
  const properties = (value: string): JsonObject => ({
    ...connection,
    Stack: { Name: 'made', Template: { ...header, ...template(value) } },
  })
  const made = new SandboxResource(world.ros, {
    logicalResourceId: 'Thing',
    resourceType,
    parameters: properties('one'),
    timeoutSeconds: 120,
  })
  succeeded(await made.create())
  const before = calls.length
  const create = {
    ...{ ResourceType: resourceType, LogicalResourceId: 'Thing', StackId: world.ros.stackId },
    ResourceProperties: properties('one'),
  }
  const update = { ...create, RequestType: 'Update', PhysicalResourceId: made.physicalResourceId ?? '' }
  for (const event of [create, update])
    expect(await driftOf(event, time)).toMatchObject({ outcome: 'detected' })
  const between = calls.length
  succeeded(await made.update({ ...properties('two'), OnDrift: 'refuse' }))
  const named = (from: number, until?: number) =>
    [...new Set(calls.slice(from, until))].filter((call) => call !== 'GetCallerIdentity').sort()
  const found = { detecting: named(before, between), updating: named(between) }
  await world.close()
  return found
}

describe('the policies of stackbridge drift and of OnDrift', () => {
  it('for AWS allow each call and nothing else, and allow a detection only for marked stacks', async () => {
    const time = startSimulatedTime()
    const aws = await startSandboxCloudFormation({ clock: time.clock, signatureClock: systemClock })
    const connection = awsConnection(aws)
    const type = 'Custom::AwsCloudFormationStack'
    const { detecting, updating } = await driftCallsOf(type, connection, aws.calls, time)
    await aws.close()
    await time.stop()
    const allowed = actionsOf('aws/cloudformation/drift.json')
    expect(detecting.map((call) => `cloudformation:${call}`)).toEqual(allowed)
    const known = [...allowed, ...actionsOf('aws/cloudformation/bridge.json')]
    expect(updating.filter((call) => !known.includes(`cloudformation:${call}`))).toEqual([])
    const free = statementsOf('aws/cloudformation/drift.json').filter(
      ({ Condition }) => Condition === undefined,
    )
    expect(free.flatMap(({ Action }) => Action).filter((action) => !/:(Describe|List)/.test(action))).toEqual(
      [],
    )
  })

  it('for ROS allow each call and nothing else', async () => {
    const time = startSimulatedTime()
    const ros = await startSandboxAliyunRos({ clock: time.clock })
    const connection = rosConnection(ros)
    const header = { ROSTemplateFormatVersion: '2015-09-01' }
    const { detecting, updating } = await driftCallsOf(
      'Custom::RosStack',
      connection,
      ros.calls,
      time,
      header,
    )
    await ros.close()
    await time.stop()
    const allowed = actionsOf('alibaba-cloud/ros/drift.json')
    expect(detecting.map((call) => `ros:${call}`)).toEqual(allowed)
    const known = [...allowed, ...actionsOf('alibaba-cloud/ros/with-service-role.json')]
    expect(updating.filter((call) => !known.includes(`ros:${call}`))).toEqual([])
  })
})

describe('the policies of an Update that is planned first', () => {
  it('for AWS add each call about change sets, only for marked stacks, and nothing else', async () => {
    const time = startSimulatedTime()
    const aws = await startSandboxCloudFormation({ clock: time.clock, signatureClock: systemClock })
    const world = await startBridgeWorld({ time, rollback: false, stackName: 'judged' })
    const properties = (value: string): JsonObject => ({
      ...awsConnection(aws),
      RefuseRemoval: true,
      Stack: { Template: template(value) },
    })
    const made = new SandboxResource(world.ros, {
      logicalResourceId: 'Thing',
      resourceType: 'Custom::AwsCloudFormationStack',
      parameters: properties('one'),
      timeoutSeconds: 120,
    })
    succeeded(await made.create())
    const before = aws.calls.length
    succeeded(await made.update(properties('two')))
    const other = { Resources: { Other: { Type: 'Sandbox::Resource' } } }
    expect(refused(await made.update({ ...properties(''), Stack: { Template: other } }))).toContain('Thing')
    const calls = [...new Set(aws.calls.slice(before))].map((call) => `cloudformation:${call}`)
    await Promise.all([world.close(), aws.close()])
    await time.stop()
    const added = actionsOf('aws/cloudformation/judged-updates.json')
    const known = actionsOf('aws/cloudformation/bridge.json')
    expect(calls.filter((call) => !known.includes(call)).sort()).toEqual(
      added.filter((action) => action !== 'cloudformation:TagResource'),
    )
    for (const { Sid, Condition } of statementsOf('aws/cloudformation/judged-updates.json'))
      expect(Condition?.[Sid === 'TagWithChangeSets' ? 'StringEquals' : 'Null']).toBeDefined()
  })
})
