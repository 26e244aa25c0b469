import type { JsonObject, JsonValue } from '../../platform/json.ts'
import * as ros from '../../sandbox/alibaba-cloud/ros/functions.ts'
import type { Place } from '../../sandbox/called-functions.ts'
import { pathTo } from '../validate/finding.ts'
import { TemplateError } from './template.ts'

/** What the functions of a template refer to. Each throws `TemplateError` for a name that it does not have. */
export interface Scope {
  /** A parameter, a pseudo parameter, or a resource's physical id. */
  ref(name: string, path: string): JsonValue
  attribute(resource: string, attribute: string, path: string): JsonValue
  condition(name: string, path: string): boolean
  readonly mappings: JsonObject
  readonly region: string
}

/**
 * Computes the functions of the value at `path`. `undefined`: it is `ALIYUN::NoValue`, and is left out of a list or map. Throws
 * `TemplateError` with the place of what cannot be computed.
 */
export function evaluate(value: JsonValue, path: string, scope: Scope): JsonValue | undefined {
  return ros.evaluate(value, scopeAt(path, scope))
}

/** The truth of a condition: a function, or the name of a condition. Throws `TemplateError`. */
export function isMet(value: JsonValue, path: string, scope: Scope): boolean {
  return ros.isMet(value, scopeAt(path, scope))
}

function scopeAt(path: string, scope: Scope): ros.Scope {
  const { mappings, region } = scope
  const at = (place: Place): string => place.reduce<string>(pathTo, path)
  return {
    ref: (name, place) => scope.ref(name, at(place)),
    attribute: (resource, attribute, place) => scope.attribute(resource, attribute, at(place)),
    condition: (name, place) => scope.condition(name, at(place)),
    mapping: (name) => (Object.hasOwn(mappings, name) ? mappings[name] : undefined),
    region,
    otherFunction(name, place) {
      throw new TemplateError(
        at(place),
        `calls ${name}, which is not supported locally; these functions are: ${ros.COMPUTED_FUNCTIONS.join(', ')}`,
      )
    },
    // ROS would give an empty text, which is seldom what is meant.
    notSelected(index, place) {
      throw new TemplateError(at(place), `selects ${index}, which the value does not have`)
    },
    problem: (text, place) => new TemplateError(at(place), text),
  }
}
