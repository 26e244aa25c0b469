import { isJsonList, type JsonObject, type JsonValue } from '../../../platform/json.ts'
import { calledFunctions, type CalledFunction } from '../../../sandbox/called-functions.ts'
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
  return calledFunctions(value, { asFunction, choice: 'if' }).flatMap(
    ({ name, argument, place, isConditional }) => {
      const named = namedBy(name, argument)
      return named === undefined
        ? []
        : [{ ...named, path: place.reduce<string>(pathTo, path), isConditional }]
    },
  )
}

function asFunction(map: JsonObject): CalledFunction | undefined {
  const [name, ...others] = Object.keys(map)
  return name === undefined || others.length > 0 || !FUNCTIONS.includes(name)
    ? undefined
    : { name, argument: map[name] ?? null }
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
