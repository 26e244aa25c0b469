import { hclTokens, type HclToken } from './hcl-tokens.ts'
import { EMPTY_SCALAR, type ReadTree, type TextTree, type TreeEntry } from './text-tree.ts'

const DEEPEST = 100
const CONSTANTS: ReadonlySet<string> = new Set(['true', 'false', 'null'])
const CLOSING: Readonly<Record<string, string>> = { '{': '}', '[': ']', '(': ')' }

/**
 * Reads HCL (`.tf`, `.tfvars`) as a tree of texts: a block `a "b" {…}` is an entry `a` with a map of `b`. What an expression
 * does with its strings is not evaluated: it becomes the list of the values in it. Takes linear time and never throws.
 */
export function scanHcl(text: string): ReadTree {
  const { tokens, isWhole } = hclTokens(text)
  const scan = new HclScan(tokens)
  const entries = scan.body(0)
  return { tree: { kind: 'map', entries }, isWhole: isWhole && scan.isWhole }
}

class HclScan {
  readonly #tokens: readonly HclToken[]
  #at = 0
  isWhole = true

  constructor(tokens: readonly HclToken[]) {
    this.#tokens = tokens
  }

  get #token(): HclToken {
    return this.#tokens[this.#at] ?? { kind: 'end', text: '' }
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
      this.#at += 1
      return { name, value: this.#expression(depth, []) }
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
        // Of operators it is only important that there is one.
        if (
          token.kind === 'sign'
            ? token.text !== '.'
            : isKey || token.kind !== 'name' || CONSTANTS.has(token.text)
        )
          values.push(scalarOf(token))
        this.#at += 1
      }
    }
    const [first] = values
    return first !== undefined && values.length === 1 ? first : { kind: 'list', items: values }
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
    const tree = read()
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
