import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { deadlines } from '../../src/bridge/deadline.ts'

const receivedAt = 1_000_000

describe('the deadline', () => {
  it("leaves 30 s of ROS's Timeout for the answer", () => {
    const times = deadlines({ receivedAt, timeoutMs: 600_000, functionEndsAt: undefined })
    expect(times).toEqual({
      deadline: receivedAt + 570_000,
      answerBy: receivedAt + 585_000,
      end: receivedAt + 600_000,
    })
  })

  it("is the function's own end where that comes first", () => {
    const functionEndsAt = receivedAt + 60_000
    const times = deadlines({ receivedAt, timeoutMs: 3_600_000, functionEndsAt })
    expect(times.end).toBe(functionEndsAt)
    expect(times.deadline).toBe(receivedAt + 48_000)
  })

  it('comes before the time for the answer, and that before the end, whatever the times are', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 43_200_000 }),
        fc.option(fc.integer({ min: -1000, max: 86_400_000 }), { nil: undefined }),
        (timeoutMs, functionMs) => {
          const functionEndsAt = functionMs === undefined ? undefined : receivedAt + functionMs
          const { deadline, answerBy, end } = deadlines({ receivedAt, timeoutMs, functionEndsAt })
          expect(deadline).toBeLessThanOrEqual(answerBy)
          expect(answerBy).toBeLessThanOrEqual(end)
          expect(end).toBeLessThanOrEqual(receivedAt + timeoutMs)
        },
      ),
    )
  })
})
