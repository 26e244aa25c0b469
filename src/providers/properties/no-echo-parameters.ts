import { scalarsOf, valuesAt, type TextTree } from '../../platform/text-tree.ts'
import { scanYaml } from '../../platform/yaml-scan.ts'
import { sensitiveVariables, variableValues } from './terraform-variables.ts'

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
  if (typeof template !== 'string') return joined(marked(template), inWorkspace(template))
  if (!mayName(template, 'NoEcho', 'Workspace')) return NONE
  if (Buffer.byteLength(template) > largestBytes) return undefined
  const { readYaml } = await import('../../platform/yaml.ts')
  const read = readYaml(template, { lenient: false })
  if (!read.ok) return undefined
  return joined(withDuplicates(marked(read.value), scanYaml(template).tree), inWorkspace(read.value))
}

/** The package keeps the last of equal keys; a cloud may keep the first. */
function withDuplicates({ names, defaults }: HiddenParameters, template: TextTree): HiddenParameters {
  const all = markedIn(template)
  return {
    names: [...new Set([...names, ...all.names])],
    defaults: [...new Set([...defaults, ...all.defaults])],
  }
}

function joined(one: HiddenParameters, other: HiddenParameters | undefined): HiddenParameters | undefined {
  if (other === undefined) return undefined
  return { names: [...one.names, ...other.names], defaults: [...one.defaults, ...other.defaults] }
}

/**
 * The variables that the files of ROS's Terraform-type templates mark `sensitive`: ROS's parameters have their names.
 * https://www.alibabacloud.com/help/en/ros/user-guide/structure-of-terraform-templates
 */
function inWorkspace(template: unknown): HiddenParameters | undefined {
  const files = Object.entries(field(template, 'Workspace') ?? {}).flatMap(([path, text]) =>
    typeof text === 'string' ? [{ path, text }] : [],
  )
  const found: { readonly names: readonly string[]; readonly defaults: readonly string[] }[] = []
  for (const { path, text } of files) {
    if (!/\.(?:tf|tofu)(?:\.json)?$/i.test(path)) continue
    const variables = sensitiveVariables(text)
    if (variables === undefined) return undefined
    found.push(variables)
  }
  const names = new Set(found.flatMap((one) => one.names))
  const given = files
    .filter(({ path }) => /\.tfvars(?:\.json)?$/i.test(path))
    .flatMap(({ text }) => (names.size === 0 ? [] : variableValues(text, (name) => names.has(name))))
  return { names: [...names], defaults: [...found.flatMap((one) => one.defaults), ...given] }
}

/** The defaults in a template that cannot be parsed: any parameter may be marked. */
function possibleDefaults(template: unknown): string[] {
  if (typeof template !== 'string') return []
  const lines = template.matchAll(/\bDefault["']?[ \t]*:[ \t]*([^\n\r,}\]]+)/g)
  const found = [...lines].map(([, value = '']) => value.trim().replaceAll(/^["']|["']$/g, ''))
  const trees: (TextTree | undefined)[] = [scanYaml(template).tree]
  for (let tree = trees.pop(); tree !== undefined; tree = trees.pop()) {
    if (tree.kind === 'list') for (const item of tree.items) trees.push(item)
    if (tree.kind !== 'map') continue
    for (const { name, value } of tree.entries)
      if (name === 'Default') for (const one of scalarsOf(value)) found.push(one)
      else trees.push(value)
  }
  return found
}

function markedIn(template: TextTree): HiddenParameters {
  const hidden = valuesAt(template, 'Parameters')
    .flatMap((parameters) => (parameters.kind === 'map' ? parameters.entries : []))
    .filter(({ value }) => valuesAt(value, 'NoEcho').some(isMarkedTrue))
  return {
    names: hidden.map(({ name }) => name),
    defaults: hidden.flatMap(({ value }) => valuesAt(value, 'Default').flatMap(scalarsOf)),
  }
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
    defaults: marked === undefined ? possibleDefaults(template) : textsOf(marked.defaults),
  }
}

/** Like `isTrue`, for a value as it is written. */
export function isMarkedTrue(mark: TextTree): boolean {
  const isNull = mark.kind === 'scalar' && !mark.isQuoted && /^(?:null|~|)$/i.test(mark.text)
  return !isNull && scalarsOf(mark).some(isTrue)
}
