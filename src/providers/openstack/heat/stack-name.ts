import { derivedStackName as derive } from '../../recognition/derived-stack-name.ts'
import type { Owner } from '../../provider.ts'

/** Fits into the PhysicalResourceId for each length of the project's id, which Keystone limits to 64. */
const LONGEST = 126

/** https://docs.openstack.org/api-ref/orchestration/v1/#create-stack */
export const STACK_NAME = /^[a-zA-Z][a-zA-Z0-9_.-]{0,254}$/

export function derivedStackName(owner: Owner): string {
  return derive(owner, { invalid: /[^a-zA-Z0-9_.]/g, longest: LONGEST })
}
