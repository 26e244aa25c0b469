import { createHash } from 'node:crypto'
import type { Owner } from '../provider.ts'

/** Fits the PhysicalResourceId whatever the length of the project's id, which Keystone limits to 64. */
const LONGEST = 126

/** https://docs.openstack.org/api-ref/orchestration/v1/#create-stack */
export const STACK_NAME = /^[a-zA-Z][a-zA-Z0-9_.-]{0,254}$/

/**
 * The name of a stack for which the properties give none: readable, valid for Heat, the same for each event of the
 * resource, and by its hash no other resource's.
 */
export function derivedStackName({ rosStackId, rosStackName, logicalResourceId }: Owner): string {
  const hash = createHash('sha256')
    .update(JSON.stringify([rosStackId, logicalResourceId]))
    .digest('hex')
    .slice(0, 12)
  const readable = `${rosStackName}-${logicalResourceId}`
    .replaceAll(/[^a-zA-Z0-9_.]+/g, '-')
    .replaceAll(/^[^a-zA-Z]+|-+$/g, '')
    .slice(0, LONGEST - hash.length - 1)
    .replace(/-+$/, '')
  return `${readable === '' ? 'ros' : readable}-${hash}`
}
