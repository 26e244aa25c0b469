/** The command was used in a way that cannot work: what is wrong and, after a semicolon, what would be right. */
export class UsageError extends Error {
  override readonly name = 'UsageError'
}
