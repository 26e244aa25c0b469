import { isJsonList, isJsonObject, type JsonObject, type JsonValue } from '../../../platform/json.ts'
import { isTrue } from '../../ros-template/template.ts'
import { parseSource } from '../../validate/source-document.ts'
import type {
  Declared,
  DeclaredOutput,
  DeclaredVariable,
  TerraformConfiguration,
  TerraformReference,
} from './configuration.ts'
import { referencesInText } from './hcl-references.ts'
import { variableRules } from './variables.ts'

/** Reads `.tf.json`: https://developer.hashicorp.com/terraform/language/syntax/json */
export function jsonConfiguration(text: string): TerraformConfiguration {
  const source = parseSource(text)
  if (!source.ok) return failed(source.line ?? 1, source.problem)
  const { value } = source
  if (!isJsonObject(value)) return failed(1, 'must be a map of blocks')
  const variables: DeclaredVariable[] = []
  const outputs: DeclaredOutput[] = []
  const declared: Declared[] = []
  const references: TerraformReference[] = []
  const lineOf = (...path: readonly string[]) => source.lineOf(path.join('.')) ?? 1
  const refer = (from: string | undefined, body: JsonValue, line: number) => {
    for (const name of textsIn(body).flatMap((one) => referencesInText(one, 0)))
      references.push({ name, line, from })
  }
  for (const [name, definition] of entries(value['variable'])) {
    const line = lineOf('variable', name)
    declared.push({ name: `var.${name}`, line })
    variables.push({ name, line, rules: variableRules(declarationOf(definition)) })
  }
  for (const [name, definition] of entries(value['output'])) {
    const line = lineOf('output', name)
    const isSensitive = isJsonObject(definition) && isTrue(definition['sensitive'])
    outputs.push({ name, line, isSensitive })
    refer(undefined, definition, line)
  }
  for (const [kind, prefix] of [
    ['locals', 'local.'],
    ['module', 'module.'],
  ] as const)
    for (const [name, definition] of entries(value[kind])) {
      const line = lineOf(kind, name)
      declared.push({ name: `${prefix}${name}`, line })
      refer(`${prefix}${name}`, definition, line)
    }
  for (const [kind, prefix] of [
    ['resource', ''],
    ['data', 'data.'],
  ] as const)
    for (const [type, named] of entries(value[kind]))
      for (const [name, definition] of entries(named)) {
        const line = lineOf(kind, type, name)
        declared.push({ name: `${prefix}${type}.${name}`, line })
        refer(`${prefix}${type}.${name}`, definition, line)
      }
  return { variables, outputs, declared, references, problems: [] }
}

function failed(line: number, problem: string): TerraformConfiguration {
  return {
    variables: [],
    outputs: [],
    declared: [],
    references: [],
    problems: [{ severity: 'error', line, problem }],
  }
}

/** A list may stand in the place of a map. */
function entries(value: JsonValue | undefined): [string, JsonValue][] {
  if (value === undefined) return []
  if (isJsonList(value)) return value.flatMap(entries)
  return isJsonObject(value) ? Object.entries(value) : []
}

function declarationOf(definition: JsonValue) {
  const given: JsonObject = Object.fromEntries(entries(definition))
  const { type, default: byDefault, sensitive } = given
  return {
    type: typeof type === 'string' ? type : undefined,
    hasDefault: byDefault !== undefined,
    isSensitive: isTrue(sensitive),
    allowedValues: undefined,
  }
}

function textsIn(value: JsonValue): string[] {
  if (typeof value === 'string') return [value]
  if (isJsonList(value)) return value.flatMap(textsIn)
  return isJsonObject(value) ? Object.values(value).flatMap((item: JsonValue) => textsIn(item)) : []
}
