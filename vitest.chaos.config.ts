import { availableParallelism } from 'node:os'
import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: ['test/chaos/**/*.test.ts'],
    testTimeout: 600_000,
    // The exploration computes; one worker a core is the most that helps.
    maxWorkers: availableParallelism(),
    server: { deps: { inline: [/stackbridge-mutant-/] } },
  },
})
