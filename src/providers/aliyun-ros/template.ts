import type { PropertyProblem } from '../property-problem.ts'
import type { StackProperties } from './properties.ts'

/** https://www.alibabacloud.com/help/en/ros/developer-reference/api-ros-2019-09-10-createstack */
const LARGEST_BODY_BYTES = 524_288

type Template = StackProperties['Template']

/** A document as ROS takes it; a map is written as JSON. */
export function documentText(document: Template): string | undefined {
  return document === undefined || typeof document === 'string' ? document : JSON.stringify(document)
}

/** `TemplateBody` is ROS's own name; `Template` the one that every provider knows. */
export function templateOf({ Template, TemplateBody }: StackProperties): Template {
  return Template ?? TemplateBody
}

export function templateProblems(stack: StackProperties): PropertyProblem[] {
  const bytes = Buffer.byteLength(documentText(templateOf(stack)) ?? '')
  if (bytes <= LARGEST_BODY_BYTES) return []
  const problem = `is ${String(bytes)} bytes long, and ROS takes ${String(LARGEST_BODY_BYTES)} at most`
  return [{ path: stack.Template === undefined ? 'Stack.TemplateBody' : 'Stack.Template', problem }]
}

/**
 * The names of the parameters that a template marks `NoEcho`; `undefined` of one that cannot be read, so that any may be
 * marked: what ROS makes of it is not known here.
 */
export async function noEchoParameters(template: Template): Promise<string[] | undefined> {
  if (template === undefined) return []
  if (typeof template !== 'string') return marked(template)
  if (!template.includes('NoEcho')) return []
  // It will be refused: to parse very much YAML takes minutes.
  if (Buffer.byteLength(template) > LARGEST_BODY_BYTES) return undefined
  const { parse } = await import('yaml')
  try {
    return marked(parse(template, { logLevel: 'error', merge: true, uniqueKeys: false }))
  } catch {
    return undefined
  }
}

function marked(template: unknown): string[] {
  const parameters = field(template, 'Parameters')
  if (typeof parameters !== 'object' || parameters === null) return []
  return Object.entries(parameters).flatMap(([name, definition]: [string, unknown]) =>
    isTrue(field(definition, 'NoEcho')) ? [name] : [],
  )
}

/** Also in the words of YAML 1.1, which ROS may read. */
function isTrue(value: unknown): boolean {
  return value === true || (typeof value === 'string' && /^(true|yes|on|y)$/i.test(value))
}

function field(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? new Map(Object.entries(value)).get(name) : undefined
}
