import {
  isJsonObject,
  parseJson,
  writeJson,
  type JsonObject,
  type JsonValue,
} from '../../../platform/json.ts'
import { HclError, parseHcl, type HclBody } from './hcl.ts'

/** How many labels the blocks of a kind have. */
const LABELS: Readonly<Record<string, number>> = { resource: 2, data: 2, variable: 1, output: 1, locals: 0 }

/**
 * A Terraform configuration in HCL, or in its JSON syntax. Throws `HclError`.
 * https://developer.hashicorp.com/terraform/language/syntax/json
 */
export function parseConfiguration(source: string): HclBody {
  if (!source.trimStart().startsWith('{')) return parseHcl(source)
  const parsed = parseJson(Buffer.from(source))
  if (!parsed.ok || !isJsonObject(parsed.value)) throw new HclError('the JSON is not an object')
  // Expressions in JSON are texts with template sequences, as in HCL.
  return parseHcl(Object.entries(parsed.value).flatMap(blocksOf).join('\n'))
}

function blocksOf([kind, value]: [string, JsonValue]): readonly string[] {
  const labels = LABELS[kind]
  return labels === undefined ? [] : labelled(kind, value, labels)
}

function labelled(header: string, value: JsonValue, labels: number): readonly string[] {
  const bodies = Array.isArray(value) ? value : [value]
  return bodies.flatMap((body) => {
    if (!isJsonObject(body)) throw new HclError(`${header} must be an object`)
    return labels === 0
      ? [`${header} {\n${attributesOf(body)}\n}`]
      : Object.entries(body).flatMap(([label, inner]) =>
          labelled(`${header} ${writeJson(label)}`, inner, labels - 1),
        )
  })
}

function attributesOf(body: JsonObject): string {
  return Object.entries(body)
    .filter(([name]) => name !== '//')
    .map(([name, value]) => `${name} = ${writeJson(value)}`)
    .join('\n')
}
