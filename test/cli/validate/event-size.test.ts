import { describe, expect, it } from 'vitest'
import { eventSizeFindings, sizeFindings } from '../../../src/cli/validate/event-size.ts'
import { PAYLOAD_LIMITS } from '../../../src/platform/limits/function-compute.ts'

const TOKEN = 'acs:fc:cn-hangzhou:1234567890123456:functions/stackbridge'
const inline = (bytes: number) => ({ Stack: { Template: 'x'.repeat(bytes) } })

describe('the properties of a custom resource', () => {
  it.each([
    [10_000, TOKEN, undefined],
    [47_000, TOKEN, undefined],
    // Twice it is too large for a failure destination, once it is not.
    [48_000, TOKEN, /^makes an Update event.*failure destination.*97920.*TemplateURL/],
    [66_000, TOKEN, /^makes an Update event.*Function Compute takes 131072/],
    [97_000, TOKEN, /^makes a Create event.*failure destination/],
    [140_000, TOKEN, /^makes a Create event.*Function Compute takes 131072/],
    [140_000, 'web:https://bridge.example.com/ros', undefined],
    [33_000, 'acs:mns:cn-hangzhou:1234567890123456:queues/bridge', /message of MNS holds 65536/],
    [48_000, { Ref: 'Token' }, /^makes an Update event/],
  ])('with a template of %i bytes, sent to %j, get this warning: %s', (bytes, token, problem) => {
    expect(sizeFindings(inline(bytes), token)).toEqual(
      problem === undefined
        ? []
        : [{ severity: 'warning', path: 'Parameters', problem: expect.stringMatching(problem) }],
    )
  })
})

describe('an event', () => {
  it('gets a warning if it is too large for every failure destination', () => {
    expect(eventSizeFindings(PAYLOAD_LIMITS.rescuable)).toEqual([])
    expect(eventSizeFindings(PAYLOAD_LIMITS.rescuable + 1)).toMatchObject([{ severity: 'warning' }])
  })
})
