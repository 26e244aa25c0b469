import { derivedStackName as derive } from '../../recognition/derived-stack-name.ts'
import type { Owner } from '../../provider.ts'

/** Fits the PhysicalResourceId whatever the region and the project. */
const LONGEST = 90

/** https://support.huaweicloud.com/intl/en-us/api-aos/CreateStack.html */
export const STACK_NAME = /^[a-zA-Z\u4e00-\u9fa5][a-zA-Z0-9_\-\u4e00-\u9fa5]{0,127}$/

export function derivedStackName(owner: Owner): string {
  return derive(owner, { invalid: /[^a-zA-Z0-9_]+/g, longest: LONGEST })
}
