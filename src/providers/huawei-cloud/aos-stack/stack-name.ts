import { derivedStackName as derive } from '../../recognition/derived-stack-name.ts'
import type { Owner } from '../../provider.ts'

const LONGEST = 63

/**
 * The document gives this rule with `project_id` and refers for the name to a table that lacks it; AOS keeps a stack as a
 * Kubernetes object of its name, to which the same rule applies.
 */
export const STACK_NAME = /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/

export function derivedStackName(owner: Owner): string {
  return derive(owner, { invalid: /[^a-zA-Z0-9]+/g, longest: LONGEST }).toLowerCase()
}
