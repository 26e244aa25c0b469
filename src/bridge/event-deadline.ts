import * as v from 'valibot'
import { parseJson } from '../platform/json.ts'
import type { EpochMs } from '../platform/clock.ts'
import { bridgeEntries } from '../providers/properties/bridge-properties.ts'
import { parseEvent } from '../ros/event.ts'
import { deadlines } from './deadline.ts'

/**
 * When an event has to be answered, whether its operation has started or not: the deadline that `bindRequest` computes.
 * `arrivedAt`: when the event's Timeout began. `timeoutSeconds`: the Timeout of an event that names none. Never throws.
 */
export function deadlineOfEvent(event: Uint8Array, arrivedAt: EpochMs, timeoutSeconds: number): EpochMs {
  const end = arrivedAt + (timeoutOf(event) ?? timeoutSeconds) * 1000
  return deadlines({ from: arrivedAt, end }).deadline
}

function timeoutOf(event: Uint8Array): number | undefined {
  const parsed = parseEvent(parseJson(event), { needsUrl: false })
  if (parsed.kind !== 'event') return undefined
  const timeout = v.safeParse(bridgeEntries.Timeout, parsed.event.resourceProperties['Timeout'])
  return timeout.success ? timeout.output : undefined
}
