import type { Stack, Tag } from '@aws-sdk/client-cloudformation'
import type { PropertyProblem } from '../../properties/property-problem.ts'
import type { Owner, Ownership, StackRequest } from '../../provider.ts'
import type { StackProperties } from './properties.ts'
import { derivedStackName } from './stack-name.ts'

const PREFIX = 'stackbridge:'
const STACK_ID = `${PREFIX}ros-stack-id`
const RESOURCE = `${PREFIX}logical-resource-id`
const STACK_NAME = `${PREFIX}ros-stack-name`
/** A Create took the stack over from another owner. As long as ROS has no id for it, a Delete must not delete it. */
const ADOPTED = `${PREFIX}adopted`

export const TAG_PREFIX = PREFIX

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_CreateStack.html (Tags) */
const MOST_TAGS = 50
/** https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/aws-properties-resource-tags.html */
const RESERVED_BY_AWS = /^aws:/i
const MARKS = [STACK_ID, RESOURCE, STACK_NAME, ADOPTED]
/** On a stack that was made, and not taken over. */
const OWN_MARKS = 3

/** What AWS refuses of the user's own tags, known before any call. */
export function tagProblems(keys: readonly string[]): PropertyProblem[] {
  const path = 'Stack.Tags'
  const most = MOST_TAGS - OWN_MARKS
  const tooMany = {
    path,
    problem: `must hold ${String(most)} tags at most, but holds ${String(keys.length)}: AWS takes ${String(MOST_TAGS)}, and three mark the owner`,
  }
  const reserved = {
    path,
    problem: 'must not hold a tag that begins with aws:, since AWS keeps those for itself',
  }
  return [
    ...(keys.length > most ? [tooMany] : []),
    ...(keys.some((key) => RESERVED_BY_AWS.test(key)) ? [reserved] : []),
  ]
}

/** Who marks a stack. `adopted`: the stack was taken over. */
export interface Marking {
  readonly owner: Owner
  readonly adopted: boolean
}

/** How this request marks a stack that exists. */
export function markingFor(stack: Stack, { owner, kind }: StackRequest): Marking {
  const takesOver = kind === 'create' && ownershipOf(stack, owner).mark !== 'ours'
  return { owner, adopted: takesOver || isAdopted(stack) }
}

/**
 * The tags that mark a stack as the owner's, after the user's own. UpdateStack replaces all tags, so each call sends
 * them.
 */
export function tagsWithMark(given: StackProperties['Tags'], marking: Marking): Tag[] {
  const own = Array.isArray(given)
    ? given.map(({ Key, Value }) => ({ Key, Value: String(Value) }))
    : Object.entries(given ?? {}).map(([Key, Value]) => ({ Key, Value: String(Value) }))
  return withMark(own, marking)
}

/** The tags of a stack with the owner's mark in the place of its own. */
export function tagsWithNewMark(existing: readonly Tag[], marking: Marking): Tag[] {
  return withMark(
    existing.filter(({ Key }) => !MARKS.includes(Key ?? '')),
    marking,
  )
}

function withMark(own: readonly Tag[], { owner, adopted }: Marking): Tag[] {
  const needed = [
    { Key: STACK_ID, Value: tagValue(owner.rosStackId) },
    { Key: RESOURCE, Value: tagValue(owner.logicalResourceId) },
    ...(adopted ? [{ Key: ADOPTED, Value: 'true' }] : []),
  ]
  // The name only informs people. It gives way where the user's tags leave room for no more.
  const isNamed = owner.rosStackName !== '' && own.length + needed.length < MOST_TAGS
  const name = isNamed ? [{ Key: STACK_NAME, Value: tagValue(owner.rosStackName) }] : []
  return [...own, ...needed.slice(0, 2), ...name, ...needed.slice(2)]
}

export function isAdopted({ Tags = [] }: Pick<Stack, 'Tags'>): boolean {
  return Tags.some(({ Key, Value }) => Key === ADOPTED && Value === 'true')
}

/**
 * The owner of a stack. Heat's CloudFormation-compatible API shows no tags. There a name that the bridge derived is the
 * mark, since it holds a hash of both ids.
 */
export function ownershipOf(stack: Pick<Stack, 'Tags' | 'StackId' | 'StackName'>, owner: Owner): Ownership {
  if (stack.StackId?.startsWith('arn:openstack:') === true)
    return stack.StackName === derivedStackName(owner) ? { mark: 'ours' } : { mark: 'invisible' }
  const tags = new Map((stack.Tags ?? []).map(({ Key, Value }) => [Key, Value]))
  const stackId = tags.get(STACK_ID)
  const resource = tags.get(RESOURCE)
  if (stackId === undefined && resource === undefined) return { mark: 'unmarked' }
  if (stackId === tagValue(owner.rosStackId) && resource === tagValue(owner.logicalResourceId))
    return { mark: 'ours' }
  return { mark: 'another', owner: `the resource ${resource ?? '?'} of the ROS stack ${stackId ?? '?'}` }
}

/**
 * `desired` with the marks that the stack has in the place of its own, so that a plan which another person makes shows no
 * change of marks.
 */
export function tagsWithExistingMark(desired: readonly Tag[], existing: readonly Tag[]): Tag[] {
  const marks = existing.filter(({ Key }) => MARKS.includes(Key ?? ''))
  return marks.length === 0
    ? [...desired]
    : [...desired.filter(({ Key }) => !MARKS.includes(Key ?? '')), ...marks]
}

/** Tag values take letters, digits, spaces and `_.:/=+-@` only, where ROS's ids can hold `[0]`. */
function tagValue(text: string): string {
  const written = text.replaceAll(
    /[^\p{L}\p{N} _.:/+\-@]/gu,
    (character) => `=${(character.codePointAt(0) ?? 0).toString(16)}=`,
  )
  return written.slice(0, 256)
}
