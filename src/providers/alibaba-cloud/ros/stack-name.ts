import { derivedStackName as derive } from '../../recognition/derived-stack-name.ts'
import type { Owner } from '../../provider.ts'
import { longestName } from './stack-id.ts'

/** https://www.alibabacloud.com/help/en/ros/developer-reference/api-ros-2019-09-10-createstack */
export const STACK_NAME = /^[a-zA-Z][-_a-zA-Z0-9]{0,254}$/

/** An Alibaba Cloud account's id has 16 digits. */
const ACCOUNT_DIGITS = 16

export function derivedStackName(owner: Owner, region: string): string {
  const longest = longestName(region, '0'.repeat(ACCOUNT_DIGITS))
  return derive(owner, { invalid: /[^a-zA-Z0-9_]+/g, longest })
}
