import { createHash } from 'node:crypto'
import type { Owner } from '../provider.ts'

const LONGEST = 128

/** Twelve hexadecimal digits that stand for one logical resource of one ROS stack. */
export function ownerHash({ rosStackId, logicalResourceId }: Owner): string {
  return createHash('sha256')
    .update(JSON.stringify([rosStackId, logicalResourceId]))
    .digest('hex')
    .slice(0, 12)
}

/**
 * The name of a stack for which the properties give none: readable, valid for CloudFormation, the same for each event of
 * the resource, and by its hash no other resource's.
 */
export function derivedStackName(owner: Owner): string {
  const hash = ownerHash(owner)
  const readable = `${owner.rosStackName}-${owner.logicalResourceId}`
    .replaceAll(/[^a-zA-Z0-9]+/g, '-')
    .replaceAll(/^[^a-zA-Z]+|-+$/g, '')
    .slice(0, LONGEST - hash.length - 1)
    .replace(/-+$/, '')
  return `${readable === '' ? 'ros' : readable}-${hash}`
}
