import type { PropertyProblem } from '../property-problem.ts'
import type { StackProperties } from './properties.ts'

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/cloudformation-limits.html */
const LARGEST_BODY_BYTES = 51_200

/** The template as CloudFormation takes it; a map is written as JSON. */
export function templateBody(template: StackProperties['Template']): string | undefined {
  return template === undefined || typeof template === 'string' ? template : JSON.stringify(template)
}

export function templateProblems(stack: StackProperties): PropertyProblem[] {
  const bytes = Buffer.byteLength(templateBody(stack.Template) ?? '')
  if (bytes <= LARGEST_BODY_BYTES) return []
  const problem =
    `is ${String(bytes)} bytes long, and CloudFormation takes ${String(LARGEST_BODY_BYTES)} at most: ` +
    'put the template into an S3 bucket and give its address as Stack.TemplateURL'
  return [{ path: 'Stack.Template', problem }]
}

/**
 * The names of the parameters that a template marks `NoEcho`; `undefined` of one that cannot be read, so that any may be
 * marked: what CloudFormation makes of it is not known here.
 */
export async function noEchoParameters(template: StackProperties['Template']): Promise<string[] | undefined> {
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

/** Also in the words of YAML 1.1, which CloudFormation reads. */
function isTrue(value: unknown): boolean {
  return value === true || (typeof value === 'string' && /^(true|yes|on|y)$/i.test(value))
}

function field(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? new Map(Object.entries(value)).get(name) : undefined
}
