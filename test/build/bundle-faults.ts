import { readFile } from 'node:fs/promises'
import type { Plugin } from 'esbuild'

/** Faults that only a bundle has: the sources, and all tests that run on them, are right. */

/** YAML as a bundle has it whose sources import the CommonJS package dynamically: of its exports only `default` is there. */
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

/** A provider whose file lacks the export that the registry asks for. */
export function providerWithout(name: string): Plugin {
  return {
    name: 'provider-without-its-export',
    setup(bundling) {
      bundling.onLoad({ filter: /\/providers\/.*\/provider\.ts$/ }, async ({ path }) => {
        const source = await readFile(path, 'utf8')
        const contents = source.replace(`export const ${name}`, `const ${name}`)
        return { contents: contents === source ? source : `${contents}\nvoid ${name}\n`, loader: 'ts' }
      })
    },
  }
}

/** By the name that `BUNDLE_FAULT` has for `vitest.bundle.config.ts`. */
export const FAULTS: Readonly<Record<string, Plugin>> = {
  yaml: yamlWithoutNames,
  heat: providerWithout('heat'),
}
