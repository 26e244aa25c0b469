import { isReadOnlyId } from '../identifiers/read-only-id.ts'
import type { PropertyProblem } from '../properties/property-problem.ts'
import type { StackRequest } from '../provider.ts'

export const READ_ONLY = 'read-only'

/**
 * Whether the request only reads. The id decides, where ROS has one of the bridge: properties may have changed or be lost. Without
 * one, a Delete counts as read-only unless `Mode` is absent or names the other mode: a Create with any other value was refused.
 */
export function onlyReads(
  { kind, physicalResourceId, follows, properties }: StackRequest,
  isManagedId: (id: string) => boolean,
): boolean {
  const { Mode } = properties
  const id = follows?.id ?? physicalResourceId
  if (id !== undefined && isReadOnlyId(id)) return true
  if (kind !== 'delete') return Mode === READ_ONLY
  if (id !== undefined && isManagedId(id)) return false
  return Mode !== undefined && Mode !== null && Mode !== '' && Mode !== 'managed'
}

/** An Update that asks for another mode than the one that the resource was created in, as its id tells. */
export function modeChange({
  kind,
  physicalResourceId,
  properties: { Mode },
}: StackRequest): PropertyProblem | undefined {
  if (kind !== 'update' || physicalResourceId === undefined) return undefined
  const from = isReadOnlyId(physicalResourceId) ? READ_ONLY : 'managed'
  const to = Mode === READ_ONLY ? READ_ONLY : 'managed'
  if (from === to) return undefined
  const problem = `cannot change from ${from} to ${to}: nothing was touched. ${to === READ_ONLY ? RELEASE : TAKE_OVER}`
  return { path: 'Mode', problem }
}

/** The Delete of a managed resource deletes its stack. */
const RELEASE =
  'To keep the stack and only read it, first set OnDelete to retain, in an update without other changes. ' +
  'Then remove the resource, and add it again under another name'
const TAKE_OVER =
  'Remove the resource, and add it again under another name, with OnExisting or TakeOverFrom to take the stack over'

/**
 * Whether a Delete leaves the stack. Only if ROS has its id, which it gets with a SUCCESS: what a failed Create left is
 * deleted in any case.
 */
export function retains(
  { kind, physicalResourceId, properties }: StackRequest,
  isManagedId: (id: string) => boolean,
): boolean {
  const isKnown = physicalResourceId !== undefined && isManagedId(physicalResourceId)
  return kind === 'delete' && isKnown && asksToRetain({ properties })
}

/** A Delete without an id may follow a failed Create that found the stack, and did not make it. */
export function asksToRetain({ properties }: Pick<StackRequest, 'properties'>): boolean {
  return properties['OnDelete'] === 'retain'
}
