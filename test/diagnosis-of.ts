import { diagnoseEvent } from '../src/cli/diagnose/diagnose-event.ts'
import { completeEvent } from '../src/cli/event-file.ts'
import { createLocalBridge } from '../src/cli/local-bridge/local-bridge.ts'
import type { DiagnosisReport } from '../src/cli/report.ts'
import type { JsonObject } from '../src/platform/json.ts'
import type { TestTime } from './test-time.ts'

/** The report of `stackbridge diagnose` for an event's stack; missing fields are added. Uses the clock of a test's world. */
export async function diagnosisOf(
  event: JsonObject,
  { clock }: Pick<TestTime, 'clock'>,
): Promise<DiagnosisReport> {
  const bridge = createLocalBridge({ environment: {} })
  try {
    const surroundings = { ...bridge.surroundings(), clock }
    return await diagnoseEvent(completeEvent(event), { surroundings, secretSource: undefined })
  } finally {
    await bridge.close()
  }
}
