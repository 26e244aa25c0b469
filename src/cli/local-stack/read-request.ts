import type { JsonObject, JsonValue } from '../../platform/json.ts'
import { isJsonObject } from '../../platform/json.ts'
import { LONGEST_TEXT } from '../../ros/text-limit.ts'
import { inputName } from '../options/input-name.ts'
import { includeFiles, type IncludedFiles, type ReadBytes } from '../ros-template/included-files.ts'
import { readMap, templateText } from '../ros-template/source.ts'
import { UsageError } from '../usage-error.ts'
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
  const text = templateText(given.path, await readBytes(given.path))
  const included = await includeFiles(given.path, text, readBytes)
  refuseLongTexts(given.path, included)
  const { parametersFile, only } = given
  const fromFile =
    parametersFile === undefined
      ? {}
      : valuesIn(readMap(parametersFile, await parametersIn(parametersFile, readBytes)))
  return {
    template: readMap(given.path, Buffer.from(included.text)),
    parameters: { ...fromFile, ...Object.fromEntries(given.parameters) },
    ...(only === undefined ? {} : { only: [...only] }),
  }
}

/** The bridge refuses an event with such a text. To find that out takes long, and by then the stack is being created. */
function refuseLongTexts(path: string, { within }: IncludedFiles): void {
  for (const [{ value }, file] of within?.texts ?? [])
    if (value.length > LONGEST_TEXT)
      throw new UsageError(
        `${path}: includes ${file}, which has ${String(value.length)} characters, and an event has texts of at most ${String(LONGEST_TEXT)}; for ROS, stackbridge package --upload-to puts an address in its place`,
      )
}

/** No template can declare more. To read a longer file takes long. */
async function parametersIn(file: string, readBytes: ReadBytes): Promise<Uint8Array> {
  const bytes = await readBytes(file)
  if (bytes.byteLength > LONGEST_TEXT)
    throw new UsageError(
      `${inputName(file)}: has ${String(bytes.byteLength)} bytes, and parameters may have at most ${String(LONGEST_TEXT)}`,
    )
  return bytes
}

/** A map of name to value, or one with such a map as `Parameters`. */
function valuesIn(map: JsonObject): Readonly<Record<string, JsonValue>> {
  const inner = map['Parameters']
  return Object.keys(map).length === 1 && isJsonObject(inner) ? inner : map
}
