import { ownValue } from '../../../platform/own-value.ts'
import * as v from 'valibot'
import type { Clock } from '../../../platform/clock.ts'
import { isJsonValue, type JsonObject, type JsonValue, writeJson } from '../../../platform/json.ts'
import { wholeSeconds } from '../../timestamp.ts'
import type { AosEngine, SandboxAosExecution, SandboxAosStack, SandboxAosTemplate } from './engine.ts'
import { HuaweiFault, unknownApi } from '../fault.ts'
import { parsedBody } from '../request-schema.ts'
import type { ServiceAnswer, ServiceCall } from '../service-call.ts'

const json = v.custom<JsonValue>((given) => isJsonValue(given))
const inputs = v.record(v.string(), json)
const label = v.pipe(v.string(), v.maxLength(64), v.regex(/^\w[-.\w]*$/))
const timeout = v.optional(v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(1440)))
const failureStrategy = v.optional(v.picklist(['DoNothing', 'Rollback']))

const createSchema = v.strictObject({
  name: v.pipe(v.string(), v.regex(/^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$/)),
  project_id: v.pipe(v.string(), v.regex(/^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$/)),
  description: v.optional(v.string()),
  template_id: v.pipe(v.string(), v.nonEmpty(), v.maxLength(64)),
  inputs_json: v.optional(inputs),
  force: v.optional(v.boolean()),
  labels: v.optional(v.record(label, label)),
  namespace: v.optional(v.string()),
  cluster_id: v.optional(v.string()),
  action_parameters: v.optional(
    v.strictObject({ failure_strategy: failureStrategy, auto_create: v.boolean(), timeout }),
  ),
})

const actionSchema = v.pipe(
  v.strictObject({
    lifecycle: v.picklist(['create', 'upgrade']),
    inputs: v.optional(inputs),
    failure_strategy: failureStrategy,
    timeout,
  }),
  v.check(
    ({ lifecycle, failure_strategy }) => lifecycle === 'create' || failure_strategy !== 'Rollback',
    'Rollback is supported only in the lifecycle of create',
  ),
)

const LATEST = 10

/**
 * AOS's stacks. Requests that the documents do not allow are refused. The documents give one error code, 02030008. The
 * other codes are the sandbox's own, and so are the refusals of a call in the wrong state.
 * https://support.huaweicloud.com/intl/en-us/api-aos/aos_02_0022.html
 */
export class SandboxAosStacks {
  /** By GUID. */
  readonly stacks = new Map<string, SandboxAosStack>()
  /** Whether a new stack runs its lifecycle if the request does not say. The document leaves this open. */
  runsNewStacks = false
  readonly #engine: AosEngine
  readonly #clock: Clock
  readonly #nextId: () => string
  readonly #templates: ReadonlyMap<string, SandboxAosTemplate>

  constructor(
    engine: AosEngine,
    clock: Clock,
    nextId: () => string,
    templates: ReadonlyMap<string, SandboxAosTemplate>,
  ) {
    this.#engine = engine
    this.#clock = clock
    this.#nextId = nextId
    this.#templates = templates
  }

  /** `project`: the authenticated project of the caller. Throws `HuaweiFault`. */
  answer({ method, segments, query, body }: ServiceCall, project: string): ServiceAnswer {
    const [guid, kind, actionId, ...rest] = segments
    if (rest.length > 0) throw unknownApi()
    if (guid === undefined) {
      if (method === 'POST') return this.#create(body, project)
      return method === 'GET' ? this.#list(query, project) : refuse()
    }
    const stack = this.stacks.get(guid)
    if (stack === undefined) throw missing('The stack does not exist.')
    switch (`${method} ${kind ?? ''}${actionId === undefined ? '' : '/{action_id}'}`) {
      case 'GET ':
        return { status: 200, body: this.#shown(stack) }
      case 'DELETE ':
        return this.#delete(stack, query.get('force') === 'true')
      case 'PUT actions':
        return this.#act(stack, body)
      case 'GET actions':
        return { status: 200, body: executions(stack, query.get('last') === 'true') }
      case 'GET actions/{action_id}':
        return { status: 200, body: this.#execution(stack, actionId) }
      case 'GET outputs':
        return { status: 200, body: { outputs: outputs(stack) } }
      default:
        return refuse()
    }
  }

  /** https://support.huaweicloud.com/intl/en-us/api-aos/aos_02_0024.html */
  #create(body: JsonObject, project: string): ServiceAnswer {
    const requested = parsed(createSchema, body)
    if (requested.project_id !== project) throw invalid('project_id is not that of the token.')
    if ([...this.stacks.values()].some(({ name }) => name === requested.name))
      throw invalid('The stack name is already existed.')
    const template = this.#templates.get(requested.template_id)
    if (template === undefined) throw missing('The template does not exist.')
    const stack: SandboxAosStack = {
      guid: this.#nextId(),
      name: requested.name,
      template,
      fields: body,
      labels: requested.labels ?? {},
      createdAt: this.#clock.now(),
      status: '',
      inputs: inputsOf(template, requested.inputs_json ?? {}),
      executions: [],
      queued: false,
    }
    this.stacks.set(stack.guid, stack)
    const lifecycle = requested.action_parameters
    if (lifecycle?.auto_create ?? this.runsNewStacks)
      this.#engine.run(stack, 'create', { rollsBack: lifecycle?.failure_strategy === 'Rollback' })
    return { status: 201, body: this.#shown(stack) }
  }

  /** https://support.huaweicloud.com/intl/en-us/api-aos/aos_02_0025.html */
  #act(stack: SandboxAosStack, body: JsonObject): ServiceAnswer {
    const { lifecycle, inputs: given = {}, failure_strategy } = parsed(actionSchema, body)
    checkIdle(stack)
    if (lifecycle === 'create' && stack.executions.length > 0) throw invalid('The stack is created already.')
    if (lifecycle === 'upgrade' && stack.executions.length === 0) throw invalid('The stack is not created.')
    const { actionId } = this.#engine.run(stack, lifecycle, {
      inputs: inputsOf(stack.template, { ...stack.inputs, ...given }),
      rollsBack: failure_strategy === 'Rollback',
    })
    const last = stack.executions.at(-1)?.name ?? ''
    return { status: 200, body: { action_id: actionId, last_action_id: last } }
  }

  #delete(stack: SandboxAosStack, force: boolean): ServiceAnswer {
    checkIdle(stack)
    if (force && stack.executions.every(({ action }) => action !== 'delete'))
      throw invalid('A deletion by force requires an earlier deletion.')
    void this.#engine.run(stack, 'delete', { force }).ended.then((isDeleted) => {
      if (isDeleted) this.stacks.delete(stack.guid)
    })
    return { status: 200, body: {} }
  }

  #list(query: URLSearchParams, project: string): ServiceAnswer {
    if (query.get('project_id') !== project) throw invalid('project_id is mandatory.')
    const name = query.get('name')
    const found = [...this.stacks.values()].filter((stack) => name === null || stack.name === name)
    return { status: 200, body: found.map((stack) => this.#shown(stack)) }
  }

  /** https://support.huaweicloud.com/intl/en-us/api-aos/aos_02_0026.html */
  #shown({
    guid,
    name,
    template,
    fields,
    labels,
    createdAt,
    status,
    inputs: values,
  }: SandboxAosStack): JsonValue {
    return {
      force: false,
      guid,
      namespace: 'default',
      cluster_id: '',
      ...fields,
      name,
      labels,
      template_name: template.name,
      inputs_json: writeJson(values),
      status,
      create_at: wholeSeconds(createdAt),
      update_at: '',
      dsl_version: 'cloud_tosca_version_1_0',
    }
  }

  #execution(stack: SandboxAosStack, actionId: string | undefined): JsonValue {
    const execution = stack.executions.find(({ name }) => name === actionId)
    if (execution === undefined) throw missing('The execution does not exist.')
    return shownExecution(stack, execution)
  }
}

function executions(stack: SandboxAosStack, last: boolean): JsonValue {
  const newestFirst = [...stack.executions].reverse()
  return newestFirst.slice(0, last ? 1 : LATEST).map((execution) => shownExecution(stack, execution))
}

/** https://support.huaweicloud.com/intl/en-us/api-aos/aos_02_0033.html */
function shownExecution(
  { template, guid }: SandboxAosStack,
  { name, action, phase, message, createdAt, updatedAt }: SandboxAosExecution,
): JsonValue {
  const update_at = wholeSeconds(updatedAt)
  return {
    metadata: { name, uid: guid, creationTimestamp: wholeSeconds(createdAt) },
    spec: { actionName: action },
    status: {
      actionName: action,
      progress: phase === 'Processing' ? 0 : 100,
      objectStatus: { phase, message: '', reason: '', update_at },
      subObjectStatus: { [template.element]: { phase, message, reason: '', update_at } },
    },
  }
}

function outputs({ template, inputs: values }: SandboxAosStack): JsonObject {
  return Object.fromEntries(
    Object.entries(template.outputs).map(([name, input]) => [
      name,
      { value: values[input] ?? null, description: '' },
    ]),
  )
}

function inputsOf(template: SandboxAosTemplate, given: JsonObject): JsonObject {
  const unknown = Object.keys(given).find((name) => !Object.hasOwn(template.inputs, name))
  if (unknown !== undefined) throw invalid(`The template has no input ${unknown}.`)
  return Object.fromEntries(
    Object.entries(template.inputs).map(([name, { default: fallback }]) => {
      const value = ownValue(given, name) ?? fallback
      if (value === undefined) throw invalid(`The input ${name} has neither a value nor a default.`)
      return [name, value]
    }),
  )
}

function checkIdle({ status, queued }: SandboxAosStack): void {
  if (queued || status === 'Processing')
    throw new HuaweiFault(400, '02030010', 'A lifecycle of the stack is being executed.')
}

function parsed<Schema extends v.GenericSchema<unknown, unknown>>(
  schema: Schema,
  body: JsonObject,
): v.InferOutput<Schema> {
  return parsedBody(schema, body, (path, problem) => invalid(`${path} ${problem}.`))
}

function invalid(error: string): HuaweiFault {
  return new HuaweiFault(400, '02030008', `The request body is invalid, please check. Error: ${error}`)
}

function missing(message: string): HuaweiFault {
  return new HuaweiFault(404, '02030404', message)
}

function refuse(): never {
  throw unknownApi()
}
