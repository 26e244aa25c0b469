import { availableParallelism } from 'node:os'
import { defineConfig } from 'vitest/config'
import { SLOW_SUITES } from './test/slow-suites.ts'
import { TIME_LIMITS } from './test/time-limits.ts'

/** All tests that run in one process and need no build. */
export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    // Other configurations run these, such as vitest.slow.config.ts.
    exclude: [...SLOW_SUITES, 'test/built/**', 'test/chaos/**', 'test/real-heat/**'],
    // Some tests wait for sockets and threads.
    maxWorkers: Math.ceil(1.5 * availableParallelism()),
    ...TIME_LIMITS,
  },
})
