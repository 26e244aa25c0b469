import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    // The suites that need a real OpenStack have a configuration of their own: vitest.real-heat.config.ts.
    // The exploration, which takes its time: vitest.chaos.config.ts.
    exclude: ['test/real-heat/**', 'test/chaos/**'],
    globalSetup: ['test/e2e/build-once.ts'],
    testTimeout: 20_000,
  },
})
