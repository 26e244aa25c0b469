import { derivedStackName as derive } from '../../recognition/derived-stack-name.ts'
import type { Owner } from '../../provider.ts'

/** Fits into the PhysicalResourceId for each length of the project's id, which Keystone limits to 64. */
const LONGEST = 126

export function derivedStackName(owner: Owner): string {
  return derive(owner, { invalid: /[^a-zA-Z0-9_.]/g, longest: LONGEST })
}
