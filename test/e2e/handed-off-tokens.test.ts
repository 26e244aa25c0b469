import { afterEach, describe, expect, inject, it } from 'vitest'
import { systemClock } from '../../src/platform/clock.ts'
import { startSandboxCloudFormation } from '../../src/sandbox/aws/cloudformation/server.ts'
import { SandboxResource } from '../../src/sandbox/ros/ros.ts'
import { succeeded } from '../outcome-assertions.ts'
import { startFcWorld } from './fc-world.ts'
import { SkippingClock } from './skipping-clock.ts'
import { awsConnection } from '../embedded-connections.ts'

/** The built bundle on the embedded Function Compute: how many times an operation with a role logs in to AWS. */

const open: { close(): unknown }[] = []
afterEach(async () => {
  for (const one of open.splice(0).reverse()) await one.close()
})

const STACK_SECONDS = 600

/** Follows the Create of a stack that completes after more than three calls. */
async function follow(options: { readonly isCold: boolean; readonly handsOffTokens: boolean }) {
  const clock = new SkippingClock()
  const aws = await startSandboxCloudFormation({ resourceDelayMs: 50, clock, signatureClock: systemClock })
  open.push(aws)
  const world = await startFcWorld({
    built: inject('built'),
    isCold: options.isCold,
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
    timeoutSeconds: 240,
    parameters: {
      ...awsConnection(aws),
      AssumeRole: { RoleArn: 'arn:aws:iam::123456789012:role/Any', Endpoint: aws.url },
      Stack: {
        Name: 'slow',
        Template: {
          Resources: { Thing: { Type: 'Sandbox::Resource', Properties: { DelaySeconds: STACK_SECONDS } } },
        },
      },
    },
  })
  const creating = made.create()
  await expect.poll(() => world.fc.invocations.length).toBeGreaterThan(3)
  clock.skip(STACK_SECONDS * 1000)
  succeeded(await creating)
  await world.fc.idle()
  return {
    invocations: world.fc.invocations.length,
    logins: aws.calls.filter((call) => call === 'AssumeRole').length,
    output: world.output(),
  }
}

describe('an operation with a role that is handed off', () => {
  it('assumes the role once, even if each call has a new instance, and logs nothing of the session', async () => {
    const { logins, output } = await follow({ isCold: true, handsOffTokens: true })
    expect(logins).toBe(1)
    expect(output).not.toMatch(/assumed-(secret|session-token)-of-no-value/)
  })

  it('assumes the role once per instance if tokens are not handed off', async () => {
    const warm = await follow({ isCold: false, handsOffTokens: false })
    expect(warm.logins).toBe(1)
    const cold = await follow({ isCold: true, handsOffTokens: false })
    expect(cold.logins).toBe(cold.invocations)
  })
})
