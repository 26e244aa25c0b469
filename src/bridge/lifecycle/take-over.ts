import type { Ownership } from '../../providers/provider.ts'
import type { Policy } from '../operation.ts'

/** What decides whether a Create may take over a stack that exists. */
export type TakeOverPolicy = Pick<Policy, 'onExisting' | 'mayAdoptUnmarked' | 'moves'>

/**
 * What is missing for a Create to take over a stack that has this owner, as sentences without a full stop; empty: nothing, or
 * the stack is the resource's own.
 */
export function missingForTakeOver(
  { onExisting, mayAdoptUnmarked = false, moves = false }: TakeOverPolicy,
  ownership: Ownership,
): string[] {
  if (ownership.mark === 'ours') return []
  const property = moves ? missingForMove(ownership) : missingForAdoption(onExisting, ownership)
  return [...(property === undefined ? [] : [property]), ...(mayAdoptUnmarked ? [] : [NO_SETTING])]
}

function missingForMove(ownership: Exclude<Ownership, { mark: 'ours' }>): string | undefined {
  switch (ownership.mark) {
    case 'another':
      return ownership.isFormer === true ? undefined : 'TakeOverFrom names another owner than its mark'
    case 'unmarked':
      return "it has no owner's mark, and TakeOverFrom takes over only a stack with the mark of the owner that it names"
    case 'invisible':
      return 'this cloud does not show whose it is, so it cannot be moved'
  }
}

function missingForAdoption(
  onExisting: Policy['onExisting'],
  { mark }: Exclude<Ownership, { mark: 'ours' }>,
): string | undefined {
  if (mark === 'another') return 'TakeOverFrom in the properties must name the owner in its mark'
  return onExisting === 'any' ? undefined : "OnExisting in the properties must be 'any'"
}

const NO_SETTING = "the operator of the bridge must set STACKBRIDGE_ALLOW_ADOPTION to 'true'"
