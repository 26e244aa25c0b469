import { createHash } from 'node:crypto'
import type { Owner } from '../provider.ts'

/**
 * The name of a stack for which the properties give none: readable, valid for the cloud, the same for each event of the
 * resource, and by its hash no other resource's. `invalid` matches runs of characters that the cloud does not take;
 * a name begins with a letter and has `longest` characters at most.
 */
export function derivedStackName(
  { rosStackId, rosStackName, logicalResourceId }: Owner,
  { invalid, longest }: { readonly invalid: RegExp; readonly longest: number },
): string {
  const hash = createHash('sha256')
    .update(JSON.stringify([rosStackId, logicalResourceId]))
    .digest('hex')
    .slice(0, 12)
  const readable = `${rosStackName}-${logicalResourceId}`
    .replaceAll(invalid, '-')
    .replaceAll(/^[^a-zA-Z]+|-+$/g, '')
    .slice(0, longest - hash.length - 1)
    .replace(/-+$/, '')
  return `${readable === '' ? 'ros' : readable}-${hash}`
}
