import { asText, isJsonList, SourceNumber, type JsonObject, type JsonValue } from '../../../platform/json.ts'
import { numberFrom } from '../../../platform/source-number.ts'

/**
 * The parts of HCL that the sandbox supports: blocks, attributes, literals, lists, maps, references, calls of functions, and
 * texts with references in `${…}`.
 */

export interface HclBody {
  readonly attributes: ReadonlyMap<string, Expression>
  readonly blocks: readonly HclBlock[]
}

export interface HclBlock {
  readonly type: string
  readonly labels: readonly string[]
  readonly body: HclBody
}

export type Expression =
  | { readonly is: 'literal'; readonly value: string | number | SourceNumber | boolean | null }
  | { readonly is: 'list'; readonly items: readonly Expression[] }
  | { readonly is: 'map'; readonly entries: readonly (readonly [string, Expression])[] }
  | { readonly is: 'reference'; readonly path: readonly string[] }
  | { readonly is: 'call'; readonly name: string; readonly args: readonly Expression[] }
  | { readonly is: 'text'; readonly parts: readonly Expression[] }

/** Text outside the grammar that the sandbox supports; the message is for users. */
export class HclError extends Error {
  override readonly name = 'HclError'
}

const TOKEN =
  /\s*(?:(?:#|\/\/)[^\n]*\n?|\/\*[^]*?\*\/|("(?:[^"\\\n]|\\.)*")|(-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?)|([A-Za-z_][\w-]*)|([{}[\]=:,.()]))/y

/** Throws `HclError` for text outside the supported grammar. */
export function parseHcl(source: string): HclBody {
  const parser = new Parser(tokensOf(source))
  const body = parser.body()
  parser.end()
  return body
}

type Token =
  | { readonly is: 'name' | 'sign'; readonly text: string }
  | { readonly is: 'string'; readonly text: string; readonly parts: readonly Expression[] }
  | { readonly is: 'number'; readonly text: string; readonly value: number | SourceNumber }

function tokensOf(source: string): Token[] {
  const tokens: Token[] = []
  const pattern = new RegExp(TOKEN)
  while (pattern.lastIndex < source.length) {
    const start = pattern.lastIndex
    const match = pattern.exec(source)
    if (match === null) {
      if (source.slice(start).trim() === '') break
      throw new HclError(`unexpected ${JSON.stringify(source.slice(start, start + 20))}`)
    }
    const [, string, number, name, sign] = match
    if (string !== undefined) tokens.push({ is: 'string', ...quotedText(string) })
    else if (number !== undefined) tokens.push({ is: 'number', text: number, value: numberFrom(number) })
    else if (name !== undefined) tokens.push({ is: 'name', text: name })
    else if (sign !== undefined) tokens.push({ is: 'sign', text: sign })
  }
  return tokens
}

const ESCAPES: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t', '"': '"', '\\': '\\' }

/** A text without references has one part. */
function quotedText(quoted: string): { readonly text: string; readonly parts: readonly Expression[] } {
  const pieces = quoted.slice(1, -1).split(/(?<!\$)\$\{([^{}"]*)\}/)
  const parts = pieces.map((piece, index): Expression =>
    index % 2 === 0 ? { is: 'literal', value: unquoted(piece) } : embedded(piece),
  )
  return { text: pieces.length === 1 ? unquoted(pieces[0] ?? '') : quoted, parts }
}

function embedded(source: string): Expression {
  const parser = new Parser(tokensOf(source))
  const expression = parser.expression()
  parser.end()
  return expression
}

/** Refuses other template sequences, so that none is taken for text. */
function unquoted(inner: string): string {
  const text = inner.replaceAll(
    /\\(u[0-9a-fA-F]{4}|[^])|([$%])\2\{|[$%]\{/g,
    (match, escape: string | undefined, sign) => {
      if (typeof sign === 'string') return `${sign}{`
      if (escape === undefined)
        throw new HclError(`the sandbox does not support the template sequence ${match}`)
      const code = /^u(.{4})$/.exec(escape)?.[1]
      if (code !== undefined) return String.fromCharCode(Number.parseInt(code, 16))
      const character = ESCAPES[escape]
      if (character === undefined) throw new HclError(`invalid escape sequence \\${escape}`)
      return character
    },
  )
  return text
}

class Parser {
  readonly #tokens: readonly Token[]
  #at = 0

  constructor(tokens: readonly Token[]) {
    this.#tokens = tokens
  }

  body(): HclBody {
    const attributes = new Map<string, Expression>()
    const blocks: HclBlock[] = []
    while (this.#peek()?.is === 'name') {
      const name = this.#next().text
      if (this.#accepts('=')) {
        if (attributes.has(name)) throw new HclError(`attribute ${name} redefined`)
        attributes.set(name, this.expression())
      } else {
        blocks.push(this.#block(name))
      }
    }
    return { attributes, blocks }
  }

  end(): void {
    const token = this.#peek()
    if (token !== undefined) throw new HclError(`unexpected ${token.text}`)
  }

  #block(type: string): HclBlock {
    const labels: string[] = []
    while (this.#peek()?.is === 'string') labels.push(this.#next().text)
    this.#expect('{')
    const body = this.body()
    this.#expect('}')
    return { type, labels, body }
  }

  expression(): Expression {
    const token = this.#next()
    switch (token.is) {
      case 'string':
        return token.parts.length === 1
          ? { is: 'literal', value: token.text }
          : { is: 'text', parts: token.parts }
      case 'number':
        return { is: 'literal', value: token.value }
      case 'name':
        return this.#named(token.text)
      case 'sign':
        if (token.text === '[') return this.#list()
        if (token.text === '{') return this.#map()
        throw new HclError(`unexpected ${token.text}`)
    }
  }

  #named(name: string): Expression {
    if (name === 'true' || name === 'false') return { is: 'literal', value: name === 'true' }
    if (name === 'null') return { is: 'literal', value: null }
    if (this.#accepts('(')) return { is: 'call', name, args: this.#itemsUntil(')') }
    const path = [name]
    for (;;) {
      if (this.#accepts('.')) path.push(this.#next().text)
      else if (this.#accepts('[')) {
        path.push(this.#next().text)
        this.#expect(']')
      } else return { is: 'reference', path }
    }
  }

  #list(): Expression {
    return { is: 'list', items: this.#itemsUntil(']') }
  }

  #itemsUntil(end: string): Expression[] {
    const items: Expression[] = []
    while (!this.#accepts(end)) {
      items.push(this.expression())
      if (!this.#accepts(',')) {
        this.#expect(end)
        break
      }
    }
    return items
  }

  #map(): Expression {
    const entries: [string, Expression][] = []
    while (!this.#accepts('}')) {
      const key = this.#next().text
      if (!this.#accepts('=')) this.#expect(':')
      entries.push([key, this.expression()])
      this.#accepts(',')
    }
    return { is: 'map', entries }
  }

  #peek(): Token | undefined {
    return this.#tokens[this.#at]
  }

  #next(): Token {
    const token = this.#peek()
    if (token === undefined) throw new HclError('unexpected end')
    this.#at += 1
    return token
  }

  #accepts(sign: string): boolean {
    const token = this.#peek()
    if (token?.is !== 'sign' || token.text !== sign) return false
    this.#at += 1
    return true
  }

  #expect(sign: string): void {
    if (!this.#accepts(sign)) throw new HclError(`${sign} expected before ${this.#peek()?.text ?? 'the end'}`)
  }
}

/** What an expression refers to. */
export interface HclScope {
  lookUp(path: readonly string[]): JsonValue
  call(name: string, args: readonly JsonValue[]): JsonValue
}

export function evaluate(expression: Expression, scope: HclScope): JsonValue {
  switch (expression.is) {
    case 'literal':
      return expression.value
    case 'list':
      return expression.items.map((item) => evaluate(item, scope))
    case 'map':
      return Object.fromEntries(expression.entries.map(([key, item]) => [key, evaluate(item, scope)]))
    case 'reference':
      return scope.lookUp(expression.path)
    case 'call':
      return scope.call(
        expression.name,
        expression.args.map((item) => evaluate(item, scope)),
      )
    case 'text':
      return expression.parts.map((part) => asText(evaluate(part, scope))).join('')
  }
}

/** The paths of all references in an expression. */
export function referencesIn(expression: Expression): (readonly string[])[] {
  switch (expression.is) {
    case 'literal':
      return []
    case 'list':
      return expression.items.flatMap(referencesIn)
    case 'map':
      return expression.entries.flatMap(([, item]) => referencesIn(item))
    case 'reference':
      return [expression.path]
    case 'call':
      return expression.args.flatMap(referencesIn)
    case 'text':
      return expression.parts.flatMap(referencesIn)
  }
}

/** The variables of a `.tfvars` text. It must not contain references. */
export function parseTfvars(source: string): JsonObject {
  const { attributes, blocks } = parseHcl(source)
  if (blocks.length > 0) throw new HclError('a variable definitions file has no blocks')
  return Object.fromEntries(
    [...attributes].map(([name, expression]) => [
      name,
      evaluate(expression, {
        lookUp() {
          throw new HclError('variables may not be used here')
        },
        call(name) {
          throw new HclError(`the function ${name} may not be used here`)
        },
      }),
    ]),
  )
}

/** Terraform's name for the type of an output value. */
export function typeOf(value: JsonValue): string {
  if (value === null) return 'dynamic'
  if (isJsonList(value)) return 'tuple'
  if (value instanceof SourceNumber) return 'number'
  return typeof value === 'boolean' ? 'bool' : typeof value
}
