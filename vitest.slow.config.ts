import { availableParallelism } from 'node:os'
import { defineConfig } from 'vitest/config'
import { SLOW_SUITES } from './test/slow-suites.ts'
import { TIME_LIMITS } from './test/time-limits.ts'

/** Tests that start processes or need a build, which they share. */
export default defineConfig({
  test: {
    include: [...SLOW_SUITES],
    globalSetup: ['test/e2e/build-once.ts'],
    // These tests mostly wait for processes and embedded clouds.
    maxWorkers: 2 * availableParallelism(),
    ...TIME_LIMITS,
  },
})
