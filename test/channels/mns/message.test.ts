import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { eventsIn } from '../../../src/channels/mns/message.ts'

const EVENT = '{"RequestType":"Create","StackId":"1","Text":"<a> & \\"b\\" ü"}'
const read = (message: string) =>
  eventsIn(Buffer.from(message)).map(({ bytes }) => Buffer.from(bytes).toString())
const base64 = (text: string) => Buffer.from(text).toString('base64')
const escaped = (text: string) =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&#x22;')
const xml = (message: string) =>
  `<?xml version="1.0" encoding="utf-8"?>\n<Notification xmlns="http://mns.aliyuncs.com/doc/v1/"><TopicName>t</TopicName><Message>${message}</Message></Notification>`
const notification = (Message: string) => JSON.stringify({ TopicOwner: '1', TopicName: 't', Message })
const cloudEvent = (data: unknown) => ({ specversion: '1.0', type: 'mns:Queue:SendMessage', data })

describe('a message of a queue or a topic', () => {
  it.each([
    ['as it is', EVENT],
    ['in base64', base64(EVENT)],
    ['in base64 of several lines', base64(EVENT).replaceAll(/(.{40})/g, '$1\r\n')],
    ['in an XML notification', xml(escaped(EVENT))],
    ['in an XML notification, in base64', xml(base64(EVENT))],
    ['in an XML notification, as CDATA', xml(`<![CDATA[${EVENT}]]>`)],
    ['in a JSON notification', notification(EVENT)],
    ['in a JSON notification, in base64', notification(base64(EVENT))],
    ["in a trigger's CloudEvent", JSON.stringify(cloudEvent({ messageId: '1', messageBody: EVENT }))],
    ["in a trigger's CloudEvent, as JSON", JSON.stringify(cloudEvent({ body: JSON.parse(EVENT) }))],
    ["in a trigger's CloudEvent without an envelope", JSON.stringify(cloudEvent(JSON.parse(EVENT)))],
  ])('is read %s', (_, message) => {
    expect(read(message)).toEqual([EVENT])
  })

  it('is read if a trigger delivers several', () => {
    const batch = [cloudEvent({ messageBody: EVENT }), cloudEvent({ messageBody: base64('{"two":2}') })]
    expect(read(JSON.stringify(batch))).toEqual([EVENT, '{"two":2}'])
    expect(read(JSON.stringify(batch.map((one) => JSON.stringify(one))))).toHaveLength(2)
  })

  it.each([
    ['a CloudEvent', { ...cloudEvent({ messageBody: EVENT }), time: '2026-01-01T08:00:00+08:00' }],
    ['a JSON notification', { TopicName: 't', Message: base64(EVENT), PublishTime: Date.UTC(2026, 0, 1) }],
    ['a batch', [{ ...cloudEvent({ messageBody: base64(EVENT) }), time: '2026-01-01T00:00:00Z' }]],
  ])('has the time at which it was sent, in %s', (_, envelope) => {
    const [event] = eventsIn(Buffer.from(JSON.stringify(envelope)))
    expect(event?.sentAt).toBe(Date.UTC(2026, 0, 1))
  })

  it('has the time also in an XML notification, and none if it is missing or uncertain', () => {
    const dated = xml(EVENT).replace('<Message>', '<PublishTime>1680079287576</PublishTime><Message>')
    const times = [dated, EVENT, JSON.stringify({ ...cloudEvent(EVENT), time: '2026-01-01T00:00:00' })]
    expect(times.map((one) => eventsIn(Buffer.from(one))[0]?.sentAt)).toEqual([
      1680079287576,
      undefined,
      undefined,
    ])
  })

  it.each(['', 'hello', '<html/>', '12', '<Notification></Notification>', notification('hello')])(
    'without an event is recognized: %j',
    (message) => {
      expect(read(message)).toEqual([])
    },
  )

  it('never causes an exception, for any content', () => {
    const pieces = fc.oneof(fc.string(), fc.json(), fc.json().map(base64), fc.json().map(notification))
    fc.assert(fc.property(pieces, (message) => Array.isArray(read(message))))
    const nested = Array.from({ length: 8 }).reduce<string>((inner) => base64(inner), EVENT)
    expect(read(nested)).toEqual([])
  })
})
