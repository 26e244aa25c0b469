import type { JsonObject } from '../../platform/json.ts'
import { ROS_LIMITS } from '../../platform/limits/ros.ts'
import { UsageError } from '../usage-error.ts'
import { includeFiles, textOf, type ReadBytes } from './included-files.ts'
import { located, readMap, templateText } from './source.ts'
import { checkContent, checkVersion, TemplateError } from './template.ts'
import { placeTemplates, type TemplateUpload, type UploadOptions } from './template-uploads.ts'

export interface PackagedTemplate {
  readonly text: string
  /** The paths of the files that it includes. */
  readonly files: readonly string[]
  /** What has to be uploaded before it is used. */
  readonly uploads: readonly TemplateUpload[]
}

/** The one template that ROS takes. Throws `UsageError` where ROS would refuse it for its form or its size. */
export async function packageTemplate(
  path: string,
  readBytes: ReadBytes,
  options: UploadOptions,
): Promise<PackagedTemplate> {
  const source = await readBytes(path)
  const own = templateText(path, source)
  checkIsTemplate(path, source, readMap(path, source))
  const included = await includeFiles(path, own, readBytes)
  const { within } = included
  const uploads = within === undefined ? [] : await placeTemplates(path, within, options)
  const text = within === undefined ? included.text : textOf(within.document)
  const bytes = Buffer.byteLength(text)
  const { most } = ROS_LIMITS.template
  if (bytes > most)
    throw new UsageError(
      `${path}: has ${String(bytes)} bytes with its files, and ROS takes at most ${String(most)}: have the templates of its stacks uploaded with --upload-to`,
    )
  return { text, files: included.files, uploads }
}

function checkIsTemplate(path: string, source: Uint8Array, document: JsonObject): void {
  try {
    checkContent(document)
    checkVersion(document)
  } catch (error) {
    throw error instanceof TemplateError ? located(error, path, source) : error
  }
}
