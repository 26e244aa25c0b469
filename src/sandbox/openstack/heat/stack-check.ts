import type { Clock } from '../../../platform/clock.ts'
import { resourceDrift, type ResourceDrift } from '../../resource-drift.ts'
import { settingsInMetadata } from '../../resource-settings.ts'
import { isDeleted, type SandboxHeatResource, type SandboxHeatStack } from './stack.ts'
import type { StatusRecorder } from './status-recorder.ts'
import { isCurrent, pause, STEP_MS } from './traversal.ts'

interface CheckSetup {
  readonly clock: Clock
  readonly recorder: StatusRecorder
}

/**
 * Checks a stack: each resource fails for which `metadata: {Sandbox: {Drift: …}}` asks. A type that Heat cannot check is complete,
 * with a reason that says so. heat/engine/resource.py, `check`, and stack_resource.py, `handle_check`.
 */
export async function checkStack(stack: SandboxHeatStack, setup: CheckSetup): Promise<void> {
  const { clock, recorder } = setup
  const traversal = recorder.begin(stack, 'CHECK')
  const failures: string[] = []
  for (const resource of stack.resources.values()) {
    const drift = driftOf(resource)
    if (drift.status === 'NOT_CHECKED' && resource.nested === undefined) {
      // Also where it has failed: no update repairs it then.
      resource.failed = false
      recorder.setResource(stack, resource, 'CHECK_COMPLETE', `CHECK not supported for ${resource.type}`)
      continue
    }
    recorder.setResource(stack, resource, 'CHECK_IN_PROGRESS')
    if (resource.nested === undefined || isDeleted(resource.nested)) await pause(clock, STEP_MS, traversal)
    else await checkStack(resource.nested, setup)
    if (!isCurrent(traversal)) return
    const failure = failureIn(resource, drift)
    if (failure === undefined) recorder.setResource(stack, resource, 'CHECK_COMPLETE')
    else {
      resource.failed = true
      failures.push(failure)
      recorder.setResource(stack, resource, 'CHECK_FAILED', failure)
    }
  }
  const failed = failures.length === 0 ? undefined : `Resource CHECK failed: ['${failures.join("', '")}']`
  recorder.end(traversal, 'CHECK', failed)
}

function driftOf({ type, metadata }: SandboxHeatResource): ResourceDrift {
  const drift = resourceDrift(settingsInMetadata(metadata))
  return drift.status === 'IN_SYNC' && !CHECKED.test(type) ? { status: 'NOT_CHECKED' } : drift
}

/** The types of Heat 19 that have `handle_check`, besides nested stacks: heat/engine/resources. */
const CHECKED =
  /^(?:OS::(?:Nova::(?:Server|KeyPair)|Cinder::Volume|Swift::Container|Manila::Share|Neutron::FloatingIP|Trove::Instance|Aodh::.*Alarm)|AWS::(?:EC2::(?:Instance|Volume)|S3::Bucket))$/

/** The texts are those of a real Heat. */
function failureIn({ name, nested }: SandboxHeatResource, drift: ResourceDrift): string | undefined {
  if (nested !== undefined && isDeleted(nested))
    return `EntityNotFound: resources.${name}: The Stack (${nested.name}) could not be found.`
  if (nested?.state === 'FAILED')
    return nested.reason
      .replace('Resource CHECK failed: ', '')
      .replaceAll(': resources.', `: resources.${name}.resources.`)
  switch (drift.status) {
    case 'IN_SYNC':
    case 'NOT_CHECKED':
      return undefined
    case 'DELETED':
      return `NotFound: resources.${name}: the resource could not be found.`
    case 'FAILED':
      return `Error: resources.${name}: ${drift.reason}`
    case 'MODIFIED':
      return `Error: resources.${name}: '${drift.properties.join(', ')}': expected 'ACTIVE', got 'ERROR'`
  }
}
