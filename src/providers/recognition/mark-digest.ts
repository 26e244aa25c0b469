import { createHash } from 'node:crypto'
import type { Owner, StackRequest } from '../provider.ts'

const DIGITS = 24

/** Identifies an owner in a mark that has no room for ROS's ids: 24 hexadecimal digits. */
export function ownerDigest({ rosStackId, logicalResourceId }: Owner): string {
  return hash([rosStackId, logicalResourceId]).slice(0, DIGITS)
}

/**
 * Identifies one operation of one request: 64 hexadecimal digits, of which a mark or token holds as many as it has room
 * for. It includes the properties, since another attempt with other properties may have the same RequestId.
 */
export function requestHash(request: StackRequest, operation: string): string {
  const { owner, requestId, fingerprint, kind } = request
  return hash([owner.rosStackId, owner.logicalResourceId, requestId, kind, operation, fingerprint])
}

/** `requestHash` in a mark: 24 hexadecimal digits. */
export function requestDigest(
  request: StackRequest,
  operation: 'create' | 'update' | 'plan' | 'judged',
): string {
  return requestHash(request, operation).slice(0, DIGITS)
}

function hash(parts: readonly string[]): string {
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex')
}
