import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { systemClock } from '../../src/platform/clock.ts'
import type { JsonObject } from '../../src/platform/json.ts'
import { startSandboxCloudFormation } from '../../src/sandbox/aws/cloudformation/server.ts'
import { startSandboxAliyunRos } from '../../src/sandbox/alibaba-cloud/ros/server.ts'
import { startSandboxOpenStack } from '../../src/sandbox/openstack/server.ts'
import { SandboxResource } from '../../src/sandbox/ros/ros.ts'
import { startBridgeWorld, type BridgeWorld } from '../bridge-world.ts'
import { succeeded } from '../outcome-assertions.ts'
import { checksOf } from '../checks-of.ts'
import { startSimulatedTime, type TestTime } from '../test-time.ts'
import { ROOT } from './serverless-devs.ts'
import { awsConnection, rosConnection } from '../embedded-connections.ts'

/**
 * Compares the policies of the mode read-only with the calls that a read-only resource makes: no permission is missing, and
 * none is unused.
 */

function actionsOf(name: string): string[] {
  const { Statement } = JSON.parse(readFileSync(join(ROOT, 'examples/policies', name), 'utf8'))
  return Statement.flatMap(({ Action }: { Action: string | string[] }) => Action).sort()
}

function resourceIn(world: BridgeWorld, resourceType: string) {
  return (logicalResourceId: string, parameters: JsonObject) =>
    new SandboxResource(world.ros, { logicalResourceId, resourceType, parameters, timeoutSeconds: 120 })
}

/** `stackbridge doctor` needs no other permissions than the resource. */
async function expectDoctorFinds(ResourceType: string, properties: JsonObject, time: TestTime) {
  const checks = await checksOf({ ResourceType, ResourceProperties: properties }, time)
  expect(checks.map(({ name, result }) => `${name} ${result}`)).toEqual([
    'properties ok',
    'stack ok',
    'outputs ok',
  ])
}

const template = {
  Resources: { Thing: { Type: 'Sandbox::Resource', Properties: { Value: 'theirs', DelaySeconds: 9 } } },
  Outputs: { Value: { Value: { 'Fn::GetAtt': ['Thing', 'Value'] } } },
}

describe('the policies of the mode read-only', () => {
  it('for AWS allow each call of a Create, an Update and a Delete, and nothing else', async () => {
    const time = startSimulatedTime()
    const aws = await startSandboxCloudFormation({ clock: time.clock, signatureClock: systemClock })
    const world = await startBridgeWorld({ time, rollback: false, stackName: 'reader' })
    const connection = awsConnection(aws)
    const resource = resourceIn(world, 'Custom::AwsCloudFormationStack')
    const owner = resource('Owner', { ...connection, Stack: { Name: 'theirs', Template: template } })
    succeeded(await owner.create())
    const before = aws.calls.length
    const byName = { ...connection, Mode: 'read-only', Stack: { Name: 'theirs' } }
    const byId = { ...connection, Mode: 'read-only', StackId: owner.physicalResourceId ?? '' }
    for (const properties of [byName, byId]) {
      const reader = resource('Reader', properties)
      succeeded(await reader.create())
      succeeded(await reader.update({ ...properties, Revision: 2 }))
      succeeded(await reader.delete())
      await expectDoctorFinds('Custom::AwsCloudFormationStack', properties, time)
    }
    const calls = aws.calls.slice(before)
    await Promise.all([world.close(), aws.close()])
    await time.stop()
    expect([...new Set(calls)].map((call) => `cloudformation:${call}`).sort()).toEqual(
      actionsOf('aws/cloudformation/read-only.json'),
    )
  })

  it('for ROS allow each call of a Create, an Update and a Delete, and nothing else', async () => {
    const time = startSimulatedTime()
    const ros = await startSandboxAliyunRos({ clock: time.clock })
    const world = await startBridgeWorld({ time, rollback: false, stackName: 'reader' })
    const connection = rosConnection(ros)
    const resource = resourceIn(world, 'Custom::RosStack')
    const whole = { ROSTemplateFormatVersion: '2015-09-01', ...template }
    const owner = resource('Owner', { ...connection, Stack: { Name: 'theirs', Template: whole } })
    succeeded(await owner.create())
    const before = ros.calls.length
    const byName = { ...connection, Mode: 'read-only', Stack: { Name: 'theirs' } }
    const byId = { ...connection, Mode: 'read-only', StackId: owner.physicalResourceId ?? '' }
    for (const properties of [byName, byId]) {
      const reader = resource('Reader', properties)
      succeeded(await reader.create())
      succeeded(await reader.update({ ...properties, Revision: 2 }))
      succeeded(await reader.delete())
      await expectDoctorFinds('Custom::RosStack', properties, time)
    }
    const calls = ros.calls.slice(before).filter((call) => call !== 'GetCallerIdentity')
    await Promise.all([world.close(), ros.close()])
    await time.stop()
    expect([...new Set(calls)].map((call) => `ros:${call}`).sort()).toEqual(
      actionsOf('alibaba-cloud/ros/read-only.json'),
    )
  })
})

describe('the access rules for OpenStack', () => {
  it('allow each call of a Create, an Update and a Delete in the mode read-only, and nothing else', async () => {
    const time = startSimulatedTime()
    const openstack = await startSandboxOpenStack({ clock: time.clock })
    const world = await startBridgeWorld({ time, rollback: false, stackName: 'reader' })
    const { authUrl: AuthUrl, user } = openstack
    const Auth = { AuthUrl, Username: user.name, Password: user.password, ProjectName: user.projectName }
    const resource = resourceIn(world, 'Custom::HeatStack')
    const hot = {
      heat_template_version: '2021-04-16',
      outputs: { Value: { value: 'theirs' } },
    }
    const owner = resource('Owner', { Auth, Stack: { Name: 'theirs', Template: hot } })
    succeeded(await owner.create())
    const before = openstack.paths.length
    const byName = { Auth, Mode: 'read-only', Stack: { Name: 'theirs' } }
    const byId = { Auth, Mode: 'read-only', StackId: owner.physicalResourceId ?? '' }
    for (const properties of [byName, byId]) {
      const reader = resource('Reader', properties)
      expect(succeeded(await reader.create())).toEqual({ Value: 'theirs' })
      succeeded(await reader.update({ ...properties, Revision: 2 }))
      succeeded(await reader.delete())
      await expectDoctorFinds('Custom::HeatStack', properties, time)
    }
    const paths = openstack.paths.slice(before).filter((path) => !path.endsWith('/v3/auth/tokens'))
    await Promise.all([world.close(), openstack.close()])
    await time.stop()
    const rules = accessRules('openstack/heat/read-only-access-rules.json')
    const ruleFor = (path: string) => rules.findIndex((rule) => rule.test(path))
    expect([...new Set(paths.map(ruleFor))].sort()).toEqual([...rules.keys()])
  })
})

/** https://docs.openstack.org/keystone/latest/user/application_credentials.html#access-rules */
function accessRules(name: string): RegExp[] {
  const rules: { method: string; path: string }[] = JSON.parse(
    readFileSync(join(ROOT, 'examples/policies', name), 'utf8'),
  )
  // The embedded Heat has its own path before that of Heat.
  return rules.map(({ method, path }) => new RegExp(`^${method} .*${path.replaceAll(/\{\w+\}/g, '[^/]+')}$`))
}

describe('a read-only resource with invocations that poll once each', () => {
  it('waits for the end of the operation on the stack, and answers once', async () => {
    const time = startSimulatedTime()
    const aws = await startSandboxCloudFormation({ clock: time.clock, signatureClock: systemClock })
    const world = await startBridgeWorld({ time, rollback: false, stackName: 'reader', handsOver: true })
    const connection = awsConnection(aws)
    const resource = resourceIn(world, 'Custom::AwsCloudFormationStack')
    const owner = resource('Owner', { ...connection, Stack: { Name: 'theirs', Template: template } })
    const creating = owner.create()
    const from = time.clock.now()
    await time.until(() => time.clock.now() - from > 2000)
    const reader = resource('Reader', {
      ...connection,
      Mode: 'read-only',
      OnBusy: 'wait',
      Stack: { Name: 'theirs' },
    })
    expect(succeeded(await reader.create())).toEqual({ Value: 'theirs' })
    succeeded(await creating)
    succeeded(await reader.delete())
    await Promise.all([world.close(), aws.close()])
    await time.stop()
  })
})
