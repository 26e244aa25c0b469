import type { JsonObject } from '../platform/json.ts'
import type { SecretSource } from '../platform/secret-source/secret-source.ts'
import type { Surroundings } from '../providers/provider.ts'
import type { PlannedEvent } from './local-stack/planned-events.ts'
import type { Report } from './report.ts'

export interface Asked {
  /** Ends a question early. */
  readonly signal: AbortSignal
  /** The operator's setting, as this machine has it. */
  readonly allowAdoption: boolean
  /** The stack's cloud is an embedded one, which has no stack yet. */
  readonly isCloudEmpty: boolean
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

/** The names of an event's resource, for a report about it. */
export function resourceOf(event: JsonObject): { readonly resource: string; readonly resourceType: string } {
  return { resource: textOf(event['LogicalResourceId']), resourceType: textOf(event['ResourceType']) }
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : ''
}
