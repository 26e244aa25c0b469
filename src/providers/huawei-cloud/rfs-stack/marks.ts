import type { EpochMs } from '../../../platform/clock.ts'
import { ownerDigest } from '../../recognition/mark-digest.ts'
import { readEarlier, writeEarlier, type RecentRequests } from '../../recognition/recent-requests.ts'
import type { Owner, Ownership } from '../../provider.ts'

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

export interface Marks {
  readonly owner: string
  /** Absent where a Create took over a stack that somebody else had made. */
  readonly created?: string
  readonly request: string
  /** The requests before it: see recent-requests.ts. */
  readonly earlier: readonly string[]
  /** What the Create that made the stack, or took it over, asked for: see `wish` of `StackRequest`. */
  readonly wish?: string | undefined
  /** When that operation started, by our clock; milliseconds in whole seconds. */
  readonly at?: EpochMs
  /** The owner in words. */
  readonly resource: string
  readonly rosStack: string
  /** A Create took the stack over, and ROS may never have had its id. A Delete without an id must not delete it. */
  readonly adopted: boolean
}

export function marksOf(
  owner: Owner,
  {
    created,
    at,
    ...marks
  }: Pick<Marks, 'created' | 'request' | 'earlier' | 'wish' | 'adopted'> & { readonly at: EpochMs },
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
  const { wish, earlier, ...needed } = marks
  if (earlier.length > 0) return describe(text, { ...marks, earlier: earlier.slice(0, -1) })
  return wish === undefined ? written : write(text, { ...needed, earlier })
}

function write(text: string, marks: Marks): string {
  const fields = [
    `owner=${marks.owner}`,
    ...(marks.created === undefined ? [] : [`created=${marks.created}`]),
    `request=${marks.request}`,
    ...(marks.earlier.length === 0 ? [] : [`earlier=${writeEarlier(marks.earlier)}`]),
    ...(marks.wish === undefined ? [] : [`wish=${marks.wish}`]),
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
  if (at === -1) return undefined
  const fields = new Map(
    description
      .slice(at + MARK.length)
      .split(',')
      .map((field): [string, string] => {
        const [name = '', ...value] = field.split('=')
        return [name, value.join('=')]
      }),
  )
  const owner = fields.get('owner')
  const created = fields.get('created')
  const wish = fields.get('wish')
  if (owner === undefined) return undefined
  const seconds = Number(fields.get('at') ?? Number.NaN)
  return {
    owner,
    ...(created === undefined ? {} : { created }),
    request: fields.get('request') ?? '',
    earlier: readEarlier(fields.get('earlier')),
    ...(wish === undefined ? {} : { wish }),
    ...(Number.isFinite(seconds) ? { at: seconds * 1000 } : {}),
    resource: fields.get('resource') ?? '?',
    rosStack: fields.get('ros-stack') ?? '?',
    adopted: fields.has('adopted'),
  }
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
