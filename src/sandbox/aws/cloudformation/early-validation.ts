import { asText } from '../../../platform/json.ts'
import type { CloudContext } from './cloud-context.ts'
import { resolvedIfKnown, type Scope } from './intrinsic-functions.ts'
import { exclusiveName, exclusiveProperty } from './resource-types.ts'
import { isIncluded, scopeOf } from './stack-scope.ts'
import type { Design, OperationRecord, SandboxStack, SandboxValidation } from './stack.ts'
import type { ResourceDefinition } from './template.ts'

/**
 * The validations in FAIL mode that CreateStack and UpdateStack run before anything is provisioned: is a property of the
 * wrong type, and does a name exist already? Names that cannot be known yet are not checked.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/validate-stack-deployments.html
 */
export function failedValidations(
  stack: SandboxStack,
  design: Design,
  operation: OperationRecord,
  context: CloudContext,
): SandboxValidation[] {
  const scope = scopeOf(stack, design, context)
  return [...design.template.resources].flatMap(([logicalId, definition]) => {
    const failure = isIncluded(definition, scope)
      ? failureOf(stack, [logicalId, definition], scope, context)
      : undefined
    return failure === undefined
      ? []
      : [
          {
            ...failure,
            id: context.nextOperationId(),
            operation,
            at: context.clock.now(),
            logicalId,
            type: definition.type,
          },
        ]
  })
}

/** The summary that the stack shows; the validations themselves are in DescribeEvents only. */
export function validationSummary(failed: readonly SandboxValidation[]): string {
  const checks = [...new Set(failed.map(({ name }) => `AWS::EarlyValidation::${CHECKS[name] ?? name}`))]
  return (
    `The following hook(s)/validation failed: [${checks.join(', ')}]. To troubleshoot Early Validation errors, use the ` +
    'DescribeEvents API for detailed failure information.'
  )
}

const CHECKS: Readonly<Record<string, string>> = {
  NAME_CONFLICT_VALIDATION: 'ResourceExistenceCheck',
  PROPERTY_VALIDATION: 'PropertyValidation',
}

function failureOf(
  stack: SandboxStack,
  [logicalId, { type, properties }]: readonly [string, ResourceDefinition],
  scope: Scope,
  { names }: CloudContext,
): Pick<SandboxValidation, 'name' | 'reason' | 'path'> | undefined {
  const property = exclusiveProperty(type)
  const value = property === undefined ? undefined : resolvedIfKnown(properties[property], scope)
  if (property === undefined || value === undefined) return undefined
  const path = `/Resources/${logicalId}/Properties/${property}`
  if (typeof value === 'object')
    return {
      name: 'PROPERTY_VALIDATION',
      reason: `#/${property}: expected type: String, found: ${Array.isArray(value) ? 'JSONArray' : 'JSONObject'}`,
      path,
    }
  const name = asText(value)
  const existing = stack.resources.get(logicalId)
  const isOwn = existing !== undefined && exclusiveName(type, existing.properties) === `${type}/${name}`
  return isOwn || !names.has(`${type}/${name}`)
    ? undefined
    : {
        name: 'NAME_CONFLICT_VALIDATION',
        reason: `Resource of type '${type}' with identifier '${name}' already exists.`,
        path,
      }
}
