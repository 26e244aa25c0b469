import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { isJsonObject, parseJson } from '../../src/platform/json.ts'
import { buildFailure, buildSuccess, selectOutputs } from '../../src/ros/reply.ts'
import { judgeAnswer } from '../../src/sandbox/ros/answer-rules.ts'

const replyTo = { responseUrls: {}, stackId: 'stack', requestId: 'request', logicalResourceId: 'A[0]' }
const expected = { ...replyTo, physicalResourceId: undefined }
const headers = { 'content-type': 'application/json', date: new Date(0).toUTCString() }
const limitBytes = 4096

/** Checked by the rules of the embedded ROS. */
function judged(body: string) {
  const result = judgeAnswer({ method: 'POST', headers, body: Buffer.from(body) }, expected)
  expect(result.violations).toEqual([])
  return result.answer
}

const success = (outputs: Record<string, never> | Record<string, unknown>) =>
  buildSuccess({ replyTo, physicalResourceId: 'arn', outputs: outputs as Record<string, string>, limitBytes })

describe('a SUCCESS', () => {
  it('has only the documented fields', () => {
    expect(JSON.parse(success({ Url: 'https://x', Count: 3 }).body)).toEqual({
      Status: 'SUCCESS',
      StackId: 'stack',
      RequestId: 'request',
      LogicalResourceId: 'A[0]',
      PhysicalResourceId: 'arn',
      Data: { Url: 'https://x', Count: 3 },
    })
  })

  it('of a Delete that found no stack still has an id', () => {
    const reply = buildSuccess({ replyTo, physicalResourceId: undefined, outputs: {}, limitBytes })
    expect(judged(reply.body)?.physicalResourceId).toBe('stackbridge:no-stack/A[0]')
  })

  it('whose id is longer than 255 bytes becomes a FAILED that says so', () => {
    const reply = buildSuccess({ replyTo, physicalResourceId: 'ä'.repeat(128), outputs: {}, limitBytes })
    expect(judged(reply.body)?.reason).toContain('255 bytes')
  })

  it('omits the largest outputs completely, and names them', () => {
    const reply = success({ Small: 's', Large: '界'.repeat(1400), Middle: 'm'.repeat(1000) })
    expect(judged(reply.body)?.data).toEqual({
      Small: 's',
      Middle: 'm'.repeat(1000),
      OmittedOutputs: ['Large'],
    })
    expect(reply.omitted).toEqual(['Large'])
  })

  it("has the bridge's own values beside the outputs, and never instead of them", () => {
    const own = { DriftStatus: 'DRIFTED', DriftedResources: ['A'] }
    const outputs = { DriftStatus: 'mine', Large: 'x'.repeat(4000) }
    const reply = buildSuccess({ replyTo, physicalResourceId: 'arn', outputs, own, limitBytes })
    expect(judged(reply.body)?.data).toEqual({
      DriftStatus: 'mine',
      StackbridgeDriftStatus: 'DRIFTED',
      DriftedResources: ['A'],
      OmittedOutputs: ['Large'],
    })
  })

  it.each([
    { OmittedOutputs: 'mine', Large: 'x'.repeat(4200) },
    { OmittedOutputs: 'x'.repeat(4200), Large: 'mine' },
  ])("never replaces the stack's own output with the list of omitted outputs", (outputs) => {
    const data = judged(success(outputs).body)?.data ?? {}
    const [omitted = '', kept = ''] = Object.entries(outputs)
      .sort(([, one], [, other]) => other.length - one.length)
      .map(([name]) => name)
    expect(data).toEqual({ [kept]: 'mine', StackbridgeOmittedOutputs: [omitted] })
  })

  it('writes a number as the cloud wrote it', () => {
    const fields = [
      '"Id":1524831183200260097',
      '"Versions":[8.0,1e3]',
      '"Map":{"Part":0.12345678901234567890}',
    ]
    const parsed = parseJson(Buffer.from(`{${fields.join(',')}}`))
    if (!parsed.ok || !isJsonObject(parsed.value)) throw new Error('no outputs')
    const { body } = success(parsed.value)
    for (const field of fields) expect(body).toContain(field)
  })

  it('answers in time for a hundred thousand outputs', () => {
    const names = Array.from({ length: 100_000 }, (_, index) => `Output${String(index)}`)
    const reply = success(Object.fromEntries(names.map((name) => [name, 'value'])))
    expect(reply.bytes).toBeLessThanOrEqual(limitBytes)
    expect(reply.omitted.length).toBeGreaterThan(99_000)
    expect(Object.keys(judged(reply.body)?.data ?? {}).length).toBe(100_001 - reply.omitted.length)
  })

  it('fits the limit in bytes of UTF-8 for any outputs, and omits none silently', () => {
    const text = fc.string({ unit: 'grapheme', maxLength: 800 })
    fc.assert(
      fc.property(fc.dictionary(fc.string({ maxLength: 40 }), text, { maxKeys: 60 }), (outputs) => {
        const reply = success(outputs)
        expect(Buffer.byteLength(reply.body)).toBe(reply.bytes)
        expect(reply.bytes).toBeLessThanOrEqual(limitBytes)
        const data = judged(reply.body)?.data ?? {}
        for (const [name, value] of Object.entries(outputs))
          if (!reply.omitted.includes(name)) expect(data[name]).toBe(value)
      }),
      { numRuns: 60 },
    )
  })

  it('with hundreds of outputs that do not fit still names some and counts the others', () => {
    const outputs = Object.fromEntries(
      Array.from({ length: 500 }, (_, index) => [`Output${String(index)}`, 'v'.repeat(50)]),
    )
    const names = judged(success(outputs).body)?.data['OmittedOutputs']
    expect(JSON.stringify(names)).toMatch(/and \d+ more/)
  })
})

describe('a FAILED', () => {
  it('has the reason and no id', () => {
    expect(JSON.parse(buildFailure({ replyTo, reason: 'why', limitBytes }).body)).toEqual({
      Status: 'FAILED',
      Reason: 'why',
      StackId: 'stack',
      RequestId: 'request',
      LogicalResourceId: 'A[0]',
    })
  })

  it('keeps the beginning of a long reason, which has the cause, and cuts between characters', () => {
    const reason = `the cause: ${'桶已存在😀'.repeat(2000)}`
    const reply = buildFailure({ replyTo, reason, limitBytes })
    const said = judged(reply.body)?.reason ?? ''
    expect(reply.bytes).toBeLessThanOrEqual(limitBytes)
    expect(reply.bytes).toBeGreaterThan(limitBytes - 16)
    expect(said.startsWith('the cause: 桶已存在😀')).toBe(true)
    expect(said.endsWith('…')).toBe(true)
    expect(reason.startsWith(said.slice(0, -1))).toBe(true)
  })

  it('has the beginning of the reason also if the ids alone are longer than the limit', () => {
    const long = { ...replyTo, logicalResourceId: 'A'.repeat(5000) }
    const { body } = buildFailure({ replyTo: long, reason: `the cause: ${'b'.repeat(5000)}`, limitBytes })
    expect(body).toContain('"Reason":"the cause: bbb')
    expect(Buffer.byteLength(body)).toBeLessThan(5000 + 1500)
  })

  it('fits the limit for any reason, also if JSON must escape it', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', minLength: 500, maxLength: 6000 }), (reason) => {
        const reply = buildFailure({ replyTo, reason, limitBytes })
        expect(reply.bytes).toBeLessThanOrEqual(limitBytes)
        expect(judged(reply.body)).toBeDefined()
      }),
      { numRuns: 40 },
    )
  })
})

describe('the selection of outputs', () => {
  const outputs = { A: 'a', B: 'b', Key: 'k' }

  it('contains all outputs except secrets if nothing is selected', () => {
    expect(selectOutputs(outputs, undefined, ['Key'])).toEqual({ data: { A: 'a', B: 'b' }, missing: [] })
  })

  it('is a list of names, or a map of new name to name, and reports what is missing', () => {
    expect(selectOutputs(outputs, ['A', 'X'], [])).toEqual({ data: { A: 'a' }, missing: ['X'] })
    expect(selectOutputs(outputs, { First: 'A', Second: 'B' }, [])).toEqual({
      data: { First: 'a', Second: 'b' },
      missing: [],
    })
  })

  it('never contains a secret under another name', () => {
    expect(selectOutputs(outputs, { Innocent: 'Key' }, ['Key']).data).toEqual({})
  })
})
