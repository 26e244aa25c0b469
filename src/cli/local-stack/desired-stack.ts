import { isJsonObject, type JsonObject, type JsonValue } from '../../platform/json.ts'
import { ownValue } from '../../platform/own-value.ts'
import { checkFunctions, NotKnownYet } from '../ros-template/check-functions.ts'
import { withCountsExpanded } from '../ros-template/counted-resources.ts'
import { dependenciesOf, withDependencies, type Dependencies } from '../ros-template/dependencies.ts'
import { evaluate, isMet, type Scope } from '../ros-template/functions.ts'
import { hiddenValues, parameterValues, type ParameterValues } from '../ros-template/parameters.ts'
import { referencesIn } from '../ros-template/references.ts'
import { checkRules } from '../ros-template/rules.ts'
import {
  readTemplate,
  TemplateError,
  type ResourceDefinition,
  type RosTemplate,
} from '../ros-template/template.ts'
import { pathTo } from '../validate/finding.ts'
import { serviceTokenOf, servingOf } from '../validate/serving.ts'
import type { StackOperation, StackResource } from './stack-state.ts'
import {
  INVENTED_ARN,
  inventedAttribute,
  isServed,
  LOCAL_ACCOUNT,
  LOCAL_REGION,
  type StackName,
} from './stand-in.ts'

/** The resources that exist, by logical id. */
export type Existing = Readonly<Record<string, StackResource>>

export interface StackOutput {
  readonly name: string
  readonly value: JsonValue
  /** The template says that nobody may see it. */
  readonly noEcho: boolean
}

/** What a template with its parameters asks for. */
export interface DesiredStack {
  /** Those whose condition is true, and that were asked for. */
  readonly resources: ReadonlyMap<string, ResourceDefinition>
  /** Those whose condition is true. */
  readonly all: ReadonlySet<string>
  readonly dependencies: Dependencies
  /** The values of parameters with `NoEcho`. */
  readonly hidden: readonly string[]
  /** What the resource is to become; the resources that it needs must exist. Throws `TemplateError`. */
  resource(name: string, existing: Existing): Pick<StackResource, 'properties' | 'served'>
  /** Calls `check` with each attribute of a resource of the stack that is going to be read; it may throw `TemplateError`. */
  checkAttributes(check: AttributeCheck): void
  /** Leaves out those that need a resource that was not asked for. Throws `TemplateError`. */
  outputs(existing: Existing): StackOutput[]
}

type AttributeCheck = (name: string, attribute: string, path: string) => void

export type StackRequest = Pick<StackOperation, 'template' | 'parameters' | 'only'>

/** Throws `TemplateError` where the template cannot be run. */
export function desiredStack(request: StackRequest, stack: StackName): DesiredStack {
  const written = readTemplate(request.template)
  const given = new Map(Object.entries(request.parameters))
  const values = parameterValues(withServiceTokens(written, given), given)
  const before = scopeOf(written, values, stack, NO_RESOURCES)
  checkRules(written.rules, (condition, path) => isMet(condition, path, before))
  const template = withCountsExpanded(written, (count, path) => evaluate(count, path, before))
  const scopeFor = (existing: Existing) => scopeOf(template, values, stack, valuesOf(existing, stack))
  const active = activeResources(template, scopeFor({}))
  const dependencies = dependenciesOf(active)
  const missing = request.only?.find((name) => !active.has(name))
  if (missing !== undefined)
    throw new TemplateError(
      'Resources',
      `has no ${missing}; its resources are: ${[...active.keys()].join(', ')}`,
    )
  const chosen = request.only === undefined ? undefined : withDependencies(request.only, dependencies)
  const resources = new Map([...active].filter(([name]) => chosen?.has(name) ?? true))
  const checkAttributes = (check: AttributeCheck): void => {
    const before = valuesBeforehand(active, check)
    checkBeforehand(template, resources, active, scopeOf(template, values, stack, before))
  }
  checkAttributes(() => undefined)
  return {
    resources,
    all: new Set(active.keys()),
    dependencies,
    hidden: hiddenValues(template.parameters, values),
    checkAttributes,
    resource: (name, existing) => desiredResource(name, active.get(name), scopeFor(existing)),
    outputs: (existing) => outputsOf(template, scopeFor(existing), existing),
  }
}

/** Finds the mistakes that do not depend on what a resource will be like. Throws `TemplateError`. */
function checkBeforehand(
  template: RosTemplate,
  resources: ReadonlyMap<string, ResourceDefinition>,
  active: ReadonlyMap<string, ResourceDefinition>,
  scope: Scope,
): void {
  const tokens = [...active.values()].flatMap(({ type, properties }) =>
    isServed(type, properties) ? (serviceTokenOf(properties) ?? []) : [],
  )
  for (const [name, { type, properties }] of resources) {
    if (type.startsWith('Custom::')) checkType(name, servingOf(type, properties, new Set(tokens)))
    const { value, path } = askedOf(name, type, properties)
    checkFunctions(value, path, scope)
  }
  for (const { value, path } of givenOutputs(template, scope, (name) => active.has(name)))
    checkFunctions(value, path, scope)
}

/** A stand-in for a type that is certainly misspelt would hide the mistake. */
function checkType(name: string, serving: ReturnType<typeof servingOf>): void {
  if (typeof serving !== 'object' || serving.severity !== 'error') return
  throw new TemplateError(pathTo(pathTo('Resources', name), serving.path), serving.problem)
}

/** What the functions of a resource compute. ROS keeps ServiceToken and Timeout for itself. */
function askedOf(name: string, type: string, properties: JsonObject) {
  const path = pathTo(pathTo('Resources', name), 'Properties')
  return isServed(type, properties)
    ? { served: true, value: properties['Parameters'] ?? {}, path: pathTo(path, 'Parameters') }
    : { served: false, value: properties, path }
}

function activeResources(template: RosTemplate, scope: Scope): ReadonlyMap<string, ResourceDefinition> {
  return new Map(
    [...template.resources].filter(
      ([name, { condition }]) =>
        condition === undefined || scope.condition(condition, pathTo('Resources', name)),
    ),
  )
}

function desiredResource(name: string, definition: ResourceDefinition | undefined, scope: Scope) {
  if (definition === undefined) throw new TemplateError('Resources', `has no ${name}`)
  const { type, properties } = definition
  const { served, value, path } = askedOf(name, type, properties)
  const computed = evaluate(value, path, scope) ?? {}
  if (!isJsonObject(computed)) throw new TemplateError(path, 'must be a map')
  return { served, properties: computed }
}

function outputsOf(template: RosTemplate, scope: Scope, existing: Existing): StackOutput[] {
  const given = givenOutputs(template, scope, (name) => Object.hasOwn(existing, name))
  return given.flatMap(({ name, value, path, noEcho }) => {
    const computed = evaluate(value, path, scope)
    return computed === undefined ? [] : [{ name, value: computed, noEcho }]
  })
}

/** Those whose condition is true, and whose resources all exist. */
function givenOutputs(template: RosTemplate, scope: Scope, exists: (resource: string) => boolean) {
  return [...template.outputs].flatMap(([name, { value, condition, noEcho }]) => {
    const path = pathTo('Outputs', name)
    if (condition !== undefined && !scope.condition(condition, path)) return []
    const needed = referencesIn(value).filter((one) => template.resources.has(one))
    return needed.every(exists) ? [{ name, value, path: pathTo(path, 'Value'), noEcho }] : []
  })
}

/** A local bridge needs no ServiceToken: a parameter that is for nothing else gets an invented one by default. */
function withServiceTokens(template: RosTemplate, given: ParameterValues): ReadonlyMap<string, JsonObject> {
  const elsewhere = new Set([
    ...[...template.resources.values()].flatMap(({ properties }) =>
      Object.entries(properties).flatMap(([name, value]) =>
        name === 'ServiceToken' ? [] : referencesIn(value),
      ),
    ),
    ...[...template.outputs.values()].flatMap(({ value }) => referencesIn(value)),
    ...referencesIn([template.rules, template.conditions, template.locals]),
    ...[...template.resources.values()].flatMap(({ count }) => referencesIn(count ?? null)),
  ])
  const tokens = new Set(
    [...template.resources.values()].flatMap(({ properties: { ServiceToken = null } }) =>
      referencesIn(ServiceToken),
    ),
  )
  return new Map(
    [...template.parameters].map(([name, definition]): [string, JsonObject] =>
      tokens.has(name) && !elsewhere.has(name) && !given.has(name) && definition['Default'] === undefined
        ? [name, { Type: 'String', Default: INVENTED_ARN }]
        : [name, definition],
    ),
  )
}

/** What functions read of resources. Throws `TemplateError`, or `NotKnownYet`. */
interface ResourceValues {
  id(name: string, path: string): JsonValue
  attribute(name: string, attribute: string, path: string): JsonValue
}

function valuesOf(existing: Existing, stack: StackName): ResourceValues {
  return {
    id: (name, path) => resourceNamed(name, path, existing).physicalResourceId ?? '',
    attribute(name, attribute, path) {
      const resource = resourceNamed(name, path, existing)
      if (!resource.served) return inventedAttribute(name, attribute, resource, stack)
      const { data } = resource
      const value = ownValue(data, attribute)
      if (value !== undefined) return value
      const names = Object.keys(data).join(', ')
      throw new TemplateError(
        path,
        `asks for ${name}.${attribute}, which its stack does not give; its outputs are: ${names === '' ? 'none' : names}`,
      )
    },
  }
}

/** Rules and counts come before any resource. */
const NO_RESOURCES: ResourceValues = {
  id: refuseResource,
  attribute: (name, _, path) => refuseResource(name, path),
}

function refuseResource(name: string, path: string): never {
  throw new TemplateError(path, `refers to ${name}, which is a resource: only parameters are known here`)
}

/** No resource of the stack exists, and those that it is to have will. */
function valuesBeforehand(
  active: ReadonlyMap<string, ResourceDefinition>,
  check: AttributeCheck,
): ResourceValues {
  const notKnownYet = (name: string, path: string): never => {
    if (active.has(name)) throw new NotKnownYet(name)
    throw notInStack(name, path)
  }
  return {
    id: notKnownYet,
    attribute(name, attribute, path) {
      if (active.has(name)) check(name, attribute, path)
      return notKnownYet(name, path)
    },
  }
}

function scopeOf(
  template: RosTemplate,
  values: ParameterValues,
  stack: StackName,
  resources: ResourceValues,
): Scope {
  const pseudo: Readonly<Record<string, string>> = {
    'ALIYUN::StackId': stack.stackId,
    'ALIYUN::StackName': stack.stackName,
    'ALIYUN::Region': LOCAL_REGION,
    'ALIYUN::AccountId': LOCAL_ACCOUNT,
    'ALIYUN::TenantId': LOCAL_ACCOUNT,
  }
  const underWay = new Set<string>()
  const once = <T>(name: string, path: string, work: () => T): T => {
    if (underWay.has(name)) throw new TemplateError(path, `depends on itself through ${name}`)
    underWay.add(name)
    try {
      return work()
    } finally {
      underWay.delete(name)
    }
  }
  const scope: Scope = {
    mappings: template.mappings,
    region: LOCAL_REGION,
    ref(name, path) {
      const value = ownValue(pseudo, name) ?? values.get(name)
      if (value !== undefined) return value
      const local = ownValue(template.locals, name)
      if (local !== undefined) return once(name, path, () => localValue(local, pathTo('Locals', name), scope))
      return resources.id(name, path)
    },
    attribute: (name, attribute, path) => resources.attribute(name, attribute, path),
    condition(name, path) {
      const condition = ownValue(template.conditions, name)
      if (condition === undefined) throw new TemplateError(path, `names ${name}, which is not a condition`)
      return once(name, path, () => isMet(condition, pathTo('Conditions', name), scope))
    },
  }
  return scope
}

function localValue(local: JsonValue, path: string, scope: Scope): JsonValue {
  const written = isJsonObject(local) ? local['Value'] : undefined
  if (written === undefined) throw new TemplateError(path, 'must have a Value')
  return evaluate(written, path, scope) ?? ''
}

function resourceNamed(name: string, path: string, existing: Existing): StackResource {
  const resource = ownValue(existing, name)
  if (resource === undefined) throw notInStack(name, path)
  return resource
}

function notInStack(name: string, path: string): TemplateError {
  return new TemplateError(
    path,
    `refers to ${name}, which is not in this stack: it was not made yet, or its condition is false`,
  )
}
