import { expect, it } from 'vitest'
import { exploreProvider } from './explore-provider.ts'
import { runHistory, planNamed } from './run-history.ts'

exploreProvider('instances')

it.each([
  'applied-after-3-s at POST stack-sets/*/stack-instances#1',
  '503-for-30-s at POST stack-sets/*/stack-instances#1',
  'stale-reads at POST stack-sets/*/stack-instances#1',
])(
  'a Delete waits for a creation that RFS carries out late, and removes the created instance: %s',
  async (fault) => {
    const { violations } = await runHistory(planNamed(`instances cancelledCreate in-place: ${fault}`))
    expect(violations).toEqual([])
  },
)
