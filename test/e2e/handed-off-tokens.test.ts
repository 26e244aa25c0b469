import { afterEach, describe, expect, inject, it } from 'vitest'
import { startSandboxCloudFormation } from '../../src/sandbox/aws/cloudformation/server.ts'
import { SandboxResource } from '../../src/sandbox/ros/ros.ts'
import { succeeded } from '../outcome-assertions.ts'
import { startFcWorld } from './fc-world.ts'
import { awsConnection } from '../embedded-connections.ts'

/** The built bundle on the embedded Function Compute: how often an operation in a role logs in to AWS. */

const open: { close(): unknown }[] = []
afterEach(async () => {
  for (const one of open.splice(0).reverse()) await one.close()
})

async function follow(options: { readonly isCold: boolean; readonly handsOffTokens: boolean }) {
  const aws = await startSandboxCloudFormation({ resourceDelayMs: 50 })
  open.push(aws)
  const world = await startFcWorld({
    built: inject('built'),
    isCold: options.isCold,
    timeoutSeconds: 30,
    environment: {
      STACKBRIDGE_POLL_MIN_MS: '1000',
      STACKBRIDGE_INLINE_SECONDS: '0',
      STACKBRIDGE_LOG_LEVEL: 'trace',
      STACKBRIDGE_HAND_OFF_TOKENS: String(options.handsOffTokens),
    },
  })
  open.push(world)
  const made = new SandboxResource(world.ros, {
    logicalResourceId: 'Slow',
    resourceType: 'Custom::AwsCloudFormationStack',
    timeoutSeconds: 60,
    parameters: {
      ...awsConnection(aws),
      AssumeRole: { RoleArn: 'arn:aws:iam::123456789012:role/Any', Endpoint: aws.url },
      Stack: {
        Name: 'slow',
        Template: { Resources: { Thing: { Type: 'Sandbox::Resource', Properties: { DelaySeconds: 5 } } } },
      },
    },
  })
  succeeded(await made.create())
  await world.fc.idle()
  return {
    invocations: world.fc.invocations.length,
    logins: aws.calls.filter((call) => call === 'AssumeRole').length,
    output: world.output(),
  }
}

describe('an operation in a role that is handed off', () => {
  it('assumes the role once, also where each call has a new instance, and logs nothing of the session', async () => {
    const { invocations, logins, output } = await follow({ isCold: true, handsOffTokens: true })
    expect(invocations).toBeGreaterThan(3)
    expect(logins).toBe(1)
    expect(output).not.toMatch(/assumed-(secret|session-token)-of-no-value/)
  })

  it('assumes the role once an instance where tokens are not handed off', async () => {
    const warm = await follow({ isCold: false, handsOffTokens: false })
    expect(warm.invocations).toBeGreaterThan(3)
    expect(warm.logins).toBe(1)
    const cold = await follow({ isCold: true, handsOffTokens: false })
    expect(cold.logins).toBe(cold.invocations)
  })
})
