import type { JsonObject } from '../../platform/json.ts'
import type { DriftAnswer, StackService, Existing } from './stack-service.ts'

/** One question for the drift of a stack. */
export async function askForDrift<Stack>(
  service: Pick<StackService<Stack>, 'detectDrift'>,
  existing: Existing<Stack>,
  detection: JsonObject | undefined,
): Promise<DriftAnswer> {
  return typeof service.detectDrift === 'function'
    ? service.detectDrift(existing, detection)
    : { outcome: 'impossible', reason: service.detectDrift.impossible }
}
