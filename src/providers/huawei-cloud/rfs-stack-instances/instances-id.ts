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

const read = idGrammar`huaweicloud:rfs:${REGION}:${SCOPE}:stack-sets/${RFS_NAME}/${UUID}/instances/${OWNER}`

export function formatInstancesId({ region, scope, setName, setId, owner, creation }: InstancesId): string {
  const own = creation === undefined ? owner : `${creation}-${owner}`
  return `huaweicloud:rfs:${region}:${formatScope(scope)}:stack-sets/${setName}/${setId}/instances/${own}`
}

export function parseInstancesId(text: string): InstancesId | undefined {
  const [region, scope, setName, setId, own] = read(text) ?? []
  const [owner, creation] = own?.split('-').reverse() ?? []
  return region === undefined ||
    scope === undefined ||
    setName === undefined ||
    setId === undefined ||
    owner === undefined
    ? undefined
    : {
        region,
        scope: parseScope(scope),
        setName,
        setId,
        owner,
        ...(creation === undefined ? {} : { creation }),
      }
}

/** Whether an id can name the creation so. */
export function isCreation(text: string): boolean {
  return /^[0-9a-f]{8}$/.test(text)
}

export function fitsRos(id: InstancesId): boolean {
  return Buffer.byteLength(formatInstancesId(id)) <= LONGEST_ID_BYTES
}
