import { randomUUID } from 'node:crypto'
import { systemClock } from '../../platform/clock.ts'
import type { TargetTemplate } from '../inquiry/target-stacks.ts'
import type { EventSender } from '../local-stack/event-sender.ts'
import { LocalStack } from '../local-stack/local-stack.ts'
import { plannedEvents, type PlannedEvent } from '../local-stack/planned-events.ts'
import { stackIdFor } from '../local-stack/stack-id.ts'
import { newState, type StackState } from '../local-stack/stack-state.ts'
import type { LocalRun } from '../inquiry/question.ts'
import type { Renderer, ResourceReport } from '../report.ts'

/**
 * Does in the embedded clouds what `up` would do, up to the first failure, without a rollback, after which there would
 * be nothing to diagnose. Nothing of it is kept. The events are those of the resources that were worked on.
 */
export async function runToFailure(
  { request, stackName }: TargetTemplate,
  found: StackState | undefined,
  sender: EventSender,
): Promise<LocalRun> {
  const state = found ?? newState(stackName, stackIdFor(stackName, true), true)
  const reports = new Map<string, ResourceReport>()
  const renderer: Renderer = {
    report(report) {
      if (report.type === 'resource') reports.set(report.resource, report)
    },
    close: () => undefined,
  }
  const stack = new LocalStack(state, {
    clock: systemClock,
    renderer,
    limit: 1,
    keepsFailure: true,
    requestId: () => randomUUID().toUpperCase(),
    send: (event) => sender.send(event, state),
    save: () => Promise.resolve(),
  })
  await stack.apply(request)
  const { events, hidden } = plannedEvents(request, stackName, state, undefined)
  return { hidden, events: events.flatMap((event) => attempted(event, reports)) }
}

/** A refused resource has no stack, so there is only the refusal to show. */
function attempted(planned: PlannedEvent, reports: ReadonlyMap<string, ResourceReport>): PlannedEvent[] {
  const name = 'event' in planned ? planned.event['LogicalResourceId'] : planned.resource
  const report = typeof name === 'string' ? reports.get(name) : undefined
  if (report === undefined) return []
  const { resource, resourceType, refused, reason } = report
  return refused === true ? [{ resource, resourceType, problem: reason ?? 'It was refused.' }] : [planned]
}
