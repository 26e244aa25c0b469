import { isJsonList, isJsonObject, writeJson, type JsonValue } from '../../platform/json.ts'
import type { TemplateResource } from './custom-resource.ts'
import { error, type Finding } from './finding.ts'

/**
 * Finds outputs of two resources that one function would keep under one name in the same store: the second one is refused. Resources with a
 * condition do not count, nor those whose names are not written out.
 */
export function duplicateEntries(resources: readonly TemplateResource[]): Finding[] {
  const first = new Map<string, string>()
  return resources.flatMap((resource) => {
    const twice = storedEntries(resource).flatMap(({ key, name }) => {
      const other = first.get(key)
      if (other === undefined) first.set(key, resource.logicalId)
      return other === undefined || other === resource.logicalId ? [] : [{ name, other }]
    })
    const [one] = twice
    if (one === undefined) return []
    const path = `Resources.${resource.logicalId}.Properties.Parameters.StoredOutputs.Prefix`
    const problem = `makes ${one.name} the name of what ${one.other} keeps, too: each resource needs a Prefix of its own`
    return [error(path, problem)]
  })
}

function storedEntries({ resource: { Properties, Condition } }: TemplateResource) {
  const stored = Condition === undefined ? field(field(Properties, 'Parameters'), 'StoredOutputs') : undefined
  const [names, prefix] = [field(stored, 'Names'), field(stored, 'Prefix')]
  if (names === undefined || !isJsonList(names) || typeof prefix !== 'string') return []
  const place = [field(Properties, 'ServiceToken') ?? '', field(stored, 'Store') ?? 'oos']
  return names.flatMap((output) => {
    if (typeof output !== 'string') return []
    const name = `${prefix}-${output}`
    return [{ key: writeJson([...place, name]), name }]
  })
}

function field(value: JsonValue | undefined, name: string): JsonValue | undefined {
  return value !== undefined && isJsonObject(value) ? value[name] : undefined
}
