import { realpath } from 'node:fs/promises'
import { basename, dirname, join, relative, resolve } from 'node:path'
import { UsageError } from '../usage-error.ts'
import type { StackState } from './stack-state.ts'

/** How a command names its stack. */
export interface NamedStack {
  readonly stackName: string
  /** The folder with the states of all stacks. */
  readonly folder: string
  /** No option names the folder: it is the one that all commands use. */
  readonly isUsualFolder: boolean
  /** The file of the command line; `undefined` for standard input, and where there is none. */
  readonly template: string | undefined
  /** `--stack-name` gives the name. Otherwise it is that of the file, which another file may have, too. */
  readonly isNamed: boolean
}

/**
 * Where the template is, as its stack's state keeps it: seen from the folder of states, so that both may move together.
 * `undefined` for a template that is no file.
 */
export async function templatePlace({ template, folder }: NamedStack): Promise<string | undefined> {
  if (template === undefined) return undefined
  return relative(await withoutLinks(resolve(folder)), await withoutLinks(resolve(template)))
}

/** Two files of one name have one stack name: the second one must not act on the stack of the first. Throws `UsageError`. */
export async function checkTemplatePlace(state: StackState, named: NamedStack): Promise<void> {
  const { stackName, folder, template, isNamed } = named
  const { templatePlace: kept } = state
  if (isNamed || template === undefined || kept === undefined) return
  if (kept === (await templatePlace(named))) return
  const first = relative('.', join(await withoutLinks(resolve(folder)), kept))
  throw new UsageError(
    `the stack ${stackName} was made from ${first}, not from ${template}; for a stack of its own give --stack-name with another name, or for a template that has moved give --stack-name ${stackName}`,
  )
}

/** Only the folders' links are followed: a link to a template has a name of its own. */
async function withoutLinks(path: string): Promise<string> {
  try {
    return join(await realpath(dirname(path)), basename(path))
  } catch (error) {
    if (error instanceof Error && 'code' in error) return path
    throw error
  }
}
