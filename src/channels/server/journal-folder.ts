import { randomBytes } from 'node:crypto'
import { constants, lstat, mkdir, open, rename, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'

/** The journal's folder, or a file in it, is not as it must be; the message says what mends it. */
export class JournalFolderError extends Error {
  override readonly name = 'JournalFolderError'
}

export const JOURNAL_FILE = 'operations.jsonl'
/** Lines of the journal that cannot be read are moved here. */
export const DAMAGED_FILE = 'damaged'
export const KEY_FILE = 'key'

const OTHERS = 0o077
const { O_CREAT, O_EXCL, O_NOFOLLOW, O_RDONLY, O_WRONLY } = constants

/** Makes the folder where there is none. Throws `JournalFolderError` where others may read or write what is in it. */
export async function prepareFolder(folder: string): Promise<void> {
  await mkdir(folder, { recursive: true, mode: 0o700 })
  const { mode } = await stat(folder)
  if (isOpenToOthers(mode)) throw openToOthers(folder, mode, '700')
  for (const name of [JOURNAL_FILE, DAMAGED_FILE, KEY_FILE]) await checkFile(join(folder, name))
}

async function checkFile(path: string): Promise<void> {
  const found = await lstat(path).catch(absent)
  if (found === undefined) return
  if (!found.isFile())
    throw new JournalFolderError(`${path} is not a regular file; move it away: links are not followed`)
  if (isOpenToOthers(found.mode)) throw openToOthers(path, found.mode, '600')
}

/** Windows keeps no such bits. */
function isOpenToOthers(mode: number): boolean {
  return process.platform !== 'win32' && (mode & OTHERS) !== 0
}

function openToOthers(path: string, mode: number, right: string): JournalFolderError {
  const bits = (mode & 0o777).toString(8)
  return new JournalFolderError(
    `others may read or write ${path} (its mode is ${bits}), and it holds secrets; run: chmod ${right} ${path}`,
  )
}

/** 32 random bytes are 43 characters. */
const SHORTEST_KEY = 32

/**
 * The journal's own key, made where there is none. It keeps nobody from reading the journal who can read the folder. Throws
 * `JournalFolderError` where the file is empty or was cut short.
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

async function makeKey(folder: string, path: string): Promise<string> {
  const key = randomBytes(32).toString('base64url')
  const next = `${path}.new`
  // What a process that was killed has left here was never used.
  await rm(next, { force: true })
  const file = await open(next, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW, 0o600)
  try {
    await file.writeFile(key)
    await file.sync()
  } finally {
    await file.close()
  }
  await rename(next, path)
  await syncFolder(folder)
  return key
}

/** Makes what was created or renamed in the folder last through a loss of power. */
export async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, O_RDONLY)
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}

/** The file's text; `undefined` where there is no such file. Follows no symbolic link. */
export async function textOf(path: string): Promise<string | undefined> {
  const file = await open(path, O_RDONLY | O_NOFOLLOW).catch(absent)
  if (file === undefined) return undefined
  try {
    return await file.readFile('utf8')
  } finally {
    await file.close()
  }
}

function absent(error: unknown): undefined {
  if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined
  throw error
}
