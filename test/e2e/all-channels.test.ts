import { afterEach, beforeEach, describe, expect, inject, it } from 'vitest'
import {
  AWS_TYPE,
  HEAT_TYPE,
  startSandboxClouds,
  type SandboxClouds,
} from '../../src/cli/sandbox-clouds/sandbox-clouds.ts'
import type { JsonObject } from '../../src/platform/json.ts'
import { SandboxResource, SandboxRos } from '../../src/sandbox/ros/ros.ts'
import { refused, succeeded } from '../outcome-assertions.ts'
import { CHANNELS, type Channel } from './channels.ts'

/** The same scenarios for every kind of ServiceToken. */

let clouds: SandboxClouds
beforeEach(async () => {
  clouds = await startSandboxClouds({ resourceDelayMs: 50 })
})
afterEach(() => clouds.close())

function awsTemplate(seconds: number, more: JsonObject = {}): JsonObject {
  return {
    Resources: { Thing: { Type: 'Sandbox::Resource', Properties: { DelaySeconds: seconds } } },
    Outputs: { Greeting: { Value: 'hello' }, ...more },
  }
}

const stack = (Name: string, Template: JsonObject) =>
  clouds.connectedProperties(AWS_TYPE, { Stack: { Name, Template } })

describe.each(CHANNELS)('by %s', (_, start) => {
  let channel: Channel
  let ros: SandboxRos
  beforeEach(async () => {
    channel = await start(inject('built'))
    ros = await SandboxRos.start({ invoke: (event) => channel.send(event) })
  })
  afterEach(async () => {
    await channel.close()
    await ros.close()
  })

  it('a stack is created, updated, left unchanged, and deleted', async () => {
    const resource = new SandboxResource(ros, {
      logicalResourceId: 'Stack[0]',
      resourceType: AWS_TYPE,
      parameters: stack('scenario', awsTemplate(1)),
    })
    expect(succeeded(await resource.create())).toEqual({ Greeting: 'hello' })
    const changed = stack('scenario', awsTemplate(1, { Another: { Value: 'there' } }))
    expect(succeeded(await resource.update(changed))).toEqual({ Greeting: 'hello', Another: 'there' })
    expect(succeeded(await resource.update(changed))).toEqual({ Greeting: 'hello', Another: 'there' })
    succeeded(await resource.delete())
    expect(clouds.stackCount()).toBe(0)
  })

  it('a failed stack is answered with its reason, and nothing of it is left', async () => {
    const template = {
      heat_template_version: '2018-08-31',
      resources: { thing: { type: 'OS::Heat::TestResource', properties: { fail: true, wait_secs: 1 } } },
    }
    const resource = new SandboxResource(ros, {
      logicalResourceId: 'Failing',
      resourceType: HEAT_TYPE,
      parameters: clouds.connectedProperties(HEAT_TYPE, { Stack: { Name: 'failing', Template: template } }),
    })
    expect(refused(await resource.create())).toMatch(/^thing \(OS::Heat::TestResource\): /)
    expect(ros.outcomes.map(({ requestType, answer }) => [requestType, answer?.status])).toEqual([
      ['Create', 'FAILED'],
      ['Delete', 'SUCCESS'],
    ])
    expect(clouds.stackCount()).toBe(0)
  })

  it('a wrong property is named in the answer', async () => {
    const resource = new SandboxResource(ros, {
      logicalResourceId: 'Wrong',
      resourceType: AWS_TYPE,
      parameters: { Stakc: {} },
    })
    expect(refused(await resource.create())).toContain('Stakc')
  })
  it('an answer that is known at once is not sent again in a second run of the event if ROS refuses it', async () => {
    // For the public URL and for the intranet URL.
    ros.refuse(2, 403)
    const definition = {
      logicalResourceId: 'Refused',
      resourceType: AWS_TYPE,
      parameters: { Stakc: {} },
      timeoutSeconds: 4,
    }
    const outcome = await ros.send('Create', definition, undefined)
    expect(outcome.violations).toEqual(['no answer came before the Timeout'])
  })
})
