import { formatScope, parseScope, type HuaweiScope } from '../scope.ts'

/**
 * The identity of a resource's instances as ROS keeps it: the stack set, by its name, which RFS's paths want, and its UUID,
 * which makes sure that no later set of that name is meant; and a part of the owner's hash, since a set may hold instances
 * of several resources.
 */
export interface InstancesId {
  readonly region: string
  /** Whose set it is; no path of RFS's says so. */
  readonly scope: HuaweiScope
  readonly setName: string
  readonly setId: string
  readonly owner: string
}

/** ROS takes no longer PhysicalResourceId; bytes. */
const LONGEST_BYTES = 255

export function formatInstancesId({ region, scope, setName, setId, owner }: InstancesId): string {
  return `huaweicloud:rfs:${region}:${formatScope(scope)}:stack-sets/${setName}/${setId}/instances/${owner}`
}

export function parseInstancesId(text: string): InstancesId | undefined {
  const [, region, scope, setName, setId, owner] =
    /^huaweicloud:rfs:([^:/]+):([^:/]+):stack-sets\/([^/]+)\/([^/]+)\/instances\/([^/]+)$/.exec(text) ?? []
  return region === undefined ||
    scope === undefined ||
    setName === undefined ||
    setId === undefined ||
    owner === undefined
    ? undefined
    : { region, scope: parseScope(scope), setName, setId, owner }
}

export function fitsRos(id: InstancesId): boolean {
  return Buffer.byteLength(formatInstancesId(id)) <= LONGEST_BYTES
}
