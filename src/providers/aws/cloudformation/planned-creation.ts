import { isJsonObject, isJsonValue, type JsonObject } from '../../../platform/json.ts'
import type { PlannedChange } from '../../provider.ts'
import type { PlanAnswer } from '../../session/stack-service.ts'
import type { StackProperties } from './properties.ts'

/**
 * What a Create would make, by the template. A change set would also show it, but CloudFormation makes a stack for the
 * change set, which would stay in REVIEW_IN_PROGRESS if this process died.
 */
export async function plannedCreation({ Template }: StackProperties): Promise<PlanAnswer> {
  if (Template === undefined) return { outcome: 'impossible', reason: AT_URL }
  const template = await read(Template)
  const resources = template?.['Resources']
  if (template === undefined || resources === undefined || !isJsonObject(resources))
    return { outcome: 'impossible', reason: 'Stack.Template cannot be read, or has no Resources.' }
  const definitions = Object.entries(resources)
  if (template['Transform'] !== undefined || definitions.some(([name]) => name.startsWith('Fn::')))
    return { outcome: 'impossible', reason: TRANSFORMED }
  const changes = definitions.map(([name, definition]) => plannedResource(name, definition))
  return { outcome: 'planned', changes, notes: notesOn(changes) }
}

const AT_URL =
  'The template is at Stack.TemplateURL: only a change set would tell what a Create makes of it, and CloudFormation makes a stack for that.'
const TRANSFORMED =
  'The template has a transform: only a change set would tell what a Create makes of it, and CloudFormation makes a stack for that.'
const CONDITIONAL = 'Whether a resource with a Condition is made is not computed: it is listed as unknown.'
const NESTED = 'The resources of nested stacks are not listed.'

async function read(template: NonNullable<StackProperties['Template']>): Promise<JsonObject | undefined> {
  if (typeof template !== 'string')
    return isJsonValue(template) && isJsonObject(template) ? template : undefined
  const { readYaml } = await import('../../../platform/yaml.ts')
  const document = readYaml(template, { lenient: false })
  return document.ok && isJsonValue(document.value) && isJsonObject(document.value)
    ? document.value
    : undefined
}

function plannedResource(name: string, definition: unknown): PlannedChange {
  const given = isJsonValue(definition) && isJsonObject(definition) ? definition : {}
  const { Type, Condition } = given
  return {
    action: Condition === undefined ? 'add' : 'unknown',
    resource: name,
    type: typeof Type === 'string' ? Type : '?',
  }
}

function notesOn(changes: readonly PlannedChange[]): string[] {
  return [
    ...(changes.some(({ action }) => action === 'unknown') ? [CONDITIONAL] : []),
    ...(changes.some(({ type }) => type === 'AWS::CloudFormation::Stack') ? [NESTED] : []),
  ]
}
