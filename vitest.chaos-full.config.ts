import { defineConfig } from 'vitest/config'

/** Every history of the exploration over the real providers, which takes hours. */
export default defineConfig({
  test: {
    include: ['test/chaos/real-providers/*.test.ts'],
    env: { CHAOS_HISTORIES: 'all' },
  },
})
