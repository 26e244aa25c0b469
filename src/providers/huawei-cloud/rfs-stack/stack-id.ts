import { idGrammar, longestNameBeside, UUID, type PartsOf } from '../../identifiers/id-grammar.ts'
import { REGION } from '../region.ts'
import { RFS_NAME } from '../rfs-name.ts'
import { PROJECT_ID } from '../scope.ts'

const parts = { region: REGION, project: PROJECT_ID, name: RFS_NAME, id: UUID }

/**
 * An RFS stack's PhysicalResourceId. RFS's paths need region, project and name, and the UUID excludes a later stack of
 * that name.
 */
const ids = idGrammar('huaweicloud:rfs:{region}:{project}:stacks/{name}/{id}', parts)

export type RfsStackId = PartsOf<typeof ids>
export const { format: formatStackId, parse: parseStackId } = ids

/** How many bytes the name of a stack in this project may have, so that ROS can keep its id. */
export function longestName(place: Pick<RfsStackId, 'region' | 'project'>): number {
  return longestNameBeside(formatStackId({ ...place, name: '', id: '' }))
}
