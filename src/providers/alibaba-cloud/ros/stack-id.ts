import { idGrammar, longestNameBeside, UUID, type PartsOf } from '../../identifiers/id-grammar.ts'
import { REGION } from './region.ts'

/** https://www.alibabacloud.com/help/en/ram/developer-reference/api-sts-2015-04-01-getcalleridentity */
export const ACCOUNT_ID = /^[0-9]{1,20}$/
/** https://www.alibabacloud.com/help/en/ros/developer-reference/api-ros-2019-09-10-createstack */
export const STACK_NAME = /^[a-zA-Z][-_a-zA-Z0-9]{0,254}$/

const parts = { region: REGION, account: ACCOUNT_ID, name: STACK_NAME, id: UUID }

/**
 * A stack's PhysicalResourceId: its Alibaba Cloud Resource Name, with its name before ROS's StackId, which names neither the
 * account nor the region.
 */
const ids = idGrammar('acs:ros:{region}:{account}:stack/{name}/{id}', parts)

export type RosStackId = PartsOf<typeof ids>
export const { format: formatStackId, parse: parseStackId } = ids

/** How many characters a stack's name may have, so that its PhysicalResourceId fits. */
export function longestName(region: string, account: string): number {
  return longestNameBeside(formatStackId({ region, account, name: '', id: '' }))
}

/** https://www.alibabacloud.com/help/en/ram/user-guide/policy-elements: `acs:ram::<account>:role/<name>`. */
export function accountOfRole(roleArn: string): string | undefined {
  return /^acs:ram::(\d+):role\//.exec(roleArn)?.[1]
}
