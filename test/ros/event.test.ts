import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseJson } from '../../src/platform/json.ts'
import { parseEvent } from '../../src/ros/event.ts'

const create = {
  RequestType: 'Create',
  ResponseURL: 'https://ros.example.com/callback?signature=x',
  IntranetResponseURL: 'http://100.100.100.110/callback',
  StackId: '8acc3dcd-cf48-4fa1-863e-7c767b61fe42',
  StackName: 'my-stack',
  ResourceOwnerId: '123456789',
  CallerId: '987654321',
  RegionId: 'cn-hangzhou',
  RequestId: 'B288A0BE-D927-4888-B0F7-B35EF84B6E6F',
  ResourceType: 'Custom::AwsCloudFormationStack',
  LogicalResourceId: 'A[0]',
  ResourceProperties: { Count: 3, Flag: true, Nested: { List: [1, null, 'x'] } },
}
const parseBytes = (given: Uint8Array) => parseEvent(parseJson(given))
const bytes = (event: unknown) => Buffer.from(JSON.stringify(event))
const parsed = (event: unknown) => parseBytes(bytes(event))

describe('an event as ROS sends it', () => {
  it('keeps numbers, booleans and nested maps of the properties', () => {
    expect(parsed(create)).toMatchObject({
      kind: 'event',
      event: {
        requestType: 'Create',
        logicalResourceId: 'A[0]',
        resourceProperties: create.ResourceProperties,
        responseUrls: { public: create.ResponseURL, intranet: create.IntranetResponseURL },
      },
    })
  })

  it('of type Update has the id and both sets of properties', () => {
    const update = {
      ...create,
      RequestType: 'Update',
      PhysicalResourceId: 'arn',
      OldResourceProperties: { a: 1 },
    }
    expect(parsed(update)).toMatchObject({
      event: { requestType: 'Update', physicalResourceId: 'arn', oldResourceProperties: { a: 1 } },
    })
  })

  it.each([{}, { PhysicalResourceId: null }, { PhysicalResourceId: '' }])(
    'of type Delete may have no id: %o',
    (id) => {
      const result = parsed({ ...create, RequestType: 'Delete', ...id })
      expect(result.kind === 'event' && 'physicalResourceId' in result.event).toBe(false)
    },
  )

  it('is read with its alias InnerResponseURL, and with a byte order mark', () => {
    const { IntranetResponseURL, ...rest } = create
    const text = `\uFEFF${JSON.stringify({ ...rest, InnerResponseURL: IntranetResponseURL })}`
    expect(parseBytes(Buffer.from(text))).toMatchObject({
      event: { responseUrls: { intranet: IntranetResponseURL } },
    })
  })

  it('may have undocumented fields, no properties, or only the intranet URL', () => {
    const { ResourceProperties, ResponseURL, ...rest } = { ...create, Signature: {}, New: [1] }
    expect([ResourceProperties, ResponseURL]).toBeDefined()
    expect(parsed(rest)).toMatchObject({ kind: 'event', event: { resourceProperties: {} } })
  })
})

describe('a malformed event', () => {
  it('of an unknown type is never handled as a Delete', () => {
    expect(parsed({ ...create, RequestType: 'Destroy' })).toMatchObject({
      kind: 'malformed',
      problems: ['RequestType must be one of Create, Update, Delete'],
    })
  })

  it('names each field that is wrong and what is expected, without its value', () => {
    const result = parsed({
      ...create,
      RequestType: 'Update',
      ResourceProperties: 'secret-value',
      StackName: 5,
    })
    expect(result).toMatchObject({ kind: 'malformed' })
    const problems = result.kind === 'malformed' ? result.problems.join('; ') : ''
    expect(problems).toContain('PhysicalResourceId is missing')
    expect(problems).toContain('ResourceProperties must be a map')
    expect(problems).toContain('StackName must be a string')
    expect(problems).not.toContain('secret-value')
  })

  it('can be answered if it has a URL and the three ids', () => {
    const { ResourceType, ...rest } = create
    expect(ResourceType).toBeDefined()
    expect(parsed(rest)).toMatchObject({
      kind: 'malformed',
      replyTo: { stackId: create.StackId, requestId: create.RequestId, logicalResourceId: 'A[0]' },
    })
  })

  it.each([
    [
      'without a URL',
      { ...create, ResponseURL: undefined, IntranetResponseURL: undefined },
      'ResponseURL is missing',
    ],
    [
      'with a URL of another scheme only',
      { ...create, ResponseURL: 'file:///etc/passwd', IntranetResponseURL: 7 },
      'ResponseURL is missing',
    ],
    ['without a RequestId', { ...create, RequestId: undefined }, 'RequestId is missing'],
    ['that is no object', [1], 'the event must be a JSON object'],
  ])('%s cannot be answered', (_name, event, problem) => {
    const result = parsed(event)
    expect(result.kind).toBe('unanswerable')
    expect(result.kind === 'unanswerable' ? result.problems.join('; ') : '').toContain(problem)
  })

  it.each([
    ['invalid UTF-8', Uint8Array.of(0x7b, 0xff, 0xfe), 'is not valid UTF-8'],
    ['no JSON', Buffer.from('{"ResponseURL": secret'), 'is not valid JSON'],
    ['nested far too deeply', Buffer.from(`${'['.repeat(50_000)}${']'.repeat(50_000)}`), 'nested too deeply'],
  ])('of %s is recognized', (_name, given, problem) => {
    expect(parseBytes(given)).toMatchObject({
      kind: 'unanswerable',
      problems: [expect.stringContaining(problem)],
    })
  })
})

describe('a text that is longer than ROS can send', () => {
  const problemsOf = (properties: object): readonly string[] => {
    const result = parsed({ ...create, ResourceProperties: properties })
    return result.kind === 'malformed' ? result.problems : []
  }

  it.each<[string, object]>([
    ['ResourceProperties.Stack.Template', { Stack: { Template: 'x'.repeat(524_289) } }],
    ['ResourceProperties.List.1', { List: ['short', 'x'.repeat(524_289)] }],
    [`ResourceProperties.${'n'.repeat(64)}`, { ['n'.repeat(524_289)]: 1 }],
  ])('is refused with its place, before it is searched: %s', (place, properties) => {
    expect(problemsOf(properties)).toEqual([`${place} is longer than 524288 characters`])
  })

  it('is refused in the old properties of an Update too', () => {
    const result = parsed({
      ...create,
      RequestType: 'Update',
      PhysicalResourceId: 'id',
      OldResourceProperties: { Template: 'x'.repeat(524_289) },
    })
    expect(result).toMatchObject({
      problems: ['OldResourceProperties.Template is longer than 524288 characters'],
    })
  })

  it('is accepted up to the limit', () => {
    expect(parsed({ ...create, ResourceProperties: { Template: 'x'.repeat(524_288) } }).kind).toBe('event')
  })
})

describe('parsing', () => {
  it('never throws, for any bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (random) => typeof parseBytes(random).kind === 'string'),
    )
  })

  it('never throws, for any JSON in any field', () => {
    const field = fc.constantFrom(
      ...Object.keys(create),
      'PhysicalResourceId',
      'OldResourceProperties',
      '__proto__',
    )
    const type = fc.constantFrom('Create', 'Update', 'Delete')
    fc.assert(
      fc.property(type, field, fc.jsonValue(), (RequestType, name, value) => {
        const event = JSON.parse(`{"__proto__":null}`) as Record<string, unknown>
        const result = parsed({ ...event, ...create, RequestType, [name]: value })
        expect(['event', 'malformed', 'unanswerable']).toContain(result.kind)
      }),
    )
  })
})
