import { derivedStackName as derive } from '../../recognition/derived-stack-name.ts'
import type { Owner } from '../../provider.ts'

/** Fits into the PhysicalResourceId in every region and project. */
const LONGEST = 90

export function derivedStackName(owner: Owner): string {
  return derive(owner, { invalid: /[^a-zA-Z0-9_]/g, longest: LONGEST })
}
