import { SourceNumber, writeJson } from '../../../platform/json.ts'
import { valuesAt } from '../../../platform/text-tree.ts'
import { scanYaml } from '../../../platform/yaml-scan.ts'
import {
  isMarkedTrue,
  isTrue,
  mayName,
  textsOf,
  type HiddenParameters,
} from '../../properties/no-echo-parameters.ts'
import { piecesOf } from '../../properties/text-pieces.ts'
import type { PropertyProblem } from '../../properties/property-problem.ts'
import type { StackProperties } from './properties.ts'

/** Heat shows this in place of a hidden value. Sent back, it would become the value. */
const HIDDEN = '******'

export function parameterProblems(given: StackProperties['Parameters']): PropertyProblem[] {
  return Object.entries(given ?? {}).flatMap(([name, value]) =>
    value === HIDDEN
      ? [
          {
            path: `Stack.Parameters.${name}`,
            problem:
              'is the asterisks that stand for a hidden value: give the real one, or leave it out and set Stack.Existing to true',
          },
        ]
      : [],
  )
}

/**
 * The values of the parameters that a template of the stack hides (`hidden: true`, or `NoEcho` in CloudFormation's
 * format), that an environment has Heat encrypt (`encrypted_param_names`), and that `named` lists, from every property that
 * may give them. Where a template cannot be parsed, any parameter may be hidden.
 */
export async function secretParameterValues(
  stack: StackProperties,
  named: readonly string[],
): Promise<string[]> {
  const hidden = await Promise.all([
    hiddenIn(stack.Template),
    ...Object.values(stack.Files ?? {}).map(async (file) => (await hiddenIn(file)) ?? unreadable(file)),
  ])
  const isAny = hidden.includes(undefined)
  const given = [stack.Environment, ...(stack.EnvironmentFiles ?? []).map((name) => stack.Files?.[name])]
  const hiddenNames = [...named, ...hidden.flatMap((found) => found?.names ?? [])]
  const defaults = hidden.flatMap((found) => found?.defaults ?? []).flatMap(forms)
  if (!isAny && hiddenNames.length === 0 && !given.some(mayEncrypt)) return []
  const environments = await Promise.all(given.map(readEnvironment))
  const names = new Set([...hiddenNames, ...environments.flatMap(({ document }) => encryptedIn(document))])
  const maps = [
    stack.Parameters,
    ...environments.flatMap(({ document }) => [
      field(document, 'parameters'),
      field(document, 'parameter_defaults'),
    ]),
  ]
  const hiddenValues = maps.flatMap((parameters) =>
    entriesOf(parameters).flatMap(([name, value]) => (isAny || names.has(name) ? forms(value) : [])),
  )
  return [...defaults, ...hiddenValues, ...environments.flatMap(({ unreadable }) => piecesOf(unreadable))]
}

/** Scripts and similar files hide no parameters. */
function unreadable(file: unknown): HiddenParameters | undefined {
  return typeof file === 'string' && /template_?(format)?_?version/i.test(file) ? undefined : NONE
}

const NONE: HiddenParameters = { names: [], defaults: [] }

/** A template's hidden parameters; `undefined` where it cannot be parsed, although Heat may be able to. */
async function hiddenIn(template: unknown): Promise<HiddenParameters | undefined> {
  if (template === undefined) return NONE
  if (typeof template === 'string' && !mayName(template, 'hidden', 'NoEcho')) return NONE
  const document = await read(template)
  if (document === undefined) return undefined
  const parameters = field(document, 'parameters') ?? field(document, 'Parameters')
  const found = entriesOf(parameters).filter(
    ([, definition]) => isTrue(field(definition, 'hidden')) || isTrue(field(definition, 'NoEcho')),
  )
  const names = found.map(([name]) => name)
  return {
    names: typeof template === 'string' ? [...new Set([...names, ...duplicatesIn(template)])] : names,
    defaults: found.flatMap(([, one]) =>
      [field(one, 'default'), field(one, 'Default')].filter((value) => value !== undefined && value !== null),
    ),
  }
}

/** The hidden parameters among those of the same name: the package keeps the last of equal keys only. */
function duplicatesIn(template: string): string[] {
  const { tree } = scanYaml(template)
  return [...valuesAt(tree, 'parameters'), ...valuesAt(tree, 'Parameters')]
    .flatMap((parameters) => (parameters.kind === 'map' ? parameters.entries : []))
    .filter(({ value }) => [...valuesAt(value, 'hidden'), ...valuesAt(value, 'NoEcho')].some(isMarkedTrue))
    .map(({ name }) => name)
}

const ENCRYPTED = 'encrypted_param_names'

/** Whether an environment may name parameters that Heat encrypts in its database. */
function mayEncrypt(environment: unknown): boolean {
  return typeof environment === 'string'
    ? mayName(environment, ENCRYPTED)
    : field(environment, ENCRYPTED) !== undefined
}

function encryptedIn(environment: unknown): string[] {
  return textsOf([field(environment, ENCRYPTED)])
}

interface ReadEnvironment {
  /** The part that could be parsed. */
  readonly document: unknown
  /** The text that could not be parsed completely; otherwise empty. Heat may be less strict. */
  readonly unreadable: string
}

async function readEnvironment(environment: unknown): Promise<ReadEnvironment> {
  const whole = await read(environment)
  if (whole !== undefined || typeof environment !== 'string') return { document: whole, unreadable: '' }
  return { document: await read(environment, { lenient: true }), unreadable: environment }
}

/** Heat's default limit (`max_template_size`), in characters: parsing much more YAML takes minutes. */
const LONGEST_DOCUMENT = 524_288

/** `undefined` where a text cannot be parsed: Heat may be less strict, or it is a file of another kind. */
async function read(document: unknown, { lenient = false } = {}): Promise<unknown> {
  if (typeof document !== 'string') return document
  if (document.length > LONGEST_DOCUMENT) return undefined
  const { readYaml } = await import('../../../platform/yaml.ts')
  const read = readYaml(document, { lenient })
  return read.ok ? read.value : undefined
}

/** The texts in which a message can quote a value: each part of it, and the whole value as Heat writes it. */
function forms(value: unknown): string[] {
  if (typeof value !== 'object' || value === null || value instanceof SourceNumber) return [String(value)]
  const whole = Array.isArray(value) ? [value.map(String).join(','), writeJson(value)] : [writeJson(value)]
  return [...whole, ...Object.values(value).flatMap(forms)]
}

function entriesOf(value: unknown): [string, unknown][] {
  return typeof value === 'object' && value !== null ? Object.entries(value) : []
}

function field(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? new Map(Object.entries(value)).get(name) : undefined
}
