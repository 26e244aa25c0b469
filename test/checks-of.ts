import { diagnose } from '../src/cli/doctor.ts'
import { completeEvent } from '../src/cli/event-file.ts'
import { createLocalBridge } from '../src/cli/local-bridge/local-bridge.ts'
import type { JsonObject } from '../src/platform/json.ts'
import type { Check } from '../src/providers/provider.ts'
import type { TestTime } from './test-time.ts'

/** The findings of `stackbridge doctor` for an event, whose missing fields are added. Uses the clock of a test's world. */
export async function checksOf(
  event: JsonObject,
  { clock }: Pick<TestTime, 'clock'>,
): Promise<readonly Check[]> {
  const bridge = createLocalBridge({ environment: {} })
  try {
    const checks: Check[] = []
    for await (const check of diagnose(completeEvent(event), true, { ...bridge.surroundings(), clock }))
      checks.push(check)
    return checks
  } finally {
    await bridge.close()
  }
}
