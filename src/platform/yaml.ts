import { parseDocument, visit, type Document } from 'yaml'
import { numberFrom, SourceNumber } from './source-number.ts'

/**
 * The only module of the function that imports `yaml`. The package is large, so import this module dynamically, never the
 * package: in a bundle, the dynamic import of a CommonJS package has only `default`.
 */

export type ReadYaml = { readonly ok: true; readonly value: unknown } | { readonly ok: false }

/**
 * Reads the first document of a YAML text. Accepts merge keys of YAML 1.1 (`<<`) and duplicate keys. `lenient`: also reads
 * the valid parts of a text with errors. No text makes it throw. Callers must limit the text's size, since parsing a large
 * text takes minutes.
 */
export function readYaml(text: string, { lenient }: { readonly lenient: boolean }): ReadYaml {
  const document = documentOf(text)
  if (document === undefined || (!lenient && document.errors.length > 0)) return { ok: false }
  try {
    keepSourceNumbers(document)
    return { ok: true, value: document.toJS() }
  } catch (error) {
    // An alias without an anchor, too many aliases, too deep nesting, or a merge of a value that is not a map. For the last
    // one the package may throw a TypeError.
    if (error instanceof Error) return { ok: false }
    throw error
  }
}

/** Gives each number that a double would change its source text, where JSON spells it so too. */
export function keepSourceNumbers(document: Document): void {
  visit(document, {
    Scalar(_, node) {
      if (typeof node.value !== 'number' || node.source === undefined) return
      const number = numberFrom(node.source)
      if (number instanceof SourceNumber) node.value = number
    },
  })
}

/** `undefined` for a text that is nested too deeply. */
function documentOf(text: string): Document | undefined {
  try {
    return parseDocument(text, { logLevel: 'silent', merge: true, uniqueKeys: false })
  } catch (error) {
    if (error instanceof RangeError) return undefined
    throw error
  }
}
