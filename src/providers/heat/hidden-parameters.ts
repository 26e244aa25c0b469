import type { PropertyProblem } from '../property-problem.ts'
import type { StackProperties } from './properties.ts'

/** What Heat shows in the place of a hidden value; sent back it would become the value. */
const HIDDEN = '******'

export function parameterProblems(given: StackProperties['Parameters']): PropertyProblem[] {
  return Object.entries(given ?? {}).flatMap(([name, value]) =>
    value === HIDDEN
      ? [
          {
            path: `Stack.Parameters.${name}`,
            problem: `is a hidden value (${HIDDEN}): give the real one, or leave it out and set Stack.Existing to true`,
          },
        ]
      : [],
  )
}

/**
 * The values of the parameters that a template of the stack hides (`hidden: true`, or `NoEcho` in CloudFormation's
 * format), and of those that `named` lists, wherever the properties give them one.
 */
export async function secretParameterValues(
  stack: StackProperties,
  named: readonly string[],
): Promise<string[]> {
  const templates = [stack.Template, ...Object.values(stack.Files ?? {})]
  const hidden = await Promise.all(templates.map((template) => hiddenIn(template)))
  const unread = templates.some((template) => mayHide(template) && isTooLarge(template))
  const names = new Set([...named, ...hidden.flat(), ...(unread ? Object.keys(stack.Parameters ?? {}) : [])])
  if (names.size === 0) return []
  const files = (stack.EnvironmentFiles ?? []).map((name) => stack.Files?.[name])
  const environments = await Promise.all([stack.Environment, ...files].map((document) => read(document)))
  const maps = [
    stack.Parameters,
    ...environments.flatMap((environment) => [
      field(environment, 'parameters'),
      field(environment, 'parameter_defaults'),
    ]),
  ]
  return maps.flatMap((parameters) =>
    [...names].flatMap((name) => {
      const value = field(parameters, name)
      return value === undefined ? [] : forms(value)
    }),
  )
}

async function hiddenIn(template: unknown): Promise<string[]> {
  if (!mayHide(template) || isTooLarge(template)) return []
  const document = await read(template)
  const parameters = field(document, 'parameters') ?? field(document, 'Parameters')
  if (typeof parameters !== 'object' || parameters === null) return []
  return Object.entries(parameters).flatMap(([name, definition]: [string, unknown]) =>
    isTrue(field(definition, 'hidden')) || isTrue(field(definition, 'NoEcho')) ? [name] : [],
  )
}

async function read(document: unknown): Promise<unknown> {
  if (typeof document !== 'string') return document
  const { parse } = await import('yaml')
  try {
    const parsed: unknown = parse(document, { logLevel: 'silent' })
    return parsed
  } catch {
    // Heat will refuse it in its own words, or it is a file of another kind.
    return undefined
  }
}

/** The texts in which a value can come back in a message: each part of it, and Heat's own spellings of the whole. */
function forms(value: unknown): string[] {
  if (typeof value !== 'object' || value === null) return [String(value)]
  const whole = Array.isArray(value)
    ? [value.map(String).join(','), JSON.stringify(value)]
    : [JSON.stringify(value)]
  return [...whole, ...Object.values(value).flatMap(forms)]
}

function mayHide(template: unknown): boolean {
  return typeof template !== 'string' || /hidden|NoEcho/.test(template)
}

/** To be read in a moment; Heat takes half as much, unless it is told otherwise. All parameters count as hidden then. */
function isTooLarge(template: unknown): boolean {
  return typeof template === 'string' && template.length > 1_000_000
}

/** YAML 1.1 writes true in many ways. */
function isTrue(value: unknown): boolean {
  return /^(true|yes|on|y)$/i.test(String(value))
}

function field(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? new Map(Object.entries(value)).get(name) : undefined
}
