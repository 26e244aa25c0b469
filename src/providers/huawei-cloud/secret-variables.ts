import { asText, isJsonList, isJsonObject, type JsonObject, type JsonValue } from '../../platform/json.ts'

/** The properties in which an RFS template and its variables may stand. */
export interface GivenVariables {
  readonly TemplateBody?: string | undefined
  readonly Parameters?: JsonObject | undefined
  readonly VarsStructure?: readonly { readonly VarKey: string; readonly VarValue: string }[] | undefined
  readonly VarsBody?: string | undefined
}

/**
 * The values of the variables that an inline template marks `sensitive`, and of those that `named` lists, wherever the
 * properties give them one. A `vars_body` is HCL: of it only values in quotes on one line are found.
 */
export function secretVariableValues(stack: GivenVariables, named: readonly string[]): string[] {
  const names = new Set([...named, ...sensitiveIn(stack.TemplateBody ?? '')])
  const parameters = Object.entries(stack.Parameters ?? {}).flatMap(([name, value]) =>
    names.has(name) ? forms(value) : [],
  )
  const structured = (stack.VarsStructure ?? []).flatMap(({ VarKey, VarValue }) =>
    names.has(VarKey) ? [VarValue] : [],
  )
  const written = [...(stack.VarsBody ?? '').matchAll(ASSIGNMENT)].flatMap(([, name = '', value = '']) =>
    names.has(name) ? [value.replaceAll(/\\(["\\])/g, '$1')] : [],
  )
  return [...parameters, ...structured, ...written]
}

const ASSIGNMENT = /^[ \t]*([\w-]+)[ \t]*=[ \t]*"((?:[^"\\\n]|\\.)*)"/gm
const VARIABLE = /variable\s+"([^"]+)"\s*\{/g

function sensitiveIn(template: string): string[] {
  return [...template.matchAll(VARIABLE)].flatMap((match) => {
    const [head, name = ''] = match
    const body = blockFrom(template, match.index + head.length)
    return /^\s*sensitive\s*=\s*true\b/m.test(body) ? [name] : []
  })
}

/** The text up to the brace that closes the one before `start`. */
function blockFrom(text: string, start: number): string {
  let depth = 1
  for (let at = start; at < text.length; at += 1) {
    if (text[at] === '{') depth += 1
    if (text[at] === '}') depth -= 1
    if (depth === 0) return text.slice(start, at)
  }
  return text.slice(start)
}

function forms(value: JsonValue): string[] {
  if (isJsonList(value)) return value.flatMap(forms)
  if (isJsonObject(value)) return Object.values(value).flatMap((item: JsonValue) => forms(item))
  return [asText(value)]
}
