import { dirname, join, relative, resolve } from 'node:path'
import { UsageError } from '../usage-error.ts'
import { readState } from './planned-events.ts'
import { templatePlace, type NamedStack } from './template-place.ts'

/**
 * For a stack that has no state in the current folder's usual place. `up` may have been run in a folder above, or beside the
 * template: what a command did without that state would be about a second stack of the same template. Throws `UsageError`.
 */
export async function refuseStateElsewhere(named: NamedStack): Promise<void> {
  const { stackName, folder, template, isNamed, isUsualFolder } = named
  if (!isUsualFolder || isNamed || template === undefined) return
  const places = new Set([
    ...foldersAbove(dirname(resolve('.'))),
    ...foldersAbove(dirname(resolve(template))),
  ])
  for (const place of places) {
    if (place === resolve('.') || !(await hasStackOf({ ...named, folder: join(place, folder) }))) continue
    const found = relative('.', join(place, folder))
    throw new UsageError(
      `${template} has its stack ${stackName} in ${found}, and not in ${folder} of this folder; run the command in ${relative('.', place)}, or give --state ${found}; for a second stack of the template give --stack-name`,
    )
  }
}

async function hasStackOf(named: NamedStack): Promise<boolean> {
  try {
    const state = await readState(named.folder, named.stackName)
    return state?.templatePlace !== undefined && state.templatePlace === (await templatePlace(named))
  } catch (error) {
    // A folder of somebody else, one that another process has, or no folder.
    if (error instanceof UsageError) return false
    throw error
  }
}

function foldersAbove(folder: string): readonly string[] {
  const above = dirname(folder)
  return above === folder ? [folder] : [folder, ...foldersAbove(above)]
}
