import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  isSuperseded,
  readEarlier,
  remember,
  writeEarlier,
  type RecentRequests,
} from '../../../src/providers/recognition/recent-requests.ts'

const digest = fc.stringMatching(/^[0-9a-f]{24}$/)
const digests = fc.uniqueArray(digest, { minLength: 1, maxLength: 6, selector: (one) => one.slice(0, 12) })
const NONE: RecentRequests = { latest: '', earlier: [] }

function after(requests: readonly string[]): RecentRequests {
  return requests.reduce(remember, NONE)
}

describe('the requests that the marks of a stack remember', () => {
  it('know each of the last six, and only the last one is not superseded', () => {
    fc.assert(
      fc.property(digests, (requests) => {
        const last = requests.at(-1)
        for (const request of requests) expect(isSuperseded(after(requests), request)).toBe(request !== last)
      }),
    )
  })

  it('do not contain a request that never arrived', () => {
    fc.assert(
      fc.property(digests, digest, (requests, other) => {
        fc.pre(!requests.some((one) => one.startsWith(other.slice(0, 12))))
        expect(isSuperseded(after(requests), other)).toBe(false)
      }),
    )
  })

  it('stay the same when the last one is delivered again', () => {
    fc.assert(
      fc.property(digests, (requests) => {
        const known = after(requests)
        expect(remember(known, known.latest)).toEqual(known)
      }),
    )
  })

  it('are read back as they were written, in 60 characters at most', () => {
    fc.assert(
      fc.property(fc.uniqueArray(digest, { maxLength: 20 }), (requests) => {
        const { earlier } = after(requests)
        expect(readEarlier(writeEarlier(earlier))).toEqual(earlier)
        expect(writeEarlier(earlier).length).toBeLessThanOrEqual(60)
      }),
    )
  })

  it('are none in the marks of earlier versions', () => {
    expect(readEarlier(undefined)).toEqual([])
    expect(readEarlier('anything else')).toEqual([])
  })
})
