import { readdir, readFile } from 'node:fs/promises'
import { join, sep } from 'node:path'
import { zipSync, type Zippable } from 'fflate'

/**
 * Zips all files in a folder, with the same bytes for the same files: sorted, with fixed permissions and one fixed time. A zip
 * has no time zone; fflate reads the local parts of the date.
 */
export async function zipFolder(folder: string): Promise<Uint8Array> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true })
  const paths = entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .sort()
  const mtime = new Date(1980, 0, 1)
  // Unix: a regular file that everyone may read.
  const attrs = 0o100644 << 16
  const files: Zippable = {}
  for (const path of paths) {
    const name = path
      .slice(folder.length + 1)
      .split(sep)
      .join('/')
    files[name] = [await readFile(path), { mtime, attrs, os: 3, level: 9 }]
  }
  return zipSync(files)
}
