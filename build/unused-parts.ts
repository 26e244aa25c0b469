import type { Plugin } from 'esbuild'

/** A module of a package that the bridge never runs, and what would have to be true for it to run. */
interface UnusedPart {
  readonly module: RegExp
  readonly why: string
  /** The code that replaces the module: it throws `problem` where the module would be used. */
  readonly replacement: (problem: string) => string
}

const throwing = (problem: string): string => `() => { throw new Error(${problem}) }`
const FUNCTION = (problem: string): string => `module.exports = ${throwing(problem)}`

/**
 * Each would be read, parsed and partly run at each start. `test/build/unused-parts.test.ts` shows for each that the bridge does
 * not get there.
 */
export const UNUSED_PARTS: readonly UnusedPart[] = [
  {
    module: /\/pino\/lib\/transport\.js$/,
    why: 'the bridge writes its log to a file descriptor in the same thread',
    replacement: FUNCTION,
  },
  {
    module: /\/pino\/lib\/multistream\.js$/,
    why: 'each logger of the bridge has one destination',
    replacement: FUNCTION,
  },
  {
    module: /\/pino\/lib\/redaction\.js$/,
    why: 'the bridge masks the fields itself, before pino gets them',
    replacement: FUNCTION,
  },
  {
    module: /\/undici\/lib\/dispatcher\/client-h2\.js$/,
    why: 'no connection of the bridge offers HTTP/2',
    replacement: FUNCTION,
  },
  {
    module: /\/undici\/lib\/web\/fetch\/body\.js$/,
    why: 'the bridge sends texts and bytes only, no forms',
    replacement: (problem) => `exports.extractBody = ${throwing(problem)}`,
  },
  {
    module: /\/util-user-agent-browser\/createUserAgentStringParsingProvider\.js$/,
    why: 'this is for browsers',
    replacement: (problem) => `export const createUserAgentStringParsingProvider = ${throwing(problem)}`,
  },
]

/** What packages import dynamically and the bridge never uses, with the reason. */
export const UNUSED_IMPORTS: Readonly<Record<string, string>> = {
  '@smithy/core/event-streams': 'no operation that is called has an event stream',
}

const UNUSED = 'unused-part'

/** Leaves `UNUSED_PARTS` and `UNUSED_IMPORTS` out of a bundle. */
export const withoutUnusedParts: Plugin = {
  name: 'without-unused-parts',
  setup(bundling) {
    for (const { module, why, replacement } of UNUSED_PARTS)
      bundling.onLoad({ filter: module }, ({ path }) => ({
        contents: replacement(JSON.stringify(problemOf(packagePath(path), why))),
      }))
    bundling.onResolve({ filter: /^[@\w]/ }, ({ path, kind }) =>
      kind === 'dynamic-import' && path in UNUSED_IMPORTS ? { path, namespace: UNUSED } : undefined,
    )
    bundling.onLoad({ filter: /./, namespace: UNUSED }, ({ path }) => ({
      contents: `throw new Error(${JSON.stringify(problemOf(path, UNUSED_IMPORTS[path]))})`,
    }))
  },
}

function problemOf(what: string, why = ''): string {
  return `${what} is not in this bundle: ${why}`
}

function packagePath(path: string): string {
  return path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length)
}
