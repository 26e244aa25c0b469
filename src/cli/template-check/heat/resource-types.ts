import { isJsonObject } from '../../../platform/json.ts'
import { error, pathTo, warning, type Finding } from '../../validate/finding.ts'
import { loadedOnce, type ResourceTypes } from '../../../resource-types/resource-types.ts'
import { Spelling } from '../spelling.ts'
import type { HeatResource, HeatSurroundings } from './model.ts'
import { FUNCTIONS, type HeatReference } from './references.ts'

const resourceTypes = loadedOnce(
  async () => (await import('../../../resource-types/heat-list.ts')).RESOURCE_TYPE_LIST,
)

/**
 * Compares resources with what Heat itself has. A cloud may have more types, so only a probable misspelling is
 * reported, as a warning.
 */
export async function heatTypeFindings(
  resources: readonly HeatResource[],
  references: readonly HeatReference[],
  { files, mapsTypes }: HeatSurroundings,
): Promise<Finding[]> {
  if (mapsTypes) return []
  const types = await resourceTypes()
  const spelling = new Spelling()
  const ofResources = resources.flatMap((resource): Finding[] => {
    const { type, path } = resource
    if (isFile(type)) return fileFindings(type, path, files)
    if (types.get(type) !== undefined) return propertyFindings(resource, types, spelling)
    const near =
      type.startsWith('OS::') || !type.includes('::') ? spelling.nearest(type, types.names) : undefined
    return near === undefined
      ? []
      : [warning(pathTo(path, 'type'), `is not a type that Heat has by itself; did you mean ${near}?`)]
  })
  return [...ofResources, ...attributeFindings(resources, references, types, spelling)]
}

function isFile(type: string): boolean {
  return /\.(?:ya?ml|template|json)$/i.test(type)
}

function fileFindings(type: string, path: string, files: ReadonlySet<string> | undefined): Finding[] {
  return files === undefined || files.has(type) || /^https?:/i.test(type)
    ? []
    : [error(pathTo(path, 'type'), `is the file ${type}, whose content must be given in Stack.Files`)]
}

function propertyFindings(
  { type, path, definition }: HeatResource,
  types: ResourceTypes,
  spelling: Spelling,
): Finding[] {
  const { properties: given = {} } = definition
  const at = pathTo(path, 'properties')
  if (given === null) return []
  if (!isJsonObject(given)) return [error(at, 'must be a map')]
  const { properties = [] } = types.get(type) ?? {}
  const names = Object.keys(given)
  if (names.length === 1 && FUNCTIONS.includes(names[0] ?? '')) return []
  // A required property may have an older name, so that it cannot be told which ones are missing.
  return names.flatMap((name) => {
    const near = properties.includes(name) ? undefined : spelling.nearest(name, properties)
    return near === undefined
      ? []
      : [warning(pathTo(at, name), `is not a property that ${type} has in Heat; did you mean ${near}?`)]
  })
}

/** Attributes of groups, stacks and deployments are computed. */
function attributeFindings(
  resources: readonly HeatResource[],
  references: readonly HeatReference[],
  types: ResourceTypes,
  spelling: Spelling,
): Finding[] {
  const typeOf = new Map(resources.map(({ name, type }) => [name, type]))
  return references.flatMap(({ to, name, attribute, path }) => {
    const type = typeOf.get(name) ?? ''
    const { attributes = [] } = types.get(type) ?? {}
    if (to !== 'resource' || attribute === undefined || type.startsWith('OS::Heat::')) return []
    const near = attributes.includes(attribute) ? undefined : spelling.nearest(attribute, attributes)
    return near === undefined
      ? []
      : [
          warning(
            path,
            `refers to the attribute ${attribute} of ${name}, which ${type} does not have in Heat; did you mean ${near}?`,
          ),
        ]
  })
}
