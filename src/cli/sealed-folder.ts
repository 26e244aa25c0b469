import { access, rm, rmdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import * as v from 'valibot'
import { seal, unseal } from '../bridge/continuation/seal.ts'
import {
  forgetKey,
  JournalFolderError,
  ownKey,
  prepareFolder,
  replaceFile,
  syncFolder,
  textOf,
} from '../channels/server/journal-folder.ts'
import { lock, LockedError } from '../channels/server/lock.ts'
import type { Clock } from '../platform/clock.ts'
import { parseJson, writeJson } from '../platform/json.ts'
import { makeFolder } from '../platform/make-folder.ts'
import { pathProblem } from '../platform/path-problem.ts'
import { UsageError } from './usage-error.ts'

/** A state on disk, locked for this process. */
export interface SealedFolder<State> {
  /** `undefined`: there is no state. */
  read(): Promise<State | undefined>
  /** Resolves when the state would survive a power failure. Writes that overlap are made in order. */
  write(state: State): Promise<void>
  /** Removes the state. */
  forget(): Promise<void>
  release(): Promise<void>
}

export interface SealedFolderOptions<State> {
  /** The folder that holds it, as `--state` gives it. */
  readonly parent: string
  readonly name: string
  readonly schema: v.GenericSchema<unknown, State>
  /** Sealed with it: a file of another context cannot be read. */
  readonly context: string
  /** What a user reads where another process has the folder. */
  readonly busy: string
  readonly clock: Clock
}

const STATE_FILE = 'state'

/**
 * Opens a folder with a state, which is created with mode 700 if it does not exist. The state is encrypted, since it holds
 * properties; the key is a file with mode 600 beside it. Throws `UsageError` if another process has it or others may read it.
 */
export async function openSealedFolder<State extends object>(
  options: SealedFolderOptions<State>,
): Promise<SealedFolder<State>> {
  const { parent, name, busy, clock } = options
  const folder = join(parent, name)
  const held = await asUsage(folder, busy, async () => {
    const made = await makeFolder(parent, 0o700)
    // The state is of this machine alone, and its key lies beside it. A folder that was there before has files of its own.
    if (made !== undefined) await writeFile(join(parent, '.gitignore'), '*\n')
    await prepareFolder(folder)
    return lock(folder, clock)
  })
  try {
    const key = await asUsage(folder, busy, () => ownKey(folder))
    return { ...stateFile(folder, key, options), release: () => releaseFolder(folder, held) }
  } catch (error) {
    await held.release()
    throw error
  }
}

/** Whether there is a folder for a state. Throws `UsageError` if that cannot be known. */
export async function hasSealedFolder(parent: string, name: string): Promise<boolean> {
  const folder = join(parent, name)
  try {
    await access(folder)
    return true
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return false
    throw new UsageError(`${folder} cannot be used (${pathProblem(error)}); give another one with --state`, {
      cause: error,
    })
  }
}

/** Nothing is left of a folder without a state. */
async function releaseFolder(folder: string, held: { release(): Promise<void> }): Promise<void> {
  const isEmpty = (await textOf(join(folder, STATE_FILE))) === undefined
  if (isEmpty) await forgetKey(folder)
  await held.release()
  if (isEmpty) await removeEmpty(folder)
}

/** Another process may have opened the folder at this moment; then it stays. */
async function removeEmpty(folder: string): Promise<void> {
  try {
    await rmdir(folder)
  } catch (error) {
    if (!(
      error instanceof Error &&
      'code' in error &&
      (error.code === 'ENOTEMPTY' || error.code === 'ENOENT')
    ))
      throw error
  }
}

function stateFile<State extends object>(
  folder: string,
  key: string,
  { schema, context, busy }: SealedFolderOptions<State>,
): Omit<SealedFolder<State>, 'release'> {
  const path = join(folder, STATE_FILE)
  let last = Promise.resolve()
  return {
    async read() {
      const sealed = await asUsage(folder, busy, () => textOf(path))
      if (sealed === undefined) return undefined
      const bytes = unseal(sealed, context, [key])
      const json = bytes === undefined ? undefined : parseJson(bytes)
      const parsed = json?.ok === true ? v.safeParse(schema, json.value) : undefined
      if (parsed?.success !== true)
        throw new UsageError(
          `${path} cannot be read: its key, or the version of this command, is another one; restore the file key beside it, or delete the stacks by hand and remove ${folder}`,
        )
      return parsed.output
    },
    write(state) {
      const sealed = seal(Buffer.from(writeJson(state)), context, key)
      const written = last.then(() => replaceFile(folder, path, sealed))
      last = written.catch(() => undefined)
      return written
    },
    async forget() {
      await last
      await rm(path, { force: true })
      await syncFolder(folder)
    },
  }
}

/** What is wrong with the folder is for the user to put right. */
async function asUsage<T>(folder: string, busy: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (cause) {
    if (cause instanceof LockedError) throw new UsageError(busy, { cause })
    if (cause instanceof RangeError)
      throw new UsageError(`the path ${folder} is too long for a lock; give a shorter one with --state`, {
        cause,
      })
    if (cause instanceof JournalFolderError) throw new UsageError(cause.message, { cause })
    if (cause instanceof Error && 'code' in cause) {
      // Of a file in the place of the folder above, the error has the path.
      const path = cause.code === 'EEXIST' && 'path' in cause ? String(cause.path) : folder
      throw new UsageError(`${path} cannot be used (${pathProblem(cause)}); give another one with --state`, {
        cause,
      })
    }
    throw cause
  }
}
