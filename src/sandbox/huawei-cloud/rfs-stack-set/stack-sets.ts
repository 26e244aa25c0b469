import * as v from 'valibot'
import type { Clock } from '../../../platform/clock.ts'
import type { JsonObject, JsonValue } from '../../../platform/json.ts'
import { badRequest, HuaweiFault } from '../fault.ts'
import { HclError, parseTfvars } from '../rfs-stack/hcl.ts'
import {
  addressOf,
  type RfsStackSetEngine,
  type SandboxPreferences,
  type SandboxStackInstance,
  type SandboxStackSet,
  type StackSetAction,
} from './engine.ts'
import { paged, parsed, type RfsAnswer, type RfsCall } from '../rfs-stack/stacks.ts'
import { parseTemplate } from '../rfs-stack/template.ts'

const text = (longest: number) => v.optional(v.pipe(v.string(), v.maxLength(longest)))
const uuid = v.optional(v.pipe(v.string(), v.length(36)))
const count = (least: number) => v.optional(v.pipe(v.number(), v.integer(), v.minValue(least)))
const list = v.optional(v.array(v.string()))
const callIdentity = v.optional(v.picklist(['SELF', 'DELEGATED_ADMIN']))
const setName = v.pipe(v.string(), v.regex(/^[a-zA-Z\u4e00-\u9fa5][a-zA-Z0-9_\-\u4e00-\u9fa5]{0,127}$/))

const design = {
  template_body: text(51_200),
  template_uri: text(2048),
  vars_body: text(51_200),
  vars_uri: text(2048),
}

const attributes = {
  stack_set_description: text(1024),
  initial_stack_description: text(1024),
  administration_agency_name: text(64),
  administration_agency_urn: text(2048),
  managed_agency_name: text(64),
  managed_operation: v.optional(v.strictObject({ enable_parallel_operation: v.optional(v.boolean()) })),
}

const targets = v.strictObject({
  regions: v.array(v.string()),
  domain_ids: list,
  domain_ids_uri: text(2048),
  organizational_unit_ids: list,
  domain_id_filter_type: v.optional(v.picklist(['INTERSECTION', 'DIFFERENCE', 'UNION', 'NONE'])),
})

const preferences = v.strictObject({
  region_concurrency_type: v.optional(v.picklist(['SEQUENTIAL', 'PARALLEL'])),
  region_order: list,
  failure_tolerance_count: count(0),
  failure_tolerance_percentage: count(0),
  max_concurrent_count: count(1),
  max_concurrent_percentage: count(1),
  failure_tolerance_mode: v.optional(v.picklist(['STRICT_FAILURE_TOLERANCE', 'SOFT_FAILURE_TOLERANCE'])),
})

const overrides = v.strictObject({
  vars_uri: text(2048),
  vars_body: text(51_200),
  use_stack_set_vars: list,
})

const createSchema = v.strictObject({
  stack_set_name: setName,
  permission_model: v.optional(v.picklist(['SELF_MANAGED', 'SERVICE_MANAGED'])),
  ...attributes,
  ...design,
  call_identity: callIdentity,
})
const updateSchema = v.strictObject({ stack_set_id: uuid, ...attributes, call_identity: callIdentity })
const operationFields = {
  stack_set_id: uuid,
  deployment_targets: targets,
  operation_preferences: v.optional(preferences),
  call_identity: callIdentity,
}
const deploySchema = v.strictObject({ ...operationFields, ...design })
const instancesSchema = v.strictObject({ ...operationFields, var_overrides: v.optional(overrides) })
const deletionSchema = v.strictObject(operationFields)

type Targets = v.InferOutput<typeof targets>
type Preferences = v.InferOutput<typeof preferences>

export interface SandboxStackSetsOptions {
  readonly engine: RfsStackSetEngine
  readonly clock: Clock
  /** What OBS addresses stand for. */
  readonly objects: ReadonlyMap<string, string>
  /** The accounts in each organizational unit. */
  readonly units: ReadonlyMap<string, readonly string[]>
}

/**
 * RFS's stack sets, as strict as its documents: limits, exclusions and states are refused.
 * https://support.huaweicloud.com/intl/en-us/api-aos/CreateStackInstance.html
 */
export class SandboxRfsStackSets {
  readonly sets = new Map<string, SandboxStackSet>()
  readonly engine: RfsStackSetEngine
  readonly #options: SandboxStackSetsOptions

  constructor(options: SandboxStackSetsOptions) {
    this.engine = options.engine
    this.#options = options
  }

  /** `segments`: behind `/v1/stack-sets`, decoded. */
  answer({ method, segments, query, body }: RfsCall): RfsAnswer {
    const [name, kind, id, rest] = segments
    if (name === undefined) return method === 'POST' ? this.#create(body) : refuse()
    const set = this.#set(name, query.get('stack_set_id') ?? idIn(body))
    checkIdentity(set, query.get('call_identity') ?? body['call_identity'])
    switch ([method, kind, rest ?? (kind === 'operations' ? '' : id)].filter(Boolean).join(' ')) {
      case 'GET metadata':
        return { status: 200, body: this.#metadata(set) }
      case 'PATCH':
        return this.#update(set, body)
      case 'DELETE':
        return this.#delete(set)
      case 'POST deployments':
        return this.#deploy(set, body)
      case 'GET stack-instances':
        return { status: 200, body: listed(set, query) }
      case 'POST stack-instances':
        return this.#createInstances(set, body)
      case 'PATCH stack-instances':
        return this.#updateInstances(set, body)
      case 'POST stack-instances deletion':
        return this.#deleteInstances(set, body)
      case 'GET operations metadata':
        return { status: 200, body: this.#operation(set, id ?? '') }
      default:
        return refuse()
    }
  }

  #create(body: JsonObject): RfsAnswer {
    const wanted = parsed(createSchema, body)
    const permissionModel = wanted.permission_model ?? 'SELF_MANAGED'
    if (this.sets.has(wanted.stack_set_name))
      throw new HuaweiFault(409, 'RF.10013504', 'Stack set name already exists.')
    checkAgencies(permissionModel, wanted)
    const { template, variables } = this.#designOf(wanted)
    const now = this.#options.clock.now()
    const set: SandboxStackSet = {
      id: this.engine.nextId(),
      name: wanted.stack_set_name,
      permissionModel,
      attributes: attributesIn(body),
      template,
      varsBody: wanted.vars_body ?? '',
      variables,
      createdAt: now,
      updatedAt: now,
      instances: new Map(),
      operations: new Map(),
      units: new Set(),
    }
    this.sets.set(set.name, set)
    return { status: 201, body: { stack_set_id: set.id } }
  }

  #update(set: SandboxStackSet, body: JsonObject): RfsAnswer {
    parsed(updateSchema, body)
    this.#checkIdle(set)
    const changes = attributesIn(body)
    if (Object.keys(changes).length === 0) throw badRequest('Nothing to modify.', 'RF.10011084')
    set.attributes = { ...set.attributes, ...changes }
    set.updatedAt = this.#options.clock.now()
    return { status: 204 }
  }

  #delete(set: SandboxStackSet): RfsAnswer {
    this.#checkIdle(set)
    if (set.instances.size > 0)
      throw new HuaweiFault(403, 'RF.10012560', 'The stack set still has stack instances.')
    this.sets.delete(set.name)
    return { status: 204 }
  }

  #deploy(set: SandboxStackSet, body: JsonObject): RfsAnswer {
    const wanted = parsed(deploySchema, body)
    const { template, variables } = this.#designOf(wanted)
    this.#checkSerial(set)
    const instances = this.#deployed(set, wanted.deployment_targets)
    const played = preferencesOf(wanted.operation_preferences, instances)
    for (const { overrides: given } of set.instances.values())
      for (const name of Object.keys(given))
        if (!Object.hasOwn(variables, name)) throw badRequest(`Variable ${name} is overridden and missing`)
    set.template = template
    set.variables = variables
    set.varsBody = wanted.vars_body ?? ''
    return this.#start(set, 'DEPLOY_STACK_SET', instances, body, played)
  }

  #createInstances(set: SandboxStackSet, body: JsonObject): RfsAnswer {
    const wanted = parsed(instancesSchema, body)
    const { deployment_targets: given } = wanted
    if (given.domain_id_filter_type === 'UNION')
      throw badRequest('domain_id_filter_type UNION is not allowed for CreateStackInstances')
    const accounts = this.#accounts(set, given)
    const overriding = this.#overridesOf(set, wanted.var_overrides)
    this.#checkSerial(set)
    const places = given.regions.flatMap((region) => accounts.map((domainId) => ({ region, domainId })))
    const taken = places.find(({ region, domainId }) => set.instances.has(addressOf(region, domainId)))
    if (taken !== undefined)
      throw badRequest(`The stack instance ${addressOf(taken.region, taken.domainId)} already exists`)
    const instances = places.map(({ region, domainId }) =>
      this.engine.newInstance(region, domainId, overriding ?? {}),
    )
    const played = preferencesOf(wanted.operation_preferences, instances)
    for (const unit of given.organizational_unit_ids ?? []) set.units.add(unit)
    for (const instance of instances)
      set.instances.set(addressOf(instance.region, instance.domainId), instance)
    return this.#start(set, 'CREATE_STACK_INSTANCES', instances, body, played)
  }

  #updateInstances(set: SandboxStackSet, body: JsonObject): RfsAnswer {
    const wanted = parsed(instancesSchema, body)
    const overriding = this.#overridesOf(set, wanted.var_overrides)
    const instances = this.#existing(set, wanted.deployment_targets)
    const played = preferencesOf(wanted.operation_preferences, instances)
    this.#checkSerial(set)
    if (overriding !== undefined) for (const instance of instances) instance.overrides = overriding
    return this.#start(set, 'UPDATE_STACK_INSTANCES', instances, body, played)
  }

  #deleteInstances(set: SandboxStackSet, body: JsonObject): RfsAnswer {
    const wanted = parsed(deletionSchema, body)
    const instances = this.#existing(set, wanted.deployment_targets)
    const played = preferencesOf(wanted.operation_preferences, instances)
    this.#checkSerial(set)
    return this.#start(set, 'DELETE_STACK_INSTANCES', instances, body, played)
  }

  #start(
    set: SandboxStackSet,
    action: StackSetAction,
    instances: readonly SandboxStackInstance[],
    body: JsonObject,
    played: SandboxPreferences,
  ): RfsAnswer {
    const operation = this.engine.start(set, action, instances, played, body['deployment_targets'] ?? null)
    return { status: 202, body: { stack_set_operation_id: operation.id } }
  }

  #metadata(set: SandboxStackSet): JsonValue {
    return {
      ...set.attributes,
      stack_set_id: set.id,
      stack_set_name: set.name,
      permission_model: set.permissionModel,
      status: this.engine.isBusy(set) ? 'OPERATION_IN_PROGRESS' : 'IDLE',
      vars_body: set.varsBody,
      create_time: time(set.createdAt),
      update_time: time(set.updatedAt),
      ...(set.units.size === 0 ? {} : { organizational_unit_ids: [...set.units] }),
    }
  }

  #operation(set: SandboxStackSet, id: string): JsonValue {
    const operation = set.operations.get(id)
    if (operation === undefined)
      throw new HuaweiFault(404, 'RF.10013025', 'Stack set operation does not exist.')
    return {
      stack_set_operation_id: operation.id,
      stack_set_id: set.id,
      stack_set_name: set.name,
      action: operation.action,
      status: operation.status,
      deployment_targets: operation.targets,
      create_time: time(operation.createdAt),
      update_time: time(operation.updatedAt),
      ...(operation.message === '' ? {} : { status_message: operation.message }),
    }
  }

  /** The accounts that the targets mean, in a set of this permission model. */
  #accounts(set: SandboxStackSet, given: Targets): readonly string[] {
    const { domain_ids, domain_ids_uri, organizational_unit_ids, domain_id_filter_type = 'NONE' } = given
    if (given.regions.length === 0) throw badRequest('regions must not be empty')
    if (domain_ids !== undefined && domain_ids_uri !== undefined)
      throw badRequest('domain_ids and domain_ids_uri cannot both be given')
    const file = domain_ids_uri === undefined ? undefined : this.#object(domain_ids_uri)
    const named = domain_ids ?? file?.split(/[,\s]+/).filter((id) => id !== '')
    if (set.permissionModel === 'SELF_MANAGED') {
      if (organizational_unit_ids !== undefined || given.domain_id_filter_type !== undefined)
        throw badRequest('organizational_unit_ids are only for SERVICE_MANAGED stack sets')
      if (named === undefined) throw badRequest('domain_ids or domain_ids_uri must be given')
      return named
    }
    if (organizational_unit_ids === undefined) throw badRequest('organizational_unit_ids must be given')
    if ((domain_id_filter_type === 'NONE') !== (named === undefined))
      throw badRequest('domain_ids must be empty for NONE and given for any other domain_id_filter_type')
    const inUnits = organizational_unit_ids.flatMap((unit) => [...(this.#options.units.get(unit) ?? [])])
    switch (domain_id_filter_type) {
      case 'NONE':
        return inUnits
      case 'INTERSECTION':
        return inUnits.filter((id) => named?.includes(id))
      case 'DIFFERENCE':
        return inUnits.filter((id) => named?.includes(id) !== true)
      case 'UNION':
        return [...inUnits, ...(named ?? [])]
    }
  }

  #existing(set: SandboxStackSet, given: Targets): SandboxStackInstance[] {
    return this.#accounts(set, given).flatMap((domainId) =>
      given.regions.map((region) => {
        const instance = set.instances.get(addressOf(region, domainId))
        if (instance !== undefined) return instance
        throw badRequest(`The stack instance ${addressOf(region, domainId)} is not managed by the stack set`)
      }),
    )
  }

  /** Of regions times accounts the instances that exist; each region and account has to have one. */
  #deployed(set: SandboxStackSet, given: Targets): SandboxStackInstance[] {
    if (set.instances.size === 0 && given.regions.length === 0) return []
    const accounts = this.#accounts(set, given)
    const all = [...set.instances.values()]
    const stranger = [
      ...given.regions.filter((region) => !all.some((one) => one.region === region)),
      ...accounts.filter((domainId) => !all.some((one) => one.domainId === domainId)),
    ][0]
    if (stranger !== undefined) throw badRequest(`${stranger} is not managed by the stack set`)
    return all.filter(({ region, domainId }) => given.regions.includes(region) && accounts.includes(domainId))
  }

  /** Declared variables have to be just those of the set. */
  #overridesOf(
    set: SandboxStackSet,
    given: v.InferOutput<typeof overrides> | undefined,
  ): JsonObject | undefined {
    if (given === undefined || Object.keys(given).length === 0) return undefined
    const inBody = tfvarsOf(given.vars_body ?? '')
    const inFile = tfvarsOf(given.vars_uri === undefined ? '' : this.#object(given.vars_uri))
    const names = [...Object.keys(inBody), ...Object.keys(inFile), ...(given.use_stack_set_vars ?? [])]
    const twice = names.find((name, index) => names.indexOf(name) !== index)
    if (twice !== undefined) throw badRequest(`Variable ${twice} is declared twice in var_overrides`)
    const unknown = names.find((name) => !Object.hasOwn(set.variables, name))
    if (unknown !== undefined) throw badRequest(`Variable ${unknown} is not recorded in the stack set`)
    const missing = Object.keys(set.variables).find((name) => !names.includes(name))
    if (missing !== undefined) throw badRequest(`Variable ${missing} is missing in var_overrides`)
    return { ...inBody, ...inFile }
  }

  #designOf(wanted: Pick<v.InferOutput<typeof deploySchema>, keyof typeof design>) {
    const { template_body, template_uri, vars_body, vars_uri } = wanted
    if ((template_body === undefined) === (template_uri === undefined))
      throw badRequest('Exactly one of template_body and template_uri must be given')
    const template = parseTemplate(template_body ?? this.#object(template_uri ?? ''))
    const inBody = tfvarsOf(vars_body ?? '')
    const inFile = tfvarsOf(vars_uri === undefined ? '' : this.#object(vars_uri))
    const twice = Object.keys(inBody).find((name) => Object.hasOwn(inFile, name))
    if (twice !== undefined) throw badRequest(`Variable ${twice} is declared in both vars_body and vars_uri`)
    return { template, variables: { ...inBody, ...inFile } }
  }

  #object(uri: string): string {
    const content = this.#options.objects.get(uri)
    if (content === undefined) throw badRequest('The URI cannot be read', 'RF.10011002')
    return content
  }

  #set(name: string, id: string | undefined): SandboxStackSet {
    const set = this.sets.get(name)
    if (set === undefined) throw new HuaweiFault(404, 'RF.10013024', 'Stack set does not exist.')
    if (id !== undefined && id !== set.id)
      throw badRequest('Stack set ID is not matched with current stack set with stack set name')
    return set
  }

  #checkIdle(set: SandboxStackSet): void {
    if (this.engine.isBusy(set))
      throw new HuaweiFault(403, 'RF.10012561', 'The stack set cannot be changed while an operation runs.')
  }

  #checkSerial(set: SandboxStackSet): void {
    const { managed_operation } = set.attributes
    const isParallel = JSON.stringify(managed_operation ?? {}).includes('"enable_parallel_operation":true')
    if (!isParallel) this.#checkIdle(set)
  }
}

function listed(set: SandboxStackSet, query: URLSearchParams): JsonValue {
  const items = [...set.instances.values()].map((instance) => ({
    stack_set_id: set.id,
    stack_set_name: set.name,
    region: instance.region,
    stack_domain_id: instance.domainId,
    stack_id: instance.stack.id,
    stack_name: instance.stack.name,
    status: instance.status,
    latest_stack_set_operation_id: instance.operationId,
    update_time: time(instance.updatedAt),
    ...(instance.message === '' ? {} : { status_message: instance.message }),
  }))
  const { page, info } = paged(items, query)
  return { stack_instances: page, page_info: info }
}

function preferencesOf(
  given: Preferences = {},
  instances: readonly SandboxStackInstance[],
): SandboxPreferences {
  const regions = [...new Set(instances.map(({ region }) => region))]
  const { region_concurrency_type = 'SEQUENTIAL', region_order } = given
  const { failure_tolerance_count, failure_tolerance_percentage } = given
  const { max_concurrent_count, max_concurrent_percentage } = given
  if (failure_tolerance_count !== undefined && failure_tolerance_percentage !== undefined)
    throw badRequest('failure_tolerance_count and failure_tolerance_percentage cannot both be given')
  if (max_concurrent_count !== undefined && max_concurrent_percentage !== undefined)
    throw badRequest('max_concurrent_count and max_concurrent_percentage cannot both be given')
  if (region_order !== undefined && given.region_concurrency_type !== 'SEQUENTIAL')
    throw badRequest('region_order is only for SEQUENTIAL')
  if (region_order !== undefined && [...region_order].sort().join() !== [...regions].sort().join())
    throw badRequest('region_order must hold all regions of the operation and no other')
  const share = (percentage: number, instances: number) => Math.floor((percentage * instances) / 100)
  const tolerance = (instances: number) =>
    failure_tolerance_count ?? share(failure_tolerance_percentage ?? 0, instances)
  const concurrency = (instances: number) =>
    max_concurrent_count ?? Math.max(1, share(max_concurrent_percentage ?? 1, instances))
  return {
    parallel: region_concurrency_type === 'PARALLEL',
    order: region_order ?? [],
    tolerance,
    concurrency: (instances) =>
      given.failure_tolerance_mode === 'SOFT_FAILURE_TOLERANCE'
        ? concurrency(instances)
        : Math.min(concurrency(instances), tolerance(instances) + 1),
  }
}

function checkAgencies(
  model: SandboxStackSet['permissionModel'],
  wanted: v.InferOutput<typeof createSchema>,
): void {
  const { administration_agency_name: name, administration_agency_urn: urn, managed_agency_name } = wanted
  if (model === 'SERVICE_MANAGED') {
    if ([name, urn, managed_agency_name].some((one) => one !== undefined))
      throw badRequest('Agencies are only for SELF_MANAGED stack sets')
    return
  }
  if (wanted.call_identity === 'DELEGATED_ADMIN')
    throw badRequest('call_identity is only for SERVICE_MANAGED stack sets')
  if ((name === undefined) === (urn === undefined))
    throw badRequest('Exactly one of administration_agency_name and administration_agency_urn must be given')
  if (managed_agency_name === undefined) throw badRequest('managed_agency_name must be given')
}

function checkIdentity(set: SandboxStackSet, identity: JsonValue | undefined): void {
  if (identity === 'DELEGATED_ADMIN' && set.permissionModel === 'SELF_MANAGED')
    throw badRequest('call_identity is only for SERVICE_MANAGED stack sets')
}

function attributesIn(body: JsonObject): JsonObject {
  return Object.fromEntries(Object.entries(body).filter(([name]) => Object.hasOwn(attributes, name)))
}

function tfvarsOf(source: string): JsonObject {
  try {
    return parseTfvars(source)
  } catch (error) {
    if (error instanceof HclError) throw badRequest(`Invalid vars: ${error.message}`, 'RF.10011074')
    throw error
  }
}

function idIn({ stack_set_id }: JsonObject): string | undefined {
  return typeof stack_set_id === 'string' ? stack_set_id : undefined
}

function time(at: number): string {
  return new Date(at).toISOString()
}

function refuse(): never {
  throw new HuaweiFault(404, 'APIGW.0101', 'The API does not exist or has not been published')
}
