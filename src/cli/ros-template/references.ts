import type { JsonValue } from '../../platform/json.ts'
import * as ros from '../../sandbox/alibaba-cloud/ros/references.ts'
import { pathTo } from '../validate/finding.ts'

/** A name that a function in a template refers to. CloudFormation's functions have the same forms. */
export interface Reference extends Omit<ros.Reference, 'place'> {
  /** The place of the outermost function. */
  readonly path: string
}

/** The parameters and resources that the functions in a value name. Some may come twice. */
export function referencesIn(value: JsonValue): string[] {
  return ros.referencesIn(value).map(({ name }) => name)
}

/** The references in the value at `path`. */
export function referencesAt(value: JsonValue, path: string): Reference[] {
  return ros
    .referencesIn(value)
    .map(({ place, ...reference }) => ({ ...reference, path: place.reduce<string>(pathTo, path) }))
}
