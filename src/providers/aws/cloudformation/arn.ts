import { idGrammar, UUID } from '../../identifiers/id-grammar.ts'
import { REGION } from './region.ts'
import { STACK_NAME } from './stack-name.ts'

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
const ofAws = idGrammar`arn:${PARTITION}:cloudformation:${REGION}:${ACCOUNT}:stack/${STACK_NAME}/${UUID}`
/**
 * https://opendev.org/openstack/heat/src/branch/master/heat/common/identifier.py. Heat takes other names, too: a stack of such a
 * name was made by its native API.
 */
const ofHeat = idGrammar`arn:openstack:heat::${PROJECT}:stacks/${STACK_NAME}/${UUID}`

export function parseStackArn(text: string): StackArn | undefined {
  const [partition, region, account, name] = ofAws(text) ?? []
  if (partition !== undefined && region !== undefined && account !== undefined && name !== undefined)
    return { arn: text, partition, region, account, name }
  const [project, heatName] = ofHeat(text) ?? []
  return project === undefined || heatName === undefined
    ? undefined
    : { arn: text, partition: 'openstack', region: '', account: project, name: heatName }
}

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_Role.html */
export function accountOfRole(roleArn: string): string | undefined {
  return /^arn:aws[a-z-]*:iam::(\d{12}):role\//.exec(roleArn)?.[1]
}
