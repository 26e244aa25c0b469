import { isJsonList, isJsonObject, type JsonObject, type JsonValue } from './json.ts'

/**
 * What a text in YAML, JSON or HCL says, or a value of JSON. Unlike a value, a map keeps entries with equal names, and a
 * scalar its text: `0123` stays `0123`.
 */
export type TextTree =
  | { readonly kind: 'scalar'; readonly text: string; readonly isQuoted: boolean }
  | { readonly kind: 'list'; readonly items: readonly TextTree[] }
  | { readonly kind: 'map'; readonly entries: readonly TreeEntry[] }

export interface TreeEntry {
  readonly name: string
  readonly value: TextTree
}

export interface ReadTree {
  readonly tree: TextTree
  /** Whether all of the text could be read. */
  readonly isWhole: boolean
}

export const EMPTY_SCALAR: TextTree = { kind: 'scalar', text: '', isQuoted: false }

/** Makes what is below only when it is read: the properties of a large event would otherwise be in memory twice. */
export function treeOf(value: JsonValue): TextTree {
  if (isJsonList(value)) return new JsonListTree(value)
  if (isJsonObject(value)) return new JsonMapTree(value)
  const isQuoted = typeof value === 'string'
  return { kind: 'scalar', text: isQuoted ? value : String(value), isQuoted }
}

class JsonListTree {
  readonly kind = 'list'
  readonly #value: readonly JsonValue[]

  constructor(value: readonly JsonValue[]) {
    this.#value = value
  }

  get items(): readonly TextTree[] {
    return this.#value.map(treeOf)
  }
}

class JsonMapTree {
  readonly kind = 'map'
  readonly #value: JsonObject

  constructor(value: JsonObject) {
    this.#value = value
  }

  get entries(): readonly TreeEntry[] {
    return Object.entries(this.#value).map(([name, item]) => ({ name, value: treeOf(item) }))
  }
}

/** The values of a map's entries with the name. */
export function valuesAt(tree: TextTree | undefined, name: string): readonly TextTree[] {
  if (tree?.kind !== 'map') return []
  return tree.entries.flatMap((entry) => (entry.name === name ? [entry.value] : []))
}

/** Each scalar, however deep. */
export function scalarsOf(tree: TextTree): string[] {
  switch (tree.kind) {
    case 'scalar':
      return [tree.text]
    case 'list':
      return tree.items.flatMap(scalarsOf)
    case 'map':
      return tree.entries.flatMap(({ value }) => scalarsOf(value))
  }
}

/** `before` and the number of nodes in the tree, counted until the sum is more than `most`. */
export function countNodes(tree: TextTree, before: number, most: number): number {
  let count = before
  const open = [tree]
  for (let one = open.pop(); one !== undefined && count <= most; one = open.pop()) {
    count += 1
    if (one.kind === 'list') for (const item of one.items) open.push(item)
    if (one.kind === 'map') for (const { value } of one.entries) open.push(value)
  }
  return count
}
