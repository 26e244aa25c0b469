import {
  idGrammar,
  LONGEST_ID_BYTES,
  UUID,
  UUID_CHARACTERS,
  type PartsOf,
} from '../../identifiers/id-grammar.ts'
import { STACK_NAME } from './stack-name.ts'

/** https://opendev.org/openstack/keystone/src/branch/master/keystone/common/validation/parameter_types.py (`id_string`) */
export const PROJECT_ID = /^[a-zA-Z0-9-]{1,64}$/

/**
 * A Heat stack's PhysicalResourceId: the ARN that Heat's CloudFormation-compatible API writes. Native calls need both
 * name and id; the project shows whether credentials are for the right one.
 */
const ids = idGrammar('arn:openstack:heat::{project}:stacks/{name}/{id}', {
  project: PROJECT_ID,
  name: STACK_NAME,
  id: UUID,
})

export type HeatStackId = PartsOf<typeof ids>

export const formatStackId = ids.format
export const parseStackId = ids.parse

/** How many bytes the name of a stack in this project may have, so that its PhysicalResourceId fits. */
export function longestName(project: string): number {
  return LONGEST_ID_BYTES - Buffer.byteLength(formatStackId({ project, name: '', id: '' })) - UUID_CHARACTERS
}
