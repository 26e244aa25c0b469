import { isJsonObject } from '../../../platform/json.ts'
import type { Reference } from '../../ros-template/references.ts'
import { asRosFunction } from '../../validate/ros-functions.ts'
import { error, pathTo, warning, type Finding } from '../../validate/finding.ts'
import { loadedOnce, type ResourceType, type ResourceTypes } from '../../../resource-types/resource-types.ts'
import type { Resource } from '../sections.ts'
import { Spelling } from '../spelling.ts'

const resourceTypes = loadedOnce(
  async () => (await import('../../../resource-types/cloudformation-list.ts')).RESOURCE_TYPE_LIST,
)

/**
 * Compares resources with AWS's specification. What it does not know may be newer than it: that is a warning, and only where the
 * name looks misspelt.
 */
export async function resourceTypeFindings(
  resources: readonly Resource[],
  references: readonly Reference[],
): Promise<Finding[]> {
  const types = await resourceTypes()
  const spelling = new Spelling()
  const known = new Map<string, ResourceType>()
  const findings = resources.flatMap((resource): Finding[] => {
    const { name, type, path } = resource
    const specified = types.get(type)
    if (specified === undefined) return unknownType(type, path, types, spelling)
    known.set(name, specified)
    return propertyFindings(resource, specified, spelling)
  })
  return [...findings, ...attributeFindings(references, known, resources, spelling)]
}

function unknownType(type: string, path: string, types: ResourceTypes, spelling: Spelling): Finding[] {
  const at = pathTo(path, 'Type')
  if (!type.includes('::'))
    return [
      error(
        at,
        `is not a type of CloudFormation, such as AWS::S3::Bucket${spelling.hint(type, types.names)}`,
      ),
    ]
  if (!/^aws::/i.test(type)) return []
  const near = spelling.nearest(type, types.names)
  return near === undefined
    ? []
    : [warning(at, `is not a type that AWS's specification has; did you mean ${near}?`)]
}

function propertyFindings(
  { path, type, definition }: Resource,
  { properties, required }: ResourceType,
  spelling: Spelling,
): Finding[] {
  const { Properties: given = {} } = definition
  const at = pathTo(path, 'Properties')
  if (given !== null && !isJsonObject(given)) return [error(at, 'must be a map')]
  if (given !== null && (asRosFunction(given) !== undefined || Object.hasOwn(given, 'Fn::Transform')))
    return []
  const names = Object.keys(given ?? {})
  const missing = new Set(required.filter((name) => !names.includes(name)))
  const misspelt = names
    .filter((name) => !properties.includes(name) && !name.startsWith('Fn::'))
    .flatMap((name) => {
      const near = spelling.nearest(name, properties)
      if (near !== undefined) missing.delete(near)
      return near === undefined
        ? []
        : [
            warning(
              pathTo(at, name),
              `is not a property of ${type} in AWS's specification; did you mean ${near}?`,
            ),
          ]
    })
  return [
    ...misspelt,
    ...[...missing].map((name) =>
      warning(at, `has no ${name}, which AWS's specification of ${type} requires`),
    ),
  ]
}

/** Of nested stacks and custom resources every attribute may exist. */
function attributeFindings(
  references: readonly Reference[],
  known: ReadonlyMap<string, ResourceType>,
  resources: readonly Resource[],
  spelling: Spelling,
): Finding[] {
  const types = new Map(resources.map(({ name, type }) => [name, type]))
  return references.flatMap(({ name, attribute, path }) => {
    const type = types.get(name) ?? ''
    const attributes = known.get(name)?.attributes
    if (attribute === undefined || attributes === undefined || ANY_ATTRIBUTE.test(type)) return []
    const shortened = attribute.split('.').slice(0, 2).join('.')
    if (attributes.includes(attribute) || attributes.includes(shortened)) return []
    const near = spelling.nearest(attribute, attributes)
    return near === undefined
      ? []
      : [
          warning(
            path,
            `refers to ${name}.${attribute}, which ${type} does not have in AWS's specification; did you mean ${near}?`,
          ),
        ]
  })
}

const ANY_ATTRIBUTE = /^(?:AWS::CloudFormation::(?:Stack|CustomResource|Macro)|AWS::ServiceCatalog::)/
