import type { Clock } from '../../../platform/clock.ts'
import { type JsonObject, type JsonValue, writeJson } from '../../../platform/json.ts'
import { wholeSeconds } from '../../timestamp.ts'
import { badRequest, HuaweiFault, unknownApi } from '../fault.ts'
import { objectAt, paged, parsed } from '../rfs-request.ts'
import type { ServiceAnswer, ServiceCall } from '../service-call.ts'
import type { RfsEngine } from './engine.ts'
import { ExecutionPlans } from './execution-plans.ts'
import {
  createSchema,
  deletionSchema,
  deploySchema,
  planSchema,
  rollbackSchema,
  updateSchema,
  type Agencies,
  type Deployment,
  type Update,
} from './request-schemas.ts'
import type { RfsDesign, SandboxRfsStack } from './stack.ts'
import { parseTemplate, variableValues } from './template.ts'

/**
 * RFS's stacks. Requests beyond the documented limits, exclusions and states get the documented error codes.
 * https://support.huaweicloud.com/intl/en-us/api-aos/rf_04_0001.html
 */
export class SandboxRfsStacks {
  readonly stacks = new Map<string, SandboxRfsStack>()
  /** How many reads of a new execution plan show it as being made. */
  readsUntilPlanned = 0
  readonly #engine: RfsEngine
  readonly #plans: ExecutionPlans
  readonly #clock: Clock
  /** The contents of objects in OBS, by their URLs. */
  readonly #objects: ReadonlyMap<string, string>

  constructor(engine: RfsEngine, clock: Clock, objects: ReadonlyMap<string, string>) {
    this.#engine = engine
    this.#plans = new ExecutionPlans(clock, engine)
    this.#clock = clock
    this.#objects = objects
  }

  answer({ method, segments, query, body }: ServiceCall): ServiceAnswer {
    const [name, kind, ...rest] = segments
    if (name === undefined) return method === 'POST' ? this.#create(body) : refuse()
    const stack = this.#stack(name, query.get('stack_id') ?? idIn(body))
    if (kind === 'execution-plans') return this.#onPlan(stack, method, rest, body)
    if (rest.length > 0) throw new HuaweiFault(404, 'APIGW.0101', 'The API does not exist')
    switch (`${method} ${kind ?? ''}`) {
      case 'GET metadata':
        return { status: 200, body: this.#metadata(stack) }
      case 'GET outputs':
        return { status: 200, body: this.#outputs(stack, query) }
      case 'GET events':
        return { status: 200, body: this.#events(stack, query) }
      case 'POST deployments':
        return this.#deploy(stack, parsed(deploySchema, body))
      case 'POST rollbacks':
        return this.#continueRollback(stack, body)
      case 'POST deletion':
        return this.#delete(stack, parsed(deletionSchema, body).retain_all_resources === true)
      case 'DELETE ':
        return this.#delete(stack, false)
      case 'PATCH ':
        return this.#update(stack, parsed(updateSchema, body))
      default:
        return refuse()
    }
  }

  /** https://support.huaweicloud.com/intl/en-us/api-aos/CreateStack.html */
  #create(body: JsonObject): ServiceAnswer {
    const requested = parsed(createSchema, body)
    if (this.stacks.has(requested.stack_name))
      throw new HuaweiFault(409, 'RF.10013502', 'Stack name already exists.')
    checkAgencies(requested.agencies)
    const design = this.#designOf(requested)
    const stack = this.#engine.newStack(requested.stack_name, {
      description: requested.description ?? '',
      deletionProtection: requested.enable_deletion_protection ?? false,
      autoRollback: requested.enable_auto_rollback ?? false,
      agencies: listed(requested.agencies),
    })
    this.stacks.set(stack.name, stack)
    if (design === undefined) return { status: 201, body: { stack_id: stack.id } }
    const { id } = this.#engine.deploy(stack, design)
    return { status: 201, body: { stack_id: stack.id, deployment_id: id } }
  }

  /** https://support.huaweicloud.com/intl/en-us/api-aos/DeployStack.html */
  #deploy(stack: SandboxRfsStack, requested: Deployment): ServiceAnswer {
    checkIdle(stack)
    const design = this.#designOf(requested)
    if (design === undefined) throw badRequest('Either template_body or template_uri must be given')
    const { id } = this.#engine.deploy(stack, design)
    return { status: 202, body: { deployment_id: id } }
  }

  #onPlan(
    stack: SandboxRfsStack,
    method: string,
    [name, part]: readonly string[],
    body: JsonObject,
  ): ServiceAnswer {
    if (name === undefined) return method === 'POST' ? this.#createPlan(stack, body) : refuse()
    switch (`${method} ${part ?? ''}`) {
      case 'GET metadata':
        return this.#plans.metadata(stack, name)
      case 'GET ':
        return this.#plans.items(stack, name)
      case 'DELETE ':
        return this.#plans.delete(stack, name)
      default:
        return refuse()
    }
  }

  #createPlan(stack: SandboxRfsStack, body: JsonObject): ServiceAnswer {
    const requested = parsed(planSchema, body)
    checkIdle(stack)
    const design = this.#designOf(requested)
    if (design === undefined) throw badRequest('Either template_body or template_uri must be given')
    return this.#plans.create(stack, requested, design, this.readsUntilPlanned)
  }

  /** Names of the execution plans of a stack. */
  plansOf(name: string): readonly string[] {
    const stack = this.stacks.get(name)
    return stack === undefined ? [] : this.#plans.namesOf(stack)
  }

  /** https://support.huaweicloud.com/intl/en-us/api-aos/UpdateStack.html */
  #update(stack: SandboxRfsStack, requested: Update): ServiceAnswer {
    checkIdle(stack)
    const isFailed = stack.status.endsWith('_FAILED')
    if (requested.enable_auto_rollback === true && !stack.autoRollback && isFailed)
      throw new HuaweiFault(403, 'RF.10012546', 'Auto rollback cannot be enabled in this status.')
    checkAgencies(requested.agencies)
    if (Object.keys(requested).every((name) => name === 'stack_id'))
      throw badRequest('Nothing to modify.', 'RF.10011084')
    stack.description = requested.description ?? stack.description
    stack.deletionProtection = requested.enable_deletion_protection ?? stack.deletionProtection
    stack.autoRollback = requested.enable_auto_rollback ?? stack.autoRollback
    if (requested.agencies !== undefined) stack.agencies = listed(requested.agencies)
    stack.updatedAt = this.#clock.now()
    return { status: 204 }
  }

  #continueRollback(stack: SandboxRfsStack, body: JsonObject): ServiceAnswer {
    parsed(rollbackSchema, body)
    checkIdle(stack)
    if (stack.status !== 'ROLLBACK_FAILED')
      throw new HuaweiFault(403, 'RF.10012547', 'Only a rollback that has failed can be continued.')
    const { id } = this.#engine.continueRollback(stack)
    return { status: 202, body: { deployment_id: id } }
  }

  #delete(stack: SandboxRfsStack, retain: boolean): ServiceAnswer {
    if (stack.deletionProtection)
      throw new HuaweiFault(403, 'RF.10012548', 'Deletion protection is enabled for the stack.')
    checkIdle(stack, 'RF.10012544')
    void this.#engine.delete(stack, retain).then((isDeleted) => {
      if (isDeleted) this.stacks.delete(stack.name)
    })
    return { status: 202 }
  }

  /** https://support.huaweicloud.com/intl/en-us/api-aos/GetStackMetadata.html */
  #metadata(stack: SandboxRfsStack): JsonValue {
    const isFailed = stack.status.endsWith('_FAILED')
    return {
      stack_id: stack.id,
      stack_name: stack.name,
      description: stack.description,
      enable_deletion_protection: stack.deletionProtection,
      enable_auto_rollback: stack.autoRollback,
      status: stack.status,
      agencies: stack.agencies,
      ...(isFailed ? { status_message: stack.statusMessage } : {}),
      create_time: wholeSeconds(stack.createdAt),
      update_time: wholeSeconds(stack.updatedAt),
    }
  }

  #outputs(stack: SandboxRfsStack, query: URLSearchParams): JsonValue {
    // RFS shows no outputs during an operation.
    const outputs = stack.status.endsWith('_IN_PROGRESS') ? [] : this.#engine.values.outputs(stack)
    const items = outputs.map(({ name, value, type, sensitive }) =>
      sensitive
        ? { name, description: '', type: '<sensitive>', value: '<sensitive>', sensitive }
        : { name, description: '', type, value: writeJson(value), sensitive },
    )
    const { page, info } = paged(items, query)
    return { outputs: page, page_info: info }
  }

  #events(stack: SandboxRfsStack, query: URLSearchParams): JsonValue {
    const deploymentId = query.get('deployment_id')
    const newestFirst = [...stack.events].reverse()
    const chosen = newestFirst.filter((event) => deploymentId === null || event.deploymentId === deploymentId)
    const items = chosen.map(({ at, type, message, resource }) => ({
      event_type: type,
      event_message: message,
      time: wholeSeconds(at),
      ...(resource === undefined ? {} : { resource_name: resource.name, resource_type: resource.type }),
    }))
    const { page, info } = paged(items, query)
    return { stack_events: page, page_info: info }
  }

  #designOf(requested: Deployment): RfsDesign | undefined {
    const { template_body, template_uri, vars_body, vars_uri, vars_structure = [] } = requested
    if (template_body !== undefined && template_uri !== undefined)
      throw badRequest('template_body and template_uri cannot both be given')
    const source = template_body ?? this.#object(template_uri)
    if (source === undefined) return undefined
    const template = parseTemplate(source)
    const body = [vars_body, this.#object(vars_uri)].filter((one) => one !== undefined).join('\n')
    const structure = Object.fromEntries(vars_structure.map(({ var_key, var_value }) => [var_key, var_value]))
    return { template, variables: variableValues(template, { body, structure }) }
  }

  #object(uri: string | undefined): string | undefined {
    return uri === undefined ? undefined : objectAt(this.#objects, uri)
  }

  #stack(name: string, id: string | undefined): SandboxRfsStack {
    const stack = this.stacks.get(name)
    if (stack === undefined) throw new HuaweiFault(404, 'RF.10013001', 'Stack is not exist.')
    if (id !== undefined && id !== stack.id)
      throw badRequest('Stack ID is not matched with current stack with stack name', 'RF.10011015')
    return stack
  }
}

function idIn({ stack_id }: JsonObject): string | undefined {
  return typeof stack_id === 'string' ? stack_id : undefined
}

function checkIdle(stack: SandboxRfsStack, code = 'RF.10012519'): void {
  if (stack.queued) throw new HuaweiFault(409, 'RF.10013503', 'Another request is being processed.')
  if (stack.status.endsWith('_IN_PROGRESS'))
    throw new HuaweiFault(403, code, `The stack cannot be changed while its status is ${stack.status}.`)
}

function listed(given: Agencies): JsonValue {
  return (given ?? []).map(({ provider_name, agency_name, agency_urn }) => ({
    provider_name,
    ...(agency_name === undefined ? {} : { agency_name }),
    ...(agency_urn === undefined ? {} : { agency_urn }),
  }))
}

function checkAgencies(given: Agencies): void {
  const names = (given ?? []).map(({ provider_name }) => provider_name)
  if (new Set(names).size !== names.length) throw badRequest('provider_name must be unique in agencies')
  if (
    (given ?? []).some(
      ({ agency_name, agency_urn }) => (agency_name === undefined) === (agency_urn === undefined),
    )
  )
    throw badRequest('Exactly one of agency_name and agency_urn must be given')
}

function refuse(): never {
  throw unknownApi()
}
