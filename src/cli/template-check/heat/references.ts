import { isJsonList, isJsonObject, type JsonValue } from '../../../platform/json.ts'
import { pathTo } from '../../validate/finding.ts'

/** A name that a function of a HOT template refers to. */
export interface HeatReference {
  readonly to: 'parameter' | 'resource' | 'file' | 'condition'
  readonly name: string
  readonly attribute?: string
  /** The place of the outermost function. */
  readonly path: string
  /** Whether an `if` decides if it counts. */
  readonly isConditional: boolean
}

/** https://docs.openstack.org/heat/latest/template_guide/hot_spec.html#intrinsic-functions */
export const FUNCTIONS = [
  ...['get_param', 'get_resource', 'get_attr', 'get_file', 'list_join', 'digest', 'repeat', 'str_replace'],
  ...[
    'str_replace_strict',
    'str_replace_vstrict',
    'str_split',
    'map_merge',
    'map_replace',
    'yaql',
    'equals',
    'if',
  ],
  ...[
    'not',
    'and',
    'or',
    'filter',
    'make_url',
    'list_concat',
    'list_concat_unique',
    'contains',
    'resource_facade',
  ],
]

/** The references in the value at `path`. */
export function heatReferences(value: JsonValue, path: string): HeatReference[] {
  const found: HeatReference[] = []
  collect(value, { path, isConditional: false, isInFunction: false }, found)
  return found
}

interface Place {
  readonly path: string
  readonly isConditional: boolean
  readonly isInFunction: boolean
}

function collect(value: JsonValue, place: Place, found: HeatReference[]): void {
  const below = (name: string | number): Place =>
    place.isInFunction ? place : { ...place, path: pathTo(place.path, name) }
  if (isJsonList(value)) {
    for (const [index, item] of value.entries()) collect(item, below(index), found)
    return
  }
  if (!isJsonObject(value)) return
  const [name, ...others] = Object.keys(value)
  if (name === undefined || others.length > 0 || !FUNCTIONS.includes(name)) {
    for (const [key, item] of Object.entries(value)) collect(item, below(key), found)
    return
  }
  const argument = value[name] ?? null
  const isConditional = place.isConditional || name === 'if'
  const named = namedBy(name, argument)
  if (named !== undefined) found.push({ ...named, path: place.path, isConditional })
  collect(argument, { path: place.path, isConditional, isInFunction: true }, found)
}

function namedBy(
  name: string,
  argument: JsonValue,
): Pick<HeatReference, 'to' | 'name' | 'attribute'> | undefined {
  const [first, second] = isJsonList(argument) ? argument : [argument]
  if (typeof first !== 'string') return undefined
  switch (name) {
    case 'get_param':
      return { to: 'parameter', name: first }
    case 'get_resource':
      return { to: 'resource', name: first }
    case 'get_attr':
      return { to: 'resource', name: first, ...(typeof second === 'string' ? { attribute: second } : {}) }
    case 'get_file':
      return { to: 'file', name: first }
    case 'if':
      return isJsonList(argument) ? { to: 'condition', name: first } : undefined
    default:
      return undefined
  }
}
