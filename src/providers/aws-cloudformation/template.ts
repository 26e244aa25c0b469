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

/** The names of the parameters that a template marks `NoEcho`; none of a template that cannot be read. */
export async function noEchoParameters(template: StackProperties['Template']): Promise<string[]> {
  if (template === undefined) return []
  if (typeof template !== 'string') return marked(template)
  // One that is too large goes nowhere, and would take long to read.
  if (!template.includes('NoEcho') || Buffer.byteLength(template) > LARGEST_BODY_BYTES) return []
  const { parse } = await import('yaml')
  try {
    return marked(parse(template, { logLevel: 'silent' }))
  } catch {
    // The cloud will refuse it in its own words, without echoing a parameter.
    return []
  }
}

function marked(template: unknown): string[] {
  const parameters = field(template, 'Parameters')
  if (typeof parameters !== 'object' || parameters === null) return []
  return Object.entries(parameters).flatMap(([name, definition]: [string, unknown]) => {
    const noEcho = field(definition, 'NoEcho')
    // YAML 1.1 writes true in many ways.
    return /^(true|yes|on|y)$/i.test(String(noEcho)) ? [name] : []
  })
}

function field(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? new Map(Object.entries(value)).get(name) : undefined
}
