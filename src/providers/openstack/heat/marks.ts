import { createHash } from 'node:crypto'
import type { Owner, Ownership, StackRequest } from '../../provider.ts'
import { requestHash } from '../../recognition/mark-digest.ts'
import {
  readEarlier,
  remember,
  writeEarlier,
  type RecentRequests,
} from '../../recognition/recent-requests.ts'
import { STACK_DIGEST_FIELD } from '../../recognition/stack-digest.ts'

/**
 * The tags that the bridge adds to the user's own: the owner, and the request whose operation was started last. Heat
 * has no request tokens. Its tags belong to the stack alone, so they can replace request tokens.
 */

const PREFIX = 'stackbridge:'
const STACK_ID = `${PREFIX}ros-stack-id=`
const RESOURCE = `${PREFIX}logical-resource-id=`
const REQUEST = `${PREFIX}request=`
/** The request that made the stack; later requests keep it. */
const CREATED = `${PREFIX}created=`
/** The requests before the last one: see recent-requests.ts. */
const EARLIER = `${PREFIX}earlier=`
/** What the Create that made the stack, or took it over, asked for: see `stackDigest` of `StackRequest`. */
const STACK_DIGEST = `${PREFIX}${STACK_DIGEST_FIELD}=`
/** A Create took the stack over from another owner. While ROS has no id for it, a Delete must not delete it. */
const ADOPTED = `${PREFIX}adopted`

export const TAG_PREFIX = PREFIX
/** Characters. */
export const LONGEST_TAG = 80

export function ownerTags(owner: Owner): string[] {
  return [tag(STACK_ID, owner.rosStackId), tag(RESOURCE, owner.logicalResourceId)]
}

export function marksForCreate(request: StackRequest): string[] {
  return [
    ...ownerTags(request.owner),
    createdTag(request),
    requestTag(request, 'create'),
    ...stackDigestTags(request.stackDigest),
  ]
}

/** `tags`: those that the stack has. */
export function marksForUpdate(tags: readonly string[], request: StackRequest): string[] {
  const wasOurs = ownershipOf(tags, request.owner).mark === 'ours'
  const adopted = request.kind === 'create' && (!wasOurs || isAdopted(tags))
  const made = wasOurs ? createdTagOf(tags) : []
  const mark = requestTag(request, 'update')
  // A Create that moved the stack away before must still be known when the stack comes back.
  const remembers = wasOurs || request.move !== undefined
  const recent = remember(recentIn(remembers ? tags : []), requestIn(mark))
  const stackDigest =
    request.kind === 'create' ? request.stackDigest : wasOurs ? stackDigestIn(tags) : undefined
  return [
    ...ownerTags(request.owner),
    ...made,
    mark,
    ...earlierTags(recent),
    ...stackDigestTags(stackDigest),
    ...(adopted ? [ADOPTED] : []),
  ]
}

export function isAdopted(tags: readonly string[]): boolean {
  return tags.includes(ADOPTED)
}

export function userTags(tags: readonly string[]): string[] {
  return tags.filter((given) => !given.startsWith(PREFIX))
}

/** Identifies one operation of one request. */
export function requestTag(request: StackRequest, operation: 'create' | 'update'): string {
  return `${REQUEST}${requestHash(request, operation).slice(0, 32)}`
}

/** Identifies the Create that makes a stack. */
export function createdTag(request: StackRequest): string {
  return requestTag(request, 'create').replace(REQUEST, CREATED)
}

function createdTagOf(tags: readonly string[]): string[] {
  return tags.filter((given) => given.startsWith(CREATED))
}

export function recentIn(tags: readonly string[]): RecentRequests {
  return {
    latest: valueOf(tags, REQUEST) ?? '',
    earlier: readEarlier(valueOf(tags, EARLIER)),
  }
}

/** A later request than the one that made the stack has started an update of it. A rollback keeps the tags. */
export function wasUpdated(tags: readonly string[]): boolean {
  const [request, created] = [valueOf(tags, REQUEST), valueOf(tags, CREATED)]
  return request !== undefined && created !== undefined && request !== created
}

/** The digest in a `requestTag`. */
export function requestIn(tag: string): string {
  return tag.slice(REQUEST.length)
}

/** Has its 80 characters at most: five requests. */
function earlierTags({ earlier }: RecentRequests): string[] {
  return earlier.length === 0 ? [] : [`${EARLIER}${writeEarlier(earlier)}`]
}

function stackDigestTags(stackDigest: string | undefined): string[] {
  return stackDigest === undefined ? [] : [`${STACK_DIGEST}${stackDigest}`]
}

export function stackDigestIn(tags: readonly string[]): string | undefined {
  return valueOf(tags, STACK_DIGEST)
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

/** Commas separate tags, and a tag has at most 80 characters. Text that is too long ends in a hash. */
function tag(prefix: string, value: string): string {
  const plain = value.replaceAll(/[^\w.:/[\]@+-]/g, '_')
  const room = LONGEST_TAG - prefix.length
  if (plain === value && value.length <= room) return `${prefix}${value}`
  const hash = createHash('sha256').update(value).digest('hex').slice(0, 12)
  return `${prefix}${plain.slice(0, room - hash.length - 1)}~${hash}`
}
