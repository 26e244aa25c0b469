import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readYaml } from '../../src/platform/yaml.ts'

/** Fragments with a meaning in YAML; a template may contain any combination of them. */
const fragments = fc.constantFrom(
  ...[
    'a',
    '1',
    '? ',
    '- ',
    ': ',
    '&a ',
    '*a',
    '*b',
    '<<: ',
    '[',
    ']',
    '{',
    '}',
    ', ',
    '"',
    "'",
    '\n',
    '\n  ',
  ],
  ...[
    '!!set ',
    '!!omap ',
    '!!binary ',
    '!!map ',
    '!!seq ',
    '!!str ',
    '!x ',
    '| ',
    '> ',
    '---\n',
    '...\n',
    '#',
  ],
  ...[
    '%YAML 1.1\n',
    '__proto__',
    'toString',
    'null',
    '~',
    '.inf',
    '2001-01-01',
    '\t',
    '@',
    '`',
    '\u0000',
    '=: ',
  ],
)

describe('YAML', () => {
  it.each([true, false])(
    'of any text is parsed or refused, without an exception (lenient: %s)',
    (lenient) => {
      fc.assert(
        fc.property(fc.array(fragments, { maxLength: 30 }), (parts) => {
          expect(readYaml(parts.join(''), { lenient }).ok).toBeTypeOf('boolean')
        }),
        { numRuns: 5_000 },
      )
    },
  )

  it.each([
    ['a syntax error', '{ a'],
    ['an alias without an anchor', 'a: *b'],
    ['aliases that multiply', `a: &a [1]\nb: &b [${'*a,'.repeat(200)}]\nc: [${'*b,'.repeat(200)}]\n`],
    ['a merge of what is no map', '<<: 5'],
    ['nesting that is too deep', '['.repeat(20_000)],
  ])('with %s cannot be read', (_, text) => {
    expect(readYaml(text, { lenient: false })).toEqual({ ok: false })
  })

  it('does not hide a fault of the program as a parse error', () => {
    const notText: string = JSON.parse('{}')
    expect(() => readYaml(notText, { lenient: false })).toThrow(TypeError)
  })
})
