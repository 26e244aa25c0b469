import { writeJson } from '../../../platform/json.ts'
import { ROS_LIMITS } from '../../../platform/limits/ros.ts'
import type { PropertyProblem } from '../../properties/property-problem.ts'
import type { StackProperties } from './properties.ts'

/** https://www.alibabacloud.com/help/en/ros/developer-reference/api-ros-2019-09-10-createstack */
export const LARGEST_BODY_BYTES = ROS_LIMITS.template.most

type Template = StackProperties['Template']

/** The document as ROS accepts it; a map is written as JSON. */
export function documentText(document: Template): string | undefined {
  return document === undefined || typeof document === 'string' ? document : writeJson(document)
}

/** `TemplateBody` is ROS's own name; `Template` is the name that all providers share. */
export function templateOf({ Template, TemplateBody }: StackProperties): Template {
  return Template ?? TemplateBody
}

export function templateProblems(stack: StackProperties): PropertyProblem[] {
  const bytes = Buffer.byteLength(documentText(templateOf(stack)) ?? '')
  if (bytes <= LARGEST_BODY_BYTES) return []
  const problem = `is ${String(bytes)} bytes long, and ROS takes ${String(LARGEST_BODY_BYTES)} at most`
  return [{ path: stack.Template === undefined ? 'Stack.TemplateBody' : 'Stack.Template', problem }]
}
