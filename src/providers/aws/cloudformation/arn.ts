import { idGrammar, UUID } from '../../identifiers/id-grammar.ts'
import { REGION } from './region.ts'

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_CreateStack.html */
export const STACK_NAME = /^[a-zA-Z][-a-zA-Z0-9]{0,127}$/

/** A stack's ARN, as its PhysicalResourceId: of AWS, or of Heat's CloudFormation-compatible API. */
export interface StackArn {
  readonly arn: string
  readonly partition: string
  /** Empty for Heat. */
  readonly region: string
  readonly account: string
  readonly name: string
}

const PARTITION = /^aws(?:-[a-z]{1,8}){0,3}$/
const ACCOUNT = /^[0-9]{12}$/
/** https://opendev.org/openstack/keystone/src/branch/master/keystone/common/validation/parameter_types.py (`id_string`) */
const PROJECT = /^[a-zA-Z0-9-]{1,64}$/
/** https://docs.aws.amazon.com/IAM/latest/UserGuide/reference-arns.html */
const ofAws = idGrammar('arn:{partition}:cloudformation:{region}:{account}:stack/{name}/{id}', {
  partition: PARTITION,
  region: REGION,
  account: ACCOUNT,
  name: STACK_NAME,
  id: UUID,
})
/**
 * https://opendev.org/openstack/heat/src/branch/master/heat/common/identifier.py. Heat takes other names, too: a stack of such a
 * name was made by its native API.
 */
const ofHeat = idGrammar('arn:openstack:heat::{project}:stacks/{name}/{id}', {
  project: PROJECT,
  name: STACK_NAME,
  id: UUID,
})

export function parseStackArn(text: string): StackArn | undefined {
  const aws = ofAws.parse(text)
  if (aws !== undefined) {
    const { partition, region, account, name } = aws
    return { arn: text, partition, region, account, name }
  }
  const heat = ofHeat.parse(text)
  return heat === undefined
    ? undefined
    : { arn: text, partition: 'openstack', region: '', account: heat.project, name: heat.name }
}

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_Role.html */
export function accountOfRole(roleArn: string): string | undefined {
  return /^arn:aws[a-z-]*:iam::(\d{12}):role\//.exec(roleArn)?.[1]
}
