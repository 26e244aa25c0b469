/** Wrong usage of a command. The message says what is wrong and, after a semicolon, what is right. */
export class UsageError extends Error {
  override readonly name = 'UsageError'
}
