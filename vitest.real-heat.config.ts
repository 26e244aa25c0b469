import { defineConfig } from 'vitest/config'
import { TIME_LIMITS } from './test/time-limits.ts'

/** The suites against a real OpenStack, which `test/real-heat/real-heat` installs and starts on loopback. */
export default defineConfig({
  test: {
    include: ['test/real-heat/**/*.test.ts'],
    globalSetup: ['test/real-heat/global-setup.ts'],
    ...TIME_LIMITS,
    fileParallelism: false,
  },
})
