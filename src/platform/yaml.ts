import { parse, YAMLError } from 'yaml'

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
  try {
    const logLevel = lenient ? 'silent' : 'error'
    return { ok: true, value: parse(text, { logLevel, merge: true, uniqueKeys: false }) }
  } catch (error) {
    if (isOfTheText(error)) return { ok: false }
    throw error
  }
}

/**
 * Whether the text caused the error: a syntax error; an alias without an anchor, or too many aliases (ReferenceError); too
 * deep nesting (RangeError); a merge of a value that is not a map (a plain Error). A TypeError is a defect of the program.
 */
function isOfTheText(error: unknown): boolean {
  if (error instanceof YAMLError || error instanceof ReferenceError || error instanceof RangeError)
    return true
  return error instanceof Error && Object.getPrototypeOf(error) === Error.prototype
}
