import { parse, YAMLError } from 'yaml'

/**
 * The only module of the function that imports `yaml`. It is large, so it is imported dynamically, and so is this module
 * in its place: a bundler gives the dynamic import of a CommonJS package nothing but `default`.
 */

export type ReadYaml = { readonly ok: true; readonly value: unknown } | { readonly ok: false }

/**
 * The first document of a YAML text, also with what YAML 1.1 has (`<<`) and with keys that stand twice. `lenient`: what can be
 * read of a text with errors. Throws nothing for what a text holds; callers bound its size, since to parse very much takes
 * minutes.
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
 * A syntax error; an alias without an anchor, or aliases that multiply (ReferenceError); nested too deeply (RangeError); a
 * merge of what is no map (an Error of no class of its own). A TypeError is a fault of the program.
 */
function isOfTheText(error: unknown): boolean {
  if (error instanceof YAMLError || error instanceof ReferenceError || error instanceof RangeError)
    return true
  return error instanceof Error && Object.getPrototypeOf(error) === Error.prototype
}
