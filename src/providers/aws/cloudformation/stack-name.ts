import { derivedStackName as derive } from '../../recognition/derived-stack-name.ts'
import type { Owner } from '../../provider.ts'

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_CreateStack.html */
export const STACK_NAME = /^[a-zA-Z][-a-zA-Z0-9]{0,127}$/

export function derivedStackName(owner: Owner): string {
  return derive(owner, { invalid: /[^a-zA-Z0-9]+/g, longest: 128 })
}
