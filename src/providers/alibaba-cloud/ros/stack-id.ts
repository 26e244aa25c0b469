/** A stack's PhysicalResourceId: ROS's own id says neither whose the stack is nor where. */
export interface RosStackId {
  readonly region: string
  readonly account: string
  readonly name: string
  /** ROS's StackId. */
  readonly id: string
}

/** ROS keeps no longer PhysicalResourceId; bytes. */
const LONGEST = 255
const UUID_CHARACTERS = 36

/** The Alibaba Cloud Resource Name of a stack, with its name before its id. */
export function formatStackId({ region, account, name, id }: RosStackId): string {
  return `acs:ros:${region}:${account}:stack/${name}/${id}`
}

export function parseStackId(text: string): RosStackId | undefined {
  const [, region, account, name, id] =
    /^acs:ros:([A-Za-z0-9-]+):(\d+):stack\/([-_a-zA-Z0-9]+)\/([-0-9a-zA-Z]+)$/.exec(text) ?? []
  return region === undefined || account === undefined || name === undefined || id === undefined
    ? undefined
    : { region, account, name, id }
}

/** How many characters a stack's name may have for its id to fit. */
export function longestName(region: string, account: string): number {
  return LONGEST - formatStackId({ region, account, name: '', id: '' }).length - UUID_CHARACTERS
}

/** https://www.alibabacloud.com/help/en/ram/user-guide/policy-elements: `acs:ram::<account>:role/<name>`. */
export function accountOfRole(roleArn: string): string | undefined {
  return /^acs:ram::(\d+):role\//.exec(roleArn)?.[1]
}
