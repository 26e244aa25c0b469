import { isJsonObject, writeJson, type JsonObject, type JsonValue } from '../../platform/json.ts'
import { error, type Finding } from './finding.ts'
import { asRosFunction } from './ros-functions.ts'
import type { TemplateResource } from './custom-resource.ts'

/** Properties that do not say where a stack is. */
const NOT_PLACE = [
  ...[
    'Stack',
    'StackSet',
    'Timeout',
    'Outputs',
    'SecretOutputs',
    'StoredOutputs',
    'SecretParameters',
    'OnTimeout',
    'OnDelete',
  ],
  ...['OnDeleteFailed', 'OnExisting', 'Revision', 'MaxDepth'],
]

/**
 * Finds stacks of one name in one place: the second one is refused. Resources with a condition do not count, nor those that
 * may take over a stack or only read it.
 */
export function duplicateNames(resources: readonly TemplateResource[]): Finding[] {
  const first = new Map<string, string>()
  return resources.flatMap(({ logicalId, type, resource }) => {
    const named = namedStack(resource)
    if (named === undefined) return []
    const key = writeJson([type, named.name, named.place])
    const other = first.get(key)
    if (other === undefined) first.set(key, logicalId)
    return other === undefined
      ? []
      : [
          error(
            `Resources.${logicalId}.Properties.Parameters.${named.path}`,
            `is the name of the stack of ${other}, too, in the same place`,
          ),
        ]
  })
}

function namedStack({ Properties: properties, Condition: condition }: JsonObject) {
  const parameters = field(properties, 'Parameters')
  if (condition !== undefined || parameters === undefined || !isJsonObject(parameters)) return undefined
  if (parameters['OnExisting'] === 'any' || parameters['Mode'] === 'read-only') return undefined
  const property = ['Stack', 'StackSet'].find((one) => parameters[one] !== undefined)
  const name = property === undefined ? undefined : field(parameters[property], 'Name')
  if (typeof name !== 'string' || asRosFunction(name) !== undefined) return undefined
  const place = Object.entries(parameters)
    .filter(([one]) => !NOT_PLACE.includes(one))
    .sort(byName)
  return { name, path: `${property ?? ''}.Name`, place }
}

function byName([one]: readonly [string, JsonValue], [other]: readonly [string, JsonValue]): number {
  return one < other ? -1 : 1
}

function field(value: JsonValue | undefined, name: string): JsonValue | undefined {
  return value !== undefined && isJsonObject(value) ? value[name] : undefined
}
