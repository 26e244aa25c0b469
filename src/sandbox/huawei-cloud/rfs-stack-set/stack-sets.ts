import type { Clock } from '../../../platform/clock.ts'
import type { JsonObject, JsonValue } from '../../../platform/json.ts'
import { badRequest, HuaweiFault, unknownApi } from '../fault.ts'
import { paged, parsed } from '../rfs-request.ts'
import type { ServiceAnswer, ServiceCall } from '../service-call.ts'
import {
  addressOf,
  type RfsStackSetEngine,
  type SandboxStackSet,
  type SandboxStackSetRequest,
} from './engine.ts'
import { preferencesOf } from './operation-preferences.ts'
import { accountsOf, deployedInstances, existingInstances, type TargetSources } from './operation-targets.ts'
import {
  attributes,
  createSchema,
  deletionSchema,
  deploySchema,
  instancesSchema,
  updateSchema,
  type Creation,
} from './request-schemas.ts'
import { designOf, overridesOf } from './variables.ts'

export interface SandboxStackSetsOptions extends TargetSources {
  readonly engine: RfsStackSetEngine
  readonly clock: Clock
}

/**
 * RFS's stack sets. Requests beyond the documented limits, exclusions and states are refused.
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

  /** `segments`: after `/v1/stack-sets`. Throws `HuaweiFault`. */
  answer({ method, segments, query, body }: ServiceCall): ServiceAnswer {
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

  /** https://support.huaweicloud.com/intl/en-us/api-aos/CreateStackSet.html */
  #create(body: JsonObject): ServiceAnswer {
    const requested = parsed(createSchema, body)
    const permissionModel = requested.permission_model ?? 'SELF_MANAGED'
    if (this.sets.has(requested.stack_set_name))
      throw new HuaweiFault(409, 'RF.10013504', 'Stack set name already exists.')
    checkAgencies(permissionModel, requested)
    const { template, variables } = designOf(requested, this.#options.objects)
    const now = this.#options.clock.now()
    const set: SandboxStackSet = {
      id: this.engine.nextId(),
      name: requested.stack_set_name,
      permissionModel,
      attributes: attributesIn(body),
      template,
      varsBody: requested.vars_body ?? '',
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

  /** https://support.huaweicloud.com/intl/en-us/api-aos/UpdateStackSet.html */
  #update(set: SandboxStackSet, body: JsonObject): ServiceAnswer {
    parsed(updateSchema, body)
    this.#checkIdle(set)
    const changes = attributesIn(body)
    if (Object.keys(changes).length === 0) throw badRequest('Nothing to modify.', 'RF.10011084')
    set.attributes = { ...set.attributes, ...changes }
    set.updatedAt = this.#options.clock.now()
    return { status: 204 }
  }

  #delete(set: SandboxStackSet): ServiceAnswer {
    this.#checkIdle(set)
    if (set.instances.size > 0)
      throw new HuaweiFault(403, 'RF.10012560', 'The stack set still has stack instances.')
    this.sets.delete(set.name)
    return { status: 204 }
  }

  /** https://support.huaweicloud.com/intl/en-us/api-aos/DeployStackSet.html */
  #deploy(set: SandboxStackSet, body: JsonObject): ServiceAnswer {
    const requested = parsed(deploySchema, body)
    const { template, variables } = designOf(requested, this.#options.objects)
    this.#checkSerial(set)
    const instances = deployedInstances(set, requested.deployment_targets, this.#options)
    const preferences = preferencesOf(requested.operation_preferences, instances)
    for (const { overrides: given } of set.instances.values())
      for (const name of Object.keys(given))
        if (!Object.hasOwn(variables, name)) throw badRequest(`Variable ${name} is overridden and missing`)
    set.template = template
    set.variables = variables
    set.varsBody = requested.vars_body ?? ''
    return this.#start(set, { action: 'DEPLOY_STACK_SET', instances, preferences }, body)
  }

  /** https://support.huaweicloud.com/intl/en-us/api-aos/CreateStackInstance.html */
  #createInstances(set: SandboxStackSet, body: JsonObject): ServiceAnswer {
    const requested = parsed(instancesSchema, body)
    const { deployment_targets: given } = requested
    if (given.domain_id_filter_type === 'UNION')
      throw badRequest('domain_id_filter_type UNION is not allowed for CreateStackInstances')
    const accounts = accountsOf(set, given, this.#options)
    const overriding = overridesOf(set, requested.var_overrides, this.#options.objects)
    this.#checkSerial(set)
    const places = given.regions.flatMap((region) => accounts.map((domainId) => ({ region, domainId })))
    const taken = places.find(({ region, domainId }) => set.instances.has(addressOf(region, domainId)))
    if (taken !== undefined)
      throw badRequest(`The stack instance ${addressOf(taken.region, taken.domainId)} already exists`)
    const instances = places.map(({ region, domainId }) =>
      this.engine.newInstance(region, domainId, overriding ?? {}),
    )
    const preferences = preferencesOf(requested.operation_preferences, instances)
    for (const unit of given.organizational_unit_ids ?? []) set.units.add(unit)
    for (const instance of instances)
      set.instances.set(addressOf(instance.region, instance.domainId), instance)
    return this.#start(set, { action: 'CREATE_STACK_INSTANCES', instances, preferences }, body)
  }

  #updateInstances(set: SandboxStackSet, body: JsonObject): ServiceAnswer {
    const requested = parsed(instancesSchema, body)
    const overriding = overridesOf(set, requested.var_overrides, this.#options.objects)
    const instances = existingInstances(set, requested.deployment_targets, this.#options)
    const preferences = preferencesOf(requested.operation_preferences, instances)
    this.#checkSerial(set)
    if (overriding !== undefined) for (const instance of instances) instance.overrides = overriding
    return this.#start(set, { action: 'UPDATE_STACK_INSTANCES', instances, preferences }, body)
  }

  #deleteInstances(set: SandboxStackSet, body: JsonObject): ServiceAnswer {
    const requested = parsed(deletionSchema, body)
    const instances = existingInstances(set, requested.deployment_targets, this.#options)
    const preferences = preferencesOf(requested.operation_preferences, instances)
    this.#checkSerial(set)
    return this.#start(set, { action: 'DELETE_STACK_INSTANCES', instances, preferences }, body)
  }

  #start(set: SandboxStackSet, request: SandboxStackSetRequest, body: JsonObject): ServiceAnswer {
    const operation = this.engine.start(set, request, body['deployment_targets'] ?? null)
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

  /** https://support.huaweicloud.com/intl/en-us/api-aos/ShowStackSetOperationMetadata.html */
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

/** https://support.huaweicloud.com/intl/en-us/api-aos/ListStackInstances.html */
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

function checkAgencies(model: SandboxStackSet['permissionModel'], requested: Creation): void {
  const { administration_agency_name: name, administration_agency_urn: urn, managed_agency_name } = requested
  if (model === 'SERVICE_MANAGED') {
    if ([name, urn, managed_agency_name].some((one) => one !== undefined))
      throw badRequest('Agencies are only for SELF_MANAGED stack sets')
    return
  }
  if (requested.call_identity === 'DELEGATED_ADMIN')
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

function idIn({ stack_set_id }: JsonObject): string | undefined {
  return typeof stack_set_id === 'string' ? stack_set_id : undefined
}

function time(at: number): string {
  return new Date(at).toISOString()
}

function refuse(): never {
  throw unknownApi()
}
