import {
  BACKSLASH,
  CLOSING_BRACE,
  CLOSING_BRACKET,
  COLON,
  COMMA,
  OPENING_BRACE,
  OPENING_BRACKET,
  QUOTE,
  skipScalar,
  skipSpace,
  skipString,
  startOf,
} from './json-scan.ts'

export interface IndexedMember {
  readonly key: string
  /** The positions at which the key and the value begin. */
  readonly at: number
  readonly value: number
}

export interface IndexedObject {
  /** Sorted by the code points of their keys. Of several members with equal keys, only the last. */
  readonly members: readonly IndexedMember[]
  /** The members that a later one with an equal key replaces, in no order. */
  readonly replaced: readonly IndexedMember[]
  /** The position after the object. */
  readonly end: number
}

export interface JsonIndex {
  /** The position at which the outermost object begins. */
  readonly root: number
  /** By the position at which each begins. */
  readonly objects: ReadonlyMap<number, IndexedObject>
}

/** The same limit as `parseJson` has. */
const DEEPEST = 200
/**
 * Of members and objects together: one for each 20 bytes of two templates of 512 KB, ROS's limit. Sorting more of them would
 * block the event loop for too long.
 */
const MOST_MEMBERS = 50_000

/**
 * Finds the objects of a JSON text, and the order of their keys, in one pass without copying numbers and strings. Checks
 * only the structure of the text. Throws `SyntaxError` if the text is not an object, is nested too deeply, or has too many
 * members.
 */
export function indexObjects(json: Buffer): JsonIndex {
  const objects = new Map<number, IndexedObject>()
  let counted = 0
  const count = (): void => {
    counted += 1
    if (counted > MOST_MEMBERS) throw new SyntaxError('has too many members')
  }
  const valueEnd = (at: number, depth: number): number => {
    if (depth > DEEPEST) throw new SyntaxError('is nested too deeply')
    switch (json[at]) {
      case OPENING_BRACE:
        return objectEnd(at, depth)
      case OPENING_BRACKET:
        return arrayEnd(at, depth)
      case QUOTE:
        return skipString(json, at)
      default:
        return scalarEnd(json, at)
    }
  }
  const arrayEnd = (at: number, depth: number): number => {
    let next = skipSpace(json, at + 1)
    if (json[next] === CLOSING_BRACKET) return next + 1
    for (;;) {
      next = skipSpace(json, valueEnd(next, depth + 1))
      if (json[next] === CLOSING_BRACKET) return next + 1
      if (json[next] !== COMMA) throw new SyntaxError('is not valid JSON')
      next = skipSpace(json, next + 1)
    }
  }
  const objectEnd = (at: number, depth: number): number => {
    count()
    const members: IndexedMember[] = []
    const done = (end: number): number => {
      objects.set(at, { ...inOrder(members), end })
      return end
    }
    let next = skipSpace(json, at + 1)
    if (json[next] === CLOSING_BRACE) return done(next + 1)
    for (;;) {
      count()
      if (json[next] !== QUOTE) throw new SyntaxError('is not valid JSON')
      const keyEnd = skipString(json, next)
      const colon = skipSpace(json, keyEnd)
      if (json[colon] !== COLON) throw new SyntaxError('is not valid JSON')
      const value = skipSpace(json, colon + 1)
      members.push({ key: decodeKey(json, next, keyEnd), at: next, value })
      next = skipSpace(json, valueEnd(value, depth + 1))
      if (json[next] === CLOSING_BRACE) return done(next + 1)
      if (json[next] !== COMMA) throw new SyntaxError('is not valid JSON')
      next = skipSpace(json, next + 1)
    }
  }
  const root = skipSpace(json, startOf(json))
  if (json[root] !== OPENING_BRACE) throw new SyntaxError('must be a JSON object')
  if (skipSpace(json, objectEnd(root, 0)) !== json.length) throw new SyntaxError('is not valid JSON')
  return { root, objects }
}

/** Throws `SyntaxError` if no value begins at the position, as after a comma that no element follows. */
function scalarEnd(json: Buffer, at: number): number {
  const end = skipScalar(json, at)
  if (end === at) throw new SyntaxError('is not valid JSON')
  return end
}

/** The text of the string between two positions. Throws `SyntaxError`. */
export function decodeString(json: Buffer, at: number, end: number): string {
  const text: unknown = JSON.parse(json.toString('utf8', at, end))
  if (typeof text !== 'string') throw new SyntaxError('is not valid JSON')
  return text
}

function decodeKey(json: Buffer, at: number, end: number): string {
  for (let next = at; next < end; next += 1) if (json[next] === BACKSLASH) return decodeString(json, at, end)
  return json.toString('utf8', at + 1, end - 1)
}

function inOrder(members: readonly IndexedMember[]): Pick<IndexedObject, 'members' | 'replaced'> {
  const last = new Map(members.map((member) => [member.key, member]))
  return {
    members: [...last.values()].sort((one, other) => byCodePoint(one.key, other.key)),
    replaced: last.size === members.length ? [] : members.filter((one) => last.get(one.key) !== one),
  }
}

/** Python compares code points, JavaScript compares UTF-16 units. The order differs only for surrogates. */
function byCodePoint(one: string, other: string): number {
  const length = Math.min(one.length, other.length)
  let at = 0
  while (at < length && one.charCodeAt(at) === other.charCodeAt(at)) at += 1
  if (at === length) return one.length - other.length
  return rank(one.charCodeAt(at)) - rank(other.charCodeAt(at))
}

/** A surrogate is half of a code point that is above all others. */
function rank(unit: number): number {
  return unit >= 0xd800 && unit <= 0xdfff ? unit + 0x10000 : unit
}
