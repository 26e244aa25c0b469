import { describe, expect, it } from 'vitest'
import { AWS_REGIONS } from '../../../src/providers/aws/known-regions.ts'
import { connectionFailure } from '../../../src/providers/http/connection-failure.ts'

function unknownHost(): Error {
  return Object.assign(new Error('getaddrinfo ENOTFOUND a.invalid'), { code: 'ENOTFOUND' })
}

describe('a call that got no answer', () => {
  it.each([
    ['itself', unknownHost()],
    ['as the cause', new Error('fetch failed', { cause: unknownHost() })],
    ['among several', new AggregateError([new Error('other'), unknownHost()])],
  ])('names the properties to check if the host name does not exist: %s', (_, error) => {
    expect(connectionFailure('AWS ListStacks gave no answer', error, 'RegionId or Endpoint')).toMatchObject({
      kind: 'unavailable',
      isLasting: true,
      message: 'AWS ListStacks gave no answer; the host name does not exist: check RegionId or Endpoint',
    })
  })

  it.each([
    [
      'cloudformation.us-esat-1.amazonaws.com',
      ' (us-esat-1 is no region that Stackbridge knows; did you mean us-east-1?)',
    ],
    ['cloudformation.moon-base-1.amazonaws.com', ' (moon-base-1 is no region that Stackbridge knows)'],
    ['cloudformation.us-east-1.amazonaws.com', ''],
    ['keystone.example', ''],
  ])('suggests the region that may be meant: %s', (hostname, suggestion) => {
    const error = Object.assign(unknownHost(), { hostname })
    expect(connectionFailure('No answer', error, 'RegionId', { regions: AWS_REGIONS }).message).toBe(
      `No answer; the host name does not exist: check RegionId${suggestion}`,
    )
  })

  it.each(['EAI_AGAIN', 'ECONNREFUSED', 'ECONNRESET'])('may pass after %s', (code) => {
    const error = Object.assign(new Error('failed'), { code })
    expect(connectionFailure('No answer', error, 'Endpoint')).toMatchObject({
      isLasting: false,
      message: 'No answer',
    })
  })
})
