import { derivedStackName as derive } from '../../recognition/derived-stack-name.ts'
import type { Owner } from '../../provider.ts'

/** Fits the PhysicalResourceId whatever the region and the project. */
const LONGEST = 90

export function derivedStackName(owner: Owner): string {
  return derive(owner, { invalid: /[^a-zA-Z0-9_]/g, longest: LONGEST })
}
