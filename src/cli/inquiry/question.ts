import type { JsonObject } from '../../platform/json.ts'
import type { SecretSource } from '../../platform/secret-source/secret-source.ts'
import type { Surroundings } from '../../providers/provider.ts'
import type { TargetStacks, TargetTemplate } from './target-stacks.ts'
import type { EventSender } from '../local-stack/event-sender.ts'
import type { PlannedEvent } from '../local-stack/planned-events.ts'
import type { StackState } from '../local-stack/stack-state.ts'
import type { Report } from '../report.ts'

export interface QuestionContext {
  /** Ends a question early. */
  readonly signal: AbortSignal
  /** The operator's setting, as this machine has it. */
  readonly allowAdoption: boolean
  /** The cloud is an embedded one, in which the stack of this event is not made yet. */
  readonly isCloudEmpty: boolean
}

/** The events that are asked about then, and values that may not be shown. */
export type LocalRun = Pick<TargetStacks, 'events' | 'hidden'>

/** What is asked about the stack of each event. */
export interface Question<Answer extends Report> {
  ask: (
    event: JsonObject,
    surroundings: Surroundings,
    secretSource: SecretSource | undefined,
    context: QuestionContext,
  ) => Promise<Answer>
  /** For a resource that cannot be asked about, or that the template no longer has. */
  answerFor(planned: Exclude<PlannedEvent, { readonly event: JsonObject }>): Answer
  /** What is done first in embedded clouds with a template's stack, as far as `up` has made it. */
  readonly runTemplate?: (
    template: TargetTemplate,
    found: StackState | undefined,
    sender: EventSender,
  ) => Promise<LocalRun>
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
