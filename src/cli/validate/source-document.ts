import {
  isAlias,
  isMap,
  isNode,
  isScalar,
  isSeq,
  LineCounter,
  parseDocument,
  visit,
  YAMLMap,
  type Document,
  type Node,
} from 'yaml'
import { isJsonValue, type JsonValue } from '../../platform/json.ts'
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
    }
  | { readonly ok: false; readonly line?: number; readonly problem: string }

/** Reads YAML, of which JSON is a part. Expands short forms such as `!Ref Name`. Never throws. */
export function parseSource(text: string): SourceDocument {
  const lineCounter = new LineCounter()
  const document = parseDocument(text, { lineCounter, prettyErrors: false, logLevel: 'silent', merge: true })
  // Later errors are mostly consequences of the first.
  const [error] = document.errors
  if (error !== undefined) {
    const { line } = lineCounter.linePos(error.pos[0])
    return { ok: false, line, problem: `is not valid YAML or JSON: ${error.message}` }
  }
  expandShortForms(document)
  const written = numbersIn(document)
  keepSourceNumbers(document)
  const value = valueOf(document)
  if (value === undefined)
    return { ok: false, problem: 'is nested too deeply, or expands to too much data through aliases' }
  return {
    ok: true,
    value,
    lineOf(path) {
      const offset = offsetOf(document, path)
      return offset === undefined ? undefined : lineCounter.linePos(offset).line
    },
    numberAt: (path) => written.get(nodeAt(document, path)),
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

function expanded(name: string, node: Node, document: Document): Node {
  const map = new YAMLMap(document.schema)
  if (isMap(node) || isSeq(node) || isScalar(node)) {
    delete node.tag
    if (node.anchor !== undefined) map.anchor = node.anchor
    delete node.anchor
  }
  map.add(document.createPair(name === 'Ref' ? name : `Fn::${name}`, node))
  return map
}

/** How each number is written. */
function numbersIn(document: Document): ReadonlyMap<unknown, string> {
  const written = new Map<unknown, string>()
  visit(document, {
    Scalar(_, node) {
      if (typeof node.value === 'number' && node.source !== undefined) written.set(node, node.source)
    },
  })
  return written
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

function offsetOf(document: Document, path: string): number | undefined {
  return stepsTo(document, path).steps.findLast(({ offset }) => offset !== undefined)?.offset
}

function nodeAt(document: Document, path: string): unknown {
  const { steps, isComplete } = stepsTo(document, path)
  const node = isComplete ? steps.at(-1)?.value : undefined
  return isAlias(node) ? node.resolve(document) : node
}

/** The steps as far along the path as it exists. */
function stepsTo(document: Document, path: string): { steps: readonly StepInto[]; isComplete: boolean } {
  const steps: StepInto[] = []
  let at: unknown = document.contents
  let rest = path
  while (rest !== '') {
    const step = stepInto(isAlias(at) ? at.resolve(document) : at, rest)
    if (step === undefined) return { steps, isComplete: false }
    steps.push(step)
    at = step.value
    rest = rest.slice(step.length).replace(/^\./, '')
  }
  return { steps, isComplete: true }
}

interface StepInto {
  readonly value: unknown
  /** How many characters of the path were used. */
  readonly length: number
  readonly offset: number | undefined
}

function stepInto(node: unknown, path: string): StepInto | undefined {
  if (isSeq(node)) {
    const [whole, index] = /^\[?(\d+)\]?/.exec(path) ?? []
    const value = index === undefined ? undefined : node.items[Number(index)]
    return value === undefined ? undefined : { value, length: whole?.length ?? 0, offset: startOf(value) }
  }
  if (!isMap(node)) return undefined
  // A name can contain dots, such as a file name: the longest name that matches is the right one.
  const [match] = node.items
    .map(({ key, value }) => ({ name: String(isScalar(key) ? key.value : key), key, value }))
    .filter(({ name }) => path === name || path.startsWith(`${name}.`) || path.startsWith(`${name}[`))
    .sort((one, other) => other.name.length - one.name.length)
  return match === undefined
    ? undefined
    : { value: match.value, length: match.name.length, offset: startOf(match.key) }
}

function startOf(node: unknown): number | undefined {
  return isNode(node) ? node.range?.[0] : undefined
}
