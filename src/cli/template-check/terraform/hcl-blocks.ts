import { hclTokens, withPlainBreaks, type HclToken } from '../../../platform/hcl-tokens.ts'

/** Attributes and blocks, as a file of Terraform or a block of it has them. */
export interface HclBody {
  readonly attributes: readonly HclAttribute[]
  readonly blocks: readonly HclBlock[]
}

export interface HclAttribute {
  readonly name: string
  readonly line: number
  readonly expression: readonly HclToken[]
}

export interface HclBlock {
  readonly type: string
  readonly labels: readonly string[]
  readonly line: number
  readonly body: HclBody
}

export type ReadHclBlocks =
  | { readonly ok: true; readonly body: HclBody; readonly source: HclSource }
  | { readonly ok: false; readonly line: number; readonly problem: string }

/**
 * Reads a text of Terraform by its structure: blocks, attributes, and the tokens of expressions, whose brackets must close.
 * What an expression means is not read. Takes linear time and never throws.
 * https://github.com/hashicorp/hcl/blob/main/hclsyntax/spec.md
 */
export function readHclBlocks(text: string): ReadHclBlocks {
  const source = new HclSource(text)
  const { tokens, isWhole } = hclTokens(text)
  const reader = new BlockReader(tokens, source)
  const body = reader.body(undefined)
  if (reader.problem !== undefined) return { ok: false, ...reader.problem }
  // The tokens do not tell which one it is.
  if (!isWhole)
    return {
      ok: false,
      line: 1,
      problem: 'has a string, heredoc or comment without an end, or a character that HCL does not have',
    }
  return { ok: true, body, source }
}

/** The text of a file, by the positions of its tokens. */
export class HclSource {
  readonly #text: string
  readonly #breaks: readonly number[]

  constructor(text: string) {
    this.#text = withPlainBreaks(text)
    this.#breaks = [...this.#text.matchAll(/\n/g)].map(({ index }) => index)
  }

  /** From 1. */
  lineAt(at: number): number {
    let low = 0
    let high = this.#breaks.length
    while (low < high) {
      const middle = Math.floor((low + high) / 2)
      if ((this.#breaks[middle] ?? Infinity) < at) low = middle + 1
      else high = middle
    }
    return low + 1
  }

  /** The text from one position to another, escapes as they are written. */
  slice(from: number, to: number): string {
    return this.#text.slice(from, to)
  }
}

const DEEPEST = 100
const CLOSING: Readonly<Record<string, string>> = { '{': '}', '[': ']', '(': ')' }

class BlockReader {
  readonly #tokens: readonly HclToken[]
  readonly #source: HclSource
  #at = 0
  #depth = 0
  /** The first one; what follows it was not read. */
  problem: { readonly line: number; readonly problem: string } | undefined

  constructor(tokens: readonly HclToken[], source: HclSource) {
    this.#tokens = tokens
    this.#source = source
  }

  /** `block`: the one that the body is of, and that its brace closes. */
  body(block: { readonly type: string; readonly line: number } | undefined): HclBody {
    const attributes: HclAttribute[] = []
    const blocks: HclBlock[] = []
    while (this.problem === undefined) {
      const token = this.#token
      if (token.kind === 'break') this.#at += 1
      else if (token.kind === 'end') {
        if (block !== undefined) this.#fail(block.line, `begins the block ${block.type}, which no } closes`)
        break
      } else if (this.#isSign('}') && block !== undefined) {
        this.#at += 1
        break
      } else if (token.kind === 'name' || token.kind === 'text') this.#entry(attributes, blocks)
      else this.#unexpected()
    }
    return { attributes, blocks }
  }

  #entry(attributes: HclAttribute[], blocks: HclBlock[]): void {
    const { text: name, kind } = this.#token
    const line = this.#line
    this.#at += 1
    if (this.#isSign('=')) {
      this.#at += 1
      attributes.push({ name, line, expression: this.#expression(name, line) })
      return
    }
    const labels: string[] = []
    while (this.#token.kind === 'name' || this.#token.kind === 'text') {
      labels.push(this.#token.text)
      this.#at += 1
    }
    if (!this.#isSign('{')) {
      // A string may be a secret.
      this.#fail(line, `has ${kind === 'name' ? name : 'a string'} without = or {`)
      return
    }
    this.#at += 1
    this.#depth += 1
    if (this.#depth > DEEPEST) this.#fail(line, 'is nested too deeply')
    blocks.push({ type: name, labels, line, body: this.body({ type: name, line }) })
    this.#depth -= 1
  }

  /** Up to the end of its line, or to the brace that closes a block on one line. */
  #expression(name: string, line: number): HclToken[] {
    const expression: HclToken[] = []
    const open: { readonly closing: string; readonly line: number }[] = []
    for (;;) {
      const token = this.#token
      const isSign = token.kind === 'sign'
      if (token.kind === 'end') {
        const [bracket] = open
        if (bracket !== undefined)
          this.#fail(bracket.line, `opens a bracket that no ${bracket.closing} closes`)
        break
      }
      if (open.length === 0 && (token.kind === 'break' || (isSign && token.text === '}'))) break
      const closing = isSign ? CLOSING[token.text] : undefined
      if (closing !== undefined) open.push({ closing, line: this.#line })
      else if (isSign && ['}', ']', ')'].includes(token.text)) {
        const bracket = open.pop()
        if (bracket?.closing !== token.text) {
          this.#fail(
            this.#line,
            bracket === undefined
              ? `has ${token.text}, which closes nothing`
              : `has ${token.text} where ${bracket.closing} must close a bracket`,
          )
          break
        }
      }
      if (token.kind !== 'break') expression.push(token)
      this.#at += 1
    }
    if (expression.length === 0) this.#fail(line, `has ${name} without a value`)
    return expression
  }

  #unexpected(): void {
    const { text } = this.#token
    this.#fail(this.#line, `has ${text} where an attribute or a block must stand`)
  }

  #fail(line: number, problem: string): void {
    this.problem ??= { line, problem }
  }

  get #token(): HclToken {
    return this.#tokens[this.#at] ?? { kind: 'end', text: '', at: 0 }
  }

  get #line(): number {
    return this.#source.lineAt(this.#token.at)
  }

  #isSign(text: string): boolean {
    const token = this.#token
    return token.kind === 'sign' && token.text === text
  }
}
