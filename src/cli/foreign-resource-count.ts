import { isJsonObject, type JsonObject } from '../platform/json.ts'
import { parseSource } from './validate/source-document.ts'

/**
 * How many resources the foreign template in a custom resource's properties has; more than are made where conditions leave some
 * out. `undefined` for a template that is elsewhere or is not a map of resources.
 */
export function foreignResourceCount({ Stack: stack = null }: JsonObject): number | undefined {
  const template = isJsonObject(stack) ? stack['Template'] : undefined
  const source = typeof template === 'string' ? parseSource(template) : undefined
  const document = source?.ok === true ? source.value : template
  if (document === undefined || !isJsonObject(document)) return undefined
  const resources = document['Resources'] ?? document['resources']
  return resources !== undefined && isJsonObject(resources) ? Object.keys(resources).length : undefined
}
