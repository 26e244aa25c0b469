import { ESLint } from 'eslint'
import tseslint from 'typescript-eslint'
import { describe, expect, it } from 'vitest'
import { DYNAMIC_PATTERNS } from '../../bench/linear-scans/dynamic-patterns.ts'
import { hardTexts, write } from '../../bench/linear-scans/hard-texts.ts'
import { patternsIn, patternsOfProduct, sourceFiles, textOf } from '../../bench/linear-scans/patterns.ts'

/** The expressions that the linter's parser finds, independently of the measuring program. */
function countOfLiterals(code: string): number {
  const parsed = tseslint.parser.parseForESLint?.(code)
  if (parsed === undefined) throw new Error('the parser of typescript-eslint parses no more')
  let count = 0
  const { body } = parsed.ast as { readonly body: unknown }
  JSON.stringify(body, (key, value: unknown) => {
    if (key === 'regex') count += 1
    return typeof value === 'bigint' ? String(value) : value
  })
  return count
}

describe('the lint rules against slow regular expressions', () => {
  it.each(['src/platform/secrets.ts', 'handlers/fc.ts', 'build/build.ts'])('apply to %s', async (file) => {
    const config = await new ESLint().calculateConfigForFile(file)
    expect(config.rules).toMatchObject({
      'regexp/no-super-linear-backtracking': [2, { report: 'potential' }],
      'regexp/no-super-linear-move': [2, { report: 'potential', ignorePartial: false }],
    })
  })

  it('are not disabled by a comment', () => {
    const off = sourceFiles().filter((file) => /eslint-disable[^\n]*(?:regexp|\*\/|$)/m.test(textOf(file)))
    expect(off).toEqual([])
  })
})

describe('the list that `npm run bench:scans` measures', () => {
  it('contains every regular expression of the product', () => {
    for (const file of sourceFiles()) {
      const code = textOf(file)
      const { patterns, dynamic } = patternsIn(file, code)
      expect([file, patterns.length], file).toEqual([file, countOfLiterals(code)])
      expect(
        dynamic.every((place) => DYNAMIC_PATTERNS.some((known) => place.startsWith(`${known.file}:`))),
      ).toBe(true)
    }
  })

  it('contains every way to build a RegExp, and reports those that it cannot analyse', () => {
    const code =
      "const A = /a+$/m; new RegExp(A); RegExp('b', 'g'); new RegExp(`c`); new RegExp(x); 'a'.split(/d/)"
    const { patterns, dynamic } = patternsIn('src/x.ts', code)
    expect(patterns.map(({ source, flags, use }) => [source, flags, use])).toEqual([
      ['a+$', 'm', 'test'],
      ['b', 'g', 'replace'],
      ['c', '', 'test'],
      ['d', '', 'split'],
    ])
    expect(dynamic).toEqual(['src/x.ts:1'])
  })

  it('has texts of the requested length for each expression', () => {
    const wrong: string[] = []
    for (const pattern of patternsOfProduct().patterns)
      for (const text of hardTexts(pattern)) {
        const { length } = write(text, 512)
        if (length > 512 || length < 512 - text.pump.length) wrong.push(pattern.place)
      }
    expect(wrong).toEqual([])
  })

  it.each([
    [String.raw`\/+$`, '/', 'a'],
    [String.raw`\s#.*$`, ' #', '\u2028'],
    [String.raw`^\s*sensitive\s*=`, '\n', 'a'],
  ])('contains a slow text for %s', (source, pump, tail) => {
    const texts = hardTexts({ place: '', source, flags: 'm', use: 'test' })
    expect(texts).toContainEqual({ head: '', pump, tail })
  })
})
