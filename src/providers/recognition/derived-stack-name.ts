import { createHash } from 'node:crypto'
import type { Owner } from '../provider.ts'

/**
 * The name of a stack for which the properties give none. It is readable, valid for the cloud and the same for each event
 * of the resource; its hash keeps it apart from the names of other resources. `invalid` matches each character that the
 * cloud refuses, and each `-`. The name begins with a letter and has at most `longest` characters.
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
    .replaceAll(/-+/g, '-')
    .replace(/^[^a-zA-Z]+/, '')
    .slice(0, longest - hash.length - 1)
    .replace(/-$/, '')
  return `${readable === '' ? 'ros' : readable}-${hash}`
}
