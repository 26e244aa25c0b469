import { isJsonList, isJsonObject, type JsonValue } from '../../platform/json.ts'
import { pathTo } from '../validate/finding.ts'
import { asRosFunction, type RosFunction } from '../validate/ros-functions.ts'
import { evaluate, isMet, type Scope } from './functions.ts'

/** A scope throws it for a value that a resource has only once it exists. */
export class NotKnownYet extends Error {
  override readonly name = 'NotKnownYet'
}

/**
 * Computes each function of a value as far as its references are known, so that a mistake is found before anything is
 * made. Throws `TemplateError` for a mistake that does not depend on unknown values.
 */
export function checkFunctions(value: JsonValue, path: string, scope: Scope): void {
  const called = asRosFunction(value)
  if (called === undefined) {
    checkChildren(value, path, scope)
    return
  }
  try {
    evaluate(value, path, scope)
  } catch (error) {
    if (!(error instanceof NotKnownYet)) throw error
    checkArgument(called, path, scope)
  }
}

function checkArgument({ name, argument }: RosFunction, path: string, scope: Scope): void {
  if (name !== 'Fn::If' || !isJsonList(argument)) {
    checkFunctions(argument, path, scope)
    return
  }
  // The other branch is not computed, and may refer to what this stack does not have.
  const [condition = false, then = null, otherwise = null] = argument
  checkFunctions(isMet(condition, path, scope) ? then : otherwise, path, scope)
}

function checkChildren(value: JsonValue, path: string, scope: Scope): void {
  if (isJsonList(value))
    for (const [index, item] of value.entries()) checkFunctions(item, pathTo(path, index), scope)
  else if (isJsonObject(value))
    for (const [name, item] of Object.entries(value)) checkFunctions(item, pathTo(path, name), scope)
}
