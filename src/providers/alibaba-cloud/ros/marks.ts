import { createHash } from 'node:crypto'
import type { Owner, Ownership, StackRequest } from '../../provider.ts'
import { clientToken } from './request-token.ts'
import type { StackProperties } from './properties.ts'

/**
 * What the bridge writes into a stack's tags, beside the user's own. ROS hands a stack's tags on to its resources whenever
 * they change in an update, so none of these does from one update to the next.
 * https://www.alibabacloud.com/help/en/ros/user-guide/propagate-tags
 */

export interface Tag {
  readonly Key: string
  readonly Value: string
}

export const TAG_PREFIX = 'stackbridge:'
const STACK_ID = `${TAG_PREFIX}ros-stack-id`
const RESOURCE = `${TAG_PREFIX}logical-resource-id`
/** The request that made the stack. */
const CREATED = `${TAG_PREFIX}created`
/** How many stacks of bridges there are from the outermost to this one. */
const DEPTH = `${TAG_PREFIX}depth`
/** The stack was another's before a Create took it over: as long as ROS has no id for it, it is not ours to delete. */
const ADOPTED = `${TAG_PREFIX}adopted`

export const MOST_TAGS = 20
/** The most that a stack bears of the above. */
export const MOST_MARKS = 5
/** Characters. */
const LONGEST_VALUE = 128

export function userTags(given: StackProperties['Tags']): Tag[] {
  return Array.isArray(given)
    ? given.map(({ Key, Value }) => ({ Key, Value: String(Value) }))
    : Object.entries(given ?? {}).map(([Key, Value]) => ({ Key, Value: String(Value) }))
}

export function ownerTags(owner: Owner): Tag[] {
  return [
    { Key: STACK_ID, Value: tagValue(owner.rosStackId) },
    { Key: RESOURCE, Value: tagValue(owner.logicalResourceId) },
  ]
}

export function createdTag(request: StackRequest): Tag {
  return { Key: CREATED, Value: clientToken(request, 'create') }
}

export function depthTag(depth: number): Tag {
  return { Key: DEPTH, Value: String(depth) }
}

/** 0: no bridge has made this stack. */
export function depthIn(tags: readonly Tag[]): number {
  const written = valueOf(tags, DEPTH) ?? ''
  return /^\d{1,3}$/.test(written) ? Number(written) : 0
}

/** What stays on a stack when it is updated; always in the same order, as a ClientToken wants it. */
export function lastingTags(tags: readonly Tag[]): Tag[] {
  return [CREATED, DEPTH, ADOPTED].flatMap((key) => tags.find(({ Key }) => Key === key) ?? [])
}

export const adoptedTag: Tag = { Key: ADOPTED, Value: 'true' }

export function isAdopted(tags: readonly Tag[]): boolean {
  return hasTag(tags, adoptedTag)
}

export function hasTag(tags: readonly Tag[], { Key, Value }: Tag): boolean {
  return valueOf(tags, Key) === Value
}

export function ownershipOf(tags: readonly Tag[], owner: Owner): Ownership {
  const stackId = valueOf(tags, STACK_ID)
  const resource = valueOf(tags, RESOURCE)
  if (stackId === undefined && resource === undefined) return { mark: 'unmarked' }
  if (ownerTags(owner).every((own) => hasTag(tags, own))) return { mark: 'ours' }
  return { mark: 'another', owner: `the resource ${resource ?? '?'} of the ROS stack ${stackId ?? '?'}` }
}

function valueOf(tags: readonly Tag[], key: string): string | undefined {
  return tags.find(({ Key }) => Key === key)?.Value
}

/** What does not fit, or might not be taken, ends in a hash. */
function tagValue(text: string): string {
  const plain = text.replaceAll(/[^\w .:/=+\-@[\]]/g, '_')
  if (plain === text && text.length <= LONGEST_VALUE) return text
  const hash = createHash('sha256').update(text).digest('hex').slice(0, 12)
  return `${plain.slice(0, LONGEST_VALUE - hash.length - 1)}~${hash}`
}
