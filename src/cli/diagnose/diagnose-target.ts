import type { JsonObject } from '../../platform/json.ts'
import { serviceOfId } from '../../providers/registry.ts'
import { stackOf, stacksInFile, type TargetStacks } from '../inquiry/target-stacks.ts'
import { completeEvent } from '../event-file.ts'
import { checkIdOfType, refuseMistakenId, typeOfId } from '../id-of-stack.ts'
import type { InquiryRequest } from '../inquiry/inquiry.ts'
import type { ReadBytes } from '../ros-template/included-files.ts'
import { keptStack } from './kept-stack.ts'
import { UsageError } from '../usage-error.ts'

/** The stack that the command line names; `id` of the request may name it, too. */
export interface NamedTarget {
  /** A template, an event, or a stack's id; absent where `id` names the stack alone. */
  readonly target: string | undefined
  readonly type?: string
}

/** The stacks to diagnose. Throws `UsageError`. */
export async function targetsOf(
  request: InquiryRequest & NamedTarget,
  readBytes: ReadBytes,
): Promise<TargetStacks> {
  const { target, id, type, sandbox, localStack } = request
  const given = target !== undefined && serviceOfId(target) !== undefined ? target : undefined
  if (given !== undefined && id !== undefined)
    throw new UsageError('the stack is named twice; give the id alone, or --id with a template or an event')
  const only = given ?? (target === undefined ? id : undefined)
  if (only !== undefined) return sandbox ? keptStack(only, localStack.state) : stackOf(eventOfId(only, type))
  if (target === undefined)
    throw new UsageError('nothing is named; give a template, an event file or the id of a stack')
  refuseMistakenId(target)
  const stacks = await stacksInFile(target, request, {
    readBytes,
    eventOf: (event) => eventOf(event, id, type),
  })
  if (id !== undefined)
    for (const planned of stacks.events) if ('event' in planned) checkIdOfType(id, planned.event)
  // What the file asks for would be made there, under another id.
  if (id !== undefined && sandbox && stacks.state === undefined) return keptStack(id, localStack.state)
  return stacks
}

function eventOfId(named: string, given: string | undefined): JsonObject {
  const { id, type } = withoutInstances(named) ?? { id: named, type: given }
  const event = completeEvent({
    ResourceType: type ?? typeOfId(id),
    PhysicalResourceId: id,
    LogicalResourceId: '',
  })
  checkIdOfType(id, event)
  return event
}

/**
 * The stack set, where the id is of instances in it: only the properties say which instances are meant, and the diagnosis of
 * the set has all that failed.
 */
function withoutInstances(
  id: string,
): { readonly id: string; readonly type: string | undefined } | undefined {
  const end = id.lastIndexOf('/instances/')
  const setId = id.slice(0, Math.max(0, end))
  const set = serviceOfId(setId)
  return set === undefined || serviceOfId(id) === set ? undefined : { id: setId, type: set.resourceTypes[0] }
}

function eventOf(given: JsonObject, id: string | undefined, type: string | undefined): JsonObject {
  return completeEvent({
    ...given,
    ...(type === undefined ? {} : { ResourceType: type }),
    ...(id === undefined ? {} : { PhysicalResourceId: id }),
  })
}
