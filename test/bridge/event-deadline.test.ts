import { describe, expect, it } from 'vitest'
import { deadlineOfEvent } from '../../src/bridge/event-deadline.ts'

const FROM = Date.UTC(2026, 0, 1)

function secondsOf(properties: unknown): number {
  const event = {
    RequestType: 'Create',
    RequestId: 'request',
    StackId: 'stack',
    StackName: 'stack',
    LogicalResourceId: 'Resource',
    ResourceType: 'Custom::AwsCloudFormationStack',
    ResponseURL: 'https://ros.example/answer',
    ResourceProperties: properties,
  }
  return (deadlineOfEvent(Buffer.from(JSON.stringify(event)), FROM, 3600) - FROM) / 1000
}

describe('the deadline of an event', () => {
  it('keeps a part of its Timeout for the answer, at most half a minute', () => {
    expect(secondsOf({ Timeout: 600 })).toBe(570)
    expect(secondsOf({ Timeout: '600' })).toBe(570)
    expect(secondsOf({ Timeout: 10 })).toBe(8)
  })

  it('is that of the default Timeout if the event has none, or an invalid one', () => {
    for (const properties of [
      {},
      { Timeout: 0 },
      { Timeout: 43_201 },
      { Timeout: 'soon' },
      { Timeout: null },
      7,
    ])
      expect(secondsOf(properties)).toBe(3570)
    expect(deadlineOfEvent(Buffer.from('{'), FROM, 60)).toBe(FROM + 48_000)
  })
})
