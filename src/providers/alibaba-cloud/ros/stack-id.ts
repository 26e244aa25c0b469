import { idGrammar, LONGEST_ID_BYTES, UUID, UUID_CHARACTERS } from '../../identifiers/id-grammar.ts'
import { REGION } from './region.ts'

/** A stack's PhysicalResourceId. ROS's own id names neither the account nor the region. */
export interface RosStackId {
  readonly region: string
  readonly account: string
  readonly name: string
  /** ROS's StackId. */
  readonly id: string
}

/** https://www.alibabacloud.com/help/en/ram/developer-reference/api-sts-2015-04-01-getcalleridentity */
export const ACCOUNT_ID = /^[0-9]{1,20}$/
/** https://www.alibabacloud.com/help/en/ros/developer-reference/api-ros-2019-09-10-createstack */
export const STACK_NAME = /^[a-zA-Z][-_a-zA-Z0-9]{0,254}$/

const read = idGrammar`acs:ros:${REGION}:${ACCOUNT_ID}:stack/${STACK_NAME}/${UUID}`

/** The Alibaba Cloud Resource Name of a stack, with its name before its id. */
export function formatStackId({ region, account, name, id }: RosStackId): string {
  return `acs:ros:${region}:${account}:stack/${name}/${id}`
}

export function parseStackId(text: string): RosStackId | undefined {
  const [region, account, name, id] = read(text) ?? []
  return region === undefined || account === undefined || name === undefined || id === undefined
    ? undefined
    : { region, account, name, id }
}

/** How many characters a stack's name may have, so that its PhysicalResourceId fits. */
export function longestName(region: string, account: string): number {
  return LONGEST_ID_BYTES - formatStackId({ region, account, name: '', id: '' }).length - UUID_CHARACTERS
}

/** https://www.alibabacloud.com/help/en/ram/user-guide/policy-elements: `acs:ram::<account>:role/<name>`. */
export function accountOfRole(roleArn: string): string | undefined {
  return /^acs:ram::(\d+):role\//.exec(roleArn)?.[1]
}
