import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { Secrets } from '../../src/platform/secrets.ts'
import { QUOTATIONS } from '../quotations.ts'

/** Secrets are found in a text that a cloud, a proxy, a library or several of them have encoded. */

const secretsOf = (...values: readonly string[]): Secrets => {
  const secrets = new Secrets()
  for (const value of values) secrets.add(value)
  return secrets
}

const secretText = fc.string({ unit: 'grapheme-ascii', minLength: 8, maxLength: 30 }).filter((text) => {
  // In a repetition of one character, another part of the surrounding text may be equal.
  return new Set(text).size > 5 && text.trim().length === text.length
})
const encoding = fc.constantFrom(...Object.keys(QUOTATIONS))
const quote = (form: string, text: string): string => QUOTATIONS[form]?.(text) ?? text
/** Texts that are not secret, also when they are encoded. */
const surroundings = fc.stringMatching(/^[ a-z.,;-]{0,30}$/)

describe('a masked text', () => {
  it('contains no secret that was encoded twice, at any place of a longer text', () => {
    fc.assert(
      fc.property(
        secretText,
        encoding,
        encoding,
        surroundings,
        surroundings,
        (secret, inner, outer, before, after) => {
          const text = `said: ${quote(outer, `${before}${quote(inner, secret)}${after}`)} and no more`
          const masked = secretsOf(secret).mask(text)
          expect(masked, `${inner} in ${outer}`).toContain('[secret]')
          for (const form of Object.keys(QUOTATIONS))
            expect(
              masked.includes(quote(form, secret)),
              `${inner} in ${outer}, left in ${form}: ${masked}`,
            ).toBe(false)
        },
      ),
      { numRuns: 1500 },
    )
  })

  it('contains no secret of a text in base64, wherever the secret begins in it', () => {
    fc.assert(
      fc.property(secretText, fc.string(), fc.string(), (secret, before, after) => {
        const text = Buffer.from(`${before}${secret}${after}`).toString('base64')
        const wrapped = text.replaceAll(/(.{7})/g, '$1\n')
        for (const encoded of [text, wrapped]) {
          const masked = secretsOf(secret).mask(encoded)
          expect(Buffer.from(masked.replaceAll('[secret]', ''), 'base64').toString()).not.toContain(secret)
          expect(masked).toContain('[secret]')
        }
      }),
    )
  })

  it.each([
    ['<Buffer 68 75 6e 74 65 72 32 32>', '<Buffer [secret]>'],
    ['{"type":"Buffer","data":[104,117,110,116,101,114,50,50]}', '{"type":"Buffer","data":[[secret]]}'],
    ['map[password:[104 117 110 116 101 114 50 50]]', 'map[password:[[secret]]]'],
    ['00000000  68 75 6e 74 65 72 32 32  |hunter22|', '00000000  [secret]  |[secret]|'],
    ['{\n  0x68, 0x75, 0x6e, 0x74,\n  0x65, 0x72, 0x32, 0x32\n}', '{\n  [secret]\n}'],
  ])('contains no secret in a list of bytes: %j', (text, masked) => {
    expect(secretsOf('hunter22').mask(text)).toBe(masked)
  })

  it('contains no secret that was split into lines, or into which a line break was inserted', () => {
    fc.assert(
      fc.property(secretText, secretText, fc.nat(28), (secret, other, at) => {
        const secrets = secretsOf(secret)
        const broken = `${secret.slice(0, at)}\r\n    ${secret.slice(at)}`
        if (at > 0 && at < secret.length && !/\s/.test(secret.slice(at - 1, at + 1)))
          expect(secrets.mask(`at ${broken}.`)).toBe('at [secret].')
        const lines = secretsOf(`${secret}\r\n${other}`)
        for (const end of ['\n', '\r\n', '\r', ''])
          expect(lines.mask(`${secret}${end}${other}`).replaceAll(/\[secret\]|\s/g, '')).toBe('')
        expect(lines.mask(`line 2: ${other}`)).toBe('line 2: [secret]')
      }),
    )
  })

  it('is unchanged if it contains no secret', () => {
    const letters = fc.stringMatching(/^[a-m0-4%&;\\+ \n"'=/-]{0,300}$/)
    const others = fc.stringMatching(/^[n-z]{6,20}$/)
    fc.assert(
      fc.property(letters, fc.array(others, { minLength: 1, maxLength: 5 }), (text, values) => {
        fc.pre(!/[2-4][0-9a-f]|\\/.test(text))
        const secrets = secretsOf(...values)
        expect(secrets.mask(text)).toBe(text)
        expect(secrets.maskBeginning(text, 10)).toBe(text.slice(0, 10))
      }),
    )
  })

  it.each([
    'The stack prod-db failed: Rate exceeded (HTTP 429), see https://docs.example.com/a%20b?x=1&amp;y=2',
    'arn:aws:cloudformation:us-east-1:123456789012:stack/app/0b3c6e60-7c8b-11ee-b962-0242ac120002',
    'Resource handler returned message: "Bucket \\"assets\\" already exists" (Service: S3, Status Code: 409)',
    'QWxsIGlzIHdlbGw= 48656c6c6f \\u0041 &#65; %41',
  ])('of a real reason is unchanged: %s', (reason) => {
    expect(secretsOf('hunter22', 'correct horse battery', 'S3cr3t+/=').mask(reason)).toBe(reason)
  })
})

describe('a secret in another case', () => {
  const key = 'a0B1c2D3e4F5'

  it('is masked if it has at least twelve characters, also encoded, and at the end of a truncated text', () => {
    const secrets = secretsOf(key)
    const forms = [key.toUpperCase(), key.toLowerCase(), 'A0b1C2d3E4f5']
    for (const form of [...forms, ...forms.map((text) => Buffer.from(text).toString('hex'))])
      expect(secrets.mask(`key ${form} is wrong`)).toBe('key [secret] is wrong')
    expect(secrets.maskBeginning(`key ${key.toUpperCase()}`, 10)).toBe('key [secret]')
  })

  it('is masked in capital and in small letters of every alphabet, also encoded', () => {
    const secrets = secretsOf('Pässwörd-Пароль-1')
    for (const form of ['PÄSSWÖRD-ПАРОЛЬ-1', 'pässwörd-пароль-1'])
      for (const text of [form, encodeURIComponent(form), Buffer.from(form).toString('hex')])
        expect(secrets.mask(`key ${text} is wrong`)).toBe('key [secret] is wrong')
  })

  it('is masked beside a short one, whichever overlaps', () => {
    const secrets = secretsOf(key, 'E4F5-x', 'zz-A0B1')
    expect(secrets.mask('zz-A0B1C2D3E4F5-x, zz-a0b1, e4f5-X')).toBe('[secret], zz-a0b1, e4f5-X')
  })

  it('stays readable if it is shorter, since it could be an ordinary word', () => {
    const reason = 'The Administrator of Production must set STACK to STABLE'
    expect(secretsOf('production', 'stable', 'ADMIN', 'must SET').mask(reason)).toBe(reason)
  })

  it('stays readable if only its beginning is the same', () => {
    const reason = 'key A0B1C2D3E4F6 is unknown'
    expect(secretsOf(key).mask(reason)).toBe(reason)
  })
})

describe('a truncated text', () => {
  it('shows at its end at most three characters of a secret, in any encoding', () => {
    const digits = fc.stringMatching(/^[0-9]{0,20}$/)
    // Letters that no encoding changes, and characters that every encoding changes.
    const secret = fc.stringMatching(/^[ghjkq]{2}["'&%/ghjkq]{8,20}$/)
    const forms = fc.constantFrom('plain', 'json', 'url', 'html', 'xml in numbers', "Python's repr")
    fc.assert(
      fc.property(digits, secret, digits, forms, fc.nat(100), (before, value, after, form, length) => {
        const shown = secretsOf(value)
          .maskBeginning(`${before}${quote(form, value)}${after}`, length)
          .replace('[secret]', '')
        expect(shown.replaceAll(/\d/g, '').replace(/(?:%|&#?|\\)\w*;?$/, '').length).toBeLessThan(12)
        expect(shown).not.toMatch(/[ghjkq]{4}/)
      }),
    )
  })
})

describe('the placeholder of a hidden value', () => {
  it.each(['****', '******', '********'])('%s is not masked where it is given as a secret', (placeholder) => {
    expect(secretsOf(placeholder).mask(`is a hidden value (${placeholder})`)).toContain(`(${placeholder})`)
  })
})
