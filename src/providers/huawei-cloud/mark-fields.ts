import type { EpochMs } from '../../platform/clock.ts'
import { readEarlier } from '../recognition/recent-requests.ts'
import { STACK_DIGEST_FIELD } from '../recognition/stack-digest.ts'

/** What the marks of RFS stacks and of stack sets have in common. Digests are shortened. */
export interface CommonMarks {
  readonly owner: string
  /** The Create that made it; absent where a Create took it over. */
  readonly created?: string
  /** The request whose operation was started last. */
  readonly request: string
  /** The requests before it: see recent-requests.ts. */
  readonly earlier: readonly string[]
  /** What the Create that made it, or took it over, asked for: see `stackDigest` of `StackRequest`. */
  readonly stackDigest?: string | undefined
  /** When `request` was noted, by our clock; milliseconds in whole seconds. */
  readonly at?: EpochMs | undefined
  /** A Create took it over, and ROS may never have had its id. A Delete without an id must not delete it. */
  readonly adopted: boolean
  /** The owner in words. */
  readonly resource: string
  readonly rosStack: string
}

/** Fields of the form `name=value` or `name`, separated by commas. */
export function readFields(written: string): ReadonlyMap<string, string> {
  return new Map(
    written.split(',').map((field): [string, string] => {
      const [name = '', ...value] = field.split('=')
      return [name, value.join('=')]
    }),
  )
}

/** `undefined` where the fields name no owner. */
export function marksIn(fields: ReadonlyMap<string, string>): CommonMarks | undefined {
  const owner = fields.get('owner')
  const created = fields.get('created')
  const stackDigest = fields.get(STACK_DIGEST_FIELD)
  if (owner === undefined) return undefined
  const seconds = Number(fields.get('at') ?? Number.NaN)
  return {
    owner,
    ...(created === undefined ? {} : { created }),
    request: fields.get('request') ?? '',
    earlier: readEarlier(fields.get('earlier')),
    ...(stackDigest === undefined ? {} : { stackDigest }),
    ...(Number.isFinite(seconds) ? { at: seconds * 1000 } : {}),
    resource: fields.get('resource') ?? '?',
    rosStack: fields.get('ros-stack') ?? '?',
    adopted: fields.has('adopted'),
  }
}
