import { availableParallelism } from 'node:os'
import { defineConfig } from 'vitest/config'
import { SLOW_SUITES } from './test/slow-suites.ts'
import { TIME_LIMITS } from './test/time-limits.ts'

/** All that runs in one process and needs no build. */
export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    // Each of these has a configuration of its own: vitest.slow.config.ts and so on.
    exclude: [...SLOW_SUITES, 'test/built/**', 'test/chaos/**', 'test/real-heat/**'],
    // Some wait for sockets and threads.
    maxWorkers: Math.ceil(1.5 * availableParallelism()),
    ...TIME_LIMITS,
  },
})
