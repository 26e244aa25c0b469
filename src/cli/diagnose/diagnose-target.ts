import { isJsonObject, parseJson, type JsonObject } from '../../platform/json.ts'
import { serviceOfId } from '../../providers/registry.ts'
import { completeEvent } from '../event-file.ts'
import { stackNameFor, type LocalStackOptions } from '../local-stack-options.ts'
import { plannedEvents, readState, type PlannedEvent } from '../local-stack/planned-events.ts'
import { readRequest, type GivenRequest } from '../local-stack/read-request.ts'
import type { StackState } from '../local-stack/stack-state.ts'
import type { ReadBytes } from '../ros-template/included-files.ts'
import { UsageError } from '../usage-error.ts'

/** The stack that the command line names, and how to reach it. */
export interface NamedTarget extends Omit<GivenRequest, 'path'> {
  /** A template, an event, or a stack's id; absent where `id` names the stack alone. */
  readonly target: string | undefined
  readonly id?: string
  readonly type?: string
  readonly sandbox: boolean
  readonly localStack: LocalStackOptions
}

/** `state`: what `up` has left of the template's stack. */
export interface Targets {
  readonly events: readonly PlannedEvent[]
  readonly hidden: readonly string[]
  readonly state: StackState | undefined
}

/** The events by which the stacks are found. Throws `UsageError`. */
export async function targetsOf(named: NamedTarget, readBytes: ReadBytes): Promise<Targets> {
  const { target, id, type } = named
  const given = target !== undefined && serviceOfId(target) !== undefined ? target : undefined
  if (given !== undefined && id !== undefined)
    throw new UsageError('the stack is named twice; give the id alone, or --id with a template or an event')
  const only = given ?? (target === undefined ? id : undefined)
  if (only !== undefined) return { events: [{ event: eventOfId(only, type) }], hidden: [], state: undefined }
  if (target === undefined)
    throw new UsageError('nothing is named; give a template, an event file or the id of a stack')
  const bytes = await readBytes(target)
  const parsed = parseJson(bytes)
  const document = parsed.ok && isJsonObject(parsed.value) ? parsed.value : undefined
  if (document !== undefined && document['Resources'] === undefined)
    return { events: [{ event: eventOf(document, id, type) }], hidden: [], state: undefined }
  // Standard input can be read only once.
  const read: ReadBytes = (file) => (file === target ? Promise.resolve(bytes) : readBytes(file))
  return ofTemplate({ ...named, path: target }, read)
}

async function ofTemplate(
  named: NamedTarget & Pick<GivenRequest, 'path'>,
  readBytes: ReadBytes,
): Promise<Targets> {
  const { localStack, sandbox, path, id } = named
  const stackName = stackNameFor(path, localStack)
  const state = await readState(localStack.state, stackName)
  if (state !== undefined && state.sandbox !== sandbox)
    throw new UsageError(
      state.sandbox
        ? `the stack ${stackName} is in embedded clouds; give --sandbox, or another --stack-name`
        : `the stack ${stackName} is in real clouds; leave out --sandbox, or give another --stack-name`,
    )
  return { ...plannedEvents(await readRequest(named, readBytes), stackName, state, id), state }
}

function eventOfId(id: string, type: string | undefined): JsonObject {
  const resourceType = type ?? serviceOfId(id)?.resourceTypes[0]
  if (resourceType === undefined)
    throw new UsageError('--id does not name its cloud; give --type with a resource type')
  return completeEvent({ ResourceType: resourceType, PhysicalResourceId: id, LogicalResourceId: '' })
}

function eventOf(given: JsonObject, id: string | undefined, type: string | undefined): JsonObject {
  return completeEvent({
    ...given,
    ...(type === undefined ? {} : { ResourceType: type }),
    ...(id === undefined ? {} : { PhysicalResourceId: id }),
  })
}
