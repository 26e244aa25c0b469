import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { pollDelay, retryDelay } from '../../src/bridge/poll-schedule.ts'

const bounds = { minMs: 2000, maxMs: 30_000 }
const dice = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true })

describe('the poll schedule', () => {
  it('looks quickly at a young stack', () => {
    expect(pollDelay(0, 0, bounds, 0.5)).toBe(2000)
    expect(pollDelay(30_000, 0, bounds, 0.5)).toBe(2000)
  })

  it('grows in proportion to how long the stack has taken', () => {
    expect(pollDelay(60_000, 0, bounds, 0.5)).toBe(3000)
    expect(pollDelay(300_000, 0, bounds, 0.5)).toBe(15_000)
  })

  it('stays between the bounds, give or take the jitter, while nothing throttles', () => {
    fc.assert(
      fc.property(fc.nat(86_400_000), dice, (elapsed, roll) => {
        const delay = pollDelay(elapsed, 0, bounds, roll)
        expect(delay).toBeGreaterThanOrEqual(bounds.minMs * 0.8)
        expect(delay).toBeLessThanOrEqual(bounds.maxMs * 1.2)
      }),
    )
  })

  it('is longer for each throttled call, up to sixteen times', () => {
    fc.assert(
      fc.property(fc.nat(86_400_000), fc.nat(100), dice, (elapsed, throttles, roll) => {
        const delay = pollDelay(elapsed, throttles, bounds, roll)
        expect(pollDelay(elapsed, throttles + 1, bounds, roll)).toBeGreaterThanOrEqual(delay)
        expect(delay).toBeLessThanOrEqual(bounds.maxMs * 1.2 * 16)
      }),
    )
  })

  it('spreads stacks that were started together', () => {
    expect(pollDelay(600_000, 0, bounds, 0)).not.toBe(pollDelay(600_000, 0, bounds, 0.9))
  })
})

describe('the delay before a call is made again', () => {
  it('is never zero and never above the ceiling', () => {
    fc.assert(
      fc.property(fc.nat(1000), dice, (calls, roll) => {
        const delay = retryDelay(calls, bounds, roll)
        expect(delay).toBeGreaterThanOrEqual(bounds.minMs / 2)
        expect(delay).toBeLessThanOrEqual(bounds.maxMs)
      }),
    )
  })
})
