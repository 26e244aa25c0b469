/**
 * When a test, a hook or a poll counts as hanging. Nothing that works comes near these limits, on a busy machine with one core either:
 * a rule about time is an assertion of its test.
 */
export const TIME_LIMITS = {
  testTimeout: 300_000,
  hookTimeout: 300_000,
  // Shorter, so that a poll that fails says what it has seen.
  expect: { poll: { timeout: 120_000 } },
} as const
