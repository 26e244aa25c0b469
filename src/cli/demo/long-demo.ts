import { SandboxResource } from '../../sandbox/ros/ros.ts'
import type { Renderer } from '../report.ts'
import { startSimulatedWorld, type SimulatedCall, type SimulatedWorld } from './simulated-world.ts'

const STACK_SECONDS = 7200
const ROS_TIMEOUT_SECONDS = 10_800
const FUNCTION_TIMEOUT_SECONDS = 60
/** How many calls are shown at the start and at the end. */
const SHOWN = 3

/**
 * A stack that takes two hours, served by a function with a timeout of 60 s, on a simulated clock. The bridge invokes itself
 * through the embedded Function Compute. True if the answer was right and the billed time was under 1 % of the stack's time,
 * which polling in one call would cost.
 */
export async function longDemo(renderer: Renderer): Promise<boolean> {
  const world = await startSimulatedWorld({ timeoutSeconds: FUNCTION_TIMEOUT_SECONDS })
  const resource = slowResource(world)
  try {
    renderer.report({
      type: 'section',
      title: `A stack that takes two hours, a function with a timeout of ${String(FUNCTION_TIMEOUT_SECONDS)} s (simulated clock)`,
    })
    renderer.report({
      type: 'event',
      requestType: 'Create',
      resource: 'Slow',
      resourceType: 'Custom::AwsCloudFormationStack',
    })
    const { answer, violations, elapsedMs } = await world.clock.run(
      resource.create().then(async (outcome) => {
        await world.fc.idle()
        return outcome
      }),
    )
    showCalls(world.calls, renderer)
    if (answer !== undefined)
      renderer.report({
        type: 'answer',
        resource: 'Slow',
        status: answer.status,
        data: answer.data,
        elapsedMs,
      })
    const billedMs = world.calls.reduce((sum, call) => sum + call.billedMs, 0)
    const share = billedMs / elapsedMs
    renderer.report({
      type: 'figures',
      rows: [
        ['function invocations', String(world.calls.length)],
        ['longest invocation', seconds(Math.max(...world.calls.map((call) => call.billedMs)))],
        ['time until the answer', seconds(elapsedMs)],
        ['billed time, total', seconds(billedMs)],
        ['compared with one long call', `${(share * 100).toFixed(2)} %`],
      ],
    })
    return answer?.status === 'SUCCESS' && violations.length === 0 && share < 0.01
  } finally {
    await world.close()
  }
}

function slowResource({ ros, aws }: SimulatedWorld): SandboxResource {
  return new SandboxResource(ros, {
    logicalResourceId: 'Slow',
    resourceType: 'Custom::AwsCloudFormationStack',
    timeoutSeconds: ROS_TIMEOUT_SECONDS,
    parameters: {
      AccessKeyId: aws.key.accessKeyId,
      AccessKeySecret: aws.key.secretAccessKey,
      RegionId: aws.region,
      Endpoint: aws.url,
      Timeout: ROS_TIMEOUT_SECONDS,
      Stack: {
        Name: 'slow',
        Template: {
          Resources: { Thing: { Type: 'Sandbox::Resource', Properties: { DelaySeconds: STACK_SECONDS } } },
          Outputs: { Thing: { Value: { Ref: 'Thing' } } },
        },
      },
    },
  })
}

function showCalls(calls: readonly SimulatedCall[], renderer: Renderer): void {
  for (const [index, { at, billedMs, kind }] of calls.entries()) {
    if (index < SHOWN || index >= calls.length - SHOWN)
      renderer.report({ type: 'call', number: index + 1, elapsedMs: at, billedMs, ended: kind })
    if (index === SHOWN && calls.length > 2 * SHOWN)
      renderer.report({ type: 'calls-left-out', count: calls.length - 2 * SHOWN })
  }
}

function seconds(ms: number): string {
  return `${(ms / 1000).toFixed(1)} s`
}
