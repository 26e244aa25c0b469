import { idGrammar, LONGEST_ID_BYTES, UUID, UUID_CHARACTERS } from '../../identifiers/id-grammar.ts'
import { REGION } from '../region.ts'
import { RFS_NAME } from '../rfs-name.ts'
import { formatScope, parseScope, SCOPE, type HuaweiScope } from '../scope.ts'

/**
 * A stack set's PhysicalResourceId. RFS's paths need region and name, its headers the account or project, and the UUID
 * excludes later sets of the same name.
 */
export interface StackSetId {
  readonly region: string
  readonly scope: HuaweiScope
  readonly name: string
  readonly id: string
}

const read = idGrammar`huaweicloud:rfs:${REGION}:${SCOPE}:stack-sets/${RFS_NAME}/${UUID}`

export function formatStackSetId({ region, scope, name, id }: StackSetId): string {
  return `huaweicloud:rfs:${region}:${formatScope(scope)}:stack-sets/${name}/${id}`
}

export function parseStackSetId(text: string): StackSetId | undefined {
  const [region, scope, name, id] = read(text) ?? []
  return region === undefined || scope === undefined || name === undefined || id === undefined
    ? undefined
    : { region, scope: parseScope(scope), name, id }
}

/** How many bytes a set's name may have, so that ROS can keep its id. */
export function longestName(place: Pick<StackSetId, 'region' | 'scope'>): number {
  return (
    LONGEST_ID_BYTES - Buffer.byteLength(formatStackSetId({ ...place, name: '', id: '' })) - UUID_CHARACTERS
  )
}
