import { isJsonList, SourceNumber, type JsonObject, type JsonValue } from '../../../platform/json.ts'
import { numberFrom } from '../../../platform/source-number.ts'

/** The parts of HCL that the sandbox supports: blocks, attributes, literals, lists, maps and references. */

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

export class HclError extends Error {
  override readonly name = 'HclError'
}

const TOKEN =
  /\s*(?:(?:#|\/\/)[^\n]*\n?|\/\*[^]*?\*\/|("(?:[^"\\\n]|\\.)*")|(-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?)|([A-Za-z_][\w-]*)|([{}[\]=:,.]))/y

/** Throws `HclError` for text outside the supported grammar. */
export function parseHcl(source: string): HclBody {
  const parser = new Parser(tokensOf(source))
  const body = parser.body()
  parser.end()
  return body
}

type Token =
  | { readonly is: 'string' | 'name' | 'sign'; readonly text: string }
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
    if (string !== undefined) tokens.push({ is: 'string', text: unquoted(string) })
    else if (number !== undefined) tokens.push({ is: 'number', text: number, value: numberFrom(number) })
    else if (name !== undefined) tokens.push({ is: 'name', text: name })
    else if (sign !== undefined) tokens.push({ is: 'sign', text: sign })
  }
  return tokens
}

const ESCAPES: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t', '"': '"', '\\': '\\' }

/** Refuses template sequences in strings, so that none is taken for text. */
function unquoted(quoted: string): string {
  const text = quoted
    .slice(1, -1)
    .replaceAll(/\\(u[0-9a-fA-F]{4}|[^])|([$%])\2\{|[$%]\{/g, (match, escape: string | undefined, sign) => {
      if (typeof sign === 'string') return `${sign}{`
      if (escape === undefined)
        throw new HclError(`the sandbox does not support the template sequence ${match}`)
      const code = /^u(.{4})$/.exec(escape)?.[1]
      if (code !== undefined) return String.fromCharCode(Number.parseInt(code, 16))
      const character = ESCAPES[escape]
      if (character === undefined) throw new HclError(`invalid escape sequence \\${escape}`)
      return character
    })
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
        attributes.set(name, this.#expression())
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

  #expression(): Expression {
    const token = this.#next()
    switch (token.is) {
      case 'string':
        return { is: 'literal', value: token.text }
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
    const path = [name]
    while (this.#accepts('.')) path.push(this.#next().text)
    return { is: 'reference', path }
  }

  #list(): Expression {
    const items: Expression[] = []
    while (!this.#accepts(']')) {
      items.push(this.#expression())
      if (!this.#accepts(',')) {
        this.#expect(']')
        break
      }
    }
    return { is: 'list', items }
  }

  #map(): Expression {
    const entries: [string, Expression][] = []
    while (!this.#accepts('}')) {
      const key = this.#next().text
      if (!this.#accepts('=')) this.#expect(':')
      entries.push([key, this.#expression()])
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

/** The value of an expression; `lookUp` resolves references. */
export function evaluate(expression: Expression, lookUp: (path: readonly string[]) => JsonValue): JsonValue {
  switch (expression.is) {
    case 'literal':
      return expression.value
    case 'list':
      return expression.items.map((item) => evaluate(item, lookUp))
    case 'map':
      return Object.fromEntries(expression.entries.map(([key, item]) => [key, evaluate(item, lookUp)]))
    case 'reference':
      return lookUp(expression.path)
  }
}

/** The variables of a `.tfvars` text. It must not contain references. */
export function parseTfvars(source: string): JsonObject {
  const { attributes, blocks } = parseHcl(source)
  if (blocks.length > 0) throw new HclError('a variable definitions file has no blocks')
  return Object.fromEntries(
    [...attributes].map(([name, expression]) => [
      name,
      evaluate(expression, () => {
        throw new HclError('variables may not be used here')
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
