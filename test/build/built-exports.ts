import { execFile } from 'node:child_process'
import { isAbsolute, join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { promisify } from 'node:util'
import type { Metafile } from 'esbuild'

const root = join(import.meta.dirname, '../..')
/** Programs run on import, and export nothing. Other tests run them. */
const PROGRAMS = /(^|\/)(cli|custom-runtime)\.mjs$/
/** The modules that the plugins in `build/bundle.ts` and `build/unused-parts.ts` replace; their import fails on purpose. */
const LEFT_OUT = /^(?:left-to-the-command-line|unused-part):/

/** The names that a module exports, and the `typeof` of each. */
type Exports = Readonly<Record<string, string>>

/**
 * Lists the faults of a bundle's dynamic imports. Every entry, and every own module that is imported dynamically, must have the
 * exports of its source with the same types. Every file must load. No dynamic import may lead to a CommonJS package: in a
 * bundle such an import has only `default`.
 *
 * `node` is the binary that loads the bundle.
 */
export async function bundleFaults(metafile: Metafile, node = process.execPath): Promise<string[]> {
  const paths = Object.entries(metafile.outputs)
    .filter(([path, { entryPoint }]) => path.endsWith('.mjs') && !LEFT_OUT.test(entryPoint ?? ''))
    .map(([path]) => path)
    .filter((path) => !PROGRAMS.test(path))
  const built = await exportsOfBuilt(paths, node)
  return [...importFaults(metafile), ...(await exportFaults(metafile, built))]
}

function importFaults({ inputs, outputs }: Metafile): string[] {
  const exportsBySource = new Map(
    Object.values(outputs).map(({ entryPoint, exports }) => [entryPoint, exports]),
  )
  return Object.entries(inputs).flatMap(([importer, { imports }]) =>
    imports.flatMap(({ path, kind, external }) => {
      if (kind !== 'dynamic-import' || LEFT_OUT.test(path) || path.startsWith('node:')) return []
      const isOwn = !importer.includes('node_modules/')
      if (isOwn && (external === true || path.includes('node_modules/')))
        return [`${importer} imports the package ${path} dynamically`]
      if (external === true) return []
      const exported = exportsBySource.get(path)
      if (exported === undefined) return [`${importer}: ${path} is not a file of the bundle`]
      return exported.join() === 'default' ? [`${importer}: ${path} has only 'default'`] : []
    }),
  )
}

async function exportFaults(
  { outputs }: Metafile,
  built: Readonly<Record<string, Exports>>,
): Promise<string[]> {
  const faults: string[] = []
  for (const [path, { entryPoint }] of Object.entries(outputs)) {
    if (entryPoint === undefined || PROGRAMS.test(path)) continue
    if (!/^(src|handlers)\//.test(entryPoint)) continue
    const desired = await exportsOfSource(entryPoint)
    for (const [name, type] of Object.entries(desired)) {
      const found = built[path]?.[name] ?? 'missing'
      if (found !== type) faults.push(`${entryPoint}: '${name}' is ${found} in the bundle, not ${type}`)
    }
  }
  return faults
}

async function exportsOfSource(path: string): Promise<Exports> {
  const namespace: object = await import(join(root, path))
  return Object.fromEntries(Object.entries(namespace).map(([name, value]) => [name, typeof value]))
}

/** The exports by output path of the metafile. Rejects if a file cannot be loaded. */
async function exportsOfBuilt(paths: readonly string[], node: string): Promise<Record<string, Exports>> {
  const urls = paths.map((path) => pathToFileURL(isAbsolute(path) ? path : join(root, path)).href)
  const program = `
    const found = []
    for (const url of ${JSON.stringify(urls)}) {
      const namespace = await import(url)
      found.push(Object.fromEntries(Object.entries(namespace).map(([name, value]) => [name, typeof value])))
    }
    process.stdout.write(JSON.stringify(found))`
  const { stdout } = await promisify(execFile)(node, ['--input-type=module', '--eval', program], {
    maxBuffer: 16 * 1024 * 1024,
  })
  const found: Exports[] = JSON.parse(stdout)
  return Object.fromEntries(paths.map((path, index) => [path, found[index] ?? {}]))
}
