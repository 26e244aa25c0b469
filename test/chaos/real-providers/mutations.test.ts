import { describe, expect, it } from 'vitest'
import { loadMutant, mutations } from './mutants.ts'
import { runHistory, planNamed } from './run-history.ts'

describe('the exploration of the real providers detects a broken rule:', () => {
  it.each(mutations)('$breaks', async (mutation) => {
    const plan = planNamed(mutation.history)
    const bridge = await loadMutant(mutation)
    try {
      expect((await runHistory(plan, bridge)).violations).not.toEqual([])
    } finally {
      await bridge.remove()
    }
    expect((await runHistory(plan)).violations).toEqual([])
  })
})
