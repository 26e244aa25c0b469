import { defineConfig } from 'vitest/config'

/** The suites against a real OpenStack, which `test/real-heat/real-heat` installs and starts on loopback. */
export default defineConfig({
  test: {
    include: ['test/real-heat/**/*.test.ts'],
    globalSetup: ['test/real-heat/global-setup.ts'],
    testTimeout: 120_000,
    hookTimeout: 120_000,
    fileParallelism: false,
  },
})
