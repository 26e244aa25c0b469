import { describe, expect, it } from 'vitest'
import { connectionFailure } from '../../../src/providers/http/connection-failure.ts'

function unknownHost(): Error {
  return Object.assign(new Error('getaddrinfo ENOTFOUND a.invalid'), { code: 'ENOTFOUND' })
}

describe('a call that got no answer', () => {
  it.each([
    ['itself', unknownHost()],
    ['as the cause', new Error('fetch failed', { cause: unknownHost() })],
    ['among several', new AggregateError([new Error('other'), unknownHost()])],
  ])('names the properties to check where the host name does not exist: %s', (_, error) => {
    expect(connectionFailure('AWS ListStacks gave no answer', error, 'RegionId or Endpoint')).toMatchObject({
      kind: 'unavailable',
      isLasting: true,
      message: 'AWS ListStacks gave no answer; the host name does not exist: check RegionId or Endpoint',
    })
  })

  it.each(['EAI_AGAIN', 'ECONNREFUSED', 'ECONNRESET'])('may pass after %s', (code) => {
    const error = Object.assign(new Error('failed'), { code })
    expect(connectionFailure('No answer', error, 'Endpoint')).toMatchObject({
      isLasting: false,
      message: 'No answer',
    })
  })
})
