import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { JsonObject, JsonValue } from '../../src/platform/json.ts'
import {
  startSandboxCloudFormation,
  type SandboxCloudFormation,
} from '../../src/sandbox/aws/cloudformation/server.ts'
import { startSandboxHuaweiCloud, type SandboxHuaweiCloud } from '../../src/sandbox/huawei-cloud/server.ts'
import { startSandboxOpenStack, type SandboxOpenStack } from '../../src/sandbox/openstack/server.ts'
import { SandboxResource } from '../../src/sandbox/ros/ros.ts'
import { startBridgeWorld, type BridgeWorld } from '../bridge-world.ts'
import { succeeded } from '../outcome-assertions.ts'
import { evaluate, type Scope } from './ros-functions.ts'
import { asMap, readTemplate } from './ros-template.ts'
import { ROOT } from './serverless-devs.ts'

/** The templates in `examples/templates`, on an embedded ROS and embedded clouds. */

describe('an example template', () => {
  let aws: SandboxCloudFormation
  let openstack: SandboxOpenStack
  let huawei: SandboxHuaweiCloud
  let world: BridgeWorld
  beforeEach(async () => {
    ;[aws, openstack, huawei] = await Promise.all([
      startSandboxCloudFormation({ resourceDelayMs: 50 }),
      startSandboxOpenStack(),
      startSandboxHuaweiCloud(),
    ])
    world = await startBridgeWorld({
      environment: {
        STACKBRIDGE_ENDPOINT_HOSTS: '127.0.0.1',
        AWS_ACCESS_KEY_ID: aws.key.accessKeyId,
        AWS_SECRET_ACCESS_KEY: aws.key.secretAccessKey,
        OS_AUTH_URL: openstack.authUrl,
        OS_USERNAME: openstack.user.name,
        OS_PASSWORD: openstack.user.password,
        OS_PROJECT_NAME: openstack.user.projectName,
        HW_ACCESS_KEY: huawei.keys.accessKey,
        HW_SECRET_KEY: huawei.keys.secretKey,
        HW_AUTH_URL: huawei.url,
      },
    })
  })
  afterEach(() => Promise.all([world.close(), aws.close(), openstack.close(), huawei.close()]))

  /** Makes each resource in the order of the template, and evaluates the outputs; afterwards nothing is left. */
  async function played(name: string, values: JsonObject): Promise<{ made: JsonObject; outputs: JsonValue }> {
    const template = readTemplate(readFileSync(join(ROOT, 'examples/templates', name), 'utf8'))
    const attributes = new Map<string, JsonObject>()
    const scope: Scope = {
      template,
      values: { StackbridgeArn: 'acs:fc:cn-hangzhou:1234567890123456:functions/stackbridge', ...values },
      attributes: (resource, attribute) => {
        const value = attributes.get(resource)?.[attribute]
        if (value === undefined) throw new TypeError(`${resource} has no ${attribute}`)
        return value
      },
    }
    const ours: SandboxResource[] = []
    const made: [string, JsonObject][] = []
    for (const [logicalResourceId, { Type, Properties }] of Object.entries(template.Resources)) {
      const properties = asMap(evaluate(Properties, scope))
      made.push([logicalResourceId, properties])
      if (typeof Type !== 'string' || !Type.startsWith('Custom::')) {
        attributes.set(logicalResourceId, { DomainName: 'made-by-ros.example.com' })
        continue
      }
      const resource = new SandboxResource(world.ros, {
        logicalResourceId,
        resourceType: Type,
        parameters: onSandbox(Type, asMap(properties['Parameters'])),
      })
      attributes.set(logicalResourceId, succeeded(await resource.create()))
      ours.push(resource)
    }
    const outputs = Object.entries(template.Outputs).map(([output, { Value }]) => [
      output,
      evaluate(Value, scope) ?? null,
    ])
    for (const resource of ours) succeeded(await resource.delete())
    expect([...aws.cloud.stacks.values()].map(({ status }) => status)).toEqual(
      [...aws.cloud.stacks].map(() => 'DELETE_COMPLETE'),
    )
    expect([...openstack.heat.stacks.values()].map(({ action }) => action)).toEqual(
      [...openstack.heat.stacks].map(() => 'DELETE'),
    )
    expect([...huawei.rfs.stacks.keys()]).toEqual([])
    return { made: Object.fromEntries(made), outputs: Object.fromEntries(outputs) }
  }

  /** AWS and RFS have addresses that no property names. */
  function onSandbox(type: string, parameters: JsonObject): JsonObject {
    switch (type) {
      case 'Custom::AwsCloudFormationStack':
        return { ...parameters, Endpoint: aws.url }
      case 'Custom::HuaweiRfsStack':
        return { ...parameters, Endpoint: huawei.url }
      default:
        return parameters
    }
  }

  it('makes a bucket in AWS, and its twin in OSS of what the foreign stack put out', async () => {
    const { made, outputs } = await played('aws/cloudformation/s3-bucket.yml', {
      BucketName: 'bucket-by-ros',
    })
    expect(made['Twin']).toEqual({
      BucketName: 'bucket-by-ros',
      AccessControl: 'private',
      Tags: { 'twin-of': 'arn:aws:s3:::bucket-by-ros' },
    })
    expect(outputs).toEqual({
      AwsBucketArn: 'arn:aws:s3:::bucket-by-ros',
      OssBucketDomain: 'made-by-ros.example.com',
    })
  })

  it('makes a network in OpenStack', async () => {
    const { outputs } = await played('openstack/heat/network.yml', {})
    const uuid = expect.stringMatching(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/)
    expect(outputs).toEqual({ NetworkId: uuid, SubnetId: uuid })
  })

  it('makes a network in Huawei Cloud', async () => {
    const { outputs } = await played('huawei-cloud/rfs-stack/vpc.yml', {})
    expect(outputs).toEqual({ VpcId: expect.stringMatching(/./), VpcCidr: '10.20.0.0/16' })
  })

  it('creates a stack in each cloud, with an OpenStack user from its own parameters', async () => {
    const { outputs } = await played('both-clouds.yml', {
      BucketName: 'bucket-by-ros',
      OpenStackAuthUrl: openstack.authUrl,
      OpenStackUserName: openstack.user.name,
      OpenStackPassword: openstack.user.password,
      OpenStackProjectName: openstack.user.projectName,
    })
    expect(outputs).toEqual({
      BucketArn: 'arn:aws:s3:::bucket-by-ros',
      NetworkId: expect.stringMatching(/./),
    })
  })
})
