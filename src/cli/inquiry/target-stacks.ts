import { isJsonObject, parseJson, type JsonObject } from '../../platform/json.ts'
import { isEvent } from '../event-file.ts'
import type { InquiryRequest } from './inquiry.ts'
import { inputName } from '../options/input-name.ts'
import { namedStack } from '../options/local-stack-options.ts'
import type { StackRequest } from '../local-stack/desired-stack.ts'
import { plannedEvents, readState, type PlannedEvent } from '../local-stack/planned-events.ts'
import { readRequest } from '../local-stack/read-request.ts'
import { checkIsEmbedded, checkSandbox } from '../local-stack/sandbox-check.ts'
import type { StackState } from '../local-stack/stack-state.ts'
import { refuseStateElsewhere } from '../local-stack/state-elsewhere.ts'
import type { StackName } from '../local-stack/stand-in.ts'
import { checkTemplatePlace } from '../local-stack/template-place.ts'
import type { ReadBytes } from '../ros-template/included-files.ts'
import { located } from '../ros-template/source.ts'
import { TemplateError } from '../ros-template/template.ts'
import { UsageError } from '../usage-error.ts'

/** The stacks that a command asks about, by their events. */
export interface TargetStacks {
  readonly events: readonly PlannedEvent[]
  /** Values that may not be shown. */
  readonly hidden: readonly string[]
  /** What `up` has left of the template's stack. */
  readonly state: StackState | undefined
  /** Where the stacks are those of a template, without an id that names another one. */
  readonly template?: TargetTemplate
}

export interface TargetTemplate {
  readonly request: StackRequest
  readonly stackName: string
}

/** Throws `TemplateError`. */
export type TemplateCheck = (request: StackRequest, stack: StackName) => Promise<void>

/** The stack of a single event, which nothing on this machine knows. */
export function stackOf(event: JsonObject): TargetStacks {
  return { events: [{ event }], hidden: [], state: undefined }
}

export interface FileReading {
  readonly readBytes: ReadBytes
  /** Makes the event from what an event file holds. */
  readonly eventOf: (given: JsonObject) => JsonObject
  /** What must hold of a template; by default nothing. */
  readonly check?: TemplateCheck | undefined
}

/** The stack of an event file, or those of a ROS template. Throws `UsageError` and what `check` throws. */
export async function stacksInFile(
  path: string,
  request: InquiryRequest,
  { readBytes, eventOf, check = () => Promise.resolve() }: FileReading,
): Promise<TargetStacks> {
  const bytes = await readBytes(path)
  const parsed = parseJson(bytes)
  const document = parsed.ok && isJsonObject(parsed.value) ? parsed.value : undefined
  const isTemplate = ['Resources', 'ROSTemplateFormatVersion'].some((name) => document?.[name] !== undefined)
  if (document !== undefined && !isTemplate && isEvent(document)) return stackOf(eventOf(document))
  if (parsed.ok ? !isTemplate : isBlank(bytes))
    throw new UsageError(`${inputName(path)} holds neither an event nor a ROS template`)
  // Standard input can be read only once.
  const read: ReadBytes = (file) => (file === path ? Promise.resolve(bytes) : readBytes(file))
  try {
    return await stacksOfTemplate(path, request, read, check)
  } catch (error) {
    throw error instanceof TemplateError ? located(error, path, bytes) : error
  }
}

async function stacksOfTemplate(
  path: string,
  request: InquiryRequest,
  readBytes: ReadBytes,
  check: TemplateCheck,
): Promise<TargetStacks> {
  const { id, sandbox, localStack } = request
  const named = namedStack(path, localStack)
  const state = await readState(named.folder, named.stackName)
  if (state === undefined) await refuseStateElsewhere(named)
  else {
    if (sandbox) checkIsEmbedded(state)
    // The stack of an id need not be the one that `up` has made.
    else if (id !== undefined) checkSandbox(state, false)
    await checkTemplatePlace(state, named)
  }
  const stackRequest = await readRequest({ ...request, path }, readBytes)
  await check(stackRequest, state ?? { stackId: '', stackName: named.stackName })
  const planned = plannedEvents(stackRequest, named.stackName, state, id)
  const template = { request: stackRequest, stackName: named.stackName }
  return { ...planned, state, ...(id === undefined ? { template } : {}) }
}

function isBlank(bytes: Uint8Array): boolean {
  return new TextDecoder().decode(bytes).trim() === ''
}
