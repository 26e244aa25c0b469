import { startSandboxCloudFormation } from '../../src/sandbox/aws/cloudformation/server.ts'
import { SandboxResource } from '../../src/sandbox/ros/ros.ts'
import { startFcWorld } from '../../test/e2e/fc-world.ts'
import type { Use } from './simulated-calls.ts'

export interface BundleCalls {
  /** Duration of the first call in a new instance in milliseconds; the others likewise. */
  readonly coldMs: number
  /** Of calls that poll and hand off. */
  readonly hopsMs: readonly number[]
  readonly answersMs: readonly number[]
}

const STACK_SECONDS = 8

/**
 * Runs the built bundle on the embedded Function Compute, in processes of its own, which are stopped between calls. Measures the
 * call that starts a stack in a new instance, calls that poll and hand off, and the call that answers. A new instance's call
 * includes the start of its process, which Function Compute does not bill in full. `built` is the folder with `function/`.
 */
export async function measureBundleCalls(built: string, use: Use, stacks = 1): Promise<BundleCalls> {
  const environment = {
    STACKBRIDGE_POLL_MIN_MS: '1000',
    STACKBRIDGE_INLINE_SECONDS: '0',
    STACKBRIDGE_LOG_LEVEL: 'warn',
    STACKBRIDGE_HAND_OFF_TOKENS: String(use.handsOffTokens),
  }
  const [world, aws] = await Promise.all([
    startFcWorld({ built, environment, timeoutSeconds: 60, isCold: use.isCold }),
    startSandboxCloudFormation(),
  ])
  const hopsMs: number[] = []
  const answersMs: number[] = []
  let coldMs = Number.NaN
  try {
    for (let index = 0; index < stacks; index += 1) {
      const from = world.fc.invocations.length
      const resource = new SandboxResource(world.ros, {
        logicalResourceId: `R${String(index)}`,
        resourceType: 'Custom::AwsCloudFormationStack',
        timeoutSeconds: 600,
        parameters: {
          AccessKeyId: aws.key.accessKeyId,
          AccessKeySecret: aws.key.secretAccessKey,
          RegionId: aws.region,
          Endpoint: aws.url,
          ...(use.hasRole
            ? { AssumeRole: { RoleArn: 'arn:aws:iam::123456789012:role/Any', Endpoint: aws.url } }
            : {}),
          Stack: {
            Name: `cost-${String(index)}`,
            Template: {
              Resources: {
                Thing: { Type: 'Sandbox::Resource', Properties: { DelaySeconds: STACK_SECONDS } },
              },
            },
          },
        },
      })
      const { answer } = await resource.create()
      if (answer?.status !== 'SUCCESS') throw new Error(`the bundle answered ${answer?.reason ?? 'nothing'}`)
      await world.fc.idle()
      const took = world.fc.invocations.slice(from).map(({ startedAt, endedAt }) => endedAt - startedAt)
      const [first = Number.NaN, ...later] = took
      if (index === 0) coldMs = first
      answersMs.push(...later.splice(-1))
      // The first call is in `coldMs`, including the code that it loads for the first hand-off.
      hopsMs.push(...later)
    }
  } finally {
    await Promise.all([world.close(), aws.close()])
  }
  return { coldMs, hopsMs, answersMs }
}
