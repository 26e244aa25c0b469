import { isJsonObject, parseJson, type JsonObject } from '../../../platform/json.ts'
import { ownerDigest } from '../../recognition/mark-digest.ts'
import { STACK_DIGEST_FIELD } from '../../recognition/stack-digest.ts'
import type { Owner, Ownership, StackRequest } from '../../provider.ts'

/**
 * The labels that the bridge adds to a new stack's own: they name the owner and the Create that made the stack. AOS has
 * no call that changes labels, so they cannot name later requests.
 */

export const LABEL_PREFIX = 'stackbridge_'
/** A label's key and its value. */
export const LABEL = /^\w[-.\w]*$/
/** Characters, of a key and of a value. */
export const LONGEST_LABEL = 64

const OWNER = `${LABEL_PREFIX}owner`
const CREATED = `${LABEL_PREFIX}created`
const STACK_DIGEST = `${LABEL_PREFIX}${STACK_DIGEST_FIELD}`
const RESOURCE = `${LABEL_PREFIX}resource`
const ROS_STACK = `${LABEL_PREFIX}ros_stack`

export type Labels = Readonly<Record<string, string>>

/** `created` identifies the Create. */
export function ownerLabels(
  { owner, stackDigest }: Pick<StackRequest, 'owner' | 'stackDigest'>,
  created: string,
): Labels {
  return {
    [OWNER]: ownerDigest(owner),
    [CREATED]: created,
    ...(stackDigest === undefined ? {} : { [STACK_DIGEST]: stackDigest }),
    [RESOURCE]: plain(owner.logicalResourceId),
    [ROS_STACK]: plain(owner.rosStackId),
  }
}

export function ownershipOf(labels: Labels, owner: Owner): Ownership {
  const marked = labels[OWNER]
  if (marked === undefined) return { mark: 'unmarked' }
  if (marked === ownerDigest(owner)) return { mark: 'ours' }
  const [resource = '?', rosStack = '?'] = [labels[RESOURCE], labels[ROS_STACK]]
  return { mark: 'another', owner: `the resource ${resource} of the ROS stack ${rosStack}` }
}

/** The Create that made the stack. */
export function createdIn(labels: Labels): string | undefined {
  return labels[CREATED]
}

/** What that Create asked for: see `stackDigest` of `StackRequest`. Absent on stacks that earlier versions made. */
export function stackDigestIn(labels: Labels): string | undefined {
  return labels[STACK_DIGEST]
}

export function userLabels(labels: Labels): Labels {
  return Object.fromEntries(Object.entries(labels).filter(([key]) => !key.startsWith(LABEL_PREFIX)))
}

/** The documents show labels as a map, as a JSON text, and as `key1=value1,key2=value2`. */
export function readLabels(given: unknown): Labels {
  if (isJsonObject(given)) return textsIn(given)
  if (typeof given !== 'string' || given === '') return {}
  const parsed = parseJson(new TextEncoder().encode(given))
  if (parsed.ok && isJsonObject(parsed.value)) return textsIn(parsed.value)
  return Object.fromEntries(
    given.split(',').flatMap((pair): [string, string][] => {
      const [key = '', ...value] = pair.split('=')
      return value.length === 0 ? [] : [[key.trim(), value.join('=').trim()]]
    }),
  )
}

function textsIn(map: JsonObject): Labels {
  return Object.fromEntries(
    Object.entries(map).filter((entry): entry is [string, string] => typeof entry[1] === 'string'),
  )
}

/** A label begins with a letter, a digit or `_`. */
function plain(name: string): string {
  return name
    .replaceAll(/[^\w.-]/g, '_')
    .replace(/^[^\w]/, '_')
    .slice(0, LONGEST_LABEL)
}
