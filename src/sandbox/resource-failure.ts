/** A resource could not be made, changed or removed. The message is the reason that the stack shows. */
export class ResourceFailure extends Error {
  override readonly name = 'ResourceFailure'
}

/** The message of what was thrown, as the reason that a stack shows. */
export function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}
