import type { JsonObject, JsonValue } from '../../platform/json.ts'
import { isJsonList, isJsonObject } from '../../platform/json.ts'

/** https://developer.hashicorp.com/terraform/language/syntax/configuration#identifiers */
export const VARIABLE_NAME = /^[A-Za-z_][A-Za-z0-9_-]*$/

/**
 * Writes variables as the text of a `.tfvars` file, so that they keep their types.
 * https://developer.hashicorp.com/terraform/language/values/variables#variable-definitions-tfvars-files
 */
export function tfvars(variables: JsonObject): string {
  return Object.entries(variables)
    .map(([name, value]) => `${name} = ${expression(value)}\n`)
    .join('')
}

function expression(value: JsonValue): string {
  if (typeof value === 'string') return quoted(value)
  if (isJsonList(value)) return `[${value.map(expression).join(', ')}]`
  if (isJsonObject(value)) {
    const entries = Object.entries(value).map(([key, item]) => `${quoted(key)} = ${expression(item)}`)
    return entries.length === 0 ? '{}' : `{ ${entries.join(', ')} }`
  }
  return String(value)
}

/** JSON, except for two escapes that HCL does not have, and for the start of an HCL template sequence. */
function quoted(text: string): string {
  return JSON.stringify(text)
    .replaceAll(/\\[bf]|\\\\/g, (escape) => SPELLED_OUT[escape] ?? escape)
    .replaceAll(/[$%]\{/g, (start) => `${start.charAt(0)}${start}`)
}

const SPELLED_OUT: Readonly<Record<string, string>> = { '\\b': '\\u0008', '\\f': '\\u000c' }

/** Matches a whole name or string, also without an end or a value, so that no character is read twice. */
const LEXEME = /"(?:[^"\\\n]|\\.)*"?|(?:#|\/\/)[^\n]*|([[{(])|([\]})])|([A-Za-z_][\w-]*)(\s*=(?!=))?|[^]/g

/** The names that a `.tfvars` text gives a value, outside of maps and lists. */
export function variableNames(text: string): string[] {
  let depth = 0
  const names: string[] = []
  for (const [, opening, closing, name, sign] of text.matchAll(LEXEME)) {
    if (opening !== undefined) depth += 1
    else if (closing !== undefined) depth -= 1
    else if (name !== undefined && sign !== undefined && depth === 0) names.push(name)
  }
  return names
}
