import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { pollDelay, retryDelay } from '../../src/bridge/poll-schedule.ts'

const bounds = { minMs: 3000, maxMs: 30_000 }
const random = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true })
const MINUTE_MS = 60_000

describe('the poll schedule', () => {
  it('polls often in the first minute', () => {
    expect(pollDelay(0, 0, bounds, 0)).toBe(3000)
    expect(pollDelay(59_000, 0, bounds, 0)).toBe(3000)
  })

  it('polls at intervals that grow with the square root of the age, up to the upper bound', () => {
    expect(pollDelay(100_000, 0, bounds, 0)).toBe(8000)
    expect(pollDelay(400_000, 0, bounds, 0)).toBe(16_000)
    expect(pollDelay(15 * MINUTE_MS, 0, bounds, 0)).toBe(24_000)
    expect(pollDelay(60 * MINUTE_MS, 0, bounds, 0)).toBe(30_000)
  })

  it('never polls an older operation more often than a younger one', () => {
    fc.assert(
      fc.property(fc.nat(86_400_000), fc.nat(86_400_000), random, (one, other, drawn) => {
        const [younger, older] = [Math.min(one, other), Math.max(one, other)]
        expect(pollDelay(younger, 0, bounds, drawn)).toBeLessThanOrEqual(pollDelay(older, 0, bounds, drawn))
      }),
    )
  })

  it('stays between the bounds, minus the jitter, if nothing throttles', () => {
    fc.assert(
      fc.property(fc.nat(86_400_000), random, (elapsed, drawn) => {
        const delay = pollDelay(elapsed, 0, bounds, drawn)
        expect(delay).toBeGreaterThanOrEqual(bounds.minMs * 0.9)
        expect(delay).toBeLessThanOrEqual(bounds.maxMs)
      }),
    )
  })

  it('doubles with each throttled call, up to sixteen times the wait', () => {
    fc.assert(
      fc.property(fc.nat(86_400_000), fc.nat(100), random, (elapsed, throttles, drawn) => {
        const delay = pollDelay(elapsed, throttles, bounds, drawn)
        expect(pollDelay(elapsed, throttles + 1, bounds, drawn)).toBeGreaterThanOrEqual(delay)
        expect(delay).toBeLessThanOrEqual(bounds.maxMs * 16)
      }),
    )
  })

  it('spreads the polls of stacks that were started together', () => {
    expect(pollDelay(700_000, 0, bounds, 0)).not.toBe(pollDelay(700_000, 0, bounds, 0.9))
  })
})

describe('the delay before a retry', () => {
  it('is never zero and never above the ceiling', () => {
    fc.assert(
      fc.property(fc.nat(1000), random, (calls, drawn) => {
        const delay = retryDelay(calls, bounds, drawn)
        expect(delay).toBeGreaterThanOrEqual(bounds.minMs / 2)
        expect(delay).toBeLessThanOrEqual(bounds.maxMs)
      }),
    )
  })
})
