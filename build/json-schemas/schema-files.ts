import { fileURLToPath } from 'node:url'
import { format, resolveConfig } from 'prettier'
import type { JsonObject } from '../../src/platform/json.ts'
import { eventFileSchema } from './event-file.ts'
import { parametersFile, providerSchemas } from './parameters.ts'
import { templateSchema } from './ros-template.ts'

/** Path within `schemas/` to text, laid out as the rest of the repository, so that a change shows as what it is. */
export async function schemaFiles(): Promise<ReadonlyMap<string, string>> {
  const options = await resolveConfig(fileURLToPath(import.meta.url))
  const files = Object.entries(await jsonSchemas()).map(async ([name, schema]): Promise<[string, string]> => [
    name,
    await format(JSON.stringify(schema), { ...options, parser: 'json' }),
  ])
  return new Map(await Promise.all(files))
}

async function jsonSchemas(): Promise<Readonly<Record<string, JsonObject>>> {
  const providers = await providerSchemas()
  return {
    ...Object.fromEntries(providers.map((provider) => [`${provider.folder}.json`, parametersFile(provider)])),
    'ros-template.json': templateSchema(providers),
    'event.json': eventFileSchema(providers),
  }
}
