/**
 * The time after which a test, a hook or a poll counts as hanging. Working code stays far below these limits, also on a busy
 * machine with one core. A rule about time is an assertion of its test.
 */
export const TIME_LIMITS = {
  testTimeout: 300_000,
  hookTimeout: 300_000,
  // Shorter, so that a failed poll still reports what it has seen.
  expect: { poll: { timeout: 120_000 } },
} as const
