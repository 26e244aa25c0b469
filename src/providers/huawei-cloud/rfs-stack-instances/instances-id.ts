import { idGrammar, LONGEST_ID_BYTES, UUID } from '../../identifiers/id-grammar.ts'
import { REGION } from '../region.ts'
import { RFS_NAME } from '../rfs-name.ts'
import { formatScope, parseScope, SCOPE, type HuaweiScope } from '../scope.ts'

/**
 * The PhysicalResourceId of a resource's instances. RFS's paths need the stack set's name, and its UUID excludes a
 * later set of that name. It also contains a part of the owner's hash, since a set may hold instances of several
 * resources.
 */
export interface InstancesId {
  readonly region: string
  /** The account or project of the set, which RFS's paths do not contain. */
  readonly scope: HuaweiScope
  readonly setName: string
  readonly setId: string
  readonly owner: string
}

/** The beginning of the owner's hash: see `claimOwner`. */
const OWNER = /^[0-9a-f]{16}$/

const parts = { region: REGION, scope: SCOPE, setName: RFS_NAME, setId: UUID, owner: OWNER }

const ids = idGrammar(
  'huaweicloud:rfs:{region}:{scope}:stack-sets/{setName}/{setId}/instances/{owner}',
  parts,
)

export function formatInstancesId(id: InstancesId): string {
  return ids.format({ ...id, scope: formatScope(id.scope) })
}

export function parseInstancesId(text: string): InstancesId | undefined {
  const id = ids.parse(text)
  return id === undefined ? undefined : { ...id, scope: parseScope(id.scope) }
}

export function fitsRos(id: InstancesId): boolean {
  return Buffer.byteLength(formatInstancesId(id)) <= LONGEST_ID_BYTES
}
