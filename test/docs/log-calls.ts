import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import ts from 'typescript'

/** A call of a logger in the sources, for example `log.warn({ problem }, 'a request was refused')`. */
export interface LogCall {
  readonly level: string
  /** `undefined` if the message is not a literal. */
  readonly message: string | undefined
  /** The names in the object literal of the call; empty if it is not a literal. */
  readonly fields: readonly string[]
  /** File and line. */
  readonly place: string
}

const LEVELS = ['trace', 'debug', 'info', 'warn', 'error', 'fatal']

/** All calls of loggers in the TypeScript files of the folders, which are given relative to `root`. */
export function logCallsIn(root: string, folders: readonly string[]): readonly LogCall[] {
  return folders.flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('.ts'))
      .flatMap((name) => logCallsOf(join(folder, name), readFileSync(join(root, folder, name), 'utf8'))),
  )
}

/** All calls of loggers in one file's text. */
export function logCallsOf(file: string, text: string): readonly LogCall[] {
  const source = ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true)
  const calls: LogCall[] = []
  const visit = (node: ts.Node): void => {
    if (ts.isCallExpression(node) && ts.isPropertyAccessExpression(node.expression)) {
      const level = node.expression.name.text
      if (LEVELS.includes(level) && isLogger(node.expression.expression)) {
        const { line } = source.getLineAndCharacterOfPosition(node.getStart())
        calls.push({ level, ...partsOf(node.arguments), place: `${file}:${String(line + 1)}` })
      }
    }
    ts.forEachChild(node, visit)
  }
  visit(source)
  return calls
}

/** A variable, property or call whose name has "log" in it. */
function isLogger(node: ts.Expression): boolean {
  if (ts.isCallExpression(node)) return isLogger(node.expression)
  if (ts.isPropertyAccessExpression(node)) return /log/i.test(node.name.text)
  return ts.isIdentifier(node) && /log/i.test(node.text)
}

function partsOf(given: readonly ts.Expression[]): Pick<LogCall, 'message' | 'fields'> {
  const [first] = given
  const message = given.find((argument) => ts.isStringLiteralLike(argument))
  const fields =
    first !== undefined && ts.isObjectLiteralExpression(first)
      ? first.properties.flatMap(({ name }) => (name === undefined ? [] : [name.getText()]))
      : []
  return {
    message: message !== undefined && ts.isStringLiteralLike(message) ? message.text : undefined,
    fields,
  }
}
