import { systemClock } from '../../platform/clock.ts'
import { asText, isJsonObject, parseJson } from '../../platform/json.ts'
import { SandboxResource, SandboxRos, type Outcome } from '../../sandbox/ros/ros.ts'
import { demoSteps, type DemoChange, type DemoCloud } from './demo-steps.ts'
import type { LocalBridge } from '../local-bridge/local-bridge.ts'
import type { Renderer, SummaryRow } from '../report.ts'
import {
  AWS_TYPE,
  HEAT_TYPE,
  noteTo,
  startSandboxClouds,
  type SandboxClouds,
} from '../sandbox-clouds/sandbox-clouds.ts'
import { StackWatcher } from '../watch/stack-watcher.ts'

/** Slow enough to read the events as they appear; milliseconds. */
const RESOURCE_DELAY_MS = 1000
const EVENTS_INTERVAL_MS = 100

const TYPES = { aws: AWS_TYPE, openstack: HEAT_TYPE } as const satisfies Record<DemoCloud, string>

/** Runs the demo on the embedded clouds; true if every answer was the expected one and no stack is left. */
export async function demo(bridge: LocalBridge, renderer: Renderer): Promise<boolean> {
  const clouds = await startSandboxClouds({ resourceDelayMs: RESOURCE_DELAY_MS, note: noteTo(renderer) })
  const ros = await SandboxRos.start({ invoke: (event) => serveAndShow(event, bridge, renderer) })
  const resources = new Map<string, SandboxResource>()
  const rows: SummaryRow[] = []
  try {
    for (const { title, changes } of demoSteps) {
      renderer.report({ type: 'section', title })
      rows.push(...(await Promise.all(changes.map((change) => runStep(change, ros, resources, clouds)))))
    }
    renderer.report({ type: 'summary', rows })
    return rows.every(({ asExpected }) => asExpected) && clouds.stackCount() === 0
  } finally {
    await Promise.all([ros.close(), clouds.close()])
  }
}

async function runStep(
  step: DemoChange,
  ros: SandboxRos,
  resources: Map<string, SandboxResource>,
  clouds: SandboxClouds,
): Promise<SummaryRow> {
  const resourceType = TYPES[step.cloud]
  const parameters = clouds.connectedProperties(resourceType, { Stack: step.stack })
  const resource =
    resources.get(step.resource) ??
    new SandboxResource(ros, { logicalResourceId: step.resource, resourceType, parameters })
  resources.set(step.resource, resource)
  switch (step.change) {
    case 'create':
      return rowOf(step, await resource.create())
    case 'update':
      return rowOf(step, await resource.update(parameters))
    case 'delete':
      return rowOf(step, await resource.delete())
  }
}

async function serveAndShow(event: Uint8Array, bridge: LocalBridge, renderer: Renderer): Promise<void> {
  const parsed = parseJson(event)
  const fields = parsed.ok && isJsonObject(parsed.value) ? parsed.value : {}
  const resource = asText(fields['LogicalResourceId'] ?? '')
  renderer.report({
    type: 'event',
    requestType: asText(fields['RequestType'] ?? ''),
    resource,
    resourceType: asText(fields['ResourceType'] ?? ''),
  })
  const watcher = new StackWatcher({
    renderer,
    clock: systemClock,
    intervalMs: EVENTS_INTERVAL_MS,
    customResource: resource,
  })
  const served = await bridge.serve(event, watcher)
  await watcher.finish()
  if (served.kind !== 'answered') throw new Error(`the event was not answered: ${served.kind}`)
  const { verdict } = served
  watcher.report({
    type: 'answer',
    resource,
    status: verdict.status,
    ...(verdict.status === 'FAILED'
      ? { reason: verdict.reason, refused: watcher.hasStartedNothing }
      : { data: verdict.outputs }),
    elapsedMs: watcher.elapsedMs,
  })
}

function rowOf(step: DemoChange, { answer, violations, elapsedMs }: Outcome): SummaryRow {
  const asExpected =
    violations.length === 0 &&
    answer?.status === step.expected &&
    (step.because === undefined || step.because.test(answer.reason ?? ''))
  return {
    step: `${step.change} ${step.resource}`,
    answer: answer?.status ?? 'none',
    asExpected,
    seconds: elapsedMs / 1000,
  }
}
