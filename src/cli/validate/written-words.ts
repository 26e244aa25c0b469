import { isJsonObject, type JsonObject } from '../../platform/json.ts'
import type { ParameterRules } from '../template-check/checked-template.ts'
import { pathTo, warning, type Finding } from './finding.ts'

/** https://yaml.org/type/bool.html */
const TRUTH_VALUE = /^(?:yes|no|on|off)$/i
/** https://yaml.org/type/int.html: a number of base 60, such as a range of ports. */
const BASE_60 = /^[1-9]\d*(?::[0-5]?\d)+$/

/**
 * Warns of texts for the parameters of a stack that YAML 1.1 reads as something else. `parameters`: the resource's; `declared`:
 * what the stack's template says of them. Paths are within the resource's properties.
 */
export function writtenWordFindings(
  parameters: JsonObject,
  declared: ReadonlyMap<string, ParameterRules> | undefined,
  plainAt: (path: string) => string | undefined,
): Finding[] {
  return ['Stack', 'StackSet'].flatMap((property) => {
    const stack = parameters[property]
    const values = stack !== undefined && isJsonObject(stack) ? stack['Parameters'] : undefined
    if (values === undefined || !isJsonObject(values)) return []
    return Object.keys(values).flatMap((name) => {
      const path = pathTo(`Parameters.${property}.Parameters`, name)
      const written = plainAt(path)
      if (written === undefined) return []
      if (TRUTH_VALUE.test(written) && declared?.get(name)?.isBoolean !== true)
        return [
          warning(
            path,
            `is ${written} without quotes, which ROS may read as true or false; put it in quotes`,
          ),
        ]
      return BASE_60.test(written)
        ? [warning(path, 'has colons and no quotes, and ROS may read it as a number; put it in quotes')]
        : []
    })
  })
}
