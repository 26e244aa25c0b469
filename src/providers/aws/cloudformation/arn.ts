/** A stack's ARN, as its PhysicalResourceId: of AWS, or of Heat's CloudFormation-compatible API. */
export interface StackArn {
  readonly arn: string
  readonly partition: string
  readonly region: string
  readonly account: string
  readonly name: string
}

/** https://docs.aws.amazon.com/IAM/latest/UserGuide/reference-arns.html */
export function parseStackArn(text: string): StackArn | undefined {
  const aws = /^arn:(aws[a-z-]*):cloudformation:([a-z0-9-]+):(\d{12}):stack\/([^/]+)\/[^/]+$/.exec(text)
  const heat = /^arn:(openstack):heat:([^:]*):([^:]+):stacks\/([^/]+)\/[^/]+$/.exec(text)
  const [, partition, region, account, name] = aws ?? heat ?? []
  return partition === undefined || region === undefined || account === undefined || name === undefined
    ? undefined
    : { arn: text, partition, region, account, name }
}

export function accountOfRole(roleArn: string): string | undefined {
  return /^arn:aws[a-z-]*:iam::(\d{12}):role\//.exec(roleArn)?.[1]
}
