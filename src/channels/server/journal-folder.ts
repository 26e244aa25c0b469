import { randomBytes } from 'node:crypto'
import { constants, lstat, open, rename, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { makeFolder } from '../../platform/make-folder.ts'

/** The journal's folder or a file in it is not valid. The message says how to repair it. */
export class JournalFolderError extends Error {
  override readonly name = 'JournalFolderError'
}

export const JOURNAL_FILE = 'operations.jsonl'
/** Lines of the journal that cannot be read are moved here. */
export const DAMAGED_FILE = 'damaged'
export const KEY_FILE = 'key'

const OTHERS = 0o077
const { O_CREAT, O_EXCL, O_NOFOLLOW, O_RDONLY, O_WRONLY } = constants

/** Creates the folder if it does not exist. Throws `JournalFolderError` if other users may read or write its files. */
export async function prepareFolder(folder: string): Promise<void> {
  await makeFolder(folder, 0o700)
  const { mode } = await stat(folder)
  if (isOpenToOthers(mode)) throw openToOthers(folder, mode, '700')
  for (const name of [JOURNAL_FILE, DAMAGED_FILE, KEY_FILE]) await checkFile(join(folder, name))
}

async function checkFile(path: string): Promise<void> {
  const found = await lstat(path).catch(undefinedIfMissing)
  if (found === undefined) return
  if (!found.isFile())
    throw new JournalFolderError(`${path} is not a regular file; move it away: links are not followed`)
  if (isOpenToOthers(found.mode)) throw openToOthers(path, found.mode, '600')
}

/** Windows has no such mode bits. */
function isOpenToOthers(mode: number): boolean {
  return process.platform !== 'win32' && (mode & OTHERS) !== 0
}

function openToOthers(path: string, mode: number, right: string): JournalFolderError {
  const bits = (mode & 0o777).toString(8)
  return new JournalFolderError(
    `others may read or write ${path} (its mode is ${bits}), and it holds secrets; run: chmod ${right} ${path}`,
  )
}

/** The key is 32 random bytes, which are 43 characters. A key with fewer than 32 characters was truncated. */
const SHORTEST_KEY = 32

/**
 * The key in the journal's folder; creates one if there is none. It does not protect the journal from users who can read the
 * folder. Throws `JournalFolderError` if the key's file is empty or truncated.
 */
export async function ownKey(folder: string): Promise<string> {
  const path = join(folder, KEY_FILE)
  const key = (await textOf(path))?.trim()
  if (key === undefined) return makeKey(folder, path)
  if (key.length < SHORTEST_KEY)
    throw new JournalFolderError(
      `the key in ${path} has ${String(key.length)} characters, and must have ${String(SHORTEST_KEY)}: restore the file; or, where ${JOURNAL_FILE} beside it is empty or may be lost, remove both`,
    )
  return key
}

/** Removes the key, with which nothing is encrypted any more. */
export async function forgetKey(folder: string): Promise<void> {
  await rm(join(folder, KEY_FILE), { force: true })
}

async function makeKey(folder: string, path: string): Promise<string> {
  const key = randomBytes(32).toString('base64url')
  await replaceFile(folder, path, key)
  return key
}

/**
 * Writes a file of the folder, for its owner only. After a crash or a power failure the file has its old or its new content.
 * Throws the errors of the file system.
 */
export async function replaceFile(folder: string, path: string, text: string): Promise<void> {
  const next = `${path}.new`
  // The file of a process that was killed here was never used.
  await rm(next, { force: true })
  const file = await open(next, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW, 0o600)
  try {
    await file.writeFile(text)
    await file.sync()
  } finally {
    await file.close()
  }
  await rename(next, path)
  await syncFolder(folder)
}

/** Makes files that were created or renamed in the folder survive a power failure. */
export async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, O_RDONLY)
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}

/** The file's text; `undefined` if there is no such file. Rejects for a symbolic link. */
export async function textOf(path: string): Promise<string | undefined> {
  const file = await open(path, O_RDONLY | O_NOFOLLOW).catch(undefinedIfMissing)
  if (file === undefined) return undefined
  try {
    return await file.readFile('utf8')
  } finally {
    await file.close()
  }
}

function undefinedIfMissing(error: unknown): undefined {
  if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined
  throw error
}
