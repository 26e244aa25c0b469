import type { JsonObject } from '../../platform/json.ts'
import { error, pathTo, warning, type Finding } from '../validate/finding.ts'
import type { Spelling } from './spelling.ts'

export interface KnownFields {
  /** What the map is, such as `a resource`. */
  readonly of: string
  readonly known: readonly string[]
  readonly required: readonly string[]
  /** Whether the cloud refuses a field that it does not know. */
  readonly isStrict: boolean
}

export interface FieldFindings {
  readonly findings: readonly Finding[]
  /** Required fields that are missing, and not because they are misspelt. */
  readonly missing: readonly string[]
}

/**
 * Finds unknown fields of a map. Even a cloud that ignores unknown fields needs a required one that is misspelt. Keys
 * that are functions (`Fn::…`) do not count.
 */
export function checkFields(
  map: JsonObject,
  path: string,
  { of, known, required, isStrict }: KnownFields,
  spelling: Spelling,
): FieldFindings {
  const findings: Finding[] = []
  const missing = new Set(required.filter((name) => !Object.hasOwn(map, name)))
  const isComputed = Object.keys(map).some((name) => name.startsWith('Fn::'))
  for (const name of Object.keys(map)) {
    if (known.includes(name) || name.startsWith('Fn::')) continue
    const meant = spelling.nearest(name, known)
    const isMissing = meant !== undefined && missing.delete(meant)
    const problem = `is not a part of ${of}${meant === undefined ? '' : `; did you mean ${meant}?`}`
    if (isStrict || isMissing) findings.push(error(pathTo(path, name), problem))
    else if (meant !== undefined) findings.push(warning(pathTo(path, name), problem))
  }
  return { findings, missing: isComputed ? [] : [...missing] }
}
