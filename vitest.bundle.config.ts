import { rmSync } from 'node:fs'
import { defineConfig } from 'vitest/config'
import { FAULTS } from './test/build/bundle-faults.ts'
import { builtModules } from './test/built/built-modules.ts'
import { buildNow, builtOnce } from './test/e2e/build-once.ts'
import { TIME_LIMITS } from './test/time-limits.ts'

/**
 * The suites of what a user sees, on the built bundle instead of the sources. `BUNDLE_NODE`: the node binary that it runs
 * on, this process's own by default. `BUNDLE_FAULT`: a fault that the bundle is given, by which a test proves that
 * these suites would notice it.
 */
export default defineConfig(async () => {
  const { BUNDLE_NODE: node, BUNDLE_FAULT: fault } = process.env
  const faults = fault === undefined ? [] : [FAULTS[fault] ?? raise(`There is no fault ${fault}`)]
  const { folder: built, isOwn } = faults.length === 0 ? await builtOnce() : await buildNow({ faults })
  if (isOwn) process.once('exit', () => rmSync(built, { recursive: true, force: true }))
  // Vitest forks its workers from it. The oldest Node that the function runs on is older than any that vitest itself runs on.
  if (node !== undefined) process.execPath = node
  return {
    plugins: [builtModules(built)],
    test: {
      include: [
        'test/built/*.test.ts',
        'test/abuse/*.test.ts',
        'test/contract/*.test.ts',
        // Those that drive a provider, or the whole bridge; the others test a module of the sources by itself.
        'test/providers/*/*/{provider,session,properties,document,depth,documented-request,vendor-sdk}.test.ts',
        'test/channels/{fc,http}/*.test.ts',
        'test/channels/mns/message.test.ts',
        // The entries and the command line as programs; function and continuation run on every Node by themselves.
        'test/e2e/{zip,roles,all-channels,channels,serve,aliyun-ros}.test.ts',
        'test/cli/*.test.ts',
      ],
      pool: 'forks',
      provide: { built },
      server: { deps: { external: [/\/stackbridge-built-/] } },
      env: { E2E_NODE_BINARIES: '', CONTRACT_ON_BUNDLE: 'true' },
      // They wait for sockets and processes, too.
      maxWorkers: 4,
      ...TIME_LIMITS,
    },
  }
})

function raise(message: string): never {
  throw new Error(message)
}
