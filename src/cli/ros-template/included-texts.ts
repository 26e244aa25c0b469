import { isJsonList, isJsonObject, type JsonObject, type JsonValue } from '../../platform/json.ts'
import { UsageError } from '../usage-error.ts'
import { error, pathTo, type Finding } from '../validate/finding.ts'
import { readIncluded, SCHEME, type ReadBytes } from './included-files.ts'

export interface IncludedTexts {
  /** The template with the files' texts in place of their addresses. */
  readonly value: JsonValue
  /** The files, by the path of the value that their text is. */
  readonly files: ReadonlyMap<string, string>
  /** Files that cannot be read. */
  readonly findings: readonly Finding[]
}

/** The same as `includeFiles`, of a template as data, so that the template keeps its lines. Never throws. */
export async function includedTexts(
  template: JsonValue,
  path: string,
  readBytes: ReadBytes,
): Promise<IncludedTexts> {
  const resources = isJsonObject(template) ? template['Resources'] : undefined
  if (resources === undefined || !isJsonObject(resources) || !isJsonObject(template))
    return { value: template, files: new Map(), findings: [] }
  const files = new Map<string, string>()
  const findings: Finding[] = []
  const include = async (value: JsonValue, at: string): Promise<JsonValue> => {
    if (typeof value === 'string' && value.startsWith(SCHEME)) {
      const text = await textAt(value, path, readBytes)
      if (typeof text === 'string') findings.push(error(at, text))
      else files.set(at, text.file)
      return typeof text === 'string' ? '' : text.text
    }
    if (isJsonList(value)) return Promise.all(value.map((item, index) => include(item, pathTo(at, index))))
    return isJsonObject(value) ? mapped(value, (name, item) => include(item, pathTo(at, name))) : value
  }
  const value = await mapped(resources, async (logicalId, resource) =>
    atStack(resource, (stack, at) =>
      mapped(stack, async (name, item) =>
        name === 'Parameters' ? item : include(item, pathTo(`Resources.${logicalId}.${at}`, name)),
      ),
    ),
  )
  return {
    value: files.size + findings.length === 0 ? template : { ...template, Resources: value },
    files,
    findings,
  }
}

/** The text of a file, or what is wrong with it. */
async function textAt(
  address: string,
  template: string,
  readBytes: ReadBytes,
): Promise<{ readonly file: string; readonly text: string } | string> {
  try {
    return await readIncluded(address, template, readBytes)
  } catch (error) {
    if (error instanceof UsageError) return error.message
    throw error
  }
}

async function atStack(
  resource: JsonValue,
  change: (stack: JsonObject, at: string) => Promise<JsonObject>,
): Promise<JsonValue> {
  const properties = isJsonObject(resource) ? resource['Properties'] : undefined
  const parameters =
    properties !== undefined && isJsonObject(properties) ? properties['Parameters'] : undefined
  if (!isJsonObject(resource) || properties === undefined || !isJsonObject(properties)) return resource
  if (parameters === undefined || !isJsonObject(parameters)) return resource
  const { Stack: stack } = parameters
  if (stack === undefined || !isJsonObject(stack)) return resource
  const changed = await change(stack, 'Properties.Parameters.Stack')
  return { ...resource, Properties: { ...properties, Parameters: { ...parameters, Stack: changed } } }
}

async function mapped(
  map: JsonObject,
  change: (name: string, value: JsonValue) => Promise<JsonValue>,
): Promise<JsonObject> {
  const entries = Object.entries(map).map(async ([name, value]): Promise<[string, JsonValue]> => [
    name,
    await change(name, value),
  ])
  return Object.fromEntries(await Promise.all(entries))
}
