export interface HiddenParameters {
  readonly names: readonly string[]
  /** What the template itself gives them. */
  readonly defaults: readonly unknown[]
}

const NONE: HiddenParameters = { names: [], defaults: [] }

/**
 * The parameters that a template marks `NoEcho`; `undefined` for a template that cannot be parsed: the
 * cloud may be able to parse it, so any parameter may be marked. `largestBytes`: the cloud's limit. A larger template
 * is not parsed, since the cloud refuses it and parsing much YAML takes minutes.
 */
export async function noEchoParameters(
  template: unknown,
  largestBytes: number,
): Promise<HiddenParameters | undefined> {
  if (template === undefined) return NONE
  if (typeof template !== 'string') return marked(template)
  if (!mayName(template, 'NoEcho')) return NONE
  if (Buffer.byteLength(template) > largestBytes) return undefined
  const { readYaml } = await import('../../platform/yaml.ts')
  const read = readYaml(template, { lenient: false })
  return read.ok ? marked(read.value) : undefined
}

function marked(template: unknown): HiddenParameters {
  const parameters = field(template, 'Parameters')
  if (typeof parameters !== 'object' || parameters === null) return NONE
  const hidden = Object.entries(parameters).filter(([, definition]) => isTrue(field(definition, 'NoEcho')))
  return {
    names: hidden.map(([name]) => name),
    defaults: hidden.map(([, definition]) => field(definition, 'Default')),
  }
}

/** Whether a key of the text may be one of `names`. YAML and JSON allow escapes in quoted keys. */
export function mayName(text: string, ...names: readonly string[]): boolean {
  return names.some((name) => text.includes(name)) || /\\[xuU\r\n]/.test(text)
}

/** Includes the words of YAML 1.1, which some clouds read. A value that is not clearly false counts as true: this only masks more. */
export function isTrue(value: unknown): boolean {
  if (typeof value === 'string') return !/^(|false|no|off|n|0)$/i.test(value.trim())
  return value !== undefined && value !== null && value !== false && value !== 0
}

/** Each text and number in the values. */
export function textsOf(values: readonly unknown[] | undefined): string[] {
  return (values ?? []).flatMap((value) => {
    if (typeof value === 'string') return [value]
    if (typeof value === 'number' || typeof value === 'bigint') return [String(value)]
    return typeof value === 'object' && value !== null ? textsOf(Object.values(value)) : []
  })
}

function field(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? new Map(Object.entries(value)).get(name) : undefined
}

/**
 * The parameters whose values must be masked: those that the template marks `NoEcho`, those that `SecretParameters` names,
 * and all of them where the template cannot be parsed. `defaults`: the texts that the template itself gives the marked ones.
 */
export async function secretParameters(
  template: unknown,
  largestBytes: number,
  parameters: object | undefined,
  named: readonly string[] | undefined,
): Promise<{ readonly names: ReadonlySet<string>; readonly defaults: readonly string[] }> {
  const marked = await noEchoParameters(template, largestBytes)
  return {
    names: new Set([...(marked?.names ?? Object.keys(parameters ?? {})), ...(named ?? [])]),
    defaults: textsOf(marked?.defaults),
  }
}
