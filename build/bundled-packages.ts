import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Metafile } from 'esbuild'
import * as v from 'valibot'

/** An npm package, of which at least one byte is in a bundle. */
export interface BundledPackage {
  readonly name: string
  readonly version: string
  /** An SPDX expression, as the package states it. */
  readonly license: string
  /** The lock file's integrity: `sha512-` and base64. */
  readonly integrity: string
  /** Files in which the package states its licence and copyright, by name. */
  readonly notices: Readonly<Record<string, string>>
}

const packageSchema = v.object({ name: v.string(), version: v.string(), license: v.string() })
const lockSchema = v.object({
  packages: v.record(v.string(), v.object({ integrity: v.optional(v.string()) })),
})

const NOTICE_FILE = /^(?:licen[cs]e|copying|notice|copyright)/i

/**
 * The packages in those files of a bundle whose path `isOf` accepts, sorted by name and version. Throws for a package that
 * states no licence or is not in the lock file: what is in the zip has to be known. `root`: the checkout's folder.
 */
export async function bundledPackages(
  metafile: Metafile,
  isOf: (output: string) => boolean,
  root: string,
): Promise<readonly BundledPackage[]> {
  const lock = v.parse(lockSchema, JSON.parse(await readFile(join(root, 'package-lock.json'), 'utf8')))
  const folders = Object.entries(metafile.outputs)
    .filter(([path]) => isOf(path))
    .flatMap(([, { inputs }]) => Object.entries(inputs))
    .flatMap(([input, { bytesInOutput }]) => (bytesInOutput === 0 ? [] : (folderOf(input) ?? [])))
  const packages = await Promise.all(
    [...new Set(folders)].map((folder) =>
      // Where node_modules is a link, esbuild's paths lead to its target, and the lock file's do not.
      readPackage(root, folder, lock.packages[folder.slice(folder.indexOf('node_modules/'))]?.integrity),
    ),
  )
  return packages.sort((one, other) => (nameOf(one) < nameOf(other) ? -1 : 1))
}

export function nameOf({ name, version }: Pick<BundledPackage, 'name' | 'version'>): string {
  return `${name}@${version}`
}

/** `node_modules/a/node_modules/@b/c` for a file of `@b/c`; `undefined` for the bridge's own files. */
function folderOf(input: string): string | undefined {
  return /^(?:.*\/)?node_modules\/(?:@[^/]+\/)?[^/]+/.exec(input)?.[0]
}

async function readPackage(
  root: string,
  folder: string,
  integrity: string | undefined,
): Promise<BundledPackage> {
  const path = join(root, folder)
  const read = v.safeParse(packageSchema, JSON.parse(await readFile(join(path, 'package.json'), 'utf8')))
  if (!read.success) throw new Error(`${folder}/package.json states no name, version or licence`)
  if (integrity === undefined) throw new Error(`${folder} is not in package-lock.json`)
  const files = (await readdir(path)).filter((name) => NOTICE_FILE.test(name)).sort()
  const notices = await Promise.all(
    files.map(async (name) => [name, await readFile(join(path, name), 'utf8')] as const),
  )
  return { ...read.output, integrity, notices: Object.fromEntries(notices) }
}
