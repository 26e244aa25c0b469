import { formatScope, parseScope, type HuaweiScope } from '../scope.ts'

/**
 * A stack set's identity as ROS keeps it: RFS's paths want region and name, its headers want to know for whom, and the UUID
 * tells it from later sets.
 */
export interface StackSetId {
  readonly region: string
  readonly scope: HuaweiScope
  readonly name: string
  readonly id: string
}

/** ROS takes no longer PhysicalResourceId; bytes. */
const LONGEST_BYTES = 255

export function formatStackSetId({ region, scope, name, id }: StackSetId): string {
  return `huaweicloud:rfs:${region}:${formatScope(scope)}:stack-sets/${name}/${id}`
}

export function parseStackSetId(text: string): StackSetId | undefined {
  const [, region, scope, name, id] =
    /^huaweicloud:rfs:([^:/]+):([^:/]+):stack-sets\/([^/]+)\/([^/]+)$/.exec(text) ?? []
  return region === undefined || scope === undefined || name === undefined || id === undefined
    ? undefined
    : { region, scope: parseScope(scope), name, id }
}

/** How many bytes a set's name may have, so that ROS can keep its id. */
export function longestName(place: Pick<StackSetId, 'region' | 'scope'>): number {
  const uuid = '00000000-0000-0000-0000-000000000000'
  return LONGEST_BYTES - Buffer.byteLength(formatStackSetId({ ...place, name: '', id: uuid }))
}
