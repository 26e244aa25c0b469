import type { Plugin } from 'esbuild'

const NAMESPACE = 'part-of-node'
const PACKAGES = '/node_modules/'

interface PartOfNode {
  /** The packages that use no more of it. */
  readonly packages: RegExp
  readonly contents: string
}

/**
 * What packages need of Node's own modules, where loading the whole module costs more: `node:assert` opens the standard error
 * stream, an ES import of `node:process` also the standard input, and `worker_threads` is loaded for one constant.
 */
export const PARTS_OF_NODE: Readonly<Record<string, PartOfNode>> = {
  assert: {
    packages: /^(?:undici|sonic-boom)$/,
    contents:
      'module.exports = (value, message) => { if (!value) require("node:assert")(value, message ?? "An assertion failed") }',
  },
  child_process: {
    packages: /^commander$/,
    contents: 'exports.spawn = (...args) => require("node:child_process").spawn(...args)',
  },
  process: { packages: /^@(?:aws-sdk|smithy)$/, contents: 'export const { env, versions } = process' },
  // pino asks whether this is the main thread for a destination that is not synchronous. Those of the bridge are.
  worker_threads: { packages: /^pino$/, contents: 'exports.isMainThread = true' },
}

/** Gives the packages the parts of Node's modules that they use. */
export const partsOfNode: Plugin = {
  name: 'parts-of-node',
  setup(bundling) {
    const filter = new RegExp(`^(?:node:)?(?:${Object.keys(PARTS_OF_NODE).join('|')})$`)
    bundling.onResolve({ filter }, ({ path, importer, namespace }) => {
      if (namespace === NAMESPACE) return { path, external: true }
      const [owner = ''] = importer.slice(importer.lastIndexOf(PACKAGES) + PACKAGES.length).split('/')
      const name = path.replace('node:', '')
      return PARTS_OF_NODE[name]?.packages.test(owner) === true
        ? { path: name, namespace: NAMESPACE }
        : undefined
    })
    bundling.onLoad({ filter: /./, namespace: NAMESPACE }, ({ path }) => ({
      contents: PARTS_OF_NODE[path]?.contents ?? '',
    }))
  },
}
