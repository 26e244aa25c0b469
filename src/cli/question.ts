import type { JsonObject } from '../platform/json.ts'
import type { SecretSource } from '../platform/secret-source/secret-source.ts'
import type { Surroundings } from '../providers/provider.ts'
import type { PlannedEvent } from './local-stack/planned-events.ts'
import type { Report } from './report.ts'

/** `signal` ends a question early. `allowAdoption`: the operator's setting, as this machine has it. */
export interface Asked {
  readonly signal: AbortSignal
  readonly allowAdoption: boolean
}

/** What is asked about the stack of each event. */
export interface Question<Answer extends Report> {
  ask: (
    event: JsonObject,
    surroundings: Surroundings,
    secretSource: SecretSource | undefined,
    asked: Asked,
  ) => Promise<Answer>
  /** For a resource that cannot be asked about, or that the template no longer has. */
  answerFor(planned: Exclude<PlannedEvent, { readonly event: JsonObject }>): Answer
  isImpossible(answer: Answer): boolean
  isChange(answer: Answer): boolean
}
