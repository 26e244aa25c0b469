import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { formsOf, SHORTEST_SECRET } from '../../src/platform/secret-forms.ts'
import { SecretMatcher } from '../../src/platform/secret-matcher.ts'
import { Secrets } from '../../src/platform/secrets.ts'

/** Tries each form at each place of the text: slow, but simple enough to be correct. */
function maskNaively(values: readonly string[], text: string): string {
  const forms = values.filter(({ length }) => length >= SHORTEST_SECRET).flatMap(formsOf)
  const endOfLongest = (at: number): number =>
    Math.max(at, ...forms.filter((form) => text.startsWith(form, at)).map((form) => at + form.length))
  let masked = ''
  for (let at = 0; at < text.length;) {
    let end = endOfLongest(at)
    for (let within = at + 1; within < end; within += 1) end = Math.max(end, endOfLongest(within))
    masked += end === at ? text.charAt(at) : '[secret]'
    at = Math.max(end, at + 1)
  }
  return masked
}

function secretsOf(values: readonly string[]): Secrets {
  const secrets = new Secrets()
  for (const value of values) secrets.add(value)
  return secrets
}

/** Few letters, so that secrets overlap, contain each other and repeat. */
const word = fc.string({ unit: fc.constantFrom('a', 'b', '"', 'é', '/'), minLength: 1, maxLength: 9 })

describe('masking in one pass', () => {
  it('masks the same as a search for each secret at each place', () => {
    fc.assert(
      fc.property(fc.array(word, { maxLength: 8 }), fc.array(word, { maxLength: 12 }), (values, words) => {
        const forms = values.flatMap(formsOf)
        const text = words.map((part, index) => part + (forms[index] ?? '')).join('')
        expect(secretsOf(values).mask(text)).toBe(maskNaively(values, text))
      }),
      { numRuns: 2000 },
    )
  })

  it('masks the same for any earlier texts, and whenever a secret is added', () => {
    const steps = fc.array(fc.record({ value: word, text: fc.string({ unit: fc.constantFrom('a', 'b') }) }))
    fc.assert(
      fc.property(steps, (given) => {
        const secrets = new Secrets()
        const values: string[] = []
        for (const { value, text } of given) {
          secrets.add(value)
          values.push(value)
          const longer = `${text}${value}${text}`
          expect(secrets.mask(longer)).toBe(maskNaively(values, longer))
        }
      }),
      { numRuns: 300 },
    )
  })

  it('finds a secret of each length between two others, among thousands that begin alike', () => {
    const values = Array.from({ length: 1000 }, (_, index) => 'a'.repeat(SHORTEST_SECRET + index))
    expect(secretsOf(values).mask(`aaab${'a'.repeat(2000)}b${'a'.repeat(4)}`)).toBe('aaab[secret]b[secret]')
  })

  it('keeps neighbours apart and joins overlapping secrets', () => {
    expect(SecretMatcher.of(['abcd', 'cdef', 'cd'], 0)?.spansIn(Buffer.from('abcdcdefabcdef'))).toEqual([
      { start: 0, end: 4 },
      { start: 4, end: 8 },
      { start: 8, end: 14 },
    ])
  })
})

describe('more secrets than the search can handle', () => {
  const tooMuch = 'né"1'.repeat(512 * 1024)

  it('mask every text completely, with the reason', () => {
    const secrets = secretsOf([tooMuch])
    expect(secrets.mask('whatever the cloud said')).toBe(
      '[withheld: the event holds more secrets than can be masked]',
    )
    expect(secrets.mask('no')).toBe('no')
  })

  it('mask every text completely if they are very many short ones', () => {
    const many = Array.from({ length: 2 ** 17 + 1 }, (_, index) => `s-${String(index).padStart(6, '0')}`)
    expect(secretsOf(many).mask('s-000000 was refused')).toMatch(/^\[withheld/)
  })

  it('mask every later text completely, too', () => {
    const secrets = secretsOf([tooMuch])
    secrets.mask('a text')
    secrets.add('a little secret')
    expect(secrets.mask('harmless')).toMatch(/withheld/)
  })
})
