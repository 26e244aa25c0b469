import type { StackRequest } from '../../provider.ts'
import { requestHash } from '../../recognition/mark-digest.ts'

/**
 * A ClientToken for one operation of one request: at most 64 of `[A-Za-z0-9_-]`, so it is a hash.
 * https://www.alibabacloud.com/help/en/ros/developer-reference/ensure-idempotence
 */
export function clientToken(request: StackRequest, operation: 'create' | 'update'): string {
  return `sb-${operation}-${requestHash(request, operation).slice(0, 48)}`
}
