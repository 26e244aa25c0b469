import { isJsonList, isJsonObject, type JsonObject, type JsonValue } from '../../platform/json.ts'
import { asRosFunction, type RosFunction } from '../validate/ros-functions.ts'
import { pathTo } from '../validate/finding.ts'

/** A name that a function in a template refers to. CloudFormation's functions have the same forms. */
export interface Reference {
  /** A parameter or a resource, pseudo parameters included. */
  readonly name: string
  /** Of a resource; `undefined` where the function names none, or computes it. */
  readonly attribute?: string
  /** The place of the outermost function. */
  readonly path: string
  /** Whether a `Fn::If` decides if the reference counts. */
  readonly isConditional: boolean
}

/** The parameters and resources that the functions in a value name. Some may come twice. */
export function referencesIn(value: JsonValue): string[] {
  return referencesAt(value, '').map(({ name }) => name)
}

/** The references in the value at `path`. */
export function referencesAt(value: JsonValue, path: string): Reference[] {
  const found: Reference[] = []
  collect(value, { path, isConditional: false, isInFunction: false }, found)
  return found
}

interface Place {
  readonly path: string
  readonly isConditional: boolean
  readonly isInFunction: boolean
}

function collect(value: JsonValue, place: Place, found: Reference[]): void {
  const below = (name: string | number) =>
    place.isInFunction ? place : { ...place, path: pathTo(place.path, name) }
  if (isJsonList(value)) {
    for (const [index, item] of value.entries()) collect(item, below(index), found)
    return
  }
  if (!isJsonObject(value)) return
  const called = asRosFunction(value)
  if (called === undefined) {
    for (const [name, item] of Object.entries(value)) collect(item, below(name), found)
    return
  }
  const isConditional = place.isConditional || called.name === 'Fn::If'
  for (const named of namedBy(called)) found.push({ ...named, path: place.path, isConditional })
  collect(called.argument, { path: place.path, isConditional, isInFunction: true }, found)
}

type Named = Pick<Reference, 'name' | 'attribute'>

function namedBy({ name, argument }: RosFunction): Named[] {
  switch (name) {
    case 'Ref':
      return typeof argument === 'string' ? [{ name: argument }] : []
    case 'Fn::GetAtt': {
      if (typeof argument === 'string') return [atFirstDot(argument)]
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
            .map(atFirstDot)
            .filter((one) => !Object.hasOwn(own, one.name))
        : []
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
}

function atFirstDot(reference: string): Named {
  const dot = reference.indexOf('.')
  return dot < 0
    ? { name: reference }
    : { name: reference.slice(0, dot), attribute: reference.slice(dot + 1) }
}
