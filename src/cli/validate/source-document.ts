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

/** A file as data, with the lines (from 1) of what is in it. */
export type SourceDocument =
  | {
      readonly ok: true
      readonly value: JsonValue
      /** Of what stands at the path, or of the nearest that is there; absent for the document as a whole. */
      readonly lineOf: (path: string) => number | undefined
    }
  | { readonly ok: false; readonly line?: number; readonly problem: string }

/** Reads YAML, which JSON is a part of. A short form such as `!Ref Name` becomes what it is short for. Never throws. */
export function parseSource(text: string): SourceDocument {
  const lineCounter = new LineCounter()
  const document = parseDocument(text, { lineCounter, prettyErrors: false, logLevel: 'silent', merge: true })
  // Those that follow the first are mostly its consequences.
  const [error] = document.errors
  if (error !== undefined) {
    const { line } = lineCounter.linePos(error.pos[0])
    return { ok: false, line, problem: `is not valid YAML or JSON: ${error.message}` }
  }
  spellOutShortForms(document)
  const value = valueOf(document)
  if (value === undefined)
    return { ok: false, problem: 'is nested too deeply, or repeats itself too often by aliases' }
  return {
    ok: true,
    value,
    lineOf(path) {
      const offset = offsetOf(document, path)
      return offset === undefined ? undefined : lineCounter.linePos(offset).line
    },
  }
}

/** https://www.alibabacloud.com/help/en/ros/user-guide/function-overview; tags of YAML's own begin with `tag:`. */
function spellOutShortForms(document: Document): void {
  visit(document, {
    Node(_, node) {
      const name = isAlias(node) ? undefined : /^!([A-Za-z]\w*)$/.exec(node.tag ?? '')?.[1]
      return name === undefined ? undefined : spelledOut(name, node, document)
    },
  })
}

function spelledOut(name: string, node: Node, document: Document): Node {
  const map = new YAMLMap(document.schema)
  if (isMap(node) || isSeq(node) || isScalar(node)) {
    delete node.tag
    if (node.anchor !== undefined) map.anchor = node.anchor
    delete node.anchor
  }
  map.add(document.createPair(name === 'Ref' ? name : `Fn::${name}`, node))
  return map
}

function valueOf(document: Document): JsonValue | undefined {
  try {
    const value: unknown = document.toJS({ maxAliasCount: 100 })
    return isJsonValue(value) ? value : undefined
  } catch (error) {
    // Aliases that multiply without end.
    if (error instanceof ReferenceError) return undefined
    throw error
  }
}

function offsetOf(document: Document, path: string): number | undefined {
  let at: unknown = document.contents
  let rest = path
  let offset: number | undefined
  while (rest !== '') {
    const step = stepInto(isAlias(at) ? at.resolve(document) : at, rest)
    if (step === undefined) return offset
    at = step.value
    rest = rest.slice(step.length).replace(/^\./, '')
    offset = step.offset ?? offset
  }
  return offset
}

interface StepInto {
  readonly value: unknown
  /** How much of the path it has taken. */
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
  // A name can hold dots itself, such as that of a file: the longest that fits is meant.
  const [longest] = node.items
    .map(({ key, value }) => ({ name: String(isScalar(key) ? key.value : key), key, value }))
    .filter(({ name }) => path === name || path.startsWith(`${name}.`) || path.startsWith(`${name}[`))
    .sort((one, other) => other.name.length - one.name.length)
  return longest === undefined
    ? undefined
    : { value: longest.value, length: longest.name.length, offset: startOf(longest.key) }
}

function startOf(node: unknown): number | undefined {
  return isNode(node) ? node.range?.[0] : undefined
}
