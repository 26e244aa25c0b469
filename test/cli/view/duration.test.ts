import { describe, expect, it } from 'vitest'
import { duration } from '../../../src/cli/view/duration.ts'

describe('a duration', () => {
  it.each([
    [0, '0.0 s'],
    [4240, '4.2 s'],
    [59_940, '59.9 s'],
    [59_960, '1m 00s'],
    [65_000, '1m 05s'],
    [3_599_900, '59m 59s'],
    [3_600_000, '1h 00m'],
    [7_260_000, '2h 01m'],
    [-8_000, '-8.0 s'],
  ])('of %i ms is %s', (ms, text) => {
    expect(duration(ms)).toBe(text)
  })
})
