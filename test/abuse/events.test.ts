import fc from 'fast-check'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { startAbuse, type Abuse } from './harness.ts'

let here: Abuse
const unhandled: unknown[] = []
const note = (reason: unknown): void => void unhandled.push(reason)

beforeAll(async () => {
  here = await startAbuse()
  process.on('unhandledRejection', note)
})
afterAll(async () => {
  process.off('unhandledRejection', note)
  await here.close()
})
afterEach(() => {
  expect(unhandled).toEqual([])
})

const deep = (levels: number): string => `${'['.repeat(levels)}${']'.repeat(levels)}`
/** The event as text, with `hole` in place of its properties. */
const withProperties = (hole: string): Uint8Array => {
  const text = JSON.stringify(here.event({ ResourceProperties: 'HOLE' }))
  return Buffer.from(text.replace('"HOLE"', () => hole))
}

describe('an event that cannot be answered', () => {
  it.each<[string, Uint8Array]>([
    ['nothing at all', new Uint8Array()],
    ['no UTF-8', Uint8Array.of(0x7b, 0xff, 0xfe, 0x7d)],
    ['half an event', Buffer.from('{"RequestType":"Create","ResponseURL":"https://ros.exam')],
    ['a list', Buffer.from('[]')],
    ['a number', Buffer.from('1e400')],
    ['null', Buffer.from('null')],
    ['lists in lists', Buffer.from(deep(100_000))],
    ['no ids', Buffer.from('{"ResponseURL":"https://ros.example.com/"}')],
    ['a ResponseURL that is no URL', Buffer.from('{"ResponseURL":"javascript:alert(1)","StackId":"a"}')],
  ])('of %s is recognized, and quoted nowhere', async (_, bytes) => {
    const served = await here.serve(bytes)
    expect(served).toMatchObject({ kind: 'unanswerable', problems: expect.any(Array) })
  })

  it('never throws, for any bytes', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 300 }), async (bytes) => {
        expect((await here.serve(bytes)).kind).toBe('unanswerable')
      }),
    )
  })
})

describe('an event that can be answered', () => {
  const refused = async (event: unknown): Promise<string> => {
    const before = here.bodies.length
    const served = await here.serve(event, { environment: { STACKBRIDGE_TIMEOUT_SECONDS: '200' } })
    expect(served).toMatchObject({ kind: 'answered', verdict: { status: 'FAILED' } })
    expect(here.bodies.length).toBe(before + 1)
    const body = here.bodies.at(-1) ?? ''
    expect(Buffer.byteLength(body)).toBeLessThanOrEqual(4096)
    return JSON.parse(body).Reason
  }

  it.each([10_000, 100_000])('is answered FAILED if it is nested %i levels deep', async (levels) => {
    expect(await refused(withProperties(`{"Stack":${deep(levels)}}`))).toContain('nested too deeply')
  })

  it('is answered FAILED if it has 100,000 properties', async () => {
    const many = Object.fromEntries(
      Array.from({ length: 100_000 }, (_, index) => [`p${String(index)}`, index]),
    )
    expect(await refused(here.event({ ResourceProperties: many }))).toContain('is not a known property')
  })

  // Sorting all of them for each one would take minutes.
  it('is answered FAILED if 20,000 of its properties are secrets', async () => {
    const secrets = Object.fromEntries(
      Array.from({ length: 20_000 }, (_, index) => [
        `p${String(index)}Password`,
        `secret value ${String(index)}`,
      ]),
    )
    expect(await refused(here.event({ ResourceProperties: secrets }))).toContain('is not a known property')
  })

  it('is answered FAILED with a template of 10 MB, and uses memory in proportion to it', async () => {
    const before = process.memoryUsage().rss
    const template = `Resources: {}\n# ${'x'.repeat(10_000_000)}`
    const properties = here.awsProperties({ Name: 'huge', Template: template })
    expect(await refused(here.event({ ResourceProperties: properties }))).toMatch(/Template/)
    expect(process.memoryUsage().rss - before).toBeLessThan(600_000_000)
  })

  it.each(['toString', 'hasOwnProperty', 'valueOf', '__defineGetter__', ''])(
    'treats %j as an ordinary name',
    async (name) => {
      const hostile = `{"Stack":{"Name":"a","Template":{"Resources":{}}},${JSON.stringify(name)}:{"polluted":true}}`
      expect(await refused(withProperties(hostile))).toContain('is not a known property')
      expect(Object.prototype).not.toHaveProperty('polluted')
    },
  )

  it.each([
    ['__proto__', '{"Stack":{"Name":"a","Template":"a","Parameters":{"__proto__":{"polluted":true}}}}'],
    ['constructor', '{"Stack":{"Name":"a","Template":"a","Tags":{"constructor":"x"}}}'],
    ['prototype', '{"Outputs":{"prototype":"x"},"Stack":{"Name":"a","Template":"a"}}'],
  ])('gets an error that the name %s cannot be used, instead of losing its value', async (name, hostile) => {
    expect(await refused(withProperties(hostile))).toMatch(
      new RegExp(`${name} has a name that cannot be used`),
    )
    expect(Object.prototype).not.toHaveProperty('polluted')
  })

  it('may use hostile names for outputs and parameters, and for the logical id', async () => {
    const template = {
      Parameters: { toString: { Type: 'String' } },
      Resources: { Thing: { Type: 'Sandbox::Resource' } },
      Outputs: { valueOf: { Value: { Ref: 'toString' } } },
    }
    const served = await here.serve(
      here.event({
        LogicalResourceId: '__proto__[0]',
        ResourceProperties: here.awsProperties(
          { Template: template, Parameters: { toString: 'given' } },
          { Outputs: { hasOwnProperty: 'valueOf' }, Timeout: 200 },
        ),
      }),
    )
    expect(served).toMatchObject({ kind: 'answered', verdict: { status: 'SUCCESS' } })
    const { Data, LogicalResourceId } = JSON.parse(here.bodies.at(-1) ?? '')
    expect(LogicalResourceId).toBe('__proto__[0]')
    expect(Object.entries(Data)).toEqual([['hasOwnProperty', 'given']])
  })

  it('survives lone surrogates, huge numbers and duplicate keys', async () => {
    const reason = await refused(
      withProperties(
        '{"Stack":{"Name":"\\ud800","Name":"\\udc00","Template":"\\ud83d","TimeoutInMinutes":1e999}}',
      ),
    )
    expect(reason).toContain('Stack')
  })

  it('never hangs and never throws, for any content of any field', async () => {
    const fields = Object.keys(here.event())
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(
          ...fields,
          'PhysicalResourceId',
          'OldResourceProperties',
          'IntranetResponseURL',
          '__proto__',
        ),
        fc.jsonValue(),
        fc.constantFrom('Create', 'Update', 'Delete'),
        async (field, value, RequestType) => {
          const event = here.event({ RequestType })
          Object.defineProperty(event, field, { value, enumerable: true, configurable: true })
          expect(['answered', 'refused', 'undelivered', 'unanswerable']).toContain(
            (await here.serve(event)).kind,
          )
        },
      ),
      { numRuns: 60 },
    )
  })

  it('never hangs and never throws, for any content of any property', async () => {
    const stack = { Name: 'a', Template: { Resources: {} } }
    const names = [
      ...Object.keys(here.awsProperties(stack)),
      'Timeout',
      'Outputs',
      'AssumeRole',
      'OnExisting',
      'Auth',
    ]
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...names),
        fc.jsonValue(),
        fc.constantFrom('Custom::AwsCloudFormationStack', 'Custom::HeatStack'),
        async (name, value, ResourceType) => {
          const properties = { ...here.awsProperties(stack), [name]: value }
          const served = await here.serve(here.event({ ResourceType, ResourceProperties: properties }))
          expect(served.kind).toBe('answered')
        },
      ),
      { numRuns: 40 },
    )
  })
})
