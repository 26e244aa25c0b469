/** The environment holds settings that the function would refuse. */
export class MisconfigurationError extends Error {
  override readonly name = 'MisconfigurationError'
}
