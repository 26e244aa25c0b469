import { createHash } from 'node:crypto'
import type { Owner, Ownership, StackRequest } from '../../provider.ts'
import { isSuperseded, readEarlier, remember, writeEarlier } from '../../recognition/recent-requests.ts'
import { clientToken } from './request-token.ts'
import type { StackProperties } from './properties.ts'

/**
 * The tags that the bridge adds to the user's own. ROS copies a stack's tags to its resources whenever an update
 * changes them, so these tags stay the same from one update to the next.
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
/** How many stacks that bridges made are nested from the outermost to this one. */
const DEPTH = `${TAG_PREFIX}depth`
/** A Create took the stack over from another owner. While ROS has no id for it, a Delete must not delete it. */
const ADOPTED = `${TAG_PREFIX}adopted`

export const MOST_TAGS = 20
/** The largest number of these tags on one stack. */
export const MOST_MARKS = 5
/** Characters. */
const LONGEST_VALUE = 128

export function userTags(given: StackProperties['Tags']): Tag[] {
  return Array.isArray(given)
    ? given.map(({ Key, Value }) => ({ Key, Value: String(Value) }))
    : Object.entries(given ?? {}).map(([Key, Value]) => ({ Key, Value: String(Value) }))
}

/** The tags of a stack that are not the bridge's. */
export function ownTags(tags: readonly Tag[]): Tag[] {
  return tags.filter(({ Key }) => !Key.startsWith(TAG_PREFIX))
}

export function ownerTags(owner: Owner): Tag[] {
  return [
    { Key: STACK_ID, Value: tagValue(owner.rosStackId) },
    { Key: RESOURCE, Value: tagValue(owner.logicalResourceId) },
  ]
}

export function marksForCreate(request: StackRequest, depth: number): Tag[] {
  return [...ownerTags(request.owner), createdTag(request), depthTag(depth)]
}

/** `tags`: those that the stack has. */
export function marksForUpdate(tags: readonly Tag[], request: StackRequest): Tag[] {
  const wasOurs = ownershipOf(tags, request.owner).mark === 'ours'
  const lasting = wasOurs ? lastingTags(tags, request) : []
  const adopts = request.kind === 'create' && !wasOurs
  return [...ownerTags(request.owner), ...lasting, ...(adopts ? [adoptedTag] : [])]
}

export function marksForMove(tags: readonly Tag[], request: StackRequest): Tag[] {
  return [...ownerTags(request.owner), movedTag(tags, request), adoptedTag]
}

/** With the `stackDigest` of the Create after the token; both stay as they are, unless another Create takes the stack over. */
export function createdTag(request: StackRequest): Tag {
  return { Key: CREATED, Value: withStackDigest(clientToken(request, 'create'), request.stackDigest) }
}

/**
 * The mark of a Create that moves the stack to its owner. It also holds which Creates have made or moved the stack before, so
 * that a late one is known: the first 12 digits of each token.
 */
export function movedTag(tags: readonly Tag[], request: StackRequest): Tag {
  const [token = ''] = createdIn(tags)
  const recent = remember({ latest: digitsOf(token), earlier: earlierIn(tags) }, ownDigits(request))
  const parts = [clientToken(request, 'create'), request.stackDigest ?? '', writeEarlier(recent.earlier)]
  return { Key: CREATED, Value: parts.join('.') }
}

/** Whether another Create has moved the stack since this one has. */
export function isMovedSince(tags: readonly Tag[], request: StackRequest): boolean {
  const [token = ''] = createdIn(tags)
  return isSuperseded({ latest: digitsOf(token), earlier: earlierIn(tags) }, ownDigits(request))
}

function earlierIn(tags: readonly Tag[]): readonly string[] {
  const [, , earlier] = createdIn(tags)
  return readEarlier(earlier)
}

function ownDigits(request: StackRequest): string {
  return digitsOf(clientToken(request, 'create'))
}

function digitsOf(token: string): string {
  return token.slice(token.lastIndexOf('-') + 1)
}

/** Whether this Create has made the stack. */
export function isCreatedBy(tags: readonly Tag[], request: StackRequest): boolean {
  const [token] = createdIn(tags)
  return token === clientToken(request, 'create')
}

/** Absent on stacks that earlier versions made. */
export function stackDigestIn(tags: readonly Tag[]): string | undefined {
  const [, stackDigest] = createdIn(tags)
  return stackDigest === '' ? undefined : stackDigest
}

function createdIn(tags: readonly Tag[]): string[] {
  return (valueOf(tags, CREATED) ?? '').split('.')
}

function withStackDigest(token: string, stackDigest: string | undefined): string {
  return stackDigest === undefined ? token : `${token}.${stackDigest}`
}

export function depthTag(depth: number): Tag {
  return { Key: DEPTH, Value: String(depth) }
}

/** 0: no bridge made this stack. */
export function depthIn(tags: readonly Tag[]): number {
  const written = valueOf(tags, DEPTH) ?? ''
  return /^\d{1,3}$/.test(written) ? Number(written) : 0
}

/**
 * The tags that stay on a stack when it is updated. A ClientToken requires that their order is always the same. A Create that
 * updates the stack of an earlier Create writes its own digest.
 */
export function lastingTags(tags: readonly Tag[], { kind, stackDigest }: StackRequest): Tag[] {
  return [CREATED, DEPTH, ADOPTED].flatMap((key) => {
    const tag = tags.find(({ Key }) => Key === key)
    if (tag === undefined || key !== CREATED || kind !== 'create') return tag ?? []
    const [token = '', , ...moves] = createdIn(tags)
    return { Key: CREATED, Value: [withStackDigest(token, stackDigest), ...moves].join('.') }
  })
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

/** Text that is too long, or that ROS may refuse, ends in a hash. */
function tagValue(text: string): string {
  const plain = text.replaceAll(/[^\w .:/=+\-@[\]]/g, '_')
  if (plain === text && text.length <= LONGEST_VALUE) return text
  const hash = createHash('sha256').update(text).digest('hex').slice(0, 12)
  return `${plain.slice(0, LONGEST_VALUE - hash.length - 1)}~${hash}`
}
