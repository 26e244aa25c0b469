import { ROS_LIMITS } from '../../platform/limits/ros.ts'
import { includeFiles, type IncludedFiles, type ReadBytes } from './included-files.ts'
import { readMap } from './source.ts'
import { TemplateError } from './template.ts'

/** The one template that ROS takes. Throws `TemplateError` where ROS would refuse it for its form or its size. */
export async function packageTemplate(path: string, readBytes: ReadBytes): Promise<IncludedFiles> {
  const text = new TextDecoder().decode(await readBytes(path))
  const included = await includeFiles(path, text, readBytes)
  readMap(path, Buffer.from(included.text))
  const bytes = Buffer.byteLength(included.text)
  const { most } = ROS_LIMITS.template
  if (bytes > most)
    throw new TemplateError(
      path,
      `has ${String(bytes)} bytes with its files, and ROS takes at most ${String(most)}: put the largest file where its cloud can read it, and give its address with TemplateURL; package does not upload`,
    )
  return included
}
