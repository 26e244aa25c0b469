import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  readDescription,
  withClaim,
  writeDescription,
  type Claim,
} from '../../../src/providers/huawei-cloud/stack-set-description.ts'
import { variableNames } from '../../../src/providers/huawei-cloud/tfvars.ts'

const hex = (length: number) => fc.stringMatching(new RegExp(`^[0-9a-f]{${String(length)}}$`))

const claim: fc.Arbitrary<Claim> = fc.record(
  {
    owner: hex(16),
    created: fc.oneof(fc.constant(''), hex(8)),
    stackDigest: hex(8),
    request: hex(8),
    earlier: fc.array(hex(8), { maxLength: 3 }),
    done: hex(32),
    targets: hex(8),
    before: fc.oneof(fc.constant(''), hex(8)),
    state: fc.constantFrom('own' as const, 'adopted' as const, 'deleted' as const),
  },
  { requiredKeys: ['owner', 'created', 'request', 'earlier', 'targets', 'before', 'state'] },
)

function claimOf(number: number, state: Claim['state']): Claim {
  const owner = number.toString(16).padStart(16, '0')
  const request = { request: '22222222', earlier: [] }
  return { owner, created: '11111111', ...request, targets: '33333333', before: '', state }
}

describe("a stack set's description", () => {
  it('is read back as it was written, for all texts and marks', () => {
    const text = fc
      .string({ maxLength: 300 })
      .filter((one) => !one.includes('stackbridge') && !one.endsWith(' '))
    const mark = fc.option(fc.constant('owner=abc,request=def,resource=Net-1'), { nil: undefined })
    fc.assert(
      fc.property(
        text,
        mark,
        fc.uniqueArray(claim, { selector: ({ owner }) => owner, maxLength: 4 }),
        (given, marked, claims) => {
          const description = { text: given, ...(marked === undefined ? {} : { mark: marked }), claims }
          expect(readDescription(writeDescription(description))).toEqual(description)
        },
      ),
    )
  })

  it('without marks is text', () => {
    expect(readDescription('of the platform team')).toEqual({ text: 'of the platform team', claims: [] })
    expect(readDescription('')).toEqual({ text: '', claims: [] })
  })

  it('has one claim for each owner', () => {
    const description = withClaim(readDescription(''), claimOf(1, 'own'))
    const changed = withClaim(withClaim(description, claimOf(2, 'own')), claimOf(1, 'deleted'))
    expect(changed.claims.map(({ owner, state }) => [owner.at(-1), state])).toEqual([
      ['2', 'own'],
      ['1', 'deleted'],
    ])
  })

  it('drops only the oldest claims of deleted instances if there is no room', () => {
    const claims = Array.from({ length: 18 }, (_, index) => claimOf(index, index < 3 ? 'deleted' : 'own'))
    const written = writeDescription({ text: 'x'.repeat(180), claims })
    expect(written.length).toBeLessThanOrEqual(1024)
    const kept = readDescription(written).claims
    expect(kept.filter(({ state }) => state === 'own')).toHaveLength(15)
    expect(kept.length).toBeLessThan(18)
    expect(() => writeDescription({ text: 'x'.repeat(300), claims })).toThrow('has no room for another mark')
  })
})

describe('the names of variables', () => {
  it('are those that a text assigns, and not those inside values', () => {
    const text = [
      'value = "a = \\"b\\" # c = 1"',
      '# comment = 1',
      'map = {',
      '  inner = 1',
      '  list = [ { deep = 2 } ]',
      '}',
      'last=true // x = 1',
    ].join('\n')
    expect(variableNames(text)).toEqual(['value', 'map', 'last'])
  })
})
