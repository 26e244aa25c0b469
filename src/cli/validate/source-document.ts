import {
  isAlias,
  isMap,
  isNode,
  isPair,
  isScalar,
  isSeq,
  LineCounter,
  parseDocument,
  Scalar,
  visit,
  YAMLMap,
  type Document,
  type Node,
  type Pair,
} from 'yaml'
import { isJsonValue, type JsonValue } from '../../platform/json.ts'
import { scanYaml } from '../../platform/yaml-scan.ts'
import { keepSourceNumbers } from '../../platform/yaml.ts'

/** A file as data, with the lines (from 1) of its values. */
export type SourceDocument =
  | {
      readonly ok: true
      readonly value: JsonValue
      /** The line of the value at a path, or of the nearest parent that exists; `undefined` for the whole document. */
      readonly lineOf: (path: string) => number | undefined
      /** How the number at a path is written; `undefined` where there is none. */
      readonly numberAt: (path: string) => string | undefined
      /** How the scalar without quotes at a path is written, such as `yes` for true; `undefined` where there is none. */
      readonly plainAt: (path: string) => string | undefined
      /**
       * The line of a line (both from 1) of the text at a path. `undefined` for a text that is not a block literal (`|`), whose
       * lines are not those of the file.
       */
      readonly lineInText: (path: string, line: number) => number | undefined
      /** Numbers without quotes that may be meant as texts: an id that begins with 0, or a version that ends with 0. */
      readonly doubtfulNumbers: readonly DoubtfulNumber[]
      /** Keys that a map has twice; the last one counts. */
      readonly duplicates: readonly DuplicateKey[]
    }
  | {
      readonly ok: false
      readonly line?: number
      readonly problem: string
      /** Whether other readers of YAML, such as the clouds', accept the text all the same. */
      readonly isRefusedHereOnly: boolean
    }

export interface DoubtfulNumber {
  readonly key: string
  readonly source: string
  readonly line: number
}

export interface DuplicateKey {
  readonly key: string
  readonly line: number
  /** Whether it is a key of the document itself. */
  readonly isTop: boolean
}

/** Reads YAML, of which JSON is a part. Expands short forms such as `!Ref Name`. Never throws. */
export function parseSource(text: string): SourceDocument {
  const lineCounter = new LineCounter()
  const document = parsed(text, lineCounter)
  if (document === undefined) return { ok: false, problem: TOO_DEEP, isRefusedHereOnly: false }
  // Later errors are mostly consequences of the first.
  const [error] = document.errors
  if (error !== undefined) {
    const { line } = lineCounter.linePos(error.pos[0])
    return {
      ok: false,
      line,
      problem: `is not valid YAML or JSON: ${error.message}`,
      isRefusedHereOnly: LENIENT.includes(error.code) && scanYaml(text).isWhole,
    }
  }
  const lineAt = (offset: number | undefined) =>
    offset === undefined ? undefined : lineCounter.linePos(offset).line
  expandShortForms(document)
  const { plain, duplicates, doubtful } = writtenIn(document)
  keepSourceNumbers(document)
  const value = valueOf(document)
  if (value === undefined) return { ok: false, problem: TOO_DEEP, isRefusedHereOnly: false }
  const steps = new StepFinder(document)
  return {
    ok: true,
    value,
    doubtfulNumbers: doubtful.map(({ offset, ...number }) => ({ ...number, line: lineAt(offset) ?? 1 })),
    duplicates: duplicates.map(({ key, offset, isTop }) => ({ key, isTop, line: lineAt(offset) ?? 1 })),
    lineOf: (path) => lineAt(steps.offsetOf(path)),
    numberAt: (path) => {
      const scalar = plain.get(steps.nodeAt(path))
      return scalar?.isNumber === true ? scalar.source : undefined
    },
    plainAt: (path) => plain.get(steps.nodeAt(path))?.source,
    lineInText(path, line) {
      const node = steps.nodeAt(path)
      if (!isScalar(node) || node.type !== Scalar.BLOCK_LITERAL) return undefined
      const start = lineAt(node.range?.[0])
      return start === undefined ? undefined : start + line
    },
  }
}

/** Text in quotes and flow collections whose lines begin too far left: YAML 1.2 forbids it, and PyYAML takes it. */
const LENIENT: readonly string[] = ['BAD_INDENT', 'MISSING_CHAR']

const TOO_DEEP = 'is nested too deeply, or expands to too much data through aliases'

/** `undefined` for a text that is nested too deeply. */
function parsed(text: string, lineCounter: LineCounter): Document | undefined {
  try {
    // The package compares each key with all others of its map; `duplicatesIn` takes linear time.
    return parseDocument(text, {
      lineCounter,
      prettyErrors: false,
      logLevel: 'silent',
      merge: true,
      uniqueKeys: false,
    })
  } catch (error) {
    if (error instanceof RangeError) return undefined
    throw error
  }
}

/** https://www.alibabacloud.com/help/en/ros/user-guide/function-overview; YAML's own tags start with `tag:`. */
function expandShortForms(document: Document): void {
  visit(document, {
    Node(_, node) {
      const name = isAlias(node) ? undefined : /^!([A-Za-z]\w*)$/.exec(node.tag ?? '')?.[1]
      return name === undefined ? undefined : expanded(name, node, document)
    },
  })
}

/** Functions whose long form has no `Fn::`. */
const UNPREFIXED: readonly string[] = ['Ref', 'Condition']

function expanded(name: string, node: Node, document: Document): Node {
  const map = new YAMLMap(document.schema)
  if (isMap(node) || isSeq(node) || isScalar(node)) {
    delete node.tag
    if (node.anchor !== undefined) map.anchor = node.anchor
    delete node.anchor
  }
  map.add(document.createPair(UNPREFIXED.includes(name) ? name : `Fn::${name}`, node))
  return map
}

interface PlainScalar {
  readonly source: string
  readonly isNumber: boolean
}

interface WrittenDocument {
  /** How each scalar without quotes is written. */
  readonly plain: ReadonlyMap<unknown, PlainScalar>
  readonly duplicates: readonly Duplicate[]
  readonly doubtful: readonly (Omit<DoubtfulNumber, 'line'> & { readonly offset: number | undefined })[]
}

/** 12 digits, or a fraction that ends with 0. */
const DOUBTFUL = /^(?:0\d{11}|\d+\.\d+0)$/

interface Duplicate {
  readonly key: string
  readonly offset: number | undefined
  readonly isTop: boolean
}

function writtenIn(document: Document): WrittenDocument {
  const plain = new Map<unknown, PlainScalar>()
  const duplicates: Duplicate[] = []
  const doubtful: (Omit<DoubtfulNumber, 'line'> & { readonly offset: number | undefined })[] = []
  visit(document, {
    Scalar(_, node, path) {
      if (node.type !== Scalar.PLAIN || node.source === undefined) return
      plain.set(node, { source: node.source, isNumber: typeof node.value === 'number' })
      const { source } = node
      const pair = path.at(-1)
      if (isPair(pair) && pair.value === node && DOUBTFUL.test(source))
        doubtful.push({ key: keyText(pair.key), source, offset: startOf(node) })
    },
    Map(_, node) {
      const { items } = node
      const keys = new Set<string>()
      for (const { key } of items) {
        const name = keyText(key)
        if (keys.has(name) && name !== '<<')
          duplicates.push({ key: name, offset: startOf(key), isTop: node === document.contents })
        keys.add(name)
      }
    },
  })
  return { plain, duplicates, doubtful }
}

function valueOf(document: Document): JsonValue | undefined {
  try {
    const value: unknown = document.toJS({ maxAliasCount: 100 })
    return isJsonValue(value) ? value : undefined
  } catch (error) {
    // yaml throws it for too many aliases.
    if (error instanceof ReferenceError) return undefined
    throw error
  }
}

/** Follows paths through a document. */
class StepFinder {
  readonly #document: Document
  /** The pairs of each map that a path has led to, by name: a report may have a path for each of them. */
  readonly #pairs = new Map<YAMLMap, ReadonlyMap<string, Pair>>()

  constructor(document: Document) {
    this.#document = document
  }

  offsetOf(path: string): number | undefined {
    return this.#stepsTo(path).steps.findLast(({ offset }) => offset !== undefined)?.offset
  }

  nodeAt(path: string): unknown {
    const { steps, isComplete } = this.#stepsTo(path)
    return isComplete ? this.#resolved(steps.at(-1)?.value) : undefined
  }

  /** The steps as far along the path as it exists. */
  #stepsTo(path: string): { steps: readonly StepInto[]; isComplete: boolean } {
    const steps: StepInto[] = []
    let at: unknown = this.#document.contents
    let rest = path
    while (rest !== '') {
      const step = this.#stepInto(this.#resolved(at), rest)
      if (step === undefined) return { steps, isComplete: false }
      steps.push(step)
      at = step.value
      rest = rest.slice(step.length).replace(/^\./, '')
    }
    return { steps, isComplete: true }
  }

  #stepInto(node: unknown, path: string): StepInto | undefined {
    if (isSeq(node)) {
      const [whole, index] = /^\[?(\d+)\]?/.exec(path) ?? []
      const value = index === undefined ? undefined : node.items[Number(index)]
      return value === undefined ? undefined : { value, length: whole?.length ?? 0, offset: startOf(value) }
    }
    if (!isMap(node)) return undefined
    const pairs = this.#pairsOf(node)
    // A name can contain dots, such as a file name: the longest name that matches is the right one.
    const name = namesAtStartOf(path).find((one) => pairs.has(one))
    const pair = name === undefined ? undefined : pairs.get(name)
    return name === undefined || pair === undefined
      ? undefined
      : { value: pair.value, length: name.length, offset: startOf(pair.key) }
  }

  #pairsOf(map: YAMLMap): ReadonlyMap<string, Pair> {
    const known = this.#pairs.get(map)
    if (known !== undefined) return known
    const pairs = new Map(map.items.map((pair): [string, Pair] => [keyText(pair.key), pair]))
    this.#pairs.set(map, pairs)
    return pairs
  }

  #resolved(node: unknown): unknown {
    return isAlias(node) ? node.resolve(this.#document) : node
  }
}

interface StepInto {
  readonly value: unknown
  /** How many characters of the path were used. */
  readonly length: number
  readonly offset: number | undefined
}

/** A path has fewer, unless a name in it is made of dots. */
const MOST_DOTS = 500

/** What the first name of a path can be, longest first: `a.b[0]`, `a.b`, `a`. */
function namesAtStartOf(path: string): string[] {
  const ends = [...path.matchAll(/[.[]/g)].map(({ index }) => index)
  const likely = ends.length > MOST_DOTS ? ends.slice(0, MOST_DOTS) : [...ends, path.length]
  return likely.reverse().map((end) => path.slice(0, end))
}

function keyText(key: unknown): string {
  return String(isScalar(key) ? key.value : key)
}

function startOf(node: unknown): number | undefined {
  return isNode(node) ? node.range?.[0] : undefined
}
