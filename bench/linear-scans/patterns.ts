import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import ts from 'typescript'

/** How the code applies a pattern: `split` and `replace` continue after each match, `test` stops at the first. */
export type Use = 'test' | 'replace' | 'split'

export interface Pattern {
  /** `src/…:line`. */
  readonly place: string
  readonly source: string
  readonly flags: string
  readonly use: Use
}

export interface Patterns {
  readonly patterns: readonly Pattern[]
  /** Places where a `RegExp` is built at run time. */
  readonly dynamic: readonly string[]
}

const ROOT = fileURLToPath(new URL('../../', import.meta.url))
export const FOLDERS = ['src', 'handlers'] as const

/** Each TypeScript file of the product, relative to the repository's root. */
export function sourceFiles(): string[] {
  return FOLDERS.flatMap((folder) =>
    readdirSync(`${ROOT}${folder}`, { recursive: true, encoding: 'utf8' })
      .filter((file) => file.endsWith('.ts'))
      .map((file) => `${folder}/${file.replaceAll('\\', '/')}`),
  ).sort()
}

export function textOf(file: string): string {
  return readFileSync(`${ROOT}${file}`, 'utf8')
}

/** Each regular expression of the product: literals, and calls of `RegExp` with a constant text. */
export function patternsOfProduct(): Patterns {
  const found = sourceFiles().map((file) => patternsIn(file, textOf(file)))
  return {
    patterns: found.flatMap(({ patterns }) => patterns),
    dynamic: found.flatMap(({ dynamic }) => dynamic),
  }
}

export function patternsIn(file: string, text: string): Patterns {
  const source = ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true)
  const patterns: Pattern[] = []
  const dynamic: string[] = []
  const visit = (node: ts.Node): void => {
    const place = `${file}:${String(source.getLineAndCharacterOfPosition(node.getStart()).line + 1)}`
    const literal = literalIn(node)
    if (literal !== undefined) patterns.push({ place, ...literal, use: useOf(node, literal.flags) })
    else if (isRegExpCall(node) && !isCopyOfLiteral(node, source)) dynamic.push(place)
    ts.forEachChild(node, visit)
  }
  visit(source)
  return { patterns, dynamic }
}

function literalIn(node: ts.Node): { source: string; flags: string } | undefined {
  if (ts.isRegularExpressionLiteral(node)) {
    const end = node.text.lastIndexOf('/')
    return { source: node.text.slice(1, end), flags: node.text.slice(end + 1) }
  }
  if (!isRegExpCall(node)) return undefined
  const [source, flags] = node.arguments ?? []
  if (source === undefined || !ts.isStringLiteralLike(source)) return undefined
  if (flags !== undefined && !ts.isStringLiteralLike(flags)) return undefined
  return { source: source.text, flags: flags?.text ?? '' }
}

function isRegExpCall(node: ts.Node): node is ts.NewExpression | ts.CallExpression {
  return (
    (ts.isNewExpression(node) || ts.isCallExpression(node)) &&
    ts.isIdentifier(node.expression) &&
    node.expression.text === 'RegExp'
  )
}

/** `new RegExp(NAME)` where NAME is a literal of the same file: the literal is measured at its own place. */
function isCopyOfLiteral(node: ts.NewExpression | ts.CallExpression, source: ts.SourceFile): boolean {
  const [copied] = node.arguments ?? []
  if (copied === undefined || !ts.isIdentifier(copied)) return false
  return source.statements.some(
    (statement) =>
      ts.isVariableStatement(statement) &&
      statement.declarationList.declarations.some(
        ({ name, initializer }) =>
          name.getText(source) === copied.text &&
          initializer !== undefined &&
          ts.isRegularExpressionLiteral(initializer),
      ),
  )
}

function useOf({ parent }: ts.Node, flags: string): Use {
  if (
    ts.isCallExpression(parent) &&
    ts.isPropertyAccessExpression(parent.expression) &&
    parent.expression.name.text === 'split'
  )
    return 'split'
  return flags.includes('g') || flags.includes('y') ? 'replace' : 'test'
}
