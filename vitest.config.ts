import { defineConfig } from 'vitest/config'
import { SLOW_SUITES } from './test/slow-suites.ts'

/** All that runs in one process and needs no build. */
export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    // Each of these has a configuration of its own: vitest.slow.config.ts, vitest.real-heat.config.ts, vitest.chaos.config.ts.
    exclude: [...SLOW_SUITES, 'test/real-heat/**', 'test/chaos/**'],
    testTimeout: 20_000,
  },
})
