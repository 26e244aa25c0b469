import { createHash } from 'node:crypto'
import type { StackRequest } from '../../provider.ts'

/**
 * A ClientToken for one operation of one request: at most 64 of `[A-Za-z0-9_-]`, so it is a hash. The properties are part of
 * it, since a RequestId may come again for a different try.
 * https://www.alibabacloud.com/help/en/ros/developer-reference/ensure-idempotence
 */
export function clientToken(request: StackRequest, operation: 'create' | 'update'): string {
  const { owner, requestId, fingerprint, kind } = request
  const digest = createHash('sha256')
    .update(
      JSON.stringify([owner.rosStackId, owner.logicalResourceId, requestId, kind, operation, fingerprint]),
    )
    .digest('hex')
  return `sb-${operation}-${digest.slice(0, 48)}`
}
