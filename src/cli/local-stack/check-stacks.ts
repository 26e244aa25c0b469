import { isJsonObject, type JsonObject } from '../../platform/json.ts'
import type { ResourceDefinition } from '../ros-template/template.ts'
import { TemplateError } from '../ros-template/template.ts'
import type { TemplateResource } from '../validate/custom-resource.ts'
import { duplicateEntries } from '../validate/duplicate-entries.ts'
import { duplicateNames } from '../validate/duplicate-names.ts'
import { below, type Finding } from '../validate/finding.ts'
import { checkForeignStack, type ForeignStack } from '../validate/foreign-stack.ts'
import { asRosFunction } from '../validate/ros-functions.ts'
import { folderOf } from '../validate/serving.ts'
import { attributeProblem, type VisibleOutputs } from '../validate/visible-outputs.ts'
import { desiredStack, type StackRequest } from './desired-stack.ts'
import type { StackName } from './stand-in.ts'

/**
 * Checks, as `validate` does, the resources against the templates of their stacks and against each other: what a stack must be
 * given, and what it gives. Only what is certain counts. Makes no call. Throws `TemplateError`.
 */
export async function checkStacks(request: StackRequest, stack: StackName): Promise<void> {
  const desired = desiredStack(request, stack)
  const resources = [...desired.resources].map(asTemplateResource)
  const outside = new Set(desired.all)
  const stacks = new Map<string, ForeignStack>()
  for (const { logicalId, type, resource } of resources) {
    const parameters = parametersOf(resource)
    const folder = folderOf(type, parameters)
    if (folder === undefined) continue
    const checked = await checkForeignStack(folder, parameters, outside)
    refuseErrors(checked.aroundTemplate.map((one) => below(placeOf(logicalId), one)))
    stacks.set(logicalId, checked)
  }
  const served = resources.filter(({ logicalId }) => stacks.has(logicalId))
  refuseErrors([...duplicateNames(served), ...duplicateEntries(served)])
  desired.checkAttributes((name, attribute, path) => {
    const outputs: VisibleOutputs | undefined = stacks.get(name)?.outputs
    const problem = outputs === undefined ? undefined : attributeProblem({ name, attribute }, outputs)
    if (problem !== undefined) throw new TemplateError(path, problem)
  })
}

function placeOf(logicalId: string): string {
  return `Resources.${logicalId}.Properties.Parameters`
}

/** Its condition is true. */
function asTemplateResource([logicalId, { type, properties }]: readonly [
  string,
  ResourceDefinition,
]): TemplateResource {
  return { logicalId, type, resource: { Type: type, Properties: properties } }
}

function parametersOf({ Properties: properties = null }: JsonObject): JsonObject {
  const parameters = isJsonObject(properties) ? (properties['Parameters'] ?? null) : null
  return isJsonObject(parameters) && asRosFunction(parameters) === undefined ? parameters : {}
}

function refuseErrors(findings: readonly Finding[]): void {
  const wrong = findings.find(({ severity }) => severity === 'error')
  if (wrong !== undefined) throw new TemplateError(wrong.path, wrong.problem)
}
