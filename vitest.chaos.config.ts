import { availableParallelism } from 'node:os'
import { defineConfig } from 'vitest/config'
import { TIME_LIMITS } from './test/time-limits.ts'

export default defineConfig({
  test: {
    include: ['test/chaos/**/*.test.ts'],
    ...TIME_LIMITS,
    testTimeout: 600_000,
    // The exploration needs only CPU time: more workers than cores would not help.
    maxWorkers: availableParallelism(),
    server: { deps: { inline: [/stackbridge-mutant-/] } },
  },
})
