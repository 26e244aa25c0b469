import {
  idGrammar,
  LONGEST_ID_BYTES,
  UUID,
  UUID_CHARACTERS,
  type PartsOf,
} from '../../identifiers/id-grammar.ts'
import { REGION } from './region.ts'

/** https://www.alibabacloud.com/help/en/ram/developer-reference/api-sts-2015-04-01-getcalleridentity */
export const ACCOUNT_ID = /^[0-9]{1,20}$/
/** https://www.alibabacloud.com/help/en/ros/developer-reference/api-ros-2019-09-10-createstack */
export const STACK_NAME = /^[a-zA-Z][-_a-zA-Z0-9]{0,254}$/

/**
 * A stack's PhysicalResourceId: its Alibaba Cloud Resource Name, with its name before ROS's StackId, which names neither the
 * account nor the region.
 */
const ids = idGrammar('acs:ros:{region}:{account}:stack/{name}/{id}', {
  region: REGION,
  account: ACCOUNT_ID,
  name: STACK_NAME,
  id: UUID,
})

export type RosStackId = PartsOf<typeof ids>

export const formatStackId = ids.format
export const parseStackId = ids.parse

/** How many characters a stack's name may have, so that its PhysicalResourceId fits. */
export function longestName(region: string, account: string): number {
  return LONGEST_ID_BYTES - formatStackId({ region, account, name: '', id: '' }).length - UUID_CHARACTERS
}

/** https://www.alibabacloud.com/help/en/ram/user-guide/policy-elements: `acs:ram::<account>:role/<name>`. */
export function accountOfRole(roleArn: string): string | undefined {
  return /^acs:ram::(\d+):role\//.exec(roleArn)?.[1]
}
