import { describe, expect, it } from 'vitest'
import { describeOutcome, exploreAll } from './explore.ts'
import { realBridge } from './history.ts'
import { loadMutant, mutations } from './mutants.ts'
import { scenarios } from './scenarios.ts'

/** Proves that the exploration finds a broken rule. */
describe.each([...new Set(mutations.map(({ rule }) => rule))])(
  'the exploration detects a violation of the rule %s:',
  (rule) => {
    it.each(mutations.filter((mutation) => mutation.rule === rule))('$breaks', async (mutation) => {
      const bridge = await loadMutant(mutation)
      try {
        let histories = 0
        for (const recognition of ['tokens', 'tags'] as const)
          for (const continuation of [true, false]) {
            const setup = { bridge, recognition, continuation }
            const explored = await exploreAll(scenarios[mutation.scenario], setup, 1, 1)
            histories += explored.histories
            const [found] = explored.violated
            if (found === undefined) continue
            console.log(`detected after ${String(histories)} histories: ${describeOutcome(found)}`)
            return
          }
        expect.unreachable(`${String(histories)} histories without a violation`)
      } finally {
        await bridge.remove()
      }
    })
  },
)

describe('the exploration detects a known limit:', () => {
  it('on a cloud that does not list deleted stacks, a Create that arrives after its Delete leaves an orphan', async () => {
    const setup = {
      bridge: realBridge,
      recognition: 'tags',
      continuation: false,
      forgetsDeleted: true,
    } as const
    const { violated } = await exploreAll(scenarios.failingCreate, setup, 1)
    expect(violated.flatMap(({ violations }) => violations).join()).toContain('an orphan stack exists')
  })
})
