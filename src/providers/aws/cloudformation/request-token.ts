import { createHash } from 'node:crypto'
import type { StackRequest } from '../../provider.ts'

/**
 * A ClientRequestToken for one operation of one request: ROS's ids can hold characters that its pattern
 * `[a-zA-Z0-9][-a-zA-Z0-9]*` refuses, so it is a hash. It includes the properties, since another attempt with other
 * properties may have the same RequestId.
 */
export function requestToken(request: StackRequest, operation: string): string {
  const { owner, requestId, fingerprint, kind } = request
  const digest = createHash('sha256')
    .update(
      JSON.stringify([owner.rosStackId, owner.logicalResourceId, requestId, kind, operation, fingerprint]),
    )
    .digest('hex')
  return `sb-${operation}-${digest}`
}

/** The token of a Delete's DeleteStack; `attempt` counts from 0. */
export function deletionToken(request: StackRequest, attempt: number): string {
  return requestToken(request, attempt === 0 ? 'delete' : `delete-${String(attempt)}`)
}
