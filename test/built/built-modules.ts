import { dirname, join, relative, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { Plugin } from 'vitest/config'
import { FUNCTION_ENTRIES } from '../../build/bundle.ts'

const root = join(import.meta.dirname, '../..')
const PREFIX = '\0built:'

/**
 * Puts the built function in the place of the sources: who imports a module that the test entry has
 * (`build/test-entry.ts`), or a provider's, gets what lies in the files of the zip. A name that the built module does not
 * export is not taken from the source: its import fails.
 *
 * The suites are the same, and so are their clocks, clouds and worlds: no call crosses a process boundary, so that whatever a
 * test can hand over as an object or a function (a simulated clock, randomness, names and their addresses) it still can.
 * The Node that runs the bundle is the one that vitest starts its workers with; see `vitest.bundle.config.ts`.
 *
 * `built`: the folder that `bundleFunction` has written.
 */
export function builtModules(built: string): Plugin {
  const providers = new Map<string, string>(
    Object.entries(FUNCTION_ENTRIES)
      .filter(([name]) => name.startsWith('providers/'))
      .map(([name, source]) => [source, join(built, 'function', `${name}.mjs`)]),
  )
  const testEntry = join(built, 'test-entry.mjs')
  const shared = loadModules(testEntry)

  return {
    name: 'stackbridge-built-modules',
    enforce: 'pre',
    async resolveId(id, importer) {
      if (!id.endsWith('.ts') || importer === undefined || importer.startsWith(PREFIX)) return undefined
      const path = relative(root, id.startsWith('.') ? resolve(dirname(importer), id) : id)
      return providers.has(path) || (await shared).has(path) ? PREFIX + path : undefined
    },
    async load(id) {
      if (!id.startsWith(PREFIX)) return undefined
      const path = id.slice(PREFIX.length)
      const provider = providers.get(path)
      if (provider !== undefined) return reexport(provider, '', Object.keys(await load(provider)))
      return reexport(testEntry, `.modules[${JSON.stringify(path)}]`, (await shared).get(path) ?? [])
    },
  }
}

/** The names that the test entry has of each module, by the module's path. */
async function loadModules(testEntry: string): Promise<ReadonlyMap<string, readonly string[]>> {
  const { modules } = await load(testEntry)
  return new Map(Object.entries(modules ?? {}).map(([path, names]) => [path, Object.keys(Object(names))]))
}

async function load(path: string): Promise<Readonly<Record<string, unknown>>> {
  const namespace: Record<string, unknown> = await import(pathToFileURL(path).href)
  return namespace
}

function reexport(file: string, member: string, names: readonly string[]): string {
  return [
    `import * as file from ${JSON.stringify(file)}`,
    `const built = file${member}`,
    ...names.map((name) => `export const ${name} = built.${name}`),
  ].join('\n')
}
