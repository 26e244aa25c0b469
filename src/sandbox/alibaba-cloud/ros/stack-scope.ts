import type { JsonValue } from '../../../platform/json.ts'
import { dependencyLevels } from '../../dependency-levels.ts'
import type { NoteSink } from '../../notes.ts'
import { evaluate, isMet, type Scope } from './functions.ts'
import { referencesIn } from './references.ts'
import type { ResourceContext } from '../../resource-values.ts'
import { inventedAttributeOf, isKnownType } from './resource-values.ts'
import { STACK_TYPE, type Design, type SandboxRosResource, type SandboxRosStack } from './stack.ts'
import type { ResourceDefinition } from './template.ts'
import { FunctionError } from './value-functions.ts'

/** Resolves the references of a design against the present state of the stack. */
export function scopeOf(stack: SandboxRosStack, design: Design, note: NoteSink): Scope {
  const pseudo = new Map<string, JsonValue>([
    ['ALIYUN::StackId', stack.id],
    ['ALIYUN::StackName', stack.name],
    ['ALIYUN::Region', stack.region],
    ['ALIYUN::TenantId', stack.accountId],
    ['ALIYUN::AccountId', stack.accountId],
  ])
  const { conditions, mappings, locals } = design.template
  const scope: Scope = {
    region: stack.region,
    ref(name) {
      const local = locals.get(name)
      const value = design.parameters.get(name) ?? pseudo.get(name)
      if (value !== undefined) return value
      return local === undefined ? known(stack.resources.get(name)?.physicalId, name) : resolve(local, scope)
    },
    attribute: (logicalId, attribute) =>
      known(attributeOf(stack, logicalId, attribute, note), `${logicalId}.${attribute}`),
    condition(name) {
      const condition = conditions.get(name)
      if (condition === undefined) throw new TypeError(`The condition "${name}" is not defined.`)
      return isMet(condition, scope)
    },
    mapping: (name) => mappings.get(name),
    otherFunction(name) {
      note(
        `the sandbox does not compute ${name}: its value is invented. ROS refuses a function that it does not have`,
      )
      return `invented-by-${name.slice('Fn::'.length).toLowerCase()}`
    },
    // What Fn::Select does not find is an empty text.
    notSelected: () => '',
    problem: (text) => new FunctionError(text),
  }
  return scope
}

/** Computes the functions of a value, which must not be `ALIYUN::NoValue` itself. */
export function resolve(value: JsonValue, scope: Scope): JsonValue {
  return known(evaluate(value, scope), 'ALIYUN::NoValue')
}

function known(value: JsonValue | undefined, reference: string): JsonValue {
  if (value === undefined) throw new TypeError(`The specified reference "${reference}" is incorrect.`)
  return value
}

/** An attribute that the table does not have is invented; nested stacks and custom resources have all of theirs. */
function attributeOf(
  stack: SandboxRosStack,
  logicalId: string,
  attribute: string,
  note: NoteSink,
): JsonValue | undefined {
  const resource = stack.resources.get(logicalId)
  const known = resource?.attributes.get(attribute)
  if (known !== undefined || resource === undefined || resource.physicalId === '') return known
  if (resource.type === STACK_TYPE || TYPE_OF_CUSTOM.test(resource.type)) return undefined
  const invented = inventedAttributeOf(resourceContextOf(stack, resource), resource.physicalId, attribute)
  if (invented !== undefined && isKnownType(resource.type))
    note(
      `the sandbox does not know the attribute ${attribute} of ${resource.type}: its value is invented. ` +
        'ROS refuses an attribute that the type does not have',
    )
  return invented
}

export const TYPE_OF_CUSTOM = /^(Custom::|ALIYUN::ROS::CustomResource$)/

export function resourceContextOf(
  { name: stackName, accountId, region }: SandboxRosStack,
  { type, logicalId, properties, seed }: SandboxRosResource,
): ResourceContext {
  return { type, logicalId, properties, seed, stackName, accountId, region }
}

/** False: a condition excludes the resource. */
export function isIncluded({ condition }: Pick<ResourceDefinition, 'condition'>, scope: Scope): boolean {
  return condition === undefined || isMet(condition, scope)
}

/** The resources by level: each level depends on earlier levels only. */
export function levelsOf(design: Design, scope: Scope): [string, ResourceDefinition][][] {
  const desired = new Map([...design.template.resources].filter(([, one]) => isIncluded(one, scope)))
  return dependencyLevels(desired, ({ properties, dependsOn }) => [
    ...referencesIn(properties).map(({ name }) => name),
    ...dependsOn,
  ])
}
