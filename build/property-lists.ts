import { fileURLToPath } from 'node:url'
import { format, resolveConfig } from 'prettier'
import { isJsonList, type JsonObject, type JsonValue } from '../src/platform/json.ts'
import { mapOf, propertiesOf } from './json-schemas/json-maps.ts'

/**
 * Lists of properties for the documents, from the described JSON Schema of a resource type. A list has one item a property:
 * `` - `Name` (type): meaning ``, with the properties of a map below it.
 */

/** The list of these properties of a schema, one level deeper for each map with fixed names. */
export function propertyList(schema: JsonObject, names: readonly string[]): string {
  return names.map((name) => item(schema, name, '')).join('\n')
}

function item(schema: JsonObject, name: string, indentation: string): string {
  const property = mapOf(propertiesOf(schema)[name])
  const { description } = property
  if (typeof description !== 'string') throw new Error(`The property ${name} is not described`)
  const kinds = [kindOf(property), ...(isRequired(schema, name) ? ['required'] : [])]
  const inner = Object.keys(propertiesOf(property)).map((one) => item(property, one, `${indentation}  `))
  return [`${indentation}- \`${name}\` (${kinds.join(', ')}): ${description}`, ...inner].join('\n')
}

function isRequired({ required }: JsonObject, name: string): boolean {
  return required !== undefined && isJsonList(required) && required.includes(name)
}

/** What a reader has to write, in words: `text`, `true or false`, `a list of` … */
function kindOf(schema: JsonObject): string {
  const { type, anyOf, items, minimum, maximum, maxItems } = schema
  if (anyOf !== undefined && isJsonList(anyOf)) return kindOfUnion(anyOf.map(mapOf))
  const values = valuesOf(schema)
  if (values.length > 0) return values.map((value) => `\`${value}\``).join(', ')
  switch (type) {
    case 'string':
      return kindOfText(schema)
    case 'integer':
      return `whole number, ${count(minimum)} to ${count(maximum)}`
    case 'number':
      return 'number'
    case 'boolean':
      return 'true or false'
    case 'object':
      return 'map'
    case 'array': {
      const one = valuesOf(mapOf(items)).map((value) => `\`${value}\``)
      const most = typeof maxItems === 'number' ? ` of at most ${count(maxItems)}` : ''
      return `list${most}${one.length === 0 ? '' : ` of ${one.join(', ')}`}`
    }
    default:
      throw new Error(`No words for the type of ${JSON.stringify(schema)}`)
  }
}

function kindOfText({ minLength, maxLength }: JsonObject): string {
  if (maxLength === undefined) return 'text'
  return `text of ${minLength === maxLength ? '' : 'at most '}${count(maxLength)} characters`
}

/** The text forms of a number and of true or false are for values that come from a ROS parameter: they are left out. */
function kindOfUnion(union: readonly JsonObject[]): string {
  const known = union.find(({ type }) => type === 'integer' || type === 'boolean')
  if (known !== undefined) return kindOf(known)
  return [...new Set(union.map(kindOf))].join(' or ')
}

function valuesOf(schema: JsonObject): readonly string[] {
  const values = schema['enum']
  return values !== undefined && isJsonList(values) ? values.filter((one) => typeof one === 'string') : []
}

function count(value: JsonValue | undefined): string {
  if (typeof value !== 'number') throw new Error('A whole number needs both limits in its schema')
  return value.toLocaleString('en-US')
}

const BLOCK = /^<!-- generated: ([a-z]+) -->\n[^]*?^<!-- end -->$/gm

/** The page with each of its generated blocks replaced. Throws for a block without content, and for content without a block. */
export function withBlocks(page: string, blocks: ReadonlyMap<string, string>): string {
  const found = new Set<string>()
  const text = page.replaceAll(BLOCK, (_all, name: string) => {
    const content = blocks.get(name)
    if (content === undefined) throw new Error(`Nothing is generated for the block '${name}'`)
    found.add(name)
    return `<!-- generated: ${name} -->\n\n${content}\n\n<!-- end -->`
  })
  const missing = [...blocks.keys()].filter((name) => !found.has(name))
  if (missing.length > 0) throw new Error(`The page has no block '${missing.join("', '")}'`)
  return text
}

/** Any page of the documents: they are all laid out by the same rules. */
const PAGE = fileURLToPath(new URL('../docs/properties.md', import.meta.url))

/** Laid out as every page of the documents. */
export async function formatted(page: string): Promise<string> {
  const options = await resolveConfig(PAGE)
  return format(page, { ...options, parser: 'markdown' })
}
