import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    // The suites that need a real OpenStack have a configuration of their own: vitest.real-heat.config.ts.
    exclude: ['test/real-heat/**'],
    globalSetup: ['test/e2e/build-once.ts'],
    testTimeout: 20_000,
  },
})
