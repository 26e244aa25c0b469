import { isJsonList, isJsonObject, type JsonObject, type JsonValue } from '../../../platform/json.ts'
import { calledFunctions, type Place } from '../../called-functions.ts'
import { asRosFunction, type RosFunction } from './template-function.ts'

/** A name that a function in a template refers to. CloudFormation's functions have the same forms. */
export interface Reference {
  /** A parameter or a resource, pseudo parameters included. */
  readonly name: string
  /** Of a resource; `undefined` where the function names none, or computes it. */
  readonly attribute?: string
  /** Of the outermost function. */
  readonly place: Place
  /** Whether a `Fn::If` decides if the reference counts. */
  readonly isConditional: boolean
}

/** What the functions in a value refer to. Some may come twice. */
export function referencesIn(value: JsonValue): Reference[] {
  return calledFunctions(value, { asFunction: asRosFunction, choice: 'Fn::If' }).flatMap(
    ({ place, isConditional, ...called }) =>
      namedBy(called).map((named) => ({ ...named, place, isConditional })),
  )
}

type Named = Pick<Reference, 'name' | 'attribute'>

function namedBy({ name, argument }: RosFunction): Named[] {
  switch (name) {
    case 'Ref':
      return typeof argument === 'string' ? [{ name: argument }] : []
    case 'Fn::GetAtt': {
      if (typeof argument === 'string') return [namedInText(argument)]
      const [resource, ...attribute] = isJsonList(argument) ? argument : []
      if (typeof resource !== 'string') return []
      const names = attribute.filter((one) => typeof one === 'string')
      return names.length === attribute.length && names.length > 0
        ? [{ name: resource, attribute: names.join('.') }]
        : [{ name: resource }]
    }
    case 'Fn::Sub': {
      const [text, variables] = isJsonList(argument) ? argument : [argument]
      const own: JsonObject = variables !== undefined && isJsonObject(variables) ? variables : {}
      return typeof text === 'string'
        ? variablesOf(text)
            .filter((one) => !Object.hasOwn(own, one))
            .map(namedInText)
            .filter((one) => !Object.hasOwn(own, one.name))
        : []
    }
    default:
      return []
  }
}

/** `${Name}` and `${Resource.Attribute}` in `Fn::Sub`; `${!Name}` stands for the text `${Name}`. */
export const VARIABLE = /\$\{([^{}]+)\}/g

function variablesOf(text: string): string[] {
  return [...text.matchAll(VARIABLE)]
    .map(([, variable = '']) => variable.trim())
    .filter((variable) => !variable.startsWith('!'))
}

/** `A.b.c` is the attribute `b.c` of `A`. Names such as `ALIYUN::Region` have no dot. */
export function namedInText(text: string): Named {
  const dot = text.indexOf('.')
  return dot < 0 ? { name: text } : { name: text.slice(0, dot), attribute: text.slice(dot + 1) }
}
