import type { DestinationStream } from 'pino'
import { isJsonObject, parseJson, type JsonObject } from '../platform/json.ts'
import { Secrets } from '../platform/secrets.ts'
import type { Environment } from '../platform/settings.ts'
import { withNamedCloud } from './clouds-yaml.ts'
import { completeEvent } from './event-file.ts'
import { createLocalBridge, localSettings } from './local-bridge.ts'
import { stackNameFor, type LocalStackOptions } from './local-stack-options.ts'
import { EventSender, type EventSenderOptions } from './local-stack/event-sender.ts'
import { maskedRenderer } from './masked-renderer.ts'
import { plannedEvents, readState, type PlannedEvent } from './local-stack/planned-events.ts'
import { readRequest, type GivenRequest } from './local-stack/read-request.ts'
import type { StackState } from './local-stack/stack-state.ts'
import { impossible, planEvent } from './plan.ts'
import type { PlannedStackReport, Renderer, Report } from './report.ts'
import type { ReadBytes } from './ros-template/included-files.ts'
import { startEmbeddedClouds } from './local-stack/embedded-clouds.ts'
import type { Question } from './question.ts'
import { sandboxSettings } from './sandbox-clouds.ts'
import { UsageError } from './usage-error.ts'

export interface PlanRequest extends GivenRequest {
  /** The PhysicalResourceId of the stack. */
  readonly id?: string
  readonly sandbox: boolean
  readonly localStack: LocalStackOptions
  readonly environment: Environment
  /** The destination of the bridge's log. */
  readonly log?: DestinationStream
}

/** `isWhole`: each resource could be planned, or checked. `changes`: one of them changes, may change, or has drifted. */
export interface PlanResult {
  readonly isWhole: boolean
  readonly changes: boolean
}

/** How long a resource takes in the embedded clouds when they are rebuilt; milliseconds. */
const SANDBOX_RESOURCE_MS = 0

const PLAN: Question<PlannedStackReport> = {
  ask: planEvent,
  answerFor: reportOf,
  isImpossible: ({ outcome }) => outcome === 'impossible',
  isChange,
}

/** Plans an event file, or each custom resource of a ROS template, and reports each plan. Throws `UsageError`. */
export function planFile(...how: Parameters<Inquiry>): ReturnType<Inquiry> {
  return askAbout(PLAN, ...how)
}

/** Asks about each stack of an event file, or of a ROS template, and reports the answers. Throws `UsageError`. */
export type Inquiry = (
  request: PlanRequest,
  readBytes: ReadBytes,
  renderer: Renderer,
  signal: AbortSignal,
) => Promise<PlanResult | 'interrupted'>

/** See `Inquiry`. */
export async function askAbout<Answer extends Report>(
  question: Question<Answer>,
  request: PlanRequest,
  readBytes: ReadBytes,
  renderer: Renderer,
  signal: AbortSignal,
): Promise<PlanResult | 'interrupted'> {
  const { events, hidden, state } = await eventsIn(request, readBytes)
  const { sandbox, environment, log } = request
  const secrets = new Secrets()
  for (const value of hidden) secrets.addHidden(value)
  const masked = maskedRenderer(renderer, secrets)
  const own = sandbox ? sandboxSettings(environment) : await withNamedCloud(environment)
  const { allowAdoption } = localSettings(own)
  const bridge = createLocalBridge({
    environment: own,
    ...(log === undefined ? {} : { log }),
  })
  const clouds = sandbox
    ? await startEmbeddedClouds(state ?? {}, { resourceDelayMs: SANDBOX_RESOURCE_MS })
    : undefined
  try {
    if (state !== undefined && clouds !== undefined)
      await rebuild(state, { bridge, renderer: masked, clouds, secrets })
    const reports: Answer[] = []
    for (const planned of events) {
      if (signal.aborted) return 'interrupted'
      const report =
        'event' in planned
          ? await question.ask(
              clouds?.connectedEvent(planned.event) ?? planned.event,
              { ...bridge.surroundings(), secrets },
              bridge.secretSource,
              { signal, allowAdoption },
            )
          : question.answerFor(planned)
      masked.report(report)
      reports.push(report)
    }
    return {
      isWhole: !reports.some((report) => question.isImpossible(report)),
      changes: reports.some((report) => question.isChange(report)),
    }
  } catch (error) {
    if (signal.aborted && error instanceof Error && error.name === 'AbortError') return 'interrupted'
    throw error
  } finally {
    await Promise.all([clouds?.close(), bridge.close()])
  }
}

/** A stack that is taken over gets another mark. */
function isChange(report: PlannedStackReport): boolean {
  switch (report.outcome) {
    case 'planned':
      return report.changes.length > 0 || (report.takeOver !== undefined && report.takeOver.mark !== 'ours')
    case 'kept':
      return false
    case 'deleted':
    case 'impossible':
      return true
  }
}

/** Gives the embedded clouds the stacks that `up` has made. */
async function rebuild(state: StackState, options: EventSenderOptions): Promise<void> {
  const sender = await EventSender.start(options)
  try {
    await sender.rebuild(state)
  } finally {
    await sender.close()
  }
}

function reportOf(planned: Exclude<PlannedEvent, { readonly event: JsonObject }>): PlannedStackReport {
  const { resource, resourceType } = planned
  if (!('deletes' in planned)) return impossible({ resource, resourceType }, planned.problem)
  const { deletes: stackId, keptBecause: reason } = planned
  const of = { type: 'plan', resource, resourceType, stackId } as const
  return reason === undefined ? { ...of, outcome: 'deleted' } : { ...of, outcome: 'kept', reason }
}

interface PlannedEvents {
  readonly events: readonly PlannedEvent[]
  readonly hidden: readonly string[]
  readonly state: StackState | undefined
}

async function eventsIn(request: PlanRequest, readBytes: ReadBytes): Promise<PlannedEvents> {
  const { path, id, sandbox, localStack } = request
  const bytes = await readBytes(path)
  const parsed = parseJson(bytes)
  const document = parsed.ok && isJsonObject(parsed.value) ? parsed.value : undefined
  if (document !== undefined && document['Resources'] === undefined)
    return { events: [eventOf(document, id)], hidden: [], state: undefined }
  if (parsed.ok ? document === undefined : isBlank(bytes))
    throw new UsageError(`${path} holds neither an event nor a ROS template`)
  const stackName = stackNameFor(path, localStack)
  const state = await readState(localStack.state, stackName)
  if (state !== undefined && state.sandbox !== sandbox)
    throw new UsageError(
      state.sandbox
        ? `the stack ${stackName} is in embedded clouds; give --sandbox, or another --stack-name`
        : `the stack ${stackName} is in real clouds; leave out --sandbox, or give another --stack-name`,
    )
  // Standard input can be read only once.
  const given = await readRequest(request, (file) =>
    file === path ? Promise.resolve(bytes) : readBytes(file),
  )
  return { ...plannedEvents(given, stackName, state, id), state }
}

function isBlank(bytes: Uint8Array): boolean {
  return new TextDecoder().decode(bytes).trim() === ''
}

function eventOf(given: JsonObject, id: string | undefined): PlannedEvent {
  const named = id === undefined ? {} : { RequestType: 'Update', PhysicalResourceId: id }
  const event = completeEvent({ ...given, ...named })
  if (event['RequestType'] === 'Delete')
    throw new UsageError('a Delete deletes the whole stack; give an event of type Create or Update')
  return { event }
}
