/**
 * A call that failed. `throttled` and `unavailable` are temporary: retry later. `denied` (credentials, permissions) and
 * `rejected` (the cloud refuses the request) are permanent. The message is for the user and holds no secret.
 */
export class CloudError extends Error {
  override readonly name = 'CloudError'
  /** The cloud did answer, in a form that cannot be read: it may always do so. */
  readonly isUnreadable: boolean
  /** `unavailable` for a cause that a retry seldom cures, such as a host name that does not exist. */
  readonly isLasting: boolean
  /** The cloud refuses what the stack's state should allow: the state may not show yet what another request has begun. */
  readonly isUnexplained: boolean

  constructor(
    readonly kind: 'throttled' | 'unavailable' | 'denied' | 'rejected',
    message: string,
    { unreadable = false, unexplained = false, lasting = false, ...options }: CloudErrorOptions = {},
  ) {
    super(message, options)
    this.isUnreadable = unreadable
    this.isUnexplained = unexplained
    this.isLasting = lasting
  }
}

interface CloudErrorOptions extends ErrorOptions {
  readonly unreadable?: boolean
  readonly unexplained?: boolean
  readonly lasting?: boolean
}

/** A refusal that the stack's state does not explain: it is tried again for a while. `error` says what was refused. */
export function unexplained(error: CloudError): CloudError {
  return error.kind === 'rejected'
    ? new CloudError('unavailable', error.message, { cause: error, unexplained: true })
    : error
}
