import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readUnderWay } from '../../src/bridge/read-under-way.ts'

const bytes = (value: unknown) => Buffer.from(JSON.stringify(value))

const EVENT = {
  RequestType: 'Create',
  RequestId: 'request',
  StackId: 'stack',
  StackName: 'ros',
  LogicalResourceId: 'A[0]',
  ResourceType: 'Custom::Model',
  ResponseURL: 'https://ros/?signature=planted',
  ResourceProperties: { AccessKeySecret: 'planted' },
}

describe('the operation in a payload', () => {
  it('has the ids of an event, and nothing else of it', () => {
    expect(readUnderWay(bytes(EVENT))).toEqual({
      requestId: 'request',
      rosStackId: 'stack',
      rosStackName: 'ros',
      logicalResourceId: 'A[0]',
      resourceType: 'Custom::Model',
      kind: 'create',
      hops: 0,
    })
  })

  it('has the ids that the event has, and never a long text', () => {
    const { StackId, RequestId, LogicalResourceId } = EVENT
    const read = readUnderWay(bytes({ StackId, RequestId, LogicalResourceId, StackName: 7 }))
    expect(read).toMatchObject({ requestId: 'request', rosStackName: undefined, kind: undefined })
    expect(readUnderWay(bytes({ ...EVENT, StackName: 'x'.repeat(9999) }))?.rosStackName).toHaveLength(512)
  })

  it('is undefined for other bytes', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        expect(readUnderWay(bytes(value))).toBeUndefined()
      }),
    )
    expect(readUnderWay(Buffer.from([0xff, 0]))).toBeUndefined()
    expect(readUnderWay(bytes({ stackbridge: 'continuation', hop: -1 }))).toBeUndefined()
  })
})
