import { readBlockScalar, readQuoted } from './yaml-scalars.ts'
import { YamlCursor } from './yaml-cursor.ts'
import { countNodes, EMPTY_SCALAR, type ReadTree, type TextTree, type TreeEntry } from './text-tree.ts'

const DEEPEST = 100
/** A list's next `-` is not indented by more than an item. */
const INSIDE_ITEM = 0.5

/**
 * Reads YAML and JSON as a tree of texts, with duplicate keys, and as much as it can of a text that is neither. Takes linear
 * time and never throws: the package `yaml`, which takes minutes for large texts, is larger than the rest of the function.
 * Aliases are resolved; tags are ignored. https://yaml.org/spec/1.2.2/
 */
export function scanYaml(text: string): ReadTree {
  const scan = new YamlScan(text.replaceAll(/\r\n?|\u2028|\u2029/g, '\n').replace(/^\ufeff/, ''))
  return scan.read()
}

class YamlScan extends YamlCursor {
  readonly #anchors = new Map<string, TextTree>()
  #isWhole = true
  /** Nodes that aliases stand for: aliases of aliases would otherwise make more of them than can be read. */
  #copied = 0

  read(): ReadTree {
    const documents: TextTree[] = []
    for (;;) {
      this.skipBlank()
      if (this.at >= this.text.length) break
      const from = this.at
      if (/^(?:---|\.\.\.)(?=[ \t\n]|$)/.test(this.text.slice(from, from + 4))) this.at += 3
      else if (this.text[from] === '%' && this.column() === 0) this.at = this.lineEnd()
      else documents.push(this.#node(-1, 0))
      if (this.at === from) this.skipLine()
    }
    const [first, ...rest] = documents
    return {
      tree: first !== undefined && rest.length === 0 ? first : { kind: 'list', items: documents },
      isWhole: this.#isWhole,
    }
  }

  /**
   * A node whose lines are indented by more than `parent`; an empty scalar where there is none. `of`: in a map, it may be a
   * list whose lines are indented like the keys; the value of a key without a question mark begins no map on the same line.
   */
  #node(parent: number, depth: number, of: 'list' | 'value' | 'explicit' = 'list'): TextTree {
    const properties: string[] = []
    let isInline = of === 'value'
    let column: number | undefined
    for (;;) {
      const hadBreak = this.skipBlank()
      if (this.at >= this.text.length) return EMPTY_SCALAR
      if (hadBreak || (!isInline && column === undefined)) {
        isInline = false
        const found = this.column()
        if (found < parent || (found === parent && !(of !== 'list' && this.isEntry()))) return EMPTY_SCALAR
        if (this.isDocumentMark()) return EMPTY_SCALAR
        if (hadBreak || column === undefined) column = found
      }
      const property = this.match(/[!&][^ \t\n,[\]{}]*/y)
      if (property === undefined) break
      properties.push(property)
    }
    const node =
      depth > DEEPEST ? this.#tooDeep() : this.#content(parent, depth, isInline, column ?? this.column())
    return this.#withProperties(node, properties)
  }

  #content(parent: number, depth: number, isInline: boolean, column: number): TextTree {
    const character = this.text[this.at] ?? ''
    if (character === '|' || character === '>') {
      const { text, end, isWhole } = readBlockScalar(this.text, this.at, parent)
      if (isWhole) {
        this.at = end
        return { kind: 'scalar', text, isQuoted: true }
      }
    }
    if (this.isEntry()) return this.#sequence(column, depth)
    if (isInline) return this.#scalarOrFlow(parent, depth)
    const start = this.at
    const isMap = this.isExplicitKey() || this.#key() !== undefined
    this.at = start
    return isMap ? this.#mapping(column, depth) : this.#scalarOrFlow(parent, depth)
  }

  #scalarOrFlow(parent: number, depth: number): TextTree {
    const character = this.text[this.at]
    if (character === '{' || character === '[') return this.#flow(depth)
    if (character === '*') return this.#alias()
    if (character === '"' || character === "'") return this.#quoted()
    return { kind: 'scalar', text: this.#plain(parent), isQuoted: false }
  }

  #alias(): TextTree {
    const name = this.match(/\*[^ \t\n,[\]{}]*/y) ?? ''
    const tree = this.#anchors.get(name.slice(1)) ?? EMPTY_SCALAR
    this.#copied = countNodes(tree, this.#copied, this.text.length)
    if (this.#copied <= this.text.length) return tree
    this.#isWhole = false
    return EMPTY_SCALAR
  }

  #quoted(): TextTree {
    const { text, end, isWhole } = readQuoted(this.text, this.at)
    this.at = end
    this.#isWhole &&= isWhole
    return { kind: 'scalar', text, isQuoted: true }
  }

  #sequence(column: number, depth: number): TextTree {
    const items: TextTree[] = []
    do {
      this.at += 1
      items.push(this.#node(column + INSIDE_ITEM, depth + 1))
    } while (this.#isNextAt(column) && this.isEntry())
    return { kind: 'list', items }
  }

  #mapping(column: number, depth: number): TextTree {
    const entries: TreeEntry[] = []
    do {
      const start = this.at
      const isExplicit = this.isExplicitKey()
      const name = isExplicit ? this.#explicitKey(column, depth) : this.#key()
      if (name === undefined) {
        this.#isWhole = false
        this.at = start
        this.skipLine()
        continue
      }
      entries.push({ name, value: this.#node(column, depth + 1, isExplicit ? 'explicit' : 'value') })
    } while (this.#isNextAt(column) && !this.isDocumentMark())
    return { kind: 'map', entries }
  }

  #explicitKey(column: number, depth: number): string {
    this.at += 1
    const key = this.#node(column, depth + 1, 'explicit')
    if (this.#isNextAt(column) && this.text[this.at] === ':') this.at += 1
    return key.kind === 'scalar' ? key.text : ''
  }

  /** The key of `key: value` on one line, up to behind its colon; `undefined` where there is none. */
  #key(): string | undefined {
    while (this.match(/[!&][^ \t\n,[\]{}]*[ \t]+/y) !== undefined);
    const character = this.text[this.at]
    if (character === '"' || character === "'") {
      const { text, end, isWhole } = readQuoted(this.text, this.at)
      if (!isWhole) return undefined
      this.at = end
      return this.match(/[ \t]*:(?=[ \t\n]|$)/y) === undefined ? undefined : text
    }
    if (character === '{' || character === '[' || character === '#') return undefined
    const lineEnd = this.lineEnd()
    for (let at = this.at; at < lineEnd; at += 1) {
      const unit = this.text[at]
      if (unit === '#' && /[ \t\n]/.test(this.text[at - 1] ?? '')) return undefined
      if (unit !== ':' || !/[ \t\n]/.test(this.text[at + 1] ?? '\n')) continue
      const key = this.text.slice(this.at, at).trim()
      this.at = at + 1
      return key
    }
    return undefined
  }

  /** A plain scalar, up to a comment, or a line that is not indented by more than `parent`. */
  #plain(parent: number): string {
    const lines: string[] = []
    for (;;) {
      const end = this.lineEnd()
      const line = this.text.slice(this.at, end)
      const comment = /[ \t]#/.exec(line)?.index
      lines.push((comment === undefined ? line : line.slice(0, comment)).trim())
      this.at = end
      if (comment !== undefined) break
      const saved = this.at
      this.skipBlankLines()
      const column = this.column()
      const isContinued =
        this.at < this.text.length && column > parent && !this.isDocumentMark() && this.text[this.at] !== '#'
      const next = this.at
      const isKey = isContinued && this.#key() !== undefined
      this.at = next
      if (!isContinued || isKey) {
        this.at = saved
        break
      }
    }
    return lines.join(' ')
  }

  #flow(depth: number): TextTree {
    if (depth > DEEPEST) return this.#tooDeep()
    const isMap = this.text[this.at] === '{'
    this.at += 1
    const entries: TreeEntry[] = []
    const items: TextTree[] = []
    for (;;) {
      this.skipBlank()
      const character = this.text[this.at]
      if (character === undefined) {
        this.#isWhole = false
        break
      }
      if (character === '}' || character === ']') {
        this.#isWhole &&= (character === '}') === isMap
        this.at += 1
        break
      }
      if (character === ',') {
        this.at += 1
        continue
      }
      this.#flowEntry(depth, isMap, entries, items)
    }
    if (isMap) return { kind: 'map', entries }
    return {
      kind: 'list',
      items: entries.length === 0 ? items : [...items, { kind: 'map', entries }],
    }
  }

  #flowEntry(depth: number, isMap: boolean, entries: TreeEntry[], items: TextTree[]): void {
    const start = this.at
    if (this.match(/\?(?=[ \t\n])/y) !== undefined) this.skipBlank()
    const key = this.#flowNode(depth)
    this.skipBlank()
    if (this.text[this.at] === ':') {
      this.at += 1
      this.skipBlank()
      const isEmpty = /[,\]}]/.test(this.text[this.at] ?? ',')
      const value = isEmpty ? EMPTY_SCALAR : this.#flowNode(depth)
      entries.push({ name: key.kind === 'scalar' ? key.text : '', value })
    } else if (isMap) {
      // A text of JSON that is cut or damaged: what stands where a key should be may be a value.
      this.#isWhole &&= key.kind === 'scalar' && !key.isQuoted
      entries.push({ name: key.kind === 'scalar' ? key.text : '', value: EMPTY_SCALAR })
    } else items.push(key)
    if (this.at === start) this.at += 1
  }

  #flowNode(depth: number): TextTree {
    const properties: string[] = []
    for (;;) {
      this.skipBlank()
      const property = this.match(/[!&][^ \t\n,[\]{}]*/y)
      if (property === undefined) break
      properties.push(property)
    }
    return this.#withProperties(this.#flowContent(depth), properties)
  }

  /** A tag such as `!Ref` becomes the function that it is short for; one of YAML's own, such as `!!str`, nothing. */
  #withProperties(node: TextTree, properties: readonly string[]): TextTree {
    const tag = properties.find((property) => /^![A-Za-z]/.test(property))?.slice(1)
    const name = tag === 'Ref' || tag === 'Condition' ? tag : `Fn::${tag ?? ''}`
    const tree: TextTree = tag === undefined ? node : { kind: 'map', entries: [{ name, value: node }] }
    for (const property of properties)
      if (property.startsWith('&')) this.#anchors.set(property.slice(1), tree)
    return tree
  }

  #flowContent(depth: number): TextTree {
    const character = this.text[this.at]
    if (character === '{' || character === '[') return this.#flow(depth + 1)
    if (character === '"' || character === "'") return this.#quoted()
    if (character === '*') return this.#alias()
    return { kind: 'scalar', text: this.#flowPlain(), isQuoted: false }
  }

  #flowPlain(): string {
    const lines: string[] = []
    do {
      lines.push((this.match(/(?:[^,[\]{}:#\n]|:(?=[^ \t\n,[\]{}])|(?<![ \t\n])#)+/y) ?? '').trim())
      this.skipBlankLines()
    } while (/[^,[\]{}:#]/.test(this.text[this.at] ?? ''))
    return lines.join(' ')
  }

  #tooDeep(): TextTree {
    this.#isWhole = false
    this.at = this.text.length
    return EMPTY_SCALAR
  }

  /** Whether a node of the same list or map follows. What can be no node is skipped up to the end of its line. */
  #isNextAt(column: number): boolean {
    for (;;) {
      this.skipBlank()
      if (this.at >= this.text.length) return false
      if (this.isFirstOnLine(this.at)) break
      this.#isWhole = false
      this.skipLine()
    }
    const found = this.column()
    if (found <= column) return found === column
    // Indented by more than the nodes before: not YAML, but the keys in it count.
    this.#isWhole = false
    return !this.isEntry()
  }
}
