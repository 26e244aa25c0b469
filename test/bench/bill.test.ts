import { describe, expect, it } from 'vitest'
import { billOf, costs } from '../../bench/cost/bill.ts'
import { roundedUsd, usd } from '../../bench/cost/prices.ts'

/** A CU costs 20 µUSD; a call counts for 0.0075 CU, and a second of 0.35 vCPU and 512 MB for 0.425 CU. */
const CU = 0.00002

describe('the bill of Function Compute', () => {
  it('adds up calls and seconds', () => {
    expect(usd({ calls: 100, seconds: 10 })).toBeCloseTo(5 * CU, 12)
  })

  it('rounds each hour up to whole CU, at least one, and bills no hour without a call', () => {
    expect(roundedUsd([{ calls: 1, seconds: 0.1 }])).toBeCloseTo(CU, 12)
    expect(roundedUsd([{ calls: 100, seconds: 10.1 }])).toBeCloseTo(6 * CU, 12)
    expect(
      roundedUsd([
        { calls: 1, seconds: 0.1 },
        { calls: 0, seconds: 0 },
        { calls: 1, seconds: 0.1 },
      ]),
    ).toBeCloseTo(2 * CU, 12)
  })
})

describe('the bill of a stack', () => {
  const measured = { coldMs: 300, hopsMs: [10, 20, 30] }
  const calls = [
    { atS: 0, sleptS: 5 },
    { atS: 10, sleptS: 0 },
    { atS: 3700, sleptS: 0.25 },
  ]

  it('has the first call in a new instance, the others as hops, and the waiting time in place of each', () => {
    const bill = billOf({ calls, assumedRoles: 0 }, measured)
    expect(bill.calls).toBe(3)
    expect(bill.seconds).toBeCloseTo(5.3 + 0.02 + 0.27, 9)
    expect(bill.hours).toHaveLength(2)
  })

  it('has two requests of 100 ms in each hop, and a login if roles are assumed again', () => {
    const once = billOf({ calls, assumedRoles: 1 }, measured)
    expect(once.withNetworkS - once.seconds).toBeCloseTo(2 * 0.2, 9)
    const each = billOf({ calls, assumedRoles: 3 }, measured)
    expect(each.withNetworkS - each.seconds).toBeCloseTo(2 * 0.3, 9)
    expect(costs(each).alone).toBeGreaterThan(costs(each).withNetwork)
  })
})
