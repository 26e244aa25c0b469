import type { JsonObject } from '../../platform/json.ts'
import { isJsonObject } from '../../platform/json.ts'
import { parseSource } from '../validate/source-document.ts'
import { TemplateError } from './template.ts'

/** The data of a template or of a file of parameters, in YAML or JSON. Throws `TemplateError`. */
export function readMap(path: string, bytes: Uint8Array): JsonObject {
  const source = parseSource(new TextDecoder().decode(bytes))
  if (!source.ok) {
    const line = source.line === undefined ? '' : `:${String(source.line)}`
    throw new TemplateError(`${path}${line}`, source.problem)
  }
  if (!isJsonObject(source.value)) throw new TemplateError(path, 'must hold a map')
  return source.value
}
