/**
 * An RFS stack's identity as ROS keeps it. RFS itself has only a UUID, and its paths want region, project and name: the
 * name leads there, and the UUID makes sure that no later stack of that name is meant.
 */
export interface RfsStackId {
  readonly region: string
  readonly project: string
  readonly name: string
  readonly id: string
}

/** ROS takes no longer PhysicalResourceId; bytes. */
const LONGEST_BYTES = 255

export function formatStackId({ region, project, name, id }: RfsStackId): string {
  return `huaweicloud:rfs:${region}:${project}:stacks/${name}/${id}`
}

export function parseStackId(text: string): RfsStackId | undefined {
  const [, region, project, name, id] =
    /^huaweicloud:rfs:([^:/]+):([^:/]+):stacks\/([^/]+)\/([^/]+)$/.exec(text) ?? []
  return region === undefined || project === undefined || name === undefined || id === undefined
    ? undefined
    : { region, project, name, id }
}

/** How many bytes the name of a stack in this project may have, so that ROS can keep its id. */
export function longestName(place: Pick<RfsStackId, 'region' | 'project'>): number {
  const uuid = '00000000-0000-0000-0000-000000000000'
  return LONGEST_BYTES - Buffer.byteLength(formatStackId({ ...place, name: '', id: uuid }))
}
