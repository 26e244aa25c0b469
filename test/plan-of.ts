import { completeEvent } from '../src/cli/event-file.ts'
import { createLocalBridge } from '../src/cli/local-bridge/local-bridge.ts'
import { openTarget } from '../src/cli/target.ts'
import type { JsonObject } from '../src/platform/json.ts'
import type { PlanOutcome } from '../src/providers/plan.ts'
import type { TestTime } from './test-time.ts'

/** The plan of an event whose missing fields are added. Uses the clock of a test's world. */
export async function planOf(
  event: JsonObject,
  { clock }: Pick<TestTime, 'clock'>,
  signal?: AbortSignal,
): Promise<PlanOutcome> {
  const bridge = createLocalBridge({ environment: {} })
  try {
    const opened = await openTarget(completeEvent(event), 'operate', { ...bridge.surroundings(), clock })
    if (!opened.ok) throw new Error(opened.problems.join('; '))
    return await opened.session.plan(signal)
  } finally {
    await bridge.close()
  }
}
