import { createHash } from 'node:crypto'
import type { Owner, StackRequest } from '../provider.ts'

/** Names an owner where a mark has no room for ROS's ids: 24 hexadecimal digits. */
export function ownerDigest({ rosStackId, logicalResourceId }: Owner): string {
  return digest([rosStackId, logicalResourceId])
}

/**
 * Names one operation of one request: 24 hexadecimal digits. The properties are part of it, since a RequestId may come
 * again for another try.
 */
export function requestDigest(request: StackRequest, operation: 'create' | 'update'): string {
  const { owner, requestId, fingerprint, kind } = request
  return digest([owner.rosStackId, owner.logicalResourceId, requestId, kind, operation, fingerprint])
}

function digest(parts: readonly string[]): string {
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex').slice(0, 24)
}
