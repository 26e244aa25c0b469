import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { unzipSync } from 'fflate'

export interface UnpackedZip {
  readonly folder: string
  /** Paths of its files. */
  readonly files: readonly string[]
  readonly close: () => Promise<void>
}

/** Unpacks the zip of a build as Function Compute does: no other file, test entry or dependency is beside its files. */
export async function unpackZip(built: string): Promise<UnpackedZip> {
  const folder = await mkdtemp(join(tmpdir(), 'stackbridge-unzipped-'))
  const entries = Object.entries(unzipSync(await readFile(join(built, 'stackbridge.zip'))))
  for (const [name, bytes] of entries) {
    await mkdir(dirname(join(folder, name)), { recursive: true })
    await writeFile(join(folder, name), bytes)
  }
  return {
    folder,
    files: entries.map(([name]) => name),
    close: () => rm(folder, { recursive: true, force: true }),
  }
}
