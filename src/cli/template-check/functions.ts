import { isJsonList, isJsonObject, type JsonObject, type JsonValue } from '../../platform/json.ts'
import { asRosFunction } from '../validate/ros-functions.ts'
import { error, pathTo, warning, type Finding } from '../validate/finding.ts'
import type { Dialect } from './dialect.ts'
import type { Spelling } from './spelling.ts'

/** Finds calls of functions that the cloud does not have. */
export function unknownFunctions(
  document: JsonObject,
  { functions, cloud, isStrict }: Dialect,
  spelling: Spelling,
): Finding[] {
  const findings: Finding[] = []
  const visit = (value: JsonValue, path: string): void => {
    if (isJsonList(value)) for (const [index, item] of value.entries()) visit(item, pathTo(path, index))
    if (!isJsonObject(value)) return
    const called = asRosFunction(value)
    if (
      called !== undefined &&
      !functions.includes(called.name) &&
      !called.name.startsWith('Fn::ForEach::')
    ) {
      const hint = spelling.hint(called.name, functions)
      const problem = `calls ${called.name}, which is not a function of ${cloud}${hint}`
      // A cloud adds functions now and then.
      findings.push((isStrict && hint !== '' ? error : warning)(path, problem))
    }
    for (const [name, item] of Object.entries(value)) visit(item, pathTo(path, name))
  }
  for (const section of ['Resources', 'Outputs', 'Conditions'])
    if (document[section] !== undefined) visit(document[section], section)
  return findings
}
