/** An AOS stack's identity as ROS keeps it. AOS itself has only a GUID; region, project and name say where to look. */
export interface AosStackId {
  readonly region: string
  readonly project: string
  readonly name: string
  readonly guid: string
}

export function formatStackId({ region, project, name, guid }: AosStackId): string {
  return `huaweicloud:aos:${region}:${project}:stacks/${name}/${guid}`
}

export function parseStackId(text: string): AosStackId | undefined {
  const [, region, project, name, guid] =
    /^huaweicloud:aos:([^:/]+):([^:/]+):stacks\/([^/]+)\/([^/]+)$/.exec(text) ?? []
  return region === undefined || project === undefined || name === undefined || guid === undefined
    ? undefined
    : { region, project, name, guid }
}
