import { writeJson } from '../../../platform/json.ts'
import type { PropertyProblem } from '../../properties/property-problem.ts'
import type { StackProperties } from './properties.ts'

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/cloudformation-limits.html */
export const LARGEST_BODY_BYTES = 51_200

/** The template as CloudFormation accepts it; a map is written as JSON. */
export function templateBody(template: StackProperties['Template']): string | undefined {
  return template === undefined || typeof template === 'string' ? template : writeJson(template)
}

export function templateProblems(stack: StackProperties): PropertyProblem[] {
  const bytes = Buffer.byteLength(templateBody(stack.Template) ?? '')
  if (bytes <= LARGEST_BODY_BYTES) return []
  const problem =
    `is ${String(bytes)} bytes long, and CloudFormation takes ${String(LARGEST_BODY_BYTES)} at most: ` +
    'put the template into an S3 bucket and give its address as Stack.TemplateURL'
  return [{ path: 'Stack.Template', problem }]
}
