import type { JsonObject, JsonValue } from '../../platform/json.ts'
import { isJsonList, isJsonObject } from '../../platform/json.ts'

/** https://developer.hashicorp.com/terraform/language/syntax/configuration#identifiers */
export const VARIABLE_NAME = /^[A-Za-z_][A-Za-z0-9_-]*$/

/**
 * Variables as the text of a `.tfvars` file, by which they keep their types.
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

/** As JSON, but for two escapes that HCL does not know, and for what begins a template sequence in HCL. */
function quoted(text: string): string {
  return JSON.stringify(text)
    .replaceAll(/\\[bf]|\\\\/g, (escape) => SPELLED_OUT[escape] ?? escape)
    .replaceAll(/[$%]\{/g, (start) => `${start.charAt(0)}${start}`)
}

const SPELLED_OUT: Readonly<Record<string, string>> = { '\\b': '\\u0008', '\\f': '\\u000c' }

const LEXEME = /"(?:[^"\\\n]|\\.)*"|(?:#|\/\/)[^\n]*|([[{(])|([\]})])|([A-Za-z_][\w-]*)\s*=(?!=)|[^]/g

/** The names that a `.tfvars` text gives a value, outside of maps and lists. */
export function variableNames(text: string): string[] {
  let depth = 0
  const names: string[] = []
  for (const [, opening, closing, name] of text.matchAll(LEXEME)) {
    if (opening !== undefined) depth += 1
    else if (closing !== undefined) depth -= 1
    else if (name !== undefined && depth === 0) names.push(name)
  }
  return names
}
