import { cp, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('../..', import.meta.url))

/** A text of the sources and its replacement. */
export interface SourceMutation {
  /** Below `src`. */
  readonly file: string
  readonly from: string
  readonly to: string
}

export interface MutatedSources {
  /** The path of a module of the copy; `module` is its path below `src`. */
  readonly path: (module: string) => string
  readonly remove: () => Promise<void>
}

/** Copies the sources with the mutation applied. Throws if the mutation does not apply. */
export async function mutateSources({ file, from, to }: SourceMutation): Promise<MutatedSources> {
  const folder = await mkdtemp(join(tmpdir(), 'stackbridge-mutant-'))
  await cp(join(root, 'src'), join(folder, 'src'), { recursive: true })
  await cp(join(root, 'package.json'), join(folder, 'package.json'))
  await symlink(join(root, 'node_modules'), join(folder, 'node_modules'))
  const mutated = join(folder, 'src', file)
  const source = await readFile(mutated, 'utf8')
  if (source.split(from).length !== 2) throw new Error(`${file} does not hold the mutated text once: ${from}`)
  await writeFile(
    mutated,
    source.replace(from, () => to),
  )
  return {
    path: (module) => join(folder, 'src', module),
    remove: () => rm(folder, { recursive: true, force: true }),
  }
}
