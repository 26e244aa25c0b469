import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    // The suites that need a real OpenStack have a configuration of their own: vitest.real-heat.config.ts.
    // The exploration, which takes its time: vitest.chaos.config.ts.
    // Tests of the redirection to the built files: vitest.bundle.config.ts.
    exclude: ['test/real-heat/**', 'test/chaos/**', 'test/built/**'],
    globalSetup: ['test/e2e/build-once.ts'],
    testTimeout: 20_000,
  },
})
