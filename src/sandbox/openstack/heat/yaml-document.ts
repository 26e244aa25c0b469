import { parseDocument } from 'yaml'
import { keepSourceNumbers } from '../../../platform/yaml.ts'

export type ReadYaml =
  { readonly ok: true; readonly value: unknown } | { readonly ok: false; readonly problem: string }

/** Reads a template or an environment in YAML or JSON. */
export function parsedYaml(text: string): ReadYaml {
  const document = parseDocument(text, { logLevel: 'silent' })
  const [error] = document.errors
  if (error !== undefined) return { ok: false, problem: error.message }
  keepSourceNumbers(document)
  try {
    return { ok: true, value: document.toJS() }
  } catch (error) {
    // The library's own error for too many aliases.
    if (error instanceof ReferenceError) return { ok: false, problem: error.message }
    throw error
  }
}
