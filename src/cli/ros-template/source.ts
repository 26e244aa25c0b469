import type { JsonObject } from '../../platform/json.ts'
import { isJsonObject } from '../../platform/json.ts'
import { ROS_LIMITS } from '../../platform/limits/ros.ts'
import { inputName } from '../options/input-name.ts'
import { fileText } from '../options/file-text.ts'
import { parseSource } from '../validate/source-document.ts'
import { UsageError } from '../usage-error.ts'
import type { TemplateError } from './template.ts'

/** The text of a ROS template's own file. Throws `UsageError`, also where ROS would refuse it for its size. */
export function templateText(path: string, bytes: Uint8Array): string {
  const problem = sizeProblem(bytes)
  if (problem !== undefined) throw new UsageError(`${inputName(path)}: ${problem}`)
  return fileText(path, bytes)
}

/** To read YAML takes long, so that this is known first. */
export function sizeProblem({ byteLength }: Uint8Array): string | undefined {
  const { most } = ROS_LIMITS.template
  return byteLength > most
    ? `has ${String(byteLength)} bytes, and ROS takes a template of at most ${String(most)}`
    : undefined
}

/** The data of a template or of a file of parameters, in YAML or JSON. Throws `UsageError`. */
export function readMap(path: string, bytes: Uint8Array): JsonObject {
  const name = inputName(path)
  const source = parseSource(fileText(path, bytes))
  if (!source.ok) {
    const line = source.line === undefined ? '' : `:${String(source.line)}`
    throw new UsageError(`${name}${line}: ${source.problem}`)
  }
  const [duplicate] = source.duplicates
  // Which of the two ROS takes is not known.
  if (duplicate !== undefined)
    throw new UsageError(
      `${name}:${String(duplicate.line)}: has the key ${duplicate.key} twice in one map; remove one of them`,
    )
  if (source.value === null) throw new UsageError(`${name}: is empty, and must hold a map`)
  if (!isJsonObject(source.value)) throw new UsageError(`${name}: must hold a map`)
  return source.value
}

/** The error with the file and, where it is in the file, the line. */
export function located(error: TemplateError, path: string, bytes: Uint8Array): UsageError {
  const source = parseSource(new TextDecoder().decode(bytes))
  const line = source.ok ? source.lineOf(error.path) : undefined
  return new UsageError(
    `${inputName(path)}${line === undefined ? '' : `:${String(line)}`}: ${error.message}`,
    {
      cause: error,
    },
  )
}
