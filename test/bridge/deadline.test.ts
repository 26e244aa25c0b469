import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { deadlines, leaseOf } from '../../src/bridge/deadline.ts'

const from = 1_000_000

describe('the deadline', () => {
  it("leaves 30 s of ROS's Timeout for the answer", () => {
    expect(deadlines({ from, end: from + 600_000 })).toEqual({
      deadline: from + 570_000,
      answerBy: from + 585_000,
      end: from + 600_000,
    })
  })

  it('is before the time for the answer, which is before the end, for all times', () => {
    fc.assert(
      fc.property(fc.integer({ min: -1000, max: 86_400_000 }), (ms) => {
        const { deadline, answerBy, end } = deadlines({ from, end: from + ms })
        expect(deadline).toBeLessThanOrEqual(answerBy)
        expect(answerBy).toBeLessThanOrEqual(end)
        expect(end).toBe(from + ms)
      }),
    )
  })
})

describe('the time of an invocation', () => {
  it('is used for waiting in place until a hand-off costs less', () => {
    const lease = leaseOf({ from, endsAt: from + 600_000, inlineUntil: from + 20_000 })
    expect(lease.handOffFrom).toBe(from + 20_000)
  })

  it('keeps a fifth of a short one for a hand-off or an answer', () => {
    const lease = leaseOf({ from, endsAt: from + 10_000, inlineUntil: from + 20_000 })
    expect(lease).toMatchObject({ handOffFrom: from + 8000, deadline: from + 8000, answerBy: from + 9000 })
  })

  it('has no end if the process has none', () => {
    const lease = leaseOf({ from, endsAt: Infinity, inlineUntil: from + 20_000 })
    expect(lease).toMatchObject({ handOffFrom: from + 20_000, deadline: Infinity })
  })
})
