/**
 * A Heat stack's identity as ROS keeps it: Heat's own ARN, as its CloudFormation-compatible API writes it. Native calls
 * need the name and the id together; the project tells whether credentials lead to the right place.
 */
export interface HeatStackId {
  readonly project: string
  readonly name: string
  readonly id: string
}

/** ROS takes no longer PhysicalResourceId; bytes. */
const LONGEST_BYTES = 255

export function formatStackId({ project, name, id }: HeatStackId): string {
  return `arn:openstack:heat::${project}:stacks/${name}/${id}`
}

export function parseStackId(text: string): HeatStackId | undefined {
  const [, project, name, id] =
    /^arn:openstack:heat:[^:]*:([^:/]+):stacks\/([^/]+)\/([^/]+)$/.exec(text) ?? []
  return project === undefined || name === undefined || id === undefined ? undefined : { project, name, id }
}

/** How many bytes the name of a stack in this project may have, so that ROS can keep its id. */
export function longestName(project: string): number {
  const uuid = '00000000-0000-0000-0000-000000000000'
  return LONGEST_BYTES - Buffer.byteLength(formatStackId({ project, name: '', id: uuid }))
}
