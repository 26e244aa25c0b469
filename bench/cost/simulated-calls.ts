import { startSimulatedWorld } from '../../src/cli/simulated-world.ts'
import { SandboxResource } from '../../src/sandbox/ros/ros.ts'

export interface SimulatedCalls {
  readonly invocations: number
  /** Billed seconds of the first call, which polls in place, and of all others together. */
  readonly firstS: number
  readonly othersS: number
}

/**
 * Counts the function's calls for one stack, with the bridge on a simulated clock and the embedded Function Compute. With
 * `inPlace` it never hands off, and the function's timeout is longer than the stack takes.
 */
export async function simulateCalls(stackSeconds: number, inPlace: boolean): Promise<SimulatedCalls> {
  const timeoutSeconds = 2 * stackSeconds + 120
  const world = await startSimulatedWorld({
    timeoutSeconds: inPlace ? timeoutSeconds + 60 : 60,
    environment: {
      STACKBRIDGE_CONTINUATION: inPlace ? 'off' : 'auto',
      STACKBRIDGE_TIMEOUT_SECONDS: String(timeoutSeconds),
    },
  })
  const { aws, ros, clock, fc } = world
  const resource = new SandboxResource(ros, {
    logicalResourceId: 'R',
    resourceType: 'Custom::AwsCloudFormationStack',
    timeoutSeconds: timeoutSeconds,
    parameters: {
      AccessKeyId: aws.key.accessKeyId,
      AccessKeySecret: aws.key.secretAccessKey,
      RegionId: aws.region,
      Endpoint: aws.url,
      Stack: {
        Name: 'cost',
        Template: {
          Resources: { Thing: { Type: 'Sandbox::Resource', Properties: { DelaySeconds: stackSeconds } } },
        },
      },
    },
  })
  try {
    const { answer } = await clock.run(
      resource.create().then(async (outcome) => {
        await fc.idle()
        return outcome
      }),
    )
    if (answer?.status !== 'SUCCESS') throw new Error(`the bridge answered ${answer?.reason ?? 'nothing'}`)
    const [first = Number.NaN, ...others] = world.calls.map(({ billedMs }) => billedMs / 1000)
    return {
      invocations: world.calls.length,
      firstS: first,
      othersS: others.reduce((sum, s) => sum + s, 0),
    }
  } finally {
    await world.close()
  }
}
