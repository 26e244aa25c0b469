import {
  idGrammar,
  LONGEST_ID_BYTES,
  UUID,
  UUID_CHARACTERS,
  type PartsOf,
} from '../../identifiers/id-grammar.ts'
import { REGION } from '../region.ts'
import { RFS_NAME } from '../rfs-name.ts'
import { PROJECT_ID } from '../scope.ts'

/**
 * An RFS stack's PhysicalResourceId. RFS's paths need region, project and name, and the UUID excludes a later stack of
 * that name.
 */
const ids = idGrammar('huaweicloud:rfs:{region}:{project}:stacks/{name}/{id}', {
  region: REGION,
  project: PROJECT_ID,
  name: RFS_NAME,
  id: UUID,
})

export type RfsStackId = PartsOf<typeof ids>

export const formatStackId = ids.format
export const parseStackId = ids.parse

/** How many bytes the name of a stack in this project may have, so that ROS can keep its id. */
export function longestName(place: Pick<RfsStackId, 'region' | 'project'>): number {
  return LONGEST_ID_BYTES - Buffer.byteLength(formatStackId({ ...place, name: '', id: '' })) - UUID_CHARACTERS
}
