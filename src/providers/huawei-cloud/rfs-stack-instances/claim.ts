import { createHash } from 'node:crypto'
import type { Claim } from '../stack-set-description.ts'
import { ownerDigest, requestDigest } from '../../recognition/mark-digest.ts'
import type { Owner, StackRequest } from '../../provider.ts'
import { targetsBody, type Targets } from './targets.ts'

/**
 * Hexadecimal digits, few because descriptions are short. An owner's has more, since it decides which instances a
 * Delete deletes.
 */
const OWNER_DIGITS = 16
const OTHER_DIGITS = 8

export function claimOwner(owner: Owner): string {
  return ownerDigest(owner).slice(0, OWNER_DIGITS)
}

export function claimRequest(request: StackRequest, operation: 'create' | 'update'): string {
  return requestDigest(request, operation).slice(0, OTHER_DIGITS)
}

/** The same for each order of regions and accounts. */
export function claimTargets(targets: Targets): string {
  const { members, regions } = targets
  const sorted: Targets = {
    regions: [...regions].sort(),
    members: members.by === 'selection' ? members : { ...members, ids: [...members.ids].sort() },
  }
  return createHash('sha256')
    .update(JSON.stringify(targetsBody(sorted)))
    .digest('hex')
    .slice(0, OTHER_DIGITS)
}

export function isSameClaim(one: Claim | undefined, other: Claim): boolean {
  return JSON.stringify(one) === JSON.stringify(other)
}
