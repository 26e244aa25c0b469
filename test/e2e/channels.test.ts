import { afterEach, beforeEach, describe, expect, inject, it } from 'vitest'
import type { JsonObject } from '../../src/platform/json.ts'
import {
  startSandboxCloudFormation,
  type SandboxCloudFormation,
} from '../../src/sandbox/aws/cloudformation/server.ts'
import { SandboxResource, SandboxRos } from '../../src/sandbox/ros/ros.ts'
import { refused, succeeded } from '../outcome-assertions.ts'
import { CONTEXT, startCustomFunction, startFunction, startTriggeredFunction } from './channels.ts'
import { awsConnection } from '../embedded-connections.ts'

/** Behaviour of single channels, on the built bundle. all-channels.test.ts has what all channels share. */

let aws: SandboxCloudFormation
const open: { close(): unknown }[] = []
beforeEach(async () => {
  aws = await startSandboxCloudFormation({ resourceDelayMs: 50 })
  open.push(aws)
})
afterEach(async () => {
  for (const one of open.splice(0).reverse()) await one.close()
})

function stack(seconds: number): JsonObject {
  return {
    ...awsConnection(aws),
    Stack: {
      Name: 'over-http',
      Template: {
        Resources: { Thing: { Type: 'Sandbox::Resource', Properties: { DelaySeconds: seconds } } },
        Outputs: { Thing: { Value: { Ref: 'Thing' } } },
      },
    },
  }
}

async function resource(invoke: (event: Uint8Array) => Promise<void>, seconds = 0): Promise<SandboxResource> {
  const ros = await SandboxRos.start({ rollback: false, invoke })
  open.push(ros)
  return new SandboxResource(ros, {
    logicalResourceId: 'Stack',
    resourceType: 'Custom::AwsCloudFormationStack',
    parameters: stack(seconds),
    timeoutSeconds: 240,
  })
}

describe('the function with an HTTP trigger', () => {
  it('tells ROS the reason if it cannot invoke itself', async () => {
    const { request, fc, close } = await startTriggeredFunction(inject('built'))
    open.push({ close })
    fc.fail(1, 403)
    const made = await resource(async (event) => void (await request('/ros', event)))
    expect(refused(await made.create())).toContain(
      'needs the function to invoke itself, which it cannot: FC answered HTTP 403',
    )
  })

  it('asks for the event again if the refusal may be temporary', async () => {
    const { request, fc, close } = await startTriggeredFunction(inject('built'))
    open.push({ close })
    fc.fail(1, 503)
    const statuses: number[] = []
    const made = await resource(async (event) => {
      for (let time = 0; time < 2; time += 1) statuses.push((await request('/ros', event)).status)
    })
    succeeded(await made.create())
    expect(statuses).toEqual([500, 202])
  })

  it('answers a synchronous token in the HTTP response, and refuses requests without a token', async () => {
    const { request, close } = await startTriggeredFunction(inject('built'))
    open.push({ close })
    // Loads the provider first: a synchronous token has only ten seconds of real time.
    const made = await resource(async (event) => void (await request('/ros', event)))
    succeeded(await made.create())
    succeeded(await made.delete())
    const event = Buffer.from(
      JSON.stringify({
        RequestType: 'Create',
        RequestId: '1',
        StackId: '2',
        LogicalResourceId: 'Stack',
        ResourceType: 'Custom::AwsCloudFormationStack',
        ResourceProperties: stack(0),
      }),
    )
    expect(await request('/ros/sync', event, 'another-token-of-no-value')).toMatchObject({ status: 401 })
    const reply = await request('/ros/sync', event)
    expect(JSON.parse(reply.body)).toMatchObject({ Status: 'SUCCESS', RequestId: '1' })
  })
})

describe('the function behind a trigger of a queue', () => {
  it('fails for a message without an event, so that the trigger may try again', async () => {
    const { invoke, close } = await startFunction(inject('built'), 'mns')
    open.push({ close })
    expect(await invoke(Buffer.from('hello'), CONTEXT)).toMatchObject({
      ended: 'threw',
      error: 'The message holds no event of ROS',
    })
  })

  it('creates no stack for an event that was in the queue for longer than ROS waits', async () => {
    const { invoke, close } = await startFunction(inject('built'), 'mns')
    open.push({ close })
    const time = new Date(Date.now() - 2 * 3600_000).toISOString()
    const made = await resource(async (event) => {
      const data = { messageBody: Buffer.from(event).toString() }
      await invoke(Buffer.from(JSON.stringify([{ specversion: '1.0', time, data }])), CONTEXT)
    })
    expect(refused(await made.create())).toContain('before the stack could be created')
    expect(JSON.stringify(aws.calls)).not.toContain('CreateStack')
  })
})

describe('the custom runtime', () => {
  it('answers the hooks, logs the ids of FC, and stops on request', async () => {
    const { url, fc, output, stop, close } = await startCustomFunction(inject('built'))
    open.push({ close })
    expect(await (await fetch(`${url}/initialize`, { method: 'POST' })).text()).toBe('{}')
    const made = await resource(async (event) => fc.invokeAsync('stackbridge', event))
    succeeded(await made.create())
    await fc.idle()
    const [begun] = fc.invocations
    await expect.poll(output).toContain(`FC Invoke End RequestId: ${String(begun?.requestId)}`)
    const lines = output().split('\n')
    const from = lines.indexOf(`FC Invoke Start RequestId: ${String(begun?.requestId)}`)
    const to = lines.indexOf(`FC Invoke End RequestId: ${String(begun?.requestId)}`)
    const own = lines.slice(from + 1, to)
    expect(own).not.toEqual([])
    expect(own.filter((line) => !line.includes(`"fcRequestId":"${String(begun?.requestId)}"`))).toEqual([])
    expect((await fetch(`${url}/pre-stop`)).status).toBe(200)
    expect((await fetch(`${url}/ros`, { method: 'POST', body: '{}' })).status).toBe(401)
    expect(await stop()).toBe(0)
  })
})
