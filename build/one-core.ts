import { readFile } from 'node:fs/promises'
import { relative, resolve } from 'node:path'
import { build, type BuildOptions, type Metafile, type Plugin } from 'esbuild'

type Imports = ReadonlyMap<string, Metafile['inputs'][string]['imports']>

export interface OneCoreOptions {
  readonly root: string
  /** The entry whose sources are the core. */
  readonly entry: string
  /** Other entries that load the whole core, too. */
  readonly with?: readonly string[]
}

const CORE = 'stackbridge-core'

/**
 * Puts the modules of `src` that an entry imports statically into one chunk.
 *
 * esbuild makes one chunk for each set of modules that the same entries reach, and each dynamic import is such an entry. What is
 * loaded at the start would be dozens of small files, each of which costs time to find, read and link. With this plugin, each
 * dynamically imported module of the sources imports the core, so that every entry reaches all of it. The core has been loaded by
 * then: no module runs earlier than without the plugin.
 */
export async function oneCore(
  { root, entry, with: entries = [] }: OneCoreOptions,
  options: BuildOptions,
): Promise<Plugin> {
  const imports = await importsOfSources(root, options)
  const core = staticImportsFrom(entry, imports)
  const targets = new Set(
    [...[...imports.values()].flat().filter(({ kind }) => kind === 'dynamic-import')]
      .map(({ path }) => path)
      .concat(entries)
      .filter((path) => imports.has(path) && !core.has(path)),
  )
  const sources = [...core].filter((path) => path.startsWith('src/'))
  return {
    name: 'one-core',
    setup(bundling) {
      bundling.onResolve({ filter: new RegExp(`^${CORE}$`) }, () => ({ path: CORE, namespace: CORE }))
      bundling.onLoad({ filter: /./, namespace: CORE }, () => ({
        contents: sources.map((path) => `import ${JSON.stringify(resolve(root, path))}`).join('\n'),
        resolveDir: root,
      }))
      bundling.onLoad({ filter: /\.ts$/ }, async ({ path }) => {
        if (!targets.has(relative(root, path))) return undefined
        // In the first line, so that the lines of the source keep their numbers.
        return { contents: `import '${CORE}'; ${await readFile(path, 'utf8')}`, loader: 'ts' }
      })
    },
  }
}

/** The imports of each source file that the entries reach, without the files of packages. */
async function importsOfSources(root: string, options: BuildOptions): Promise<Imports> {
  const { metafile } = await build({
    ...options,
    absWorkingDir: root,
    bundle: true,
    platform: 'node',
    format: 'esm',
    packages: 'external',
    // Else each entry's file would hold all that the entry reaches.
    splitting: true,
    outdir: '.',
    write: false,
    metafile: true,
  })
  return new Map(Object.entries(metafile.inputs).map(([path, { imports }]) => [path, imports]))
}

function staticImportsFrom(entry: string, imports: Imports): ReadonlySet<string> {
  const reached = new Set<string>()
  const visit = (path: string): void => {
    if (reached.has(path)) return
    reached.add(path)
    for (const next of imports.get(path) ?? []) if (next.kind === 'import-statement') visit(next.path)
  }
  visit(entry)
  return reached
}
