import type { JsonObject } from '../../platform/json.ts'
import type { DriftAnswer, StackService, Standing } from './stack-service.ts'

/** One question for the drift of a stack. */
export async function askForDrift<Stack>(
  service: StackService<Stack>,
  standing: Standing<Stack>,
  detection: JsonObject | undefined,
): Promise<DriftAnswer> {
  return typeof service.detectDrift === 'function'
    ? service.detectDrift(standing, detection)
    : { outcome: 'impossible', reason: service.detectDrift.impossible }
}
