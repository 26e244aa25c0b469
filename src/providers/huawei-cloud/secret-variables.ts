import { asText, isJsonList, isJsonObject, type JsonObject, type JsonValue } from '../../platform/json.ts'
import type { Surroundings } from '../provider.ts'

/** The properties that may contain an RFS template and its variables. */
export interface GivenVariables {
  readonly TemplateBody?: string | undefined
  readonly Parameters?: JsonObject | undefined
  readonly VarsStructure?: readonly { readonly VarKey: string; readonly VarValue: string }[] | undefined
  readonly VarsBody?: string | undefined
}

/**
 * The values of the variables that an inline template marks `sensitive`, and of those that `named` lists, from every
 * property that may give them. `vars_body` is HCL, in which only quoted values on one line are found.
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

/** Masks those values, before anything can be logged or thrown. */
export function keepVariablesSecret(
  stack: GivenVariables,
  named: readonly string[] | undefined,
  { secrets }: Pick<Surroundings, 'secrets'>,
): void {
  for (const value of secretVariableValues(stack, named ?? [])) secrets.add(value)
}

/** OBS puts the signature of a URL into its query. */
export function keepSignedUrisSecret(
  uris: readonly (string | undefined)[],
  { secrets }: Pick<Surroundings, 'secrets'>,
): void {
  for (const uri of uris) if (uri?.includes('?') === true) secrets.add(uri)
}

const ASSIGNMENT = /^[ \t]*([\w-]+)[ \t]*=[ \t]*"((?:[^"\\\n]|\\.)*)"/gm
const VARIABLE = /variable\s+"([^"]+)"\s*\{/g

/** A `variable` block, or any other pair of braces, which has no name. */
interface Block {
  readonly name: string | undefined
  readonly start: number
  /** Set by a line of its own, which also counts for the surrounding blocks. */
  isSensitive: boolean
  /** Set on the line of the block's brace, which counts for this block alone. */
  isSensitiveAtOnce: boolean
}

/**
 * The names of the variables with `sensitive = true` anywhere in their block; a block without an end ends with the
 * text.
 */
function sensitiveIn(template: string): string[] {
  const headed = new Map<number, string>()
  for (const { index, 0: head, 1: name = '' } of template.matchAll(VARIABLE))
    headed.set(index + head.length, name)
  const names: string[] = []
  const open: Block[] = []
  const close = (): void => {
    const block = open.pop()
    if (block === undefined) return
    if ((block.isSensitive || block.isSensitiveAtOnce) && block.name !== undefined) names.push(block.name)
    const around = open.at(-1)
    if (around !== undefined) around.isSensitive ||= block.isSensitive
  }
  for (const { index, 0: found } of template.matchAll(BRACE_OR_SENSITIVE)) {
    const block = open.at(-1)
    if (found === '{') {
      const start = index + 1
      open.push({ name: headed.get(start), start, isSensitive: false, isSensitiveAtOnce: false })
    } else if (found === '}') close()
    else if (block !== undefined) {
      const blank = blankBefore(template, index)
      if (LINE_END.test(template.slice(blank, index))) block.isSensitive = true
      else if (blank === block.start) block.isSensitiveAtOnce = true
    }
  }
  while (open.length > 0) close()
  return names
}

const BRACE_OR_SENSITIVE = /[{}]|sensitive\s*=\s*true\b/g
const LINE_END = /[\n\r\u2028\u2029]/

/** The start of the white space that ends at `end`. */
function blankBefore(text: string, end: number): number {
  let start = end
  while (start > 0 && /\s/.test(text.charAt(start - 1))) start -= 1
  return start
}

function forms(value: JsonValue): string[] {
  if (isJsonList(value)) return value.flatMap(forms)
  if (isJsonObject(value)) return Object.values(value).flatMap((item: JsonValue) => forms(item))
  return [asText(value)]
}
