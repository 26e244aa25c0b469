import { idGrammar, LONGEST_ID_BYTES, UUID, UUID_CHARACTERS } from '../../identifiers/id-grammar.ts'
import { STACK_NAME } from './stack-name.ts'

/**
 * A Heat stack's PhysicalResourceId: the ARN that Heat's CloudFormation-compatible API writes. Native calls need both
 * name and id; the project shows whether credentials are for the right one.
 */
export interface HeatStackId {
  readonly project: string
  readonly name: string
  readonly id: string
}

/** https://opendev.org/openstack/keystone/src/branch/master/keystone/common/validation/parameter_types.py (`id_string`) */
export const PROJECT_ID = /^[a-zA-Z0-9-]{1,64}$/

const read = idGrammar`arn:openstack:heat::${PROJECT_ID}:stacks/${STACK_NAME}/${UUID}`

export function formatStackId({ project, name, id }: HeatStackId): string {
  return `arn:openstack:heat::${project}:stacks/${name}/${id}`
}

export function parseStackId(text: string): HeatStackId | undefined {
  const [project, name, id] = read(text) ?? []
  return project === undefined || name === undefined || id === undefined ? undefined : { project, name, id }
}

/** How many bytes the name of a stack in this project may have, so that its PhysicalResourceId fits. */
export function longestName(project: string): number {
  return LONGEST_ID_BYTES - Buffer.byteLength(formatStackId({ project, name: '', id: '' })) - UUID_CHARACTERS
}
