import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseSource } from '../../../src/cli/validate/source-document.ts'
import type { JsonValue } from '../../../src/platform/json.ts'

function valueOf(text: string): JsonValue {
  const source = parseSource(text)
  if (!source.ok) throw new Error(source.problem)
  return source.value
}

function lineOf(text: string, path: string): number | undefined {
  const source = parseSource(text)
  if (!source.ok) throw new Error(source.problem)
  return source.lineOf(path)
}

describe('a source document', () => {
  it('expands the short forms of functions at every position', () => {
    const text = `
a: !Ref Name
b: !GetAtt Resource.Attribute
c: !Join ['', [!Ref A, x]]
d: { e: !Sub { x: 1 } }
`
    expect(valueOf(text)).toEqual({
      a: { Ref: 'Name' },
      b: { 'Fn::GetAtt': 'Resource.Attribute' },
      c: { 'Fn::Join': ['', [{ Ref: 'A' }, 'x']] },
      d: { e: { 'Fn::Sub': { x: 1 } } },
    })
  })

  it('resolves aliases, also of short forms, and merge keys', () => {
    const text = `
base: &base { x: 1, y: &name !Ref Name }
one: { <<: *base, x: 2 }
two: *name
`
    expect(valueOf(text)).toMatchObject({ one: { x: 2, y: { Ref: 'Name' } }, two: { Ref: 'Name' } })
  })

  it('can be any JSON document', () => {
    // `__proto__` is a special name in JavaScript.
    const json = fc.jsonValue().filter((value) => !JSON.stringify(value).includes('__proto__'))
    fc.assert(
      fc.property(json, fc.constantFrom(undefined, 2, '\t'), (value, indent) => {
        const text = JSON.stringify(value, undefined, indent)
        expect(valueOf(text)).toEqual(JSON.parse(text))
      }),
      { numRuns: 200 },
    )
  })

  it('returns the line of each property, and for a missing one the line of the nearest parent', () => {
    const text = `Resources:
  A:
    Properties:
      List:
        - x: 1
        - x: 2
          y: 3
      Files:
        a.yaml: 1
        a.yaml.b: 2
`
    const lines = {
      '': undefined,
      'Resources.A': 2,
      'Resources.A.Properties.List[1].y': 7,
      'Resources.A.Properties.List.1.y': 7,
      'Resources.A.Properties.List[7].y': 4,
      'Resources.A.Properties.Files.a.yaml': 9,
      'Resources.A.Properties.Files.a.yaml.b': 10,
      'Resources.A.Properties.Missing.Deeper': 3,
      'Elsewhere.A': undefined,
    }
    for (const [path, line] of Object.entries(lines)) expect(lineOf(text, path), path).toBe(line)
  })

  it('returns the line of the anchor for a value behind an alias', () => {
    expect(lineOf('base: &base\n  x: 1\nuse: *base\n', 'use.x')).toBe(2)
  })

  it.each([
    ['a list without an end', 'a:\n  b: [1\n', 3],
    ['JSON that ends too early', '{\n  "a": {\n', 3],
  ])('returns the line of %s', (_name, text, line) => {
    expect(parseSource(text)).toMatchObject({ ok: false, line })
  })

  it('keeps the last value of a duplicate name, and returns its line', () => {
    expect(parseSource('a: 1\nb: { c: 1, c: 2 }\na: 3\n')).toMatchObject({
      value: { a: 3, b: { c: 2 } },
      duplicates: [
        { key: 'a', line: 3, isTop: true },
        { key: 'c', line: 2, isTop: false },
      ],
    })
  })

  it('returns the lines of a block literal as those of the file, and none for other texts', () => {
    const source = parseSource('a:\n  b: |\n    one\n    two\n  c: "one\\ntwo"\n')
    if (!source.ok) throw new Error(source.problem)
    expect([source.lineInText('a.b', 1), source.lineInText('a.b', 2)]).toEqual([3, 4])
    expect(source.lineInText('a.c', 2)).toBeUndefined()
  })

  it.each([
    ['a: [{\n  b: 1\n}]\n', true],
    ['a: "one\ntwo"\n', true],
    ['a: [1\n', false],
    ['a: "one\nb: 2\n', false],
  ])('tells whether other readers accept what it refuses: %j', (text, isRefusedHereOnly) => {
    const source = parseSource(`x:\n  y: 1\nz:\n  ${text}`)
    if (!source.ok) expect(source).toMatchObject({ isRefusedHereOnly })
  })

  it('is refused if its aliases expand to too much data, or contain themselves', () => {
    const bomb = Array.from({ length: 12 }, (_, level) =>
      level === 0
        ? 'a0: &a0 [x, x]'
        : `a${String(level)}: &a${String(level)} [${Array(9)
            .fill(`*a${String(level - 1)}`)
            .join(', ')}]`,
    ).join('\n')
    for (const text of [bomb, 'a: &a [*a]', '['.repeat(300) + ']'.repeat(300)])
      expect(parseSource(text)).toMatchObject({ ok: false, problem: expect.stringContaining('too') })
  })
})
