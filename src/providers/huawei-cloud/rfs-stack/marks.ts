import type { EpochMs } from '../../../platform/clock.ts'
import { ownerDigest } from '../../recognition/mark-digest.ts'
import type { Owner, Ownership } from '../../provider.ts'

/**
 * The marks that the bridge writes at the end of a stack's description, after the user's own text: the owner, the
 * Create that made the stack, and the request whose operation was started last. RFS has neither tags nor request
 * tokens, and the description is the only text of a stack that can be read back.
 */

export const MARK = 'stackbridge:'
/** Characters that remain for the user's description. */
export const LONGEST_DESCRIPTION = 768
const LONGEST_NAME = 50

export interface Marks {
  readonly owner: string
  /** Absent where a Create took over a stack that somebody else had made. */
  readonly created?: string
  readonly request: string
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
    request,
    at,
    adopted,
  }: Pick<Marks, 'created' | 'request' | 'adopted'> & { readonly at: EpochMs },
): Marks {
  return {
    owner: ownerDigest(owner),
    ...(created === undefined ? {} : { created }),
    request,
    at,
    resource: plain(owner.logicalResourceId),
    rosStack: plain(owner.rosStackId),
    adopted,
  }
}

/** The whole description: the user's text and the marks. */
export function describe(text: string, marks: Marks): string {
  const fields = [
    `owner=${marks.owner}`,
    ...(marks.created === undefined ? [] : [`created=${marks.created}`]),
    `request=${marks.request}`,
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
  if (owner === undefined) return undefined
  const seconds = Number(fields.get('at') ?? Number.NaN)
  return {
    owner,
    ...(created === undefined ? {} : { created }),
    request: fields.get('request') ?? '',
    ...(Number.isFinite(seconds) ? { at: seconds * 1000 } : {}),
    resource: fields.get('resource') ?? '?',
    rosStack: fields.get('ros-stack') ?? '?',
    adopted: fields.has('adopted'),
  }
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
