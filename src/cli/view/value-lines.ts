import { writeJson, type JsonObject } from '../../platform/json.ts'
import { indented, type Width } from './text-layout.ts'

/** `name = value`, one line each. */
export function valueLines(values: JsonObject, indentation: number, width: Width): string[] {
  return Object.entries(values).flatMap(([name, value]) =>
    indented(`${name} = ${typeof value === 'string' ? value : writeJson(value)}`, indentation, width),
  )
}
