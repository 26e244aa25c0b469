import { SourceNumber, writeJson } from '../../../platform/json.ts'
import type { PropertyProblem } from '../../properties/property-problem.ts'
import type { StackProperties } from './properties.ts'
import type { RpcParameters } from './rpc.ts'

/** ROS shows this in place of a NoEcho value. Sent back, it would become the value. */
const HIDDEN = /^\*{4,}$/
const MOST_PARAMETERS = 200

type Given = StackProperties['Parameters']

/** Lists and maps are sent as JSON, which ROS's types Json and CommaDelimitedList accept. */
export function toParameters(given: Given): RpcParameters[] {
  return Object.entries(given ?? {}).map(([ParameterKey, value]) => ({
    ParameterKey,
    ParameterValue: written(value),
  }))
}

export function parameterProblems(given: Given): PropertyProblem[] {
  const entries = Object.entries(given ?? {})
  const tooMany =
    entries.length > MOST_PARAMETERS
      ? [{ path: 'Stack.Parameters', problem: `must hold at most ${String(MOST_PARAMETERS)} parameters` }]
      : []
  const hidden = entries
    .filter(([, value]) => HIDDEN.test(written(value)))
    .map(([name]) => ({
      path: `Stack.Parameters.${name}`,
      problem:
        'is the asterisks that stand for a hidden value: give the real one, or leave it out and set Stack.UsePreviousParameters',
    }))
  return [...tooMany, ...hidden]
}

/** The values of the parameters with these names, as text, so that they can be masked. */
export function secretValues(given: Given, names: ReadonlySet<string>): string[] {
  return Object.entries(given ?? {}).flatMap(([name, value]) => (names.has(name) ? textsIn(value) : []))
}

function textsIn(value: unknown): string[] {
  if (typeof value !== 'object' || value === null || value instanceof SourceNumber) return [String(value)]
  return [writeJson(value), ...Object.values(value).flatMap(textsIn)]
}

function written(value: NonNullable<Given>[string]): string {
  return typeof value === 'string' ? value : writeJson(value)
}
