// Loaded before the simulated clock runs, since loading takes real time.
import '../../src/providers/aws/cloudformation/sts.ts'
import { startSimulatedWorld } from '../../src/cli/demo/simulated-world.ts'
import { SandboxResource } from '../../src/sandbox/ros/ros.ts'

/** The way of use of the function. */
export interface Use {
  readonly name: string
  /** It assumes a role in AWS. */
  readonly hasRole: boolean
  /** Each call has a new instance. */
  readonly isCold: boolean
  /** `STACKBRIDGE_HAND_OFF_TOKENS` */
  readonly handsOffTokens: boolean
}

export const STATIC_KEYS: Use = {
  name: 'static keys, one instance',
  hasRole: false,
  isCold: false,
  handsOffTokens: true,
}

export interface SimulatedCall {
  /** Seconds since the event arrived. */
  readonly atS: number
  /** Seconds for which it waits in place. */
  readonly sleptS: number
}

export interface SimulatedCalls {
  readonly calls: readonly SimulatedCall[]
  readonly assumedRoles: number
}

export interface SimulatedStack {
  readonly seconds: number
  /** The function never hands off, and its timeout is longer than the stack's operation. */
  readonly inPlace?: boolean
  readonly use?: Use
}

/**
 * Counts the function's calls and its requests to AWS for one stack, with the bridge on a simulated clock and the embedded
 * Function Compute.
 */
export async function simulateCalls({
  seconds,
  inPlace = false,
  use = STATIC_KEYS,
}: SimulatedStack): Promise<SimulatedCalls> {
  const timeoutSeconds = 2 * seconds + 120
  const world = await startSimulatedWorld({
    timeoutSeconds: inPlace ? timeoutSeconds + 60 : 60,
    isCold: use.isCold,
    environment: {
      STACKBRIDGE_CONTINUATION: inPlace ? 'off' : 'auto',
      STACKBRIDGE_TIMEOUT_SECONDS: String(timeoutSeconds),
      STACKBRIDGE_HAND_OFF_TOKENS: String(use.handsOffTokens),
    },
  })
  const { aws, ros, clock, fc } = world
  const role = { RoleArn: 'arn:aws:iam::123456789012:role/Any', Endpoint: aws.url }
  const resource = new SandboxResource(ros, {
    logicalResourceId: 'R',
    resourceType: 'Custom::AwsCloudFormationStack',
    timeoutSeconds: timeoutSeconds,
    parameters: {
      AccessKeyId: aws.key.accessKeyId,
      AccessKeySecret: aws.key.secretAccessKey,
      RegionId: aws.region,
      Endpoint: aws.url,
      ...(use.hasRole ? { AssumeRole: role } : {}),
      Stack: {
        Name: 'cost',
        Template: {
          Resources: { Thing: { Type: 'Sandbox::Resource', Properties: { DelaySeconds: seconds } } },
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
    return {
      calls: world.calls.map(({ at, sleptMs }) => ({ atS: at / 1000, sleptS: sleptMs / 1000 })),
      assumedRoles: aws.calls.filter((call) => call === 'AssumeRole').length,
    }
  } finally {
    await world.close()
  }
}
