import { idGrammar, LONGEST_ID_BYTES, UUID, UUID_CHARACTERS } from '../../identifiers/id-grammar.ts'
import { REGION } from '../region.ts'
import { RFS_NAME } from '../rfs-name.ts'
import { PROJECT_ID } from '../scope.ts'

/**
 * An RFS stack's PhysicalResourceId. RFS's paths need region, project and name, and the UUID excludes a later stack of
 * that name.
 */
export interface RfsStackId {
  readonly region: string
  readonly project: string
  readonly name: string
  readonly id: string
}

const read = idGrammar`huaweicloud:rfs:${REGION}:${PROJECT_ID}:stacks/${RFS_NAME}/${UUID}`

export function formatStackId({ region, project, name, id }: RfsStackId): string {
  return `huaweicloud:rfs:${region}:${project}:stacks/${name}/${id}`
}

export function parseStackId(text: string): RfsStackId | undefined {
  const [region, project, name, id] = read(text) ?? []
  return region === undefined || project === undefined || name === undefined || id === undefined
    ? undefined
    : { region, project, name, id }
}

/** How many bytes the name of a stack in this project may have, so that ROS can keep its id. */
export function longestName(place: Pick<RfsStackId, 'region' | 'project'>): number {
  return LONGEST_ID_BYTES - Buffer.byteLength(formatStackId({ ...place, name: '', id: '' })) - UUID_CHARACTERS
}
