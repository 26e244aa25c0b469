import { mkdir, stat } from 'node:fs/promises'
import { dirname } from 'node:path'

/**
 * Creates a folder and those above it that do not exist, with `mode`. Resolves with the uppermost one that was created;
 * `undefined` if none was. Node's own recursive `mkdir` never ends below /proc, which says ENOENT though the folder above
 * exists.
 */
export async function makeFolder(folder: string, mode?: number): Promise<string | undefined> {
  if (await isFolder(folder)) return undefined
  const above = dirname(folder)
  const first = above === folder ? undefined : await makeFolder(above, mode)
  try {
    await mkdir(folder, mode)
  } catch (error) {
    // Another process may have made it at this moment.
    if (codeOf(error) === 'EEXIST' && (await isFolder(folder))) return first
    throw error
  }
  return first ?? folder
}

async function isFolder(path: string): Promise<boolean> {
  try {
    return (await stat(path)).isDirectory()
  } catch (error) {
    if (codeOf(error) === 'ENOENT' || codeOf(error) === 'ENOTDIR') return false
    throw error
  }
}

function codeOf(error: unknown): unknown {
  return error instanceof Error && 'code' in error ? error.code : undefined
}
