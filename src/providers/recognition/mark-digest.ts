import { createHash } from 'node:crypto'
import type { Owner, StackRequest } from '../provider.ts'

/** Identifies an owner in a mark that has no room for ROS's ids: 24 hexadecimal digits. */
export function ownerDigest({ rosStackId, logicalResourceId }: Owner): string {
  return digest([rosStackId, logicalResourceId])
}

/**
 * Identifies one operation of one request: 24 hexadecimal digits. It includes the properties, since another attempt with
 * other properties may have the same RequestId.
 */
export function requestDigest(request: StackRequest, operation: 'create' | 'update'): string {
  const { owner, requestId, fingerprint, kind } = request
  return digest([owner.rosStackId, owner.logicalResourceId, requestId, kind, operation, fingerprint])
}

function digest(parts: readonly string[]): string {
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex').slice(0, 24)
}
