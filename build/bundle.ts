import { chmod } from 'node:fs/promises'
import { resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build, type BuildOptions, type Metafile, type Plugin } from 'esbuild'
import { servedProviders } from '../src/providers/registry.ts'

const root = fileURLToPath(new URL('..', import.meta.url))

/** CommonJS dependencies (pino, undici) call `require` for Node's own modules; an ES module has none. */
const REQUIRE =
  "import { createRequire as stackbridgeRequire } from 'node:module'; const require = stackbridgeRequire(import.meta.url);"

const shared = {
  absWorkingDir: root,
  bundle: true,
  platform: 'node',
  // The oldest Node that Function Compute's nodejs20 may run: 20.10.
  target: 'node20.10',
  format: 'esm',
  splitting: true,
  // The AWS SDK's main field is its CommonJS build, which does not tree-shake.
  mainFields: ['module', 'main'],
  minify: true,
  legalComments: 'none',
  alias: {
    // What the bridge uses of it, without fetch, WebSocket, caches and mocks.
    undici: './build/undici-core.mjs',
    // Its ES modules, which tree-shake; for Node its package.json names the CommonJS ones.
    yaml: './node_modules/yaml/browser/index.js',
  },
  charset: 'utf8',
  metafile: true,
  logLevel: 'warning',
  banner: { js: REQUIRE },
  outExtension: { '.js': '.mjs' },
} as const satisfies BuildOptions

/**
 * What goes into the zip. `index`, `on-failure`, `http` and `mns` export a `handler` each, `custom-runtime` is a program. A
 * provider is an entry of its own, so that its file has a name that says which cloud it is.
 */
export const FUNCTION_ENTRIES: Readonly<Record<string, string>> = {
  index: 'handlers/fc.ts',
  'on-failure': 'handlers/fc-on-failure.ts',
  http: 'handlers/http.ts',
  mns: 'handlers/mns.ts',
  'custom-runtime': 'handlers/fc-custom-runtime.ts',
  ...Object.fromEntries(
    servedProviders.map(({ folder }) => [`providers/${folder}`, `src/providers/${folder}/provider.ts`]),
  ),
}

/**
 * A provider's checks are for `stackbridge doctor` alone. In the function they would be dead weight, and what they share
 * with the provider would become files of its own.
 */
const withoutChecks: Plugin = {
  name: 'without-checks',
  setup(bundling) {
    bundling.onResolve({ filter: /^\.\/checks\.ts$/ }, () => ({
      path: 'checks',
      namespace: 'without-checks',
    }))
    bundling.onLoad({ filter: /./, namespace: 'without-checks' }, () => ({
      contents: "throw new Error('The function has no checks: the command line has')",
    }))
  },
}

/** `faults`: plugins by which a test breaks a bundle on purpose; they come before the build's own. */
export interface BundleOptions {
  readonly faults?: readonly Plugin[]
}

/**
 * Writes `function/`, which goes into the zip: one file an entry, and one chunk a provider that is loaded when an event needs
 * it. Beside it `test-entry.mjs`, by which the tests run these same files.
 */
export async function bundleFunction(folder: string, { faults = [] }: BundleOptions = {}): Promise<Metafile> {
  const { metafile } = await build({
    ...shared,
    entryPoints: {
      ...Object.fromEntries(
        Object.entries(FUNCTION_ENTRIES).map(([name, source]) => [`function/${name}`, source]),
      ),
      'test-entry': 'build/test-entry.ts',
    },
    outdir: folder,
    chunkNames: 'function/chunks/[name]-[hash]',
    plugins: [...faults, withoutChecks],
    alias: {
      ...shared.alias,
      // The bridge always gives the SDK its credentials: the default chain would be dead weight.
      '@aws-sdk/credential-provider-node': './build/no-default-credentials.ts',
      // It also gives the SDK its way out: the SDK's own client would be dead weight.
      '@smithy/node-http-handler': './build/no-default-handler.ts',
    },
  })
  return metafile
}

/** Writes `library.mjs`, what the npm package exports. Its dependencies are the package's: npm installs them. */
export async function bundleLibrary(folder: string): Promise<Metafile> {
  const { metafile } = await build({
    ...shared,
    entryPoints: { library: 'handlers/library.ts' },
    outdir: folder,
    chunkNames: 'library-chunks/[name]-[hash]',
    packages: 'external',
    // Whoever debugs a provider of their own steps through it.
    minify: false,
    alias: {},
    banner: {},
  })
  return metafile
}

/** Writes `cli.mjs` and its chunks; the sandbox is one of them. */
export async function bundleCli(folder: string, { faults = [] }: BundleOptions = {}): Promise<Metafile> {
  const { metafile } = await build({
    ...shared,
    plugins: [...faults],
    entryPoints: { cli: 'handlers/cli.ts' },
    outdir: folder,
    chunkNames: 'cli-chunks/[name]-[hash]',
    banner: { js: `#!/usr/bin/env node\n${REQUIRE}` },
  })
  await chmod(resolve(root, folder, 'cli.mjs'), 0o755)
  return metafile
}
