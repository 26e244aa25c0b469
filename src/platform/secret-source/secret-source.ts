/** Where values of the environment come from that are not in it. */
export interface SecretSource {
  /** The variables that have references in STACKBRIDGE_SECRETS. */
  readonly variables: readonly string[]
  /** The values of these variables. Rejects with `SecretSourceError`. */
  read(variables: readonly string[]): Promise<ReadonlyMap<string, string>>
}

/** A referenced value could not be read. The message names the variable and quotes no value. */
export class SecretSourceError extends Error {
  override readonly name = 'SecretSourceError'
  /** A later attempt may succeed. */
  readonly isTransient: boolean

  constructor(
    message: string,
    { isTransient = false, ...options }: ErrorOptions & { isTransient?: boolean } = {},
  ) {
    super(message, options)
    this.isTransient = isTransient
  }
}
