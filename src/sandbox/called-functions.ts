import { isJsonList, isJsonObject, type JsonObject, type JsonValue } from '../platform/json.ts'

/** A function in a template, such as `{Ref: Name}` or `{get_param: name}`. */
export interface CalledFunction {
  readonly name: string
  readonly argument: JsonValue
}

/** Where a part of a value is: the names in maps and the indexes in lists that lead to it. */
export type Place = readonly (string | number)[]

export interface FoundFunction extends CalledFunction {
  /** Of the outermost function. */
  readonly place: Place
  /** Whether a choice between two values decides if the function counts. */
  readonly isConditional: boolean
}

/** How a template of one cloud writes its functions. */
interface FunctionSyntax {
  asFunction(map: JsonObject): CalledFunction | undefined
  /** The function that chooses between two values. */
  readonly choice: string
}

/** The functions in a value, also those in the arguments of others. */
export function calledFunctions(value: JsonValue, syntax: FunctionSyntax): FoundFunction[] {
  const found: FoundFunction[] = []
  collect(value, { place: [], isConditional: false, isInFunction: false }, syntax, found)
  return found
}

interface Position {
  readonly place: Place
  readonly isConditional: boolean
  readonly isInFunction: boolean
}

function collect(value: JsonValue, position: Position, syntax: FunctionSyntax, found: FoundFunction[]): void {
  const below = (name: string | number): Position =>
    position.isInFunction ? position : { ...position, place: [...position.place, name] }
  if (isJsonList(value)) {
    for (const [index, item] of value.entries()) collect(item, below(index), syntax, found)
    return
  }
  if (!isJsonObject(value)) return
  const called = syntax.asFunction(value)
  if (called === undefined) {
    for (const [name, item] of Object.entries(value)) collect(item, below(name), syntax, found)
    return
  }
  const { place } = position
  const isConditional = position.isConditional || called.name === syntax.choice
  found.push({ ...called, place, isConditional })
  collect(called.argument, { place, isConditional, isInFunction: true }, syntax, found)
}
