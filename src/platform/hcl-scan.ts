import { hclTokens, type HclToken } from './hcl-tokens.ts'
import { EMPTY_SCALAR, type ReadTree, type TextTree, type TreeEntry } from './text-tree.ts'

const DEEPEST = 100
const CONSTANTS: ReadonlySet<string> = new Set(['true', 'false', 'null'])
/** Names that are values by themselves. */
const WORDS: ReadonlySet<string> = new Set([...CONSTANTS, 'string', 'number', 'bool', 'any', 'all'])
const CLOSING: Readonly<Record<string, string>> = { '{': '}', '[': ']', '(': ')' }

/**
 * Reads HCL (`.tf`, `.tfvars`) as a tree of texts: a block `a "b" {…}` is an entry `a` with a map of `b`. What an expression
 * does with its strings is not evaluated: it becomes the list of the values in it. Takes linear time and never throws.
 */
export function scanHcl(text: string): ReadHcl {
  const { tokens, isWhole: isTokens } = hclTokens(text)
  const scan = new HclScan(tokens)
  const entries = scan.body(0)
  const isWhole = isTokens && scan.isWhole
  return { tree: { kind: 'map', entries }, isWhole, isHcl: isWhole && entries.length > 0 && !scan.hasWords }
}

export interface ReadHcl extends ReadTree {
  /** Whether the text is HCL, and not a script or configuration that happens to have its form, such as `NAME=word`. */
  readonly isHcl: boolean
}

class HclScan {
  readonly #tokens: readonly HclToken[]
  #at = 0
  isWhole = true
  /** Whether an expression has a name where HCL has none. */
  hasWords = false
  /** How many loops are open. */
  #loops = 0

  constructor(tokens: readonly HclToken[]) {
    this.#tokens = tokens
  }

  get #token(): HclToken {
    return this.#tokens[this.#at] ?? { kind: 'end', text: '', at: 0 }
  }

  /** Attributes and blocks, up to the brace that closes the body, or the end. */
  body(depth: number): TreeEntry[] {
    const entries: TreeEntry[] = []
    for (;;) {
      const token = this.#token
      if (token.kind === 'end') {
        this.isWhole &&= depth === 0
        return entries
      }
      if (this.#isSign('}') && depth > 0) return entries
      if (token.kind === 'break' || this.#isSign(',')) this.#at += 1
      else if (token.kind === 'name' || token.kind === 'text') entries.push(this.#entry(depth))
      else {
        this.isWhole = false
        this.#at += 1
      }
    }
  }

  #entry(depth: number): TreeEntry {
    const name = this.#token.text
    this.#at += 1
    this.#skipBreaksBefore('=', '{', ':')
    if (this.#isSign('=') || this.#isSign(':')) {
      if (this.#isSign(':')) this.hasWords = true
      this.#at += 1
      const start = this.#at
      const value = this.#expression(depth, [])
      if (this.#at === start) this.hasWords = true
      return { name, value }
    }
    const labels: string[] = []
    while (this.#token.kind === 'name' || this.#token.kind === 'text') {
      labels.push(this.#token.text)
      this.#at += 1
      this.#skipBreaksBefore('{')
    }
    if (!this.#isSign('{')) {
      this.isWhole = false
      return { name, value: EMPTY_SCALAR }
    }
    const value = this.#bracketed(depth, () => ({ kind: 'map', entries: this.body(depth + 1) }))
    return {
      name,
      value: labels.reduceRight<TextTree>(
        (inner, label) => ({ kind: 'map', entries: [{ name: label, value: inner }] }),
        value,
      ),
    }
  }

  /** An expression, up to the end of its line or one of `ends`. A name in it is a value only as a key of an object. */
  #expression(depth: number, ends: readonly string[], isKey = false): TextTree {
    const values: TextTree[] = []
    for (;;) {
      const token = this.#token
      if (token.kind === 'end' || ends.some((end) => this.#isSign(end))) break
      if (token.kind === 'break') {
        // Within brackets an expression goes on.
        if (!ends.includes(')') || ends.includes('\n')) break
        this.#at += 1
      } else if (token.kind === 'sign' && CLOSING[token.text] !== undefined) {
        const isObject = token.text === '{'
        values.push(
          this.#bracketed(depth, () => (isObject ? this.#object(depth + 1) : this.#list(depth + 1))),
        )
      } else if (token.kind === 'sign' && ['}', ']', ')'].includes(token.text)) break
      else {
        this.#judge(token, isKey)
        // Of operators it is only important that there is one.
        const isKept =
          token.kind === 'sign' ? token.text !== '.' : token.kind !== 'name' || CONSTANTS.has(token.text)
        if (isKept || isKey) values.push(scalarOf(token))
        this.#at += 1
      }
    }
    const [first] = values
    return first !== undefined && values.length === 1 ? first : { kind: 'list', items: values }
  }

  /** Notes a name that HCL does not have in the place of a value; the variable of a loop is one. */
  #judge(token: HclToken, isKey: boolean): void {
    if (token.text === '=' && token.kind === 'sign') this.hasWords = true
    if (token.kind !== 'name' || isKey || WORDS.has(token.text) || this.#loops > 0) return
    const [key, before, after] = [-2, -1, 1].map((offset) => this.#tokens[this.#at + offset])
    const isPath =
      before?.text === '.' || (['.', '(', '['].includes(after?.text ?? '') && after?.isSpaced !== true)
    const isValue =
      before?.text === '=' ||
      before?.text === ':' ||
      [before?.kind, after?.kind].some((kind) => kind === 'text' || kind === 'number')
    if (isValue && !isPath && key?.text !== 'provider') this.hasWords = true
  }

  #list(depth: number): TextTree {
    const items: TextTree[] = []
    for (;;) {
      const token = this.#token
      if (token.kind === 'end' || this.#isSign(']') || this.#isSign(')') || this.#isSign('}')) break
      if (token.kind === 'break' || this.#isSign(',')) this.#at += 1
      else items.push(this.#expression(depth, [',', ')', ']']))
      if (this.#isSign('=') || this.#isSign('=>')) this.#at += 1
    }
    return { kind: 'list', items }
  }

  #object(depth: number): TextTree {
    const entries: TreeEntry[] = []
    for (;;) {
      const token = this.#token
      if (token.kind === 'end' || this.#isSign('}')) break
      if (token.kind === 'break' || this.#isSign(',')) {
        this.#at += 1
        continue
      }
      const start = this.#at
      const key = this.#expression(depth, ['=', ':', '=>', ',', '\n'], true)
      this.#skipBreaksBefore('=', ':')
      const hasValue = this.#isSign('=') || this.#isSign(':') || this.#isSign('=>')
      if (hasValue) this.#at += 1
      const name = key.kind === 'scalar' ? key.text : ''
      entries.push({ name, value: hasValue ? this.#expression(depth, [',']) : key })
      if (this.#at === start) this.#at += 1
    }
    return { kind: 'map', entries }
  }

  /** What stands between the bracket at the position and the one that closes it. */
  #bracketed(depth: number, read: () => TextTree): TextTree {
    const closing = CLOSING[this.#token.text] ?? ''
    this.#at += 1
    if (depth > DEEPEST) {
      this.isWhole = false
      this.#at = this.#tokens.length
      return EMPTY_SCALAR
    }
    const isLoop = this.#token.text === 'for'
    this.#loops += isLoop ? 1 : 0
    const tree = read()
    this.#loops -= isLoop ? 1 : 0
    if (this.#isSign(closing)) this.#at += 1
    else {
      this.isWhole = false
      // Another bracket closes here, which belongs to nothing.
      if (this.#token.kind === 'sign') this.#at += 1
    }
    return tree
  }

  /** HCL wants an opening brace on the line of its block; a reader that is less strict finds more. */
  #skipBreaksBefore(...signs: readonly string[]): void {
    let at = this.#at
    while (this.#tokens[at]?.kind === 'break') at += 1
    const next = this.#tokens[at]
    if (next?.kind === 'sign' && signs.includes(next.text)) this.#at = at
  }

  #isSign(text: string): boolean {
    const token = this.#token
    return token.kind === 'sign' && token.text === text
  }
}

function scalarOf({ kind, text }: HclToken): TextTree {
  return { kind: 'scalar', text, isQuoted: kind === 'text' }
}
