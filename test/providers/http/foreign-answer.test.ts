import { describe, expect, it } from 'vitest'
import { foreignAnswer } from '../../../src/providers/http/foreign-answer.ts'

describe('an answer that is not of the service', () => {
  it.each([301, 302, 307, 400, 403, 405, 407, 413, 451])('may mean a wrong address: HTTP %i', (status) => {
    expect(foreignAnswer(status)).toEqual({ kind: 'unavailable', lasting: true })
  })

  it.each([200, 404, 408, 425, 499, 500, 502, 503])('passes by itself: HTTP %i', (status) => {
    expect(foreignAnswer(status)).toEqual({ kind: 'unavailable', lasting: false })
  })

  it('slows the calls down if there are too many', () => {
    expect(foreignAnswer(429)).toEqual({ kind: 'throttled', lasting: false })
  })
})
