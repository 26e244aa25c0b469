import { chmod, mkdir, writeFile } from 'node:fs/promises'
import { dirname, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build, type BuildOptions, type Metafile, type Plugin } from 'esbuild'
import { servedProviders } from '../src/providers/registry.ts'
import { partsOfNode } from './node-modules.ts'
import { oneCore } from './one-core.ts'
import { withoutUnusedParts } from './unused-parts.ts'

export const root = fileURLToPath(new URL('..', import.meta.url))

/** CommonJS dependencies (pino, undici) call `require` for Node's own modules; an ES module has none. */
const REQUIRE =
  "import { createRequire as stackbridgeRequire } from 'node:module'; const require = stackbridgeRequire(import.meta.url);\n"

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
    // Only the part that the bridge uses, without fetch, WebSocket, caches and mocks.
    undici: './build/undici-core.mjs',
    // Its ES modules, which tree-shake; its package.json names the CommonJS ones for Node.
    yaml: './node_modules/yaml/browser/index.js',
  },
  charset: 'utf8',
  metafile: true,
  logLevel: 'warning',
  outExtension: { '.js': '.mjs' },
} as const satisfies BuildOptions

const OTHER_HANDLERS = {
  'on-failure': 'handlers/fc-on-failure.ts',
  http: 'handlers/http.ts',
  mns: 'handlers/mns.ts',
  'custom-runtime': 'handlers/fc-custom-runtime.ts',
}

const WITHOUT_DEFAULTS_OF_AWS = {
  ...shared.alias,
  // The bridge always passes credentials to the SDK, so that the default chain is not needed.
  '@aws-sdk/credential-provider-node': './build/no-default-credentials.ts',
  // It also passes a request handler, so that the SDK's own HTTP client is not needed.
  '@smithy/node-http-handler': './build/no-default-handler.ts',
}

/**
 * The entries of the zip. `index`, `on-failure`, `http` and `mns` each export a `handler`; `custom-runtime` is a program. A
 * provider is its own entry, so that the name of its file names the cloud.
 */
export const FUNCTION_ENTRIES: Readonly<Record<string, string>> & { readonly index: string } = {
  index: 'handlers/fc.ts',
  ...OTHER_HANDLERS,
  ...Object.fromEntries(
    servedProviders.map(({ folder }) => [`providers/${folder}`, `src/providers/${folder}/provider.ts`]),
  ),
}

const TEST_ENTRY = 'build/test-entry.ts'

/** The provider entries of each cloud. An instance of the function serves one cloud, most often. */
function providersByCloud(): string[][] {
  const clouds = new Map<string, string[]>()
  for (const { folder } of servedProviders) {
    const [cloud = folder] = folder.split('/')
    clouds.set(cloud, [...(clouds.get(cloud) ?? []), `src/providers/${folder}/provider.ts`])
  }
  return [...clouds.values()]
}

/**
 * Leaves out modules that only a command uses: a provider's `checks.ts` (`stackbridge doctor`) and `diagnosis.ts` (`stackbridge
 * diagnose`). In the function they would add bytes, and the modules that they share with the provider would become separate
 * chunks.
 */
function leftToTheCommandLine(modules: RegExp): Plugin {
  return {
    name: 'left-to-the-command-line',
    setup(bundling) {
      bundling.onResolve({ filter: modules }, ({ kind }) =>
        kind === 'dynamic-import' ? { path: 'module', namespace: 'left-to-the-command-line' } : undefined,
      )
      bundling.onLoad({ filter: /./, namespace: 'left-to-the-command-line' }, () => ({
        contents: "throw new Error('Only the command line has this: use stackbridge doctor or diagnose')",
      }))
    },
  }
}

const NOT_IN_THE_FUNCTION = /^\.\/(?:checks|diagnosis)\.ts$/
/** The packages that a diagnosis needs are bundled into the command line, and the library's user does not have them. */
const NOT_IN_THE_LIBRARY = /^\.\/diagnosis\.ts$/

/** Undici's proxy agent is in a chunk of its own, which is loaded only where there is a proxy. */
const proxyPartOfUndici: Plugin = {
  name: 'proxy-part-of-undici',
  setup(bundling) {
    bundling.onResolve({ filter: /^undici$/ }, ({ importer }) =>
      importer.endsWith('proxy-agent.ts') ? { path: resolve(root, 'build/undici-proxy.mjs') } : undefined,
    )
  },
}

/** `faults`: plugins with which a test breaks a bundle; they run before the build's own. */
export interface BundleOptions {
  readonly faults?: readonly Plugin[]
}

/**
 * Writes `function/`, the content of the zip: one file for each entry. A provider's file is loaded when an event needs it. Also
 * writes `test-entry.mjs`, with which tests run the same files.
 */
export async function bundleFunction(folder: string, { faults = [] }: BundleOptions = {}): Promise<Metafile> {
  const entries = Object.entries(FUNCTION_ENTRIES)
  const sources = {
    entryPoints: {
      ...Object.fromEntries(entries.map(([name, source]) => [`function/${name}`, source])),
      'test-entry': TEST_ENTRY,
    },
    plugins: [
      ...faults,
      leftToTheCommandLine(NOT_IN_THE_FUNCTION),
      proxyPartOfUndici,
      withoutUnusedParts,
      partsOfNode,
    ],
  }
  const ofFunction = {
    root,
    entry: FUNCTION_ENTRIES.index,
    with: [...Object.values(FUNCTION_ENTRIES), TEST_ENTRY],
    hosts: Object.values(OTHER_HANDLERS),
    groups: providersByCloud(),
  }
  const metafile = await write({
    ...shared,
    ...sources,
    plugins: [...sources.plugins, await oneCore(ofFunction, sources)],
    outdir: folder,
    chunkNames: 'function/chunks/[name]-[hash]',
    alias: WITHOUT_DEFAULTS_OF_AWS,
  })
  return metafile
}

/** Writes `library.mjs`, the exports of the npm package. npm installs its dependencies. */
export async function bundleLibrary(folder: string): Promise<Metafile> {
  const { metafile } = await build({
    ...shared,
    entryPoints: { library: 'handlers/library.ts' },
    outdir: folder,
    chunkNames: 'library-chunks/[name]-[hash]',
    packages: 'external',
    plugins: [leftToTheCommandLine(NOT_IN_THE_LIBRARY)],
    // Readable, for users who debug their own provider.
    minify: false,
    alias: {},
  })
  return metafile
}

/** What `stackbridge validate` loads for each file. Other commands that need some of it load all of it. */
const VALIDATION = [
  'src/cli/validate/validate-files.ts',
  // What the checks of several clouds share.
  'src/cli/template-check/cloudformation/dialect.ts',
  'src/resource-types/resource-types.ts',
]

/** Writes `cli.mjs` and its chunks; the sandbox is one of them. */
export async function bundleCli(folder: string, { faults = [] }: BundleOptions = {}): Promise<Metafile> {
  const entry = 'handlers/cli.ts'
  const sources = {
    entryPoints: { cli: entry },
    plugins: [...faults, proxyPartOfUndici, withoutUnusedParts, partsOfNode],
  }
  const metafile = await write({
    ...shared,
    ...sources,
    plugins: [
      ...sources.plugins,
      await oneCore({ root, entry, groups: providersByCloud(), late: VALIDATION }, sources),
    ],
    outdir: folder,
    chunkNames: 'cli-chunks/[name]-[hash]',
    alias: WITHOUT_DEFAULTS_OF_AWS,
  })
  await chmod(resolve(root, folder, 'cli.mjs'), 0o755)
  return metafile
}

/** Builds, and writes the files with a `require` where they use one. */
async function write(options: BuildOptions & { readonly metafile: true }): Promise<Metafile> {
  const { metafile, outputFiles } = await build({ ...options, write: false })
  await Promise.all(
    outputFiles.map(async ({ path, text }) => {
      await mkdir(dirname(path), { recursive: true })
      // Making it costs time at the start, so that only the files that use it get it.
      await writeFile(path, /\brequire\b/.test(text) ? text.replace(/^(?:#!.*\n)?/, `$&${REQUIRE}`) : text)
    }),
  )
  return metafile
}
