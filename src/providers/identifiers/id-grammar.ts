import { ROS_LIMITS } from '../../platform/limits/ros.ts'

/** The longest PhysicalResourceId that ROS accepts, in bytes. */
export const LONGEST_ID_BYTES = ROS_LIMITS.physicalResourceId.most

/** RFC 9562, in lower case, as all supported clouds write it. */
export const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/
const UUID_CHARACTERS = 36

/** How many bytes the name in an id may have, so that ROS accepts the id. `rest`: the id without its name and its UUID. */
export function longestNameBeside(rest: string): number {
  return LONGEST_ID_BYTES - Buffer.byteLength(rest) - UUID_CHARACTERS
}

export type IdParts<Name extends string> = { readonly [One in Name]: string }

export interface IdGrammar<Name extends string> {
  /** The parts of a whole identifier; `undefined` for any other text, and for one that is longer than ROS accepts. */
  readonly parse: (text: string) => IdParts<Name> | undefined
  /** Does not check the parts. */
  readonly format: (parts: IdParts<Name>) => string
}

/** The parts of the identifiers of a grammar. */
export type PartsOf<Grammar> = Grammar extends IdGrammar<infer Name> ? IdParts<Name> : never

/**
 * A form of identifiers, which consist of literal text and of named parts, for example `acs:ros:{region}:{account}`. A part's
 * grammar is that of a whole text (`^…$`) without alternatives at its top, without flags, and without groups that capture.
 * Throws for a form that names a part without a grammar.
 */
export function idGrammar<Name extends string>(
  form: string,
  grammars: Readonly<Record<Name, RegExp>>,
): IdGrammar<Name> {
  const known = new Map<string, RegExp>(Object.entries(grammars))
  const source = form.replaceAll(/[^{}]+|\{(\w+)\}/g, (text, name: string | undefined) =>
    name === undefined ? escaped(text) : `(?<${name}>${unanchored(found(known, name))})`,
  )
  const grammar = new RegExp(`^${source}$`)
  return {
    parse(text) {
      if (Buffer.byteLength(text) > LONGEST_ID_BYTES) return undefined
      const parts = { ...grammar.exec(text)?.groups }
      return hasEach(parts, grammars) ? parts : undefined
    },
    format(parts) {
      const values = new Map<string, string>(Object.entries(parts))
      return form.replaceAll(/\{(\w+)\}/g, (_, name: string) => found(values, name))
    },
  }
}

function found<Value>(values: ReadonlyMap<string, Value>, name: string): Value {
  const value = values.get(name)
  if (value === undefined) throw new TypeError(`An identifier has no part ${name}`)
  return value
}

function hasEach<Name extends string>(
  parts: Readonly<Record<string, string>>,
  grammars: Readonly<Record<Name, RegExp>>,
): parts is IdParts<Name> {
  return Object.keys(grammars).every((name) => parts[name] !== undefined)
}

function unanchored({ source }: RegExp): string {
  return source.replace(/^\^/, '').replace(/\$$/, '')
}

function escaped(literal: string): string {
  return literal.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&')
}
