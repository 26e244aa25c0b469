import { createHash } from 'node:crypto'
import type { StackRequest } from '../../provider.ts'

/**
 * A ClientToken for one operation of one request: at most 64 of `[A-Za-z0-9_-]`, so it is a hash. It includes the
 * properties, since another attempt with other properties may have the same RequestId.
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
