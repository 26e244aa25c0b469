import type { JsonObject } from '../../platform/json.ts'
import { ROS_LIMITS } from '../../platform/limits/ros.ts'
import { UsageError } from '../usage-error.ts'
import { includeFiles, type IncludedFiles, type ReadBytes } from './included-files.ts'
import { located, readMap } from './source.ts'
import { checkContent, TemplateError } from './template.ts'

/** The one template that ROS takes. Throws `UsageError` where ROS would refuse it for its form or its size. */
export async function packageTemplate(path: string, readBytes: ReadBytes): Promise<IncludedFiles> {
  const source = await readBytes(path)
  const included = await includeFiles(path, new TextDecoder().decode(source), readBytes)
  checkIsTemplate(path, source, readMap(path, Buffer.from(included.text)))
  const bytes = Buffer.byteLength(included.text)
  const { most } = ROS_LIMITS.template
  if (bytes > most)
    throw new UsageError(
      `${path}: has ${String(bytes)} bytes with its files, and ROS takes at most ${String(most)}: put the largest file where its cloud can read it, and give its address with TemplateURL; package does not upload`,
    )
  return included
}

function checkIsTemplate(path: string, source: Uint8Array, document: JsonObject): void {
  try {
    checkContent(document)
  } catch (error) {
    throw error instanceof TemplateError ? located(error, path, source) : error
  }
}
