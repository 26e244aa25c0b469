/**
 * The names of the parameters that a template marks `NoEcho`; `undefined` for a template that cannot be parsed: the
 * cloud may be able to parse it, so any parameter may be marked. `largestBytes`: the cloud's limit. A larger template
 * is not parsed, since the cloud refuses it and parsing much YAML takes minutes.
 */
export async function noEchoParameters(
  template: unknown,
  largestBytes: number,
): Promise<string[] | undefined> {
  if (template === undefined) return []
  if (typeof template !== 'string') return marked(template)
  if (!template.includes('NoEcho')) return []
  if (Buffer.byteLength(template) > largestBytes) return undefined
  const { readYaml } = await import('../../platform/yaml.ts')
  const read = readYaml(template, { lenient: false })
  return read.ok ? marked(read.value) : undefined
}

function marked(template: unknown): string[] {
  const parameters = field(template, 'Parameters')
  if (typeof parameters !== 'object' || parameters === null) return []
  return Object.entries(parameters).flatMap(([name, definition]: [string, unknown]) =>
    isTrue(field(definition, 'NoEcho')) ? [name] : [],
  )
}

/** Includes the words of YAML 1.1, which CloudFormation reads, and ROS may read. */
function isTrue(value: unknown): boolean {
  return value === true || (typeof value === 'string' && /^(true|yes|on|y)$/i.test(value))
}

function field(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? new Map(Object.entries(value)).get(name) : undefined
}

/**
 * The names of the parameters whose values must be masked: those that the template marks `NoEcho` and those that
 * `SecretParameters` names; all of them where the template cannot be read.
 */
export async function secretParameterNames(
  template: unknown,
  largestBytes: number,
  parameters: object | undefined,
  named: readonly string[] | undefined,
): Promise<ReadonlySet<string>> {
  const marked = (await noEchoParameters(template, largestBytes)) ?? Object.keys(parameters ?? {})
  return new Set([...marked, ...(named ?? [])])
}
