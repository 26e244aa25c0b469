import type { GenericSchema } from 'valibot'
import { isJsonObject, type JsonObject, type JsonValue } from '../../src/platform/json.ts'
import { GENERIC_TYPE, servedProviders } from '../../src/providers/registry.ts'
import type { Service } from '../../src/providers/service.ts'
import { converted, DRAFT } from './convert.ts'
import { propertiesOf } from './json-maps.ts'
import { requiredByMode } from './modes.ts'

interface Descriptions {
  readonly [name: string]: string | { readonly description: string; readonly properties: Descriptions }
}

export interface ProviderSchema extends Pick<Service, 'name' | 'resourceTypes' | 'folder'> {
  readonly parameters: JsonObject
}

/**
 * Of all that the registry serves, from `properties` and `propertyDescriptions` of each service's folder. Rejects where a
 * service exports no such thing, or leaves a property without a description.
 */
export function providerSchemas(): Promise<readonly ProviderSchema[]> {
  return Promise.all(
    servedProviders.map(async ({ name, resourceTypes, folder }) => ({
      name,
      resourceTypes,
      folder,
      parameters: await parametersSchema(folder),
    })),
  )
}

/** The described schema of a service's properties, before `requiredByMode`. */
export interface DocumentedProperties extends Pick<Service, 'resourceTypes' | 'folder'> {
  readonly properties: JsonObject
}

/** For the documents, with the descriptions as Markdown. Rejects where `providerSchemas` does. */
export function documentedProperties(): Promise<readonly DocumentedProperties[]> {
  return Promise.all(
    servedProviders.map(async ({ resourceTypes, folder }) => ({
      resourceTypes,
      folder,
      properties: await describedSchema(folder, (text) => text),
    })),
  )
}

async function parametersSchema(folder: string): Promise<JsonObject> {
  return requiredByMode(await describedSchema(folder, withoutCodeFont))
}

/** Editors show the descriptions of a JSON Schema as plain text. */
function withoutCodeFont(text: string): string {
  return text.replaceAll('`', '')
}

async function describedSchema(folder: string, asText: (text: string) => string): Promise<JsonObject> {
  const properties = await exported(folder, 'properties.ts', 'properties')
  const descriptions = await exported(folder, 'property-descriptions.ts', 'propertyDescriptions')
  if (!isSchema(properties)) throw new Error(`properties of ${folder} is no schema of valibot`)
  if (!isDescriptions(descriptions))
    throw new Error(`propertyDescriptions of ${folder} holds something other than descriptions`)
  return described(converted(properties), descriptions, asText)
}

async function exported(folder: string, file: string, name: string): Promise<unknown> {
  const url = new URL(`../../src/providers/${folder}/${file}`, import.meta.url)
  // eslint-disable-next-line no-restricted-syntax -- this runs from its source: no bundler sees it
  const module: unknown = await import(url.href)
  if (typeof module !== 'object' || module === null || !(name in module))
    throw new Error(
      `src/providers/${folder}/${file} has no export '${name}': its JSON Schema would be missing`,
    )
  return Object.entries(module).find(([one]) => one === name)?.[1]
}

function isSchema(value: unknown): value is GenericSchema {
  return typeof value === 'object' && value !== null && 'kind' in value && value.kind === 'schema'
}

function isDescriptions(value: unknown): value is Descriptions {
  if (typeof value !== 'object' || value === null) return false
  return Object.values(value).every(
    (one: unknown) =>
      typeof one === 'string' ||
      (typeof one === 'object' &&
        one !== null &&
        'description' in one &&
        typeof one.description === 'string' &&
        'properties' in one &&
        isDescriptions(one.properties)),
  )
}

function described(
  schema: JsonObject,
  descriptions: Descriptions,
  asText: (text: string) => string,
): JsonObject {
  const properties = Object.entries(propertiesOf(schema)).map(([name, property]): [string, JsonValue] => {
    const text = descriptions[name]
    if (text === undefined || !isJsonObject(property))
      throw new Error(`The property ${name} is not described`)
    return typeof text === 'string'
      ? [name, { description: asText(text), ...property }]
      : [name, { description: asText(text.description), ...described(property, text.properties, asText) }]
  })
  return { ...schema, properties: Object.fromEntries(properties) }
}

export function parametersFile({ name, resourceTypes, parameters }: ProviderSchema): JsonObject {
  return {
    $schema: DRAFT,
    title: `The Parameters of ${resourceTypes.join(' and ')}`,
    description: `Also those of ${GENERIC_TYPE} with Provider: ${name}. An event has them as its ResourceProperties.`,
    ...parameters,
  }
}
