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
  /** Those of `with` that also load what `entry` imports of the handlers. */
  readonly hosts?: readonly string[]
  /** The entries that are loaded one at a time, by group. What two groups share belongs together. */
  readonly groups?: readonly (readonly string[])[]
  /** Entries whose sources are one more chunk, with what the groups share; without them, that belongs to the core. */
  readonly late?: readonly string[]
}

/** Modules that come in one chunk, and the modules that load it. */
interface Together {
  readonly name: string
  readonly sources: readonly string[]
  readonly loadedBy: readonly string[]
}

/**
 * Puts the modules of `src` that an entry imports statically into one chunk, and those of `handlers` into another one.
 *
 * esbuild makes one chunk for each set of modules that the same entries reach, and each dynamic import is such an entry. What is
 * loaded at the start would be dozens of small files, each of which costs time to find, read and link. With this plugin, each
 * dynamically imported module of the sources imports the core, so that every entry reaches all of it. The core has been loaded by
 * then: no module runs earlier than without the plugin. What several `groups` share and what `late` needs may run earlier, so it
 * must have no effects.
 */
export async function oneCore(options: OneCoreOptions, bundled: BuildOptions): Promise<Plugin> {
  const { root } = options
  const chunks = chunksOf(options, await importsOfSources(root, bundled))
  return {
    name: 'one-core',
    setup(bundling) {
      const names = chunks.map(({ name }) => name)
      bundling.onResolve({ filter: new RegExp(`^(?:${names.join('|')})$`) }, ({ path }) => ({
        path,
        namespace: 'one-core',
      }))
      bundling.onLoad({ filter: /./, namespace: 'one-core' }, ({ path }) => ({
        contents: chunks
          .filter(({ name }) => name === path)
          .flatMap(({ sources }) => sources)
          .map((source) => `import ${JSON.stringify(resolve(root, source))}`)
          .join('\n'),
        resolveDir: root,
      }))
      bundling.onLoad({ filter: /\.ts$/ }, async ({ path }) => {
        const loaded = chunks.filter(({ loadedBy }) => loadedBy.includes(relative(root, path)))
        if (loaded.length === 0) return undefined
        const first = loaded.map(({ name }) => `import '${name}'; `).join('')
        // Within a line, so that the lines of the source keep their numbers.
        const contents = (await readFile(path, 'utf8')).replace(/^(?:#!.*\n)?/, `$&${first}`)
        return { contents, loader: 'ts' }
      })
    },
  }
}

function chunksOf(
  { entry, with: entries = [], hosts = [], groups = [], late = [] }: OneCoreOptions,
  imports: Imports,
): readonly Together[] {
  const dynamic = [...imports.values()].flat().filter(({ kind }) => kind === 'dynamic-import')
  const loaders = [...dynamic.map(({ path }) => path), ...entries].filter((path) => imports.has(path))
  const ofEntry = staticImportsFrom([entry], imports)
  const shared = repeated(groups.flatMap((group) => [...staticImportsFrom(group, imports)])).filter(
    (path) => !groups.flat().includes(path),
  )
  const core = new Set([...ofEntry, ...(late.length === 0 ? shared : [])])
  const ofLate = late.length === 0 ? [] : [...staticImportsFrom(late, imports), ...shared]
  const inLate = new Set(ofLate.filter((path) => !core.has(path)))
  const isOwn = (path: string): boolean => path.startsWith('src/')
  return [
    {
      name: 'stackbridge-core',
      sources: [...core].filter(isOwn),
      // The entry, too: its own imports do not reach what the groups share, and without it the list of the core would be a chunk.
      loadedBy: [entry, ...loaders.filter((path) => !core.has(path))],
    },
    {
      name: 'stackbridge-host',
      sources: [...core].filter((path) => path.startsWith('handlers/')),
      loadedBy: hosts.length === 0 ? [] : [entry, ...hosts],
    },
    {
      name: 'stackbridge-late',
      sources: [...inLate].filter(isOwn),
      loadedBy: loaders.filter((path) =>
        [...staticImportsFrom([path], imports)].some((reached) => isOwn(reached) && inLate.has(reached)),
      ),
    },
  ]
}

function repeated(paths: readonly string[]): string[] {
  const once = new Set<string>()
  return [...new Set(paths.filter((path) => once.has(path) || !once.add(path)))]
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

function staticImportsFrom(entries: readonly string[], imports: Imports): ReadonlySet<string> {
  const reached = new Set<string>()
  const visit = (path: string): void => {
    if (reached.has(path)) return
    reached.add(path)
    for (const next of imports.get(path) ?? []) if (next.kind === 'import-statement') visit(next.path)
  }
  entries.forEach(visit)
  return reached
}
