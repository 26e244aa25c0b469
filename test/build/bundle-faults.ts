import { readFile } from 'node:fs/promises'
import type { Plugin } from 'esbuild'

/** Faults that exist only in a bundle; tests on the sources cannot find them. */

/** YAML as a dynamic import of a CommonJS package appears in a bundle: only `default` is exported. */
export const yamlWithoutNames: Plugin = {
  name: 'yaml-without-names',
  setup(bundling) {
    bundling.onResolve({ filter: /\/yaml\.ts$/ }, ({ kind }) =>
      kind === 'dynamic-import' ? { path: 'yaml.ts', namespace: 'yaml-without-names' } : undefined,
    )
    bundling.onLoad({ filter: /./, namespace: 'yaml-without-names' }, () => ({
      contents: 'export default {}',
    }))
  },
}

/** A provider whose file lacks the export that its `index.ts` asks for. `folder`: as the service's `index.ts` names it. */
export function providerWithoutExport(folder: string): Plugin {
  return {
    name: 'provider-without-its-export',
    setup(bundling) {
      bundling.onLoad({ filter: /\/providers\/.*\/provider\.ts$/ }, async ({ path }) => {
        const source = await readFile(path, 'utf8')
        if (!path.endsWith(`/${folder}/provider.ts`)) return { contents: source, loader: 'ts' }
        const contents = source.replace('export const provider', 'const provider')
        return { contents: `${contents}\nvoid provider\n`, loader: 'ts' }
      })
    },
  }
}

/** The key is the value of `BUNDLE_FAULT` for `vitest.bundle.config.ts`. */
export const FAULTS: Readonly<Record<string, Plugin>> = {
  yaml: yamlWithoutNames,
  heat: providerWithoutExport('openstack/heat'),
}
