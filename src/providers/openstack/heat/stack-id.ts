import { idGrammar, longestNameBeside, UUID, type PartsOf } from '../../identifiers/id-grammar.ts'

/** https://docs.openstack.org/api-ref/orchestration/v1/#create-stack */
export const STACK_NAME = /^[a-zA-Z][a-zA-Z0-9_.-]{0,254}$/

/** https://opendev.org/openstack/keystone/src/branch/master/keystone/common/validation/parameter_types.py (`id_string`) */
export const PROJECT_ID = /^[a-zA-Z0-9-]{1,64}$/

const parts = { project: PROJECT_ID, name: STACK_NAME, id: UUID }

/**
 * A Heat stack's PhysicalResourceId: the ARN that Heat's CloudFormation-compatible API writes. Native calls need both
 * name and id; the project shows whether credentials are for the right one.
 */
const ids = idGrammar('arn:openstack:heat::{project}:stacks/{name}/{id}', parts)

export type HeatStackId = PartsOf<typeof ids>
export const { format: formatStackId, parse: parseStackId } = ids

/** How many bytes the name of a stack in this project may have, so that its PhysicalResourceId fits. */
export function longestName(project: string): number {
  return longestNameBeside(formatStackId({ project, name: '', id: '' }))
}
