import type { Served } from '../../bridge/host.ts'
import type { EpochMs } from '../../platform/clock.ts'
import { eventsIn, isTriggerMessage, type MessageEvent } from '../mns/message.ts'

/** `sentAt`: when ROS had sent the event at the latest, if a queue or topic stored the event since then. */
export type Serve = (event: Uint8Array, sentAt: EpochMs | undefined) => Promise<Served>

/** How the function ends: with a value, or with an error, so that Function Compute may invoke it again. */
export type InvocationResult =
  | { readonly succeeded: true; readonly value: unknown }
  | { readonly succeeded: false; readonly problem: string }

/**
 * Serves what an invocation of the event function brings: one ROS event or continuation, or a message of a queue's trigger
 * with several. Never rejects.
 */
export async function serveInvocation(payload: Uint8Array, serve: Serve): Promise<InvocationResult> {
  const events = isTriggerMessage(payload) ? eventsIn(payload) : []
  return events.length > 0 ? serveEvents(events, serve) : serveOne(payload, undefined, serve)
}

/**
 * Serves a message of a queue's or a topic's trigger. If one of its events fails, the trigger delivers all of them again; an
 * event that was answered is then answered in the same way again. Never rejects.
 */
export function serveMessage(message: Uint8Array, serve: Serve): Promise<InvocationResult> {
  const events = eventsIn(message)
  return events.length > 0
    ? serveEvents(events, serve)
    : Promise.resolve({ succeeded: false, problem: 'The message holds no event of ROS' })
}

/** The JSON text that a handler returns. Throws what makes the invocation a failed one. */
export function textOf(result: InvocationResult): string {
  if (!result.succeeded) throw new Error(result.problem)
  return JSON.stringify(result.value)
}

async function serveEvents(events: readonly MessageEvent[], serve: Serve): Promise<InvocationResult> {
  const results = await Promise.all(events.map(({ bytes, sentAt }) => serveOne(bytes, sentAt, serve)))
  const problems = results.flatMap((result) => (result.succeeded ? [] : [result.problem]))
  return problems.length > 0
    ? { succeeded: false, problem: inWords([...new Set(problems)]) }
    : { succeeded: true, value: results.flatMap((result) => (result.succeeded ? [result.value] : [])) }
}

async function serveOne(
  event: Uint8Array,
  sentAt: EpochMs | undefined,
  serve: Serve,
): Promise<InvocationResult> {
  try {
    return resultOf(await serve(event, sentAt))
  } catch (error) {
    // One event that fails does not end the others of its message.
    return { succeeded: false, problem: error instanceof Error ? error.message : 'an unknown error' }
  }
}

function resultOf(served: Served): InvocationResult {
  switch (served.kind) {
    case 'answered':
      return { succeeded: true, value: { answered: served.verdict.status } }
    case 'handed-over':
      return { succeeded: true, value: { handedOver: true } }
    // Not an error of the invocation: Function Compute would run the event again.
    case 'refused':
      return { succeeded: true, value: { refused: served.verdict.status } }
    case 'undelivered':
      return failed(`ROS could not be told of ${served.verdict.status}: see the log for each attempt`)
    case 'unanswerable':
      return failed(`The event cannot be answered: ${served.problems.join('; ')}`)
  }
}

function failed(problem: string): InvocationResult {
  return { succeeded: false, problem }
}

/** A message can hold thousands of events. */
const MOST_PROBLEMS = 10

function inWords(problems: readonly string[]): string {
  const others = problems.length - MOST_PROBLEMS
  return [...problems.slice(0, MOST_PROBLEMS), ...(others > 0 ? [`and ${String(others)} more`] : [])].join(
    '; ',
  )
}
