import { idGrammar, longestNameBeside, UUID } from '../../identifiers/id-grammar.ts'
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

const parts = { region: REGION, scope: SCOPE, name: RFS_NAME, id: UUID }

const ids = idGrammar('huaweicloud:rfs:{region}:{scope}:stack-sets/{name}/{id}', parts)

export function formatStackSetId(id: StackSetId): string {
  return ids.format({ ...id, scope: formatScope(id.scope) })
}

export function parseStackSetId(text: string): StackSetId | undefined {
  const id = ids.parse(text)
  return id === undefined ? undefined : { ...id, scope: parseScope(id.scope) }
}

/** How many bytes a set's name may have, so that ROS can keep its id. */
export function longestName(place: Pick<StackSetId, 'region' | 'scope'>): number {
  return longestNameBeside(formatStackSetId({ ...place, name: '', id: '' }))
}
