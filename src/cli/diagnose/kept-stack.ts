import { readdir } from 'node:fs/promises'
import { stackOf, type TargetStacks } from '../inquiry/target-stacks.ts'
import { completeEvent } from '../event-file.ts'
import { readState } from '../local-stack/planned-events.ts'
import type { ResourceEvent, StackState } from '../local-stack/stack-state.ts'
import { UsageError } from '../usage-error.ts'

/**
 * The stack of an id in the embedded clouds. Only a stack whose state `up --sandbox` has kept can be made there again.
 * `folder`: that of all states. Throws `UsageError`.
 */
export async function keptStack(id: string, folder: string): Promise<TargetStacks> {
  for (const name of await foldersIn(folder)) {
    const state = await readableState(folder, name)
    const event = state?.sandbox === true ? eventAbout(id, state) : undefined
    if (event !== undefined && state !== undefined)
      return { ...stackOf(asRosEvent(event, id, state)), hidden: state.hidden, state }
  }
  throw new UsageError(
    `no stack that up --sandbox has left in ${folder} has the id ${id}, and embedded clouds end with their command; diagnose --sandbox with the template or the event makes its stack again, and without --sandbox the id is looked up in the real cloud`,
  )
}

async function foldersIn(folder: string): Promise<readonly string[]> {
  try {
    const entries = await readdir(folder, { withFileTypes: true })
    return entries.flatMap((entry) => (entry.isDirectory() ? [entry.name] : []))
  } catch (error) {
    if (error instanceof Error && 'code' in error) return []
    throw error
  }
}

/** `undefined` for what is no state of a stack, and for one that another process has. */
async function readableState(folder: string, name: string): Promise<StackState | undefined> {
  try {
    return await readState(folder, name)
  } catch (error) {
    if (error instanceof UsageError) return undefined
    throw error
  }
}

/** The last event that was about the stack. */
function eventAbout(id: string, { history }: StackState): ResourceEvent | undefined {
  return history.findLast(
    ({ event, physicalResourceId, stackId }) =>
      stackId === id || physicalResourceId === id || event.physicalResourceId === id,
  )?.event
}

function asRosEvent({ logicalId, type, properties }: ResourceEvent, id: string, state: StackState) {
  return completeEvent({
    StackId: state.stackId,
    StackName: state.stackName,
    LogicalResourceId: logicalId,
    ResourceType: type,
    ResourceProperties: properties,
    PhysicalResourceId: id,
  })
}
