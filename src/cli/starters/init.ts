import { stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { createEventOf } from './create-event.ts'
import { pathProblem } from '../../platform/path-problem.ts'
import type { Starter } from './starter.ts'
import { makeFolder } from '../../platform/make-folder.ts'
import { UsageError } from '../usage-error.ts'

/** Paths, relative if the folder is. */
export interface StarterFiles {
  readonly template: string
  readonly event: string
}

/**
 * Writes a starter's ROS template and its Create event to a folder, which is created if needed. Throws `UsageError` before
 * anything is written if a file exists and `force` is false.
 */
export async function writeStarter(starter: Starter, folder: string, force: boolean): Promise<StarterFiles> {
  const template = join(folder, `${starter.cloud}.ros.yml`)
  const event = join(folder, `${starter.cloud}-create.json`)
  if (!force) {
    const taken = (await Promise.all([template, event].map(existing))).flat()
    if (taken.length > 0)
      throw new UsageError(
        `${taken.join(' and ')} ${taken.length === 1 ? 'exists' : 'exist'} already; use --force to overwrite`,
      )
  }
  // Another process may have written the file since the check.
  const flag = force ? 'w' : 'wx'
  try {
    await makeFolder(folder)
    await writeFile(template, starter.template, { flag })
    await writeFile(event, `${JSON.stringify(createEventOf(starter), undefined, 2)}\n`, { flag })
  } catch (cause) {
    throw new UsageError(`${folder} cannot be written to (${pathProblem(cause)}); give another folder`, {
      cause,
    })
  }
  return { template, event }
}

async function existing(path: string): Promise<string[]> {
  return (await stat(path).catch(() => undefined)) === undefined ? [] : [path]
}
