import { asText, isJsonList, isJsonObject, type JsonObject, type JsonValue } from '../../platform/json.ts'
import { VARIABLE } from '../../sandbox/alibaba-cloud/ros/references.ts'
import { pathTo } from '../validate/finding.ts'
import { asRosFunction } from '../validate/ros-functions.ts'
import { INDEX, TemplateError, type ResourceDefinition, type RosTemplate } from './template.ts'

/** How many resources a template may have: https://www.alibabacloud.com/help/en/ros/user-guide/resources, "Count". */
const MOST_RESOURCES = 300

/** How many of each resource that has `Count` there are. */
type Counts = ReadonlyMap<string, number>

/** Where a value stands. */
interface Place {
  readonly path: string
  readonly counts: Counts
  /** The value of `ALIYUN::Index`; `undefined` outside the properties of a resource with `Count`. */
  readonly index: number | undefined
}

/**
 * The template after ROS's preprocessing: `A` with `Count: 2` becomes `A[0]` and `A[1]`, and a reference to `A` the list of
 * references to them, or one of them where `Fn::Select` picks it. `countOf` computes a `Count`. Throws `TemplateError`.
 * https://www.alibabacloud.com/help/en/ros/user-guide/resources, "Count"
 */
export function withCountsExpanded(
  template: RosTemplate,
  countOf: (count: JsonValue, path: string) => JsonValue | undefined,
): RosTemplate {
  const counts = new Map(
    [...template.resources].flatMap(([name, { count }]): [string, number][] =>
      count === undefined
        ? []
        : [[name, naturalNumber(count, pathTo(pathTo('Resources', name), 'Count'), countOf)]],
    ),
  )
  if (counts.size === 0) return template
  return {
    ...template,
    locals: mapped(template.locals, { path: 'Locals', counts, index: undefined }),
    resources: expandedResources(template.resources, counts),
    outputs: new Map(
      [...template.outputs].map(([name, output]) => {
        const path = pathTo(pathTo('Outputs', name), 'Value')
        return [name, { ...output, value: rewritten(output.value, { path, counts, index: undefined }) }]
      }),
    ),
  }
}

function naturalNumber(
  count: JsonValue,
  path: string,
  countOf: (count: JsonValue, path: string) => JsonValue | undefined,
): number {
  const text = asText(countOf(count, path) ?? '')
  if (!/^\d{1,3}$/.test(text) || Number(text) > MOST_RESOURCES)
    throw new TemplateError(path, `must be a natural number, ${String(MOST_RESOURCES)} at most`)
  return Number(text)
}

function expandedResources(
  resources: ReadonlyMap<string, ResourceDefinition>,
  counts: Counts,
): ReadonlyMap<string, ResourceDefinition> {
  const expanded = new Map<string, ResourceDefinition>()
  for (const [name, definition] of resources) {
    const dependsOn = definition.dependsOn.flatMap((one) => copiesOf(one, counts) ?? [one])
    const copies = copiesOf(name, counts)
    for (const [index, copy] of (copies ?? [name]).entries()) {
      if (copies !== undefined && resources.has(copy))
        throw new TemplateError(
          pathTo(pathTo('Resources', name), 'Count'),
          `makes ${copy}, which the template has already`,
        )
      const path = pathTo(pathTo('Resources', copy), 'Properties')
      const place = { path, counts, index: copies === undefined ? undefined : index }
      expanded.set(copy, { ...definition, dependsOn, properties: mapped(definition.properties, place) })
    }
  }
  if (expanded.size > MOST_RESOURCES)
    throw new TemplateError(
      'Resources',
      `are ${String(expanded.size)}, and ROS takes ${String(MOST_RESOURCES)} at most`,
    )
  return expanded
}

function copiesOf(name: string, counts: Counts): readonly string[] | undefined {
  const count = counts.get(name)
  return count === undefined
    ? undefined
    : Array.from({ length: count }, (_, index) => `${name}[${String(index)}]`)
}

function mapped(map: JsonObject, place: Place): JsonObject {
  return Object.fromEntries(
    Object.entries(map).map(([name, item]) => [
      name,
      rewritten(item, { ...place, path: pathTo(place.path, name) }),
    ]),
  )
}

function rewritten(value: JsonValue, place: Place): JsonValue {
  if (isJsonList(value)) return value.map((item) => rewritten(item, place))
  if (!isJsonObject(value)) return value
  const called = asRosFunction(value)
  if (called === undefined) return mapped(value, place)
  const { name, argument } = called
  if (name === 'Ref' && argument === INDEX && place.index !== undefined) return place.index
  const references = referencesToCopies(value, place)
  if (references !== undefined) return references
  if (name === 'Fn::Select' && isJsonList(argument)) return selection(argument, place)
  if (name === 'Fn::Sub') return { [name]: substitution(argument, place) }
  return { [name]: rewritten(argument, place) }
}

/** The references to all copies of a resource with `Count`; `undefined` for anything else. */
function referencesToCopies(value: JsonValue, { counts }: Place): JsonValue[] | undefined {
  const { name, argument = null } = asRosFunction(value) ?? {}
  if (name === 'Ref')
    return typeof argument === 'string' ? copiesOf(argument, counts)?.map((Ref) => ({ Ref })) : undefined
  if (name !== 'Fn::GetAtt') return undefined
  const [resource, ...attribute] = isJsonList(argument) ? argument : asText(argument).split(/\.(.*)/s, 2)
  return typeof resource === 'string'
    ? copiesOf(resource, counts)?.map((copy) => ({ [name]: [copy, ...attribute] }))
    : undefined
}

/** ROS picks one of the copies before it knows their values, so that a resource needs only the one that it selects. */
function selection([at = null, from = null, ...others]: readonly JsonValue[], place: Place): JsonValue {
  const index = rewritten(at, place)
  const references = referencesToCopies(from, place)
  const picked = /^\d+$/.test(asText(index)) ? references?.[Number(asText(index))] : undefined
  return (
    picked ?? {
      'Fn::Select': [
        index,
        references ?? rewritten(from, place),
        ...others.map((one) => rewritten(one, place)),
      ],
    }
  )
}

function substitution(argument: JsonValue, place: Place): JsonValue {
  const [text = '', variables] = isJsonList(argument) ? argument : [argument]
  const own = variables !== undefined && isJsonObject(variables) ? variables : {}
  const replaced = asText(text).replaceAll(VARIABLE, (whole, variable: string) => {
    const name = variable.trim()
    if (Object.hasOwn(own, name)) return whole
    if (name === INDEX && place.index !== undefined) return String(place.index)
    const [resource = ''] = name.split('.', 1)
    if (place.counts.has(resource))
      throw new TemplateError(
        place.path,
        `names ${resource}, which has Count, in Fn::Sub: ROS documents Ref and Fn::GetAtt of such a resource only`,
      )
    return whole
  })
  return variables === undefined ? replaced : [replaced, rewritten(variables, place)]
}
