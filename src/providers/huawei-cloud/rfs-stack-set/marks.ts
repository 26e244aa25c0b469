import { writeJson } from '../../../platform/json.ts'
import { createHash } from 'node:crypto'
import type { EpochMs } from '../../../platform/clock.ts'
import { ownerDigest, requestDigest } from '../../recognition/mark-digest.ts'
import { readEarlier, writeEarlier, type RecentRequests } from '../../recognition/recent-requests.ts'
import type { Owner, Ownership, StackRequest } from '../../provider.ts'

/** The owner of a stack set, as its description names it, see `stack-set-description.ts`. Digests are shortened. */
export interface SetMarks {
  readonly owner: string
  /** The Create that made the set; absent where a Create took it over. */
  readonly created?: string
  /** The request whose operation was started last. */
  readonly request: string
  /** The requests before it: see recent-requests.ts. */
  readonly earlier: readonly string[]
  /** What the Create that made the set, or took it over, asked for: see `wish` of `StackRequest`. */
  readonly wish?: string | undefined
  /** When `request` was noted, by our clock; milliseconds in whole seconds. */
  readonly at?: EpochMs | undefined
  /** RFS's id of the deployment that `request` has started, once it has succeeded. */
  readonly operation?: string | undefined
  /** The digest of the last deployment; empty while its result is not known. */
  readonly design: string
  /** A Create took the set over, and ROS may never have had its id. */
  readonly adopted: boolean
  /** The owner in words. */
  readonly resource: string
  readonly rosStack: string
}

const DIGITS = 16
const LONGEST_NAME = 40

export function setRequest(request: StackRequest, operation: 'create' | 'update'): string {
  return requestDigest(request, operation).slice(0, DIGITS)
}

export function designDigest(parts: unknown): string {
  return createHash('sha256').update(writeJson(parts)).digest('hex').slice(0, DIGITS)
}

export function setMarksOf(owner: Owner, marks: Omit<SetMarks, 'owner' | 'resource' | 'rosStack'>): SetMarks {
  return {
    ...marks,
    owner: ownerDigest(owner).slice(0, DIGITS),
    resource: plain(owner.logicalResourceId),
    rosStack: plain(owner.rosStackId),
  }
}

export function writeSetMarks(marks: SetMarks): string {
  return [
    `owner=${marks.owner}`,
    ...(marks.created === undefined ? [] : [`created=${marks.created}`]),
    `request=${marks.request}`,
    `design=${marks.design}`,
    ...(marks.earlier.length === 0 ? [] : [`earlier=${writeEarlier(marks.earlier)}`]),
    ...(marks.wish === undefined ? [] : [`wish=${marks.wish}`]),
    ...(marks.at === undefined ? [] : [`at=${String(Math.floor(marks.at / 1000))}`]),
    ...(marks.operation === undefined ? [] : [`operation=${marks.operation}`]),
    ...(marks.adopted ? ['adopted'] : []),
    `resource=${marks.resource}`,
    `ros-stack=${marks.rosStack}`,
  ].join(',')
}

export function readSetMarks(written: string | undefined): SetMarks | undefined {
  const fields = new Map(
    (written ?? '').split(',').map((field): [string, string] => {
      const [name = '', value = ''] = field.split('=')
      return [name, value]
    }),
  )
  const owner = fields.get('owner')
  const created = fields.get('created')
  const wish = fields.get('wish')
  const operation = fields.get('operation')
  const seconds = Number(fields.get('at') ?? Number.NaN)
  if (owner === undefined) return undefined
  return {
    owner,
    ...(created === undefined ? {} : { created }),
    request: fields.get('request') ?? '',
    earlier: readEarlier(fields.get('earlier')),
    ...(wish === undefined ? {} : { wish }),
    ...(Number.isFinite(seconds) ? { at: seconds * 1000 } : {}),
    ...(operation === undefined ? {} : { operation }),
    design: fields.get('design') ?? '',
    adopted: fields.has('adopted'),
    resource: fields.get('resource') ?? '?',
    rosStack: fields.get('ros-stack') ?? '?',
  }
}

export function recentIn(marks: SetMarks | undefined): RecentRequests {
  return { latest: marks?.request ?? '', earlier: marks?.earlier ?? [] }
}

export function setOwnership(marks: SetMarks | undefined, owner: Owner): Ownership {
  if (marks === undefined) return { mark: 'unmarked' }
  if (marks.owner === ownerDigest(owner).slice(0, DIGITS)) return { mark: 'ours' }
  return { mark: 'another', owner: `the resource ${marks.resource} of the ROS stack ${marks.rosStack}` }
}

function plain(name: string): string {
  return name.replaceAll(/[^\w.-]/g, '_').slice(0, LONGEST_NAME)
}
