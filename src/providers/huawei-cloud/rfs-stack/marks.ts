import type { EpochMs } from '../../../platform/clock.ts'
import { ownerDigest, requestDigest } from '../../recognition/mark-digest.ts'
import { marksIn, readFields, type CommonMarks } from '../mark-fields.ts'
import { remember, writeEarlier, type RecentRequests } from '../../recognition/recent-requests.ts'
import { STACK_DIGEST_FIELD } from '../../recognition/stack-digest.ts'
import type { Owner, Ownership, StackRequest } from '../../provider.ts'

/**
 * The marks that the bridge writes at the end of a stack's description, after the user's own text: the owner, the
 * Create that made the stack, and the request whose operation was started last. RFS has neither tags nor request
 * tokens, and the description is the only text of a stack that can be read back.
 */

export const MARK = 'stackbridge:'
/** Characters that remain for the user's description. */
export const LONGEST_DESCRIPTION = 768
/** Characters of the whole. https://support.huaweicloud.com/intl/en-us/api-aos/CreateStack.html */
const LONGEST = 1024
const LONGEST_NAME = 50

export type Marks = CommonMarks

export function marksForCreate(request: StackRequest, at: EpochMs): Marks {
  const digest = requestDigest(request, 'create')
  return marksOf(request.owner, {
    created: digest,
    request: digest,
    earlier: [],
    stackDigest: request.stackDigest,
    at,
    adopted: false,
  })
}

/** `marks`: those that the stack has. */
export function marksForUpdate(marks: Marks | undefined, request: StackRequest, at: EpochMs): Marks {
  const wasOurs = ownershipOf(marks, request.owner).mark === 'ours'
  const created = wasOurs ? marks?.created : undefined
  // A Create that moved the stack away before must still be known when the stack comes back.
  const remembers = wasOurs || request.move !== undefined
  const recent = remember(recentIn(remembers ? marks : undefined), requestDigest(request, 'update'))
  return marksOf(request.owner, {
    ...(created === undefined ? {} : { created }),
    request: recent.latest,
    earlier: recent.earlier,
    stackDigest: request.kind === 'create' ? request.stackDigest : wasOurs ? marks?.stackDigest : undefined,
    at,
    adopted: request.kind === 'create' && (!wasOurs || marks?.adopted === true),
  })
}

function marksOf(
  owner: Owner,
  {
    created,
    at,
    ...marks
  }: Pick<Marks, 'created' | 'request' | 'earlier' | 'stackDigest' | 'adopted'> & { readonly at: EpochMs },
): Marks {
  return {
    ...marks,
    owner: ownerDigest(owner),
    ...(created === undefined ? {} : { created }),
    at,
    resource: plain(owner.logicalResourceId),
    rosStack: plain(owner.rosStackId),
  }
}

/** The whole description: the user's text and the marks. A long text leaves room for fewer of the earlier requests. */
export function describe(text: string, marks: Marks): string {
  const written = write(text, marks)
  if (written.length <= LONGEST) return written
  const { stackDigest, earlier, ...needed } = marks
  if (earlier.length > 0) return describe(text, { ...marks, earlier: earlier.slice(0, -1) })
  return stackDigest === undefined ? written : write(text, { ...needed, earlier })
}

function write(text: string, marks: Marks): string {
  const fields = [
    `owner=${marks.owner}`,
    ...(marks.created === undefined ? [] : [`created=${marks.created}`]),
    `request=${marks.request}`,
    ...(marks.earlier.length === 0 ? [] : [`earlier=${writeEarlier(marks.earlier)}`]),
    ...(marks.stackDigest === undefined ? [] : [`${STACK_DIGEST_FIELD}=${marks.stackDigest}`]),
    ...(marks.at === undefined ? [] : [`at=${String(Math.floor(marks.at / 1000))}`]),
    ...(marks.adopted ? ['adopted'] : []),
    `resource=${marks.resource}`,
    `ros-stack=${marks.rosStack}`,
  ]
  return `${text === '' ? '' : `${text} `}${MARK}${fields.join(',')}`
}

/** The marks at a description's end; `undefined` where there are none. */
export function readMarks(description: string): Marks | undefined {
  const at = description.lastIndexOf(MARK)
  return at === -1 ? undefined : marksIn(readFields(description.slice(at + MARK.length)))
}

export function recentIn(marks: Marks | undefined): RecentRequests {
  return { latest: marks?.request ?? '', earlier: marks?.earlier ?? [] }
}

/** The user's own part of a description. */
export function textOf(description: string): string {
  const at = description.lastIndexOf(MARK)
  return at === -1 ? description : description.slice(0, at).replace(/ $/, '')
}

export function ownershipOf(marks: Marks | undefined, owner: Owner): Ownership {
  if (marks === undefined) return { mark: 'unmarked' }
  if (marks.owner === ownerDigest(owner)) return { mark: 'ours' }
  return { mark: 'another', owner: `the resource ${marks.resource} of the ROS stack ${marks.rosStack}` }
}

function plain(name: string): string {
  return name.replaceAll(/[^\w.-]/g, '_').slice(0, LONGEST_NAME)
}
