import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { isCollection, isMap, isScalar, isSeq, parse, parseDocument, stringify } from 'yaml'
import { isJsonList, isJsonObject, type JsonValue } from '../../src/platform/json.ts'
import { countNodes, type TextTree } from '../../src/platform/text-tree.ts'
import { scanYaml } from '../../src/platform/yaml-scan.ts'

/** Each scalar with the names above it. */
function pathsOf(value: JsonValue, path = ''): string[] {
  if (isJsonList(value)) return value.flatMap((item) => pathsOf(item, `${path}/-`))
  if (isJsonObject(value))
    return Object.entries(value).flatMap(([name, item]) => pathsOf(item, `${path}/${name}`))
  return [`${path}=${String(value)}`]
}

function pathsIn(tree: TextTree, path = ''): string[] {
  switch (tree.kind) {
    case 'scalar':
      return [`${path}=${tree.text}`]
    case 'list':
      return tree.items.flatMap((item) => pathsIn(item, `${path}/-`))
    case 'map':
      return tree.entries.flatMap(({ name, value }) => pathsIn(value, `${path}/${name}`))
  }
}

/** The same for a document of the `yaml` package, with keys that JSON cannot have. */
function pathsOfNode(node: unknown, path = ''): string[] {
  if (isSeq(node)) return node.items.flatMap((item) => pathsOfNode(item, `${path}/-`))
  if (isMap(node))
    return node.items.flatMap(({ key, value }) =>
      pathsOfNode(value, `${path}/${isScalar<string>(key) ? key.value : ''}`),
    )
  return isScalar<string>(node) ? [`${path}=${node.value}`] : []
}

const withoutEmpty = (paths: readonly string[]): string[] =>
  paths.map(simple).filter((path) => !path.endsWith('='))

const scalar = fc.oneof(
  // Line breaks of YAML 1.1, which the package does not support.
  fc.string({ unit: 'grapheme', maxLength: 30 }).map((text) => text.replaceAll(/[\u0085\u2028\u2029]/g, '')),
  fc.stringMatching(/^[ -~]{0,40}$/),
  fc.constantFrom(
    'true',
    '12',
    '0123',
    '- a',
    'a: b',
    '# no',
    '&a',
    '*a',
    '!Ref',
    '{',
    '[',
    '|',
    '>',
    "it's",
    '"',
    '\\',
    '\t',
  ),
  fc.stringMatching(/^[a-z ]{1,12}(\n[a-z ]{0,12}){1,3}$/),
)
const { value: documentValue } = fc.letrec<{ value: JsonValue }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 4 },
    scalar,
    fc.array(tie('value'), { minLength: 1, maxLength: 4 }),
    fc.dictionary(fc.stringMatching(/^[A-Za-z][\w .-]{0,10}[\w]$/), tie('value'), { minKeys: 1, maxKeys: 4 }),
  ),
}))
const root = fc.dictionary(fc.stringMatching(/^[A-Za-z]\w{1,8}$/), documentValue, { minKeys: 1, maxKeys: 4 })
/** YAML folds such texts, so their line breaks become spaces or disappear. */
const simple = (value: string): string => value.replaceAll(/\s+/g, ' ').replaceAll('= ', '=').trim()

describe('a scan of YAML', () => {
  const styles = fc.record({
    defaultStringType: fc.constantFrom('PLAIN', 'QUOTE_DOUBLE', 'QUOTE_SINGLE', 'BLOCK_LITERAL'),
    collectionStyle: fc.constantFrom('block', 'flow', 'any'),
    indent: fc.integer({ min: 2, max: 8 }),
    indentSeq: fc.boolean(),
  } as const)

  it('reads each scalar under its names as the package `yaml` does, in every style', () => {
    fc.assert(
      fc.property(root, styles, fc.constantFrom('\n', '\r\n', '\r'), (value, style, end) => {
        const written = stringify(value, { ...style, lineWidth: 0, aliasDuplicateObjects: false })
        // The package does not treat a single carriage return as a line break; Python's parsers do.
        const text = written.replaceAll('\n', end)
        const { tree, isWhole } = scanYaml(text)
        expect(isWhole, text).toBe(true)
        expect(pathsIn(tree).map(simple), text).toEqual(
          pathsOf(parse(written, { schema: 'failsafe' })).map(simple),
        )
      }),
      { numRuns: 1500 },
    )
  })

  it('reads JSON as `JSON.parse` does', () => {
    fc.assert(
      fc.property(documentValue, fc.constantFrom(undefined, 1, '\t'), (value, indent) => {
        fc.pre(typeof value === 'object')
        const { tree, isWhole } = scanYaml(JSON.stringify(value, undefined, indent))
        expect(isWhole).toBe(true)
        expect(pathsIn(tree)).toEqual(pathsOf(value))
      }),
    )
  })

  it('never throws, and always ends', () => {
    const piece = fc.constantFrom(
      '- ',
      'a: ',
      '\n',
      '  ',
      '"',
      "'",
      '{',
      '}',
      '[',
      ']',
      ',',
      '|',
      '>',
      '#',
      '&a ',
      '*a',
      '!b ',
      '? ',
      ': ',
      '---\n',
      'x',
      '\t',
      '\\',
    )
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 60 }), (pieces) => {
        expect(scanYaml(pieces.join('')).tree.kind).toBeTypeOf('string')
      }),
      { numRuns: 3000 },
    )
  })

  it.each([
    ['a: &x secret\nb: *x\n', ['/a=secret', '/b=secret']],
    ['a: !Sub secret\n', ['/a/Fn::Sub=secret']],
    ['a: !Ref Name\n', ['/a/Ref=Name']],
    ['? a\n: secret\n', ['/a=secret']],
    ['? a\n:\n- b: 1\n- c\n? d\n:\n  - e\nf: 2\n', ['/a/-/b=1', '/a/-=c', '/d/-=e', '/f=2']],
    ['? a\n: - b: 1\n    c: 2\n  - d\n', ['/a/-/b=1', '/a/-/c=2', '/a/-=d']],
    ['- ? a\n  : # nothing\n  - b\n  - c\n- d\n', ['/-/a/-=b', '/-/a/-=c', '/-=d']],
    ['? a\n: !Sub\n- b\nc: &x\n- d\n', ['/a/Fn::Sub/-=b', '/c/-=d']],
    ['|\n x\n---\na: 1\n', ['/-=x', '/-/a=1']],
    ['--- >-\nx\n...\n---\na: 1\n', ['/-=x', '/-/a=1']],
    ['a:\n- b: 1\n  c: 2\n-\n  d: 3\n', ['/a/-/b=1', '/a/-/c=2', '/a/-/d=3']],
    ['a: |2-\n   x\n  y\nb: 1\n', ['/a= x\ny', '/b=1']],
    ['a: 1\na: 2\n', ['/a=1', '/a=2']],
    ['a: {b: c, "d":e, f: [1, {g: 2}]}\n', ['/a/b=c', '/a/d=e', '/a/f/-=1', '/a/f/-/g=2']],
    ['--- # one\na: 1\n---\nb: 2\n...\n', ['/-/a=1', '/-/b=2']],
    ['%YAML 1.1\n---\na: 0123 # octal\n', ['/a=0123']],
  ])('keeps duplicates, resolves aliases and names the function of a tag: %j', (text, paths) => {
    expect(pathsIn(scanYaml(text).tree)).toEqual(paths)
  })

  it('finds each scalar that the package `yaml` finds, for any text', () => {
    const indent = fc.constantFrom('', '', '  ', '    ')
    const start = fc.constantFrom('', '- ', '- - ', 'a: ', 'b: ', '"c": ', '- d: ')
    const content = fc.constantFrom(
      '',
      '',
      'x',
      'y z',
      '"q: r"',
      "'s'",
      '[t, {u: v}]',
      '{w: , y: [z]}',
      '|',
      '>-',
      '# n',
      '!!str',
    )
    const line = fc.tuple(indent, start, content).map((parts) => parts.join(''))
    fc.assert(
      fc.property(fc.array(line, { minLength: 1, maxLength: 7 }), (lines) => {
        const text = lines.join('\n')
        const judged = parseDocument(text, { schema: 'failsafe', uniqueKeys: false, logLevel: 'silent' })
        fc.pre(judged.errors.length === 0 && isCollection(judged.contents))
        const { tree, isWhole } = scanYaml(text)
        expect(isWhole, text).toBe(true)
        // It may find more if the package treats lines as the rest of a key that YAML has ended.
        expect(withoutEmpty(pathsIn(tree)), text).toEqual(
          expect.arrayContaining(withoutEmpty(pathsOfNode(judged.contents))),
        )
      }),
      { numRuns: 500 },
    )
  })

  it('does not expand nested aliases without limit, and reports that it has not read everything', () => {
    const bomb = ['a0: &a0 [password]']
    for (let level = 1; level < 60; level += 1)
      bomb.push(`a${String(level)}: &a${String(level)} [*a${String(level - 1)}, *a${String(level - 1)}]`)
    const { tree, isWhole } = scanYaml(bomb.join('\n'))
    expect(isWhole).toBe(false)
    expect(countNodes(tree, 0, 1_000_000)).toBeLessThan(10_000)
    const chain = Array.from(
      { length: 20_000 },
      (_, at) => `b${String(at + 1)}: &b${String(at + 1)} [*b${String(at)}]`,
    )
    expect(scanYaml(chain.join('\n')).isWhole).toBe(false)
  })
})
