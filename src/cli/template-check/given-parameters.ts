import { isJsonObject, type JsonObject, type JsonValue } from '../../platform/json.ts'
import { asRosFunction } from '../validate/ros-functions.ts'
import { pathTo } from '../validate/finding.ts'

/** The values that a stack's properties give to the parameters of its template. */
export interface GivenParameters {
  /** Where values are missing; a path within the properties. */
  readonly path: string
  readonly values: readonly GivenValue[]
  /** Whether all values are written out, so that another is missing. */
  readonly isComplete: boolean
}

export interface GivenValue {
  readonly name: string
  readonly path: string
  readonly value: JsonValue
  /** Whether the cloud passes over a name that the template does not declare. */
  readonly mayBeUnknown?: boolean
}

/** Those of one map of name to value. */
export function parametersIn(map: JsonValue | undefined, path: string): GivenParameters {
  if (map === undefined) return { path, values: [], isComplete: true }
  if (!isJsonObject(map) || asRosFunction(map) !== undefined) return { path, values: [], isComplete: false }
  return {
    path,
    values: Object.entries(map).map(([name, value]) => ({ name, path: pathTo(path, name), value })),
    isComplete: true,
  }
}

export function joinedParameters(path: string, given: readonly GivenParameters[]): GivenParameters {
  return {
    path,
    values: given.flatMap(({ values }) => values),
    isComplete: given.every(({ isComplete }) => isComplete),
  }
}

/** Whether the property is given, other than as `false` or nothing. */
export function isGiven(stack: JsonObject, name: string): boolean {
  const { [name]: value } = stack
  return value !== undefined && value !== null && value !== false && value !== 'false'
}
