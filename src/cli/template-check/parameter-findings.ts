import { isJsonObject, type JsonValue } from '../../platform/json.ts'
import { asRosFunction } from '../validate/ros-functions.ts'
import { error, warning, type Finding } from '../validate/finding.ts'
import type { ParameterRules } from './checked-template.ts'
import { listed } from './constraints.ts'
import type { GivenParameters, GivenValue } from './given-parameters.ts'
import { Spelling } from './spelling.ts'
import type { TemplateOfStack } from './templates-of-stacks.ts'

/** Compares the given values with what the template declares. A value that ROS computes is taken as right. */
export function parameterFindings(
  declared: ReadonlyMap<string, ParameterRules> | undefined,
  given: GivenParameters,
  { refusesUnknown, needsAll }: Pick<TemplateOfStack, 'refusesUnknown' | 'needsAll'>,
): Finding[] {
  if (declared === undefined) return []
  const names = [...declared.keys()]
  const spelling = new Spelling()
  const missing = new Set(names.filter((name) => declared.get(name)?.isRequired === true))
  for (const { name } of given.values) missing.delete(name)
  const unknown = given.values.flatMap(({ name, path, mayBeUnknown }) => {
    if (declared.has(name) || mayBeUnknown === true) return []
    const meant = spelling.nearest(name, names)
    if (meant !== undefined) missing.delete(meant)
    const hint = meant === undefined ? '' : `; did you mean ${meant}?`
    return [(refusesUnknown ? error : warning)(path, `is not declared by the template${hint}`)]
  })
  const wrong = given.values.flatMap(({ name, path, value }) => {
    const problem = valueProblem(value, declared.get(name))
    return problem === undefined ? [] : [error(path, problem)]
  })
  const isTold = missing.size === 0 || !needsAll || !given.isComplete
  const absent = isTold
    ? []
    : [error(given.path, `must give a value to ${listed([...missing])}: the template has no default`)]
  return [...absent, ...unknown, ...wrong]
}

function valueProblem(value: GivenValue['value'], rules: ParameterRules | undefined): string | undefined {
  if (rules === undefined || isUnknown(value)) return undefined
  return rules.problemOf(value)
}

/** A function of ROS, or AWS's `{UsePreviousValue: true}`; null where the value is not data. */
function isUnknown(value: JsonValue): boolean {
  return (
    value === null ||
    asRosFunction(value) !== undefined ||
    (isJsonObject(value) && Object.hasOwn(value, 'UsePreviousValue'))
  )
}
