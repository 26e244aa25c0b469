import type { EpochMs } from '../../../platform/clock.ts'
import { writeJson } from '../../../platform/json.ts'
import { createHash } from 'node:crypto'
import { ownerDigest, requestDigest } from '../../recognition/mark-digest.ts'
import { marksIn, readFields, type CommonMarks } from '../mark-fields.ts'
import { remember, writeEarlier, type RecentRequests } from '../../recognition/recent-requests.ts'
import { STACK_DIGEST_FIELD } from '../../recognition/stack-digest.ts'
import type { Owner, Ownership, StackRequest } from '../../provider.ts'

/** The owner of a stack set, as its description names it, see `stack-set-description.ts`. */
export interface SetMarks extends CommonMarks {
  /** RFS's id of the deployment that `request` has started, once it has succeeded. */
  readonly operation?: string | undefined
  /** The digest of the last deployment; empty while its result is not known. */
  readonly design: string
}

const DIGITS = 16
const LONGEST_NAME = 40

export function setRequest(request: StackRequest, operation: 'create' | 'update'): string {
  return requestDigest(request, operation).slice(0, DIGITS)
}

export function designDigest(parts: unknown): string {
  return createHash('sha256').update(writeJson(parts)).digest('hex').slice(0, DIGITS)
}

/** `marks`: those that the set has. `design`: see `SetMarks`. */
export function marksForUpdate(
  marks: SetMarks | undefined,
  request: StackRequest,
  design: string,
  at: EpochMs,
): SetMarks {
  const wasOurs = setOwnership(marks, request.owner).mark === 'ours'
  const created = wasOurs ? marks?.created : undefined
  // A Create that moved the set away before must still be known when the set comes back.
  const remembers = wasOurs || request.move !== undefined
  const recent = remember(recentIn(remembers ? marks : undefined), setRequest(request, 'update'))
  return setMarksOf(request.owner, {
    ...(created === undefined ? {} : { created }),
    request: recent.latest,
    earlier: recent.earlier,
    stackDigest: request.kind === 'create' ? request.stackDigest : wasOurs ? marks?.stackDigest : undefined,
    operation: marks?.request === recent.latest && design !== '' ? marks.operation : undefined,
    at,
    design,
    adopted: request.kind === 'create' && (!wasOurs || marks?.adopted === true),
  })
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
    ...(marks.stackDigest === undefined ? [] : [`${STACK_DIGEST_FIELD}=${marks.stackDigest}`]),
    ...(marks.at === undefined ? [] : [`at=${String(Math.floor(marks.at / 1000))}`]),
    ...(marks.operation === undefined ? [] : [`operation=${marks.operation}`]),
    ...(marks.adopted ? ['adopted'] : []),
    `resource=${marks.resource}`,
    `ros-stack=${marks.rosStack}`,
  ].join(',')
}

export function readSetMarks(written: string | undefined): SetMarks | undefined {
  const fields = readFields(written ?? '')
  const marks = marksIn(fields)
  const operation = fields.get('operation')
  return marks === undefined
    ? undefined
    : {
        ...marks,
        ...(operation === undefined ? {} : { operation }),
        design: fields.get('design') ?? '',
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
