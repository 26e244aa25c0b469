import { isJsonList, isJsonObject, type JsonValue } from '../../platform/json.ts'
import { asRosFunction, type RosFunction } from '../validate/ros-functions.ts'

/** The parameters and resources that the functions in a value name, pseudo parameters included. Some may come twice. */
export function referencesIn(value: JsonValue): string[] {
  if (isJsonList(value)) return value.flatMap(referencesIn)
  if (!isJsonObject(value)) return []
  const called = asRosFunction(value)
  if (called === undefined) return Object.values(value).flatMap(referencesIn)
  return [...namedBy(called), ...referencesIn(called.argument)]
}

function namedBy({ name, argument }: RosFunction): string[] {
  switch (name) {
    case 'Ref':
      return typeof argument === 'string' ? [argument] : []
    case 'Fn::GetAtt': {
      const [resource] = isJsonList(argument) ? argument : [argument]
      return typeof resource === 'string' ? [beforeDot(resource)] : []
    }
    case 'Fn::Sub': {
      const [text, variables] = isJsonList(argument) ? argument : [argument]
      const own = variables !== undefined && isJsonObject(variables) ? Object.keys(variables) : []
      return typeof text === 'string' ? variablesOf(text).filter((one) => !own.includes(one)) : []
    }
    default:
      return []
  }
}

/** `${Name}` and `${Resource.Attribute}`; `${!Name}` stands for the text `${Name}`. */
export const VARIABLE = /\$\{([^{}]+)\}/g

function variablesOf(text: string): string[] {
  return [...text.matchAll(VARIABLE)]
    .map(([, variable = '']) => variable.trim())
    .filter((variable) => !variable.startsWith('!'))
    .map(beforeDot)
}

function beforeDot(reference: string): string {
  return reference.split('.', 1)[0] ?? ''
}
