import type { Parameter } from '@aws-sdk/client-cloudformation'
import { isJsonObject } from '../../../platform/json.ts'
import type { OperationKind } from '../../provider.ts'
import type { PropertyProblem } from '../../properties/property-problem.ts'
import type { StackProperties } from './properties.ts'

/** CloudFormation shows this in place of a NoEcho value. Sent back, it would become the value. */
const HIDDEN = /^\*{4,}$/

type Value = NonNullable<StackProperties['Parameters']>[string]

export function toParameters(given: StackProperties['Parameters']): Parameter[] {
  return Object.entries(given ?? {}).map(([ParameterKey, value]) =>
    isPrevious(value)
      ? { ParameterKey, UsePreviousValue: true }
      : { ParameterKey, ParameterValue: written(value) },
  )
}

export function parameterProblems(
  given: StackProperties['Parameters'],
  kind: OperationKind,
): PropertyProblem[] {
  return Object.entries(given ?? {}).flatMap(([name, value]) => {
    const path = `Stack.Parameters.${name}`
    if (isPrevious(value))
      return kind === 'create'
        ? [{ path, problem: 'must have a value: a stack that is created has no previous one' }]
        : []
    if (Array.isArray(value) && value.some((item) => String(item).includes(',')))
      return [{ path, problem: 'must hold no comma in an item: CloudFormation parts lists at each comma' }]
    return HIDDEN.test(written(value))
      ? [
          {
            path,
            problem:
              'is the asterisks that stand for a hidden value: give the real one, or {UsePreviousValue: true}',
          },
        ]
      : []
  })
}

/** The values of the parameters with these names, as text, so that they can be masked. */
export function secretValues(given: StackProperties['Parameters'], names: ReadonlySet<string>): string[] {
  return Object.entries(given ?? {}).flatMap(([name, value]) => {
    if (!names.has(name) || isPrevious(value)) return []
    return Array.isArray(value) ? [written(value), ...value.map(String)] : [written(value)]
  })
}

function written(value: Exclude<Value, { UsePreviousValue: true }>): string {
  return Array.isArray(value) ? value.map(String).join(',') : String(value)
}

function isPrevious(value: Value): value is { UsePreviousValue: true } {
  return isJsonObject(value)
}
