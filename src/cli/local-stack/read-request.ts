import type { JsonObject, JsonValue } from '../../platform/json.ts'
import { isJsonObject } from '../../platform/json.ts'
import { fileText } from '../options/file-text.ts'
import { includeFiles, type ReadBytes } from '../ros-template/included-files.ts'
import { readMap } from '../ros-template/source.ts'
import type { StackRequest } from './desired-stack.ts'

export interface GivenRequest {
  /** Of the template. */
  readonly path: string
  /** From the command line; they win over those of the file. */
  readonly parameters: ReadonlyMap<string, string>
  readonly parametersFile?: string
  readonly only?: readonly string[]
}

/** Reads a template with the files that it includes, and its parameters. Throws `UsageError`. */
export async function readRequest(given: GivenRequest, readBytes: ReadBytes): Promise<StackRequest> {
  const text = fileText(given.path, await readBytes(given.path))
  const included = await includeFiles(given.path, text, readBytes)
  const { parametersFile, only } = given
  const fromFile =
    parametersFile === undefined ? {} : valuesIn(readMap(parametersFile, await readBytes(parametersFile)))
  return {
    template: readMap(given.path, Buffer.from(included.text)),
    parameters: { ...fromFile, ...Object.fromEntries(given.parameters) },
    ...(only === undefined ? {} : { only: [...only] }),
  }
}

/** A map of name to value, or one with such a map as `Parameters`. */
function valuesIn(map: JsonObject): Readonly<Record<string, JsonValue>> {
  const inner = map['Parameters']
  return Object.keys(map).length === 1 && isJsonObject(inner) ? inner : map
}
