import { systemClock } from '../platform/clock.ts'
import { isJsonObject, parseJson, type JsonValue } from '../platform/json.ts'
import {
  startSandboxCloudFormation,
  type SandboxCloudFormation,
} from '../sandbox/aws-cloudformation/server.ts'
import { SandboxResource, SandboxRos, type Outcome } from '../sandbox/ros/ros.ts'
import { story, type StoryStep } from '../sandbox/story.ts'
import type { LocalBridge } from './local-bridge.ts'
import type { Renderer, SummaryRow } from './report.ts'
import { StackWatcher } from './stack-watcher.ts'

/** As slow as it takes to be read, and no slower. */
const RESOURCE_DELAY_MS = 1000
const EVENTS_INTERVAL_MS = 100

/** Plays the story on the embedded clouds; true when every answer was the expected one and no stack was left. */
export async function demo(bridge: LocalBridge, renderer: Renderer): Promise<boolean> {
  const cloud = await startSandboxCloudFormation({ resourceDelayMs: RESOURCE_DELAY_MS })
  let watchersCalls = 0
  const ros = await SandboxRos.start({
    invoke: async (event) => {
      watchersCalls += await serveAndShow(event, bridge, renderer)
    },
  })
  const resources = new Map<string, SandboxResource>()
  const rows: SummaryRow[] = []
  try {
    for (const step of story) {
      renderer.report({ type: 'section', title: step.title })
      const bridgeCalls = () => cloud.calls.length - watchersCalls
      const callsBefore = bridgeCalls()
      const outcomesBefore = ros.outcomes.length
      await play(step, ros, resources, cloud)
      const outcome = ros.outcomes[outcomesBefore]
      rows.push(rowOf(step, outcome, bridgeCalls() - callsBefore))
    }
    renderer.report({ type: 'summary', rows })
    const left = [...cloud.cloud.stacks.values()].filter(({ status }) => status !== 'DELETE_COMPLETE')
    return rows.every(({ asExpected }) => asExpected) && left.length === 0
  } finally {
    await Promise.all([ros.close(), cloud.close()])
  }
}

async function play(
  step: StoryStep,
  ros: SandboxRos,
  resources: Map<string, SandboxResource>,
  cloud: SandboxCloudFormation,
): Promise<void> {
  const parameters = {
    AccessKeyId: cloud.key.accessKeyId,
    AccessKeySecret: cloud.key.secretAccessKey,
    RegionId: cloud.region,
    Endpoint: cloud.url,
    Stack: step.stack,
  }
  const resource =
    resources.get(step.resource) ??
    new SandboxResource(ros, {
      logicalResourceId: step.resource,
      resourceType: 'Custom::AwsCloudFormationStack',
      parameters,
    })
  resources.set(step.resource, resource)
  switch (step.change) {
    case 'create':
      await resource.create()
      break
    case 'update':
      await resource.update(parameters)
      break
    case 'delete':
      await resource.delete()
      break
  }
}

/** Returns how many calls were made only to show something. */
async function serveAndShow(event: Uint8Array, bridge: LocalBridge, renderer: Renderer): Promise<number> {
  const parsed = parseJson(event)
  const fields = parsed.ok && isJsonObject(parsed.value) ? parsed.value : {}
  renderer.report({
    type: 'event',
    requestType: asText(fields['RequestType']),
    resource: asText(fields['LogicalResourceId']),
    resourceType: asText(fields['ResourceType']),
  })
  const watcher = new StackWatcher(renderer, systemClock, EVENTS_INTERVAL_MS)
  const served = await bridge.serve(event, watcher)
  await watcher.finish()
  if (served.kind !== 'answered') throw new Error(`the event is ${served.kind}`)
  const { verdict } = served
  renderer.report({
    type: 'answer',
    status: verdict.status,
    ...(verdict.status === 'FAILED' ? { reason: verdict.reason } : { data: verdict.outputs }),
    elapsedMs: watcher.elapsedMs,
  })
  return watcher.calls
}

function rowOf(step: StoryStep, outcome: Outcome | undefined, calls: number): SummaryRow {
  const answer = outcome?.answer
  const asExpected =
    outcome?.violations.length === 0 &&
    answer?.status === step.expected &&
    (step.because === undefined || step.because.test(answer.reason ?? ''))
  return {
    step: `${step.change} ${step.resource}`,
    answer: answer?.status ?? 'none',
    asExpected,
    seconds: (outcome?.elapsedMs ?? 0) / 1000,
    calls,
  }
}

function asText(value: JsonValue | undefined): string {
  return typeof value === 'string' ? value : ''
}
