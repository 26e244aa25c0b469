import { rmSync } from 'node:fs'
import { defineConfig } from 'vitest/config'
import { FAULTS } from './test/build/bundle-faults.ts'
import { builtModules } from './test/built/built-modules.ts'
import { buildNow, builtOnce } from './test/e2e/build-once.ts'
import { TIME_LIMITS } from './test/time-limits.ts'

/**
 * Tests user-visible behaviour on the built bundle instead of the sources. `BUNDLE_NODE`: the node binary, by default the one
 * that runs vitest. `BUNDLE_FAULT`: a fault to build into the bundle; a test uses it to prove that these suites detect it.
 */
export default defineConfig(async () => {
  const { BUNDLE_NODE: node, BUNDLE_FAULT: fault } = process.env
  const faults = fault === undefined ? [] : [FAULTS[fault] ?? raise(`There is no fault ${fault}`)]
  const { folder: built, isOwn } = faults.length === 0 ? await builtOnce() : await buildNow({ faults })
  if (isOwn) process.once('exit', () => rmSync(built, { recursive: true, force: true }))
  // Vitest starts its workers with this binary. The oldest Node of the function is older than any that vitest itself supports.
  if (node !== undefined) process.execPath = node
  return {
    plugins: [builtModules(built)],
    test: {
      include: [
        'test/built/*.test.ts',
        'test/abuse/*.test.ts',
        'test/contract/*.test.ts',
        // Tests of a provider or of the whole bridge; the others test single modules of the sources.
        'test/providers/*/*/{provider,session,properties,document,depth,documented-request,vendor-sdk}.test.ts',
        'test/channels/{fc,http}/*.test.ts',
        'test/channels/mns/message.test.ts',
        // Entries and the command line as programs. test:slow runs the function and the continuation on every Node.
        'test/e2e/{zip,roles,all-channels,channels,serve,aliyun-ros}.test.ts',
        'test/cli/*.test.ts',
      ],
      pool: 'forks',
      provide: { built },
      server: { deps: { external: [/\/stackbridge-built-/] } },
      env: { E2E_NODE_BINARIES: '', CONTRACT_ON_BUNDLE: 'true' },
      // The workers wait for sockets and processes, too.
      maxWorkers: 4,
      ...TIME_LIMITS,
    },
  }
})

function raise(message: string): never {
  throw new Error(message)
}
