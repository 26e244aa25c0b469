import type { StackRequest } from '../../provider.ts'
import { requestHash } from '../../recognition/mark-digest.ts'

/**
 * A ClientRequestToken for one operation of one request: ROS's ids can hold characters that its pattern
 * `[a-zA-Z0-9][-a-zA-Z0-9]*` refuses, so it is a hash.
 */
export function requestToken(request: StackRequest, operation: string): string {
  return `sb-${operation}-${requestHash(request, operation)}`
}

/** The token of a Delete's DeleteStack; `attempt` counts from 0. */
export function deletionToken(request: StackRequest, attempt: number): string {
  return requestToken(request, attempt === 0 ? 'delete' : `delete-${String(attempt)}`)
}
