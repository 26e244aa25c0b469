import { createHash } from 'node:crypto'
import type { Owner, Ownership, StackRequest } from '../../provider.ts'

/**
 * What the bridge writes into a stack's tags, beside the user's own: whose the stack is, and which request's operation it
 * has begun last. Heat has no request tokens; its tags belong to the stack alone, so that they can serve as such.
 */

const PREFIX = 'stackbridge:'
const STACK_ID = `${PREFIX}ros-stack-id=`
const RESOURCE = `${PREFIX}logical-resource-id=`
const REQUEST = `${PREFIX}request=`
/** The request that made the stack; stays when later ones change it. */
const CREATED = `${PREFIX}created=`
/** The stack was another's before a Create took it over: as long as ROS has no id for it, it is not ours to delete. */
const ADOPTED = `${PREFIX}adopted`

export const TAG_PREFIX = PREFIX
/** Characters. */
export const LONGEST_TAG = 80

export function ownerTags(owner: Owner): string[] {
  return [tag(STACK_ID, owner.rosStackId), tag(RESOURCE, owner.logicalResourceId)]
}

export const adoptedTag = ADOPTED

export function isAdopted(tags: readonly string[]): boolean {
  return tags.includes(ADOPTED)
}

export function userTags(tags: readonly string[]): string[] {
  return tags.filter((given) => !given.startsWith(PREFIX))
}

/**
 * Names one operation of one request. The properties are part of it, since a RequestId may come again for a different
 * try.
 */
export function requestTag(request: StackRequest, operation: 'create' | 'update'): string {
  const { owner, requestId, fingerprint, kind } = request
  const digest = createHash('sha256')
    .update(
      JSON.stringify([owner.rosStackId, owner.logicalResourceId, requestId, kind, operation, fingerprint]),
    )
    .digest('hex')
  return `${REQUEST}${digest.slice(0, 32)}`
}

/** Names the Create that makes a stack. */
export function createdTag(request: StackRequest): string {
  return requestTag(request, 'create').replace(REQUEST, CREATED)
}

export function createdTagOf(tags: readonly string[]): string[] {
  return tags.filter((given) => given.startsWith(CREATED))
}

export function ownershipOf(tags: readonly string[], owner: Owner): Ownership {
  const stackId = valueOf(tags, STACK_ID)
  const resource = valueOf(tags, RESOURCE)
  if (stackId === undefined && resource === undefined) return { mark: 'unmarked' }
  if (ownerTags(owner).every((own) => tags.includes(own))) return { mark: 'ours' }
  return { mark: 'another', owner: `the resource ${resource ?? '?'} of the ROS stack ${stackId ?? '?'}` }
}

function valueOf(tags: readonly string[], prefix: string): string | undefined {
  return tags.find((given) => given.startsWith(prefix))?.slice(prefix.length)
}

/** Commas part one tag from the next, and a tag has at most 80 characters: what does not fit ends in a hash. */
function tag(prefix: string, value: string): string {
  const plain = value.replaceAll(/[^\w.:/[\]@+-]/g, '_')
  const room = LONGEST_TAG - prefix.length
  if (plain === value && value.length <= room) return `${prefix}${value}`
  const hash = createHash('sha256').update(value).digest('hex').slice(0, 12)
  return `${prefix}${plain.slice(0, room - hash.length - 1)}~${hash}`
}
