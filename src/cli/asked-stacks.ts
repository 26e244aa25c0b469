import { isJsonObject, parseJson, type JsonObject } from '../platform/json.ts'
import type { InquiryRequest } from './inquiry.ts'
import { stackNameFor } from './local-stack-options.ts'
import { plannedEvents, readState, type PlannedEvent } from './local-stack/planned-events.ts'
import { readRequest } from './local-stack/read-request.ts'
import type { StackState } from './local-stack/stack-state.ts'
import type { ReadBytes } from './ros-template/included-files.ts'
import { UsageError } from './usage-error.ts'

/** The stacks that a command asks about, by their events. */
export interface AskedStacks {
  readonly events: readonly PlannedEvent[]
  /** Values that may not be shown. */
  readonly hidden: readonly string[]
  /** What `up` has left of the template's stack. */
  readonly state: StackState | undefined
}

export function stackOf(event: JsonObject): AskedStacks {
  return { events: [{ event }], hidden: [], state: undefined }
}

/**
 * The stack of an event file, or those of a ROS template. `eventOf` makes the event from what the file holds. Throws
 * `UsageError`.
 */
export async function stacksInFile(
  path: string,
  request: InquiryRequest,
  readBytes: ReadBytes,
  eventOf: (given: JsonObject) => JsonObject,
): Promise<AskedStacks> {
  const bytes = await readBytes(path)
  const parsed = parseJson(bytes)
  const document = parsed.ok && isJsonObject(parsed.value) ? parsed.value : undefined
  if (document !== undefined && document['Resources'] === undefined) return stackOf(eventOf(document))
  if (parsed.ok ? document === undefined : isBlank(bytes))
    throw new UsageError(`${path} holds neither an event nor a ROS template`)
  // Standard input can be read only once.
  const read: ReadBytes = (file) => (file === path ? Promise.resolve(bytes) : readBytes(file))
  return stacksOfTemplate(path, request, read)
}

async function stacksOfTemplate(
  path: string,
  request: InquiryRequest,
  readBytes: ReadBytes,
): Promise<AskedStacks> {
  const { id, sandbox, localStack } = request
  const stackName = stackNameFor(path, localStack)
  const state = await readState(localStack.state, stackName)
  if (state !== undefined && state.sandbox !== sandbox)
    throw new UsageError(
      state.sandbox
        ? `the stack ${stackName} is in embedded clouds; give --sandbox, or another --stack-name`
        : `the stack ${stackName} is in real clouds; leave out --sandbox, or give another --stack-name`,
    )
  return { ...plannedEvents(await readRequest({ ...request, path }, readBytes), stackName, state, id), state }
}

function isBlank(bytes: Uint8Array): boolean {
  return new TextDecoder().decode(bytes).trim() === ''
}
