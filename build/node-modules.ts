import type { Plugin } from 'esbuild'

const NAMESPACE = 'part-of-node'

/**
 * What packages need of Node's own modules, where loading the whole module costs more: `node:assert` opens the standard error
 * stream, an ES import of `node:process` also the standard input, and `worker_threads` is loaded for one constant.
 */
const PARTS: Readonly<Record<string, string>> = {
  assert:
    'module.exports = (value, message) => { if (!value) require("node:assert")(value, message ?? "An assertion failed") }',
  process: 'export const { env, versions } = process',
  // pino asks in which thread it is. A worker's log is written by the worker, too, since the bridge's destinations are synchronous.
  worker_threads: 'exports.isMainThread = true',
}

/** Gives the packages the parts of Node's modules that they use. */
export const partsOfNode: Plugin = {
  name: 'parts-of-node',
  setup(bundling) {
    const filter = new RegExp(`^(?:node:)?(?:${Object.keys(PARTS).join('|')})$`)
    bundling.onResolve({ filter }, ({ path, importer, namespace }) => {
      if (namespace === NAMESPACE) return { path, external: true }
      const ofPackage = /\/node_modules\/(?:undici|pino|sonic-boom|@aws-sdk|@smithy)\//.test(importer)
      return ofPackage ? { path: path.replace('node:', ''), namespace: NAMESPACE } : undefined
    })
    bundling.onLoad({ filter: /./, namespace: NAMESPACE }, ({ path }) => ({ contents: PARTS[path] ?? '' }))
  },
}
