import { describe, expect, it } from 'vitest'
import { missingForTakeOver, type TakeOverPolicy } from '../../src/bridge/lifecycle/take-over.ts'
import type { Ownership } from '../../src/providers/provider.ts'

const SETTING = /^the operator of the bridge must set STACKBRIDGE_ALLOW_ADOPTION to 'true'$/
const another: Ownership = { mark: 'another', owner: 'the resource A of the ROS stack S' }
const former: Ownership = { ...another, isFormer: true }
const MARKS: readonly Ownership[] = [
  { mark: 'ours' },
  another,
  former,
  { mark: 'unmarked' },
  { mark: 'invisible' },
]
const POLICIES = (['own', 'never', 'any'] as const).flatMap((onExisting) =>
  [false, true].flatMap((moves) =>
    [undefined, false, true].map((mayAdoptUnmarked): TakeOverPolicy => ({
      onExisting,
      moves,
      mayAdoptUnmarked,
    })),
  ),
)

describe('taking over an existing stack', () => {
  it('needs the operator’s setting for each stack that is not the resource’s own', () => {
    for (const policy of POLICIES)
      for (const ownership of MARKS) {
        const missing = missingForTakeOver(policy, ownership)
        if (ownership.mark === 'ours') expect(missing).toEqual([])
        else if (policy.mayAdoptUnmarked === true)
          expect(missing.filter((one) => SETTING.test(one))).toEqual([])
        else expect(missing).toContainEqual(expect.stringMatching(SETTING))
      }
  })

  it('is allowed only by OnExisting any without a mark, and by TakeOverFrom with the mark of that owner', () => {
    const allowed = POLICIES.filter(({ mayAdoptUnmarked }) => mayAdoptUnmarked === true).flatMap((policy) =>
      MARKS.filter((ownership) => missingForTakeOver(policy, ownership).length === 0).map((ownership) => [
        policy.moves === true ? 'TakeOverFrom' : policy.onExisting,
        ownership,
      ]),
    )
    const otherOwners = allowed.filter(([, ownership]) => ownership !== MARKS[0])
    expect(new Set(otherOwners.map((one) => JSON.stringify(one)))).toEqual(
      new Set(
        [
          ['any', { mark: 'unmarked' }],
          ['any', { mark: 'invisible' }],
          ['TakeOverFrom', former],
        ].map((one) => JSON.stringify(one)),
      ),
    )
  })
})
