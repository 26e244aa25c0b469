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
  /** The Create that made the instances, see `claimRequest`; absent in ids of earlier versions, and of what was taken over. */
  readonly creation?: string
}

/** The creation, and the beginning of the owner's hash: see `claimOwner`. */
const OWNER = /^(?:[0-9a-f]{8}-)?[0-9a-f]{16}$/

const parts = { region: REGION, scope: SCOPE, setName: RFS_NAME, setId: UUID, owner: OWNER }

const ids = idGrammar(
  'huaweicloud:rfs:{region}:{scope}:stack-sets/{setName}/{setId}/instances/{owner}',
  parts,
)

export function formatInstancesId({ creation, owner, ...id }: InstancesId): string {
  const own = creation === undefined ? owner : `${creation}-${owner}`
  return ids.format({ ...id, owner: own, scope: formatScope(id.scope) })
}

export function parseInstancesId(text: string): InstancesId | undefined {
  const id = ids.parse(text)
  if (id === undefined) return undefined
  const [owner = '', creation] = id.owner.split('-').reverse()
  return { ...id, owner, scope: parseScope(id.scope), ...(creation === undefined ? {} : { creation }) }
}

/** Whether an id can name the creation so. */
export function isCreation(text: string): boolean {
  return /^[0-9a-f]{8}$/.test(text)
}

/** Whether ROS can keep the id: it takes 255 bytes. */
export function fitsRos(id: InstancesId): boolean {
  return Buffer.byteLength(formatInstancesId(id)) <= LONGEST_ID_BYTES
}
