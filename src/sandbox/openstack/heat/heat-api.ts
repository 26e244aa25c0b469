import { isJsonObject, isJsonValue, type JsonObject, type JsonValue } from '../../../platform/json.ts'
import type { Clock } from '../../../platform/clock.ts'
import { uuidSequence } from '../../numbered-uuid.ts'
import { Engine, type Deletions } from './engine.ts'
import { badRequest, HeatFault, noStack } from '../fault.ts'
import { environmentOf, type HeatEnvironment } from './environment.ts'
import type { HeatContext } from './heat-context.ts'
import { previewedResources, resourceChanges } from './preview.ts'
import {
  describeEventOf,
  describeEvents,
  describeOutput,
  describeResource,
  describeResources,
  describeStack,
  type Place,
} from './stack-description.ts'
import {
  deletedWithin,
  designOf,
  isDeleted,
  withNested,
  type Design,
  type SandboxHeatStack,
} from './stack.ts'
import { outputsOf } from './stack-scope.ts'
import { checkTemplate } from './template-checks.ts'
import { parseTemplate } from './template.ts'
import { TYPE_ATTRIBUTES } from './type-attributes.ts'
import { parsedYaml } from './yaml-document.ts'

/** An authenticated request to Heat. */
export interface HeatRequest {
  readonly method: string
  /** After `/v1/<project>`. */
  readonly path: string
  readonly query: URLSearchParams
  readonly body: JsonObject
}

export interface HeatResponse {
  readonly status: number
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: JsonValue
}

const NAME = /^[a-zA-Z][a-zA-Z0-9_.-]{0,254}$/
const LONGEST_TAG = 80

/** Heat's native API for one project. https://docs.openstack.org/api-ref/orchestration/v1/ */
export class SandboxHeat {
  readonly stacks = new Map<string, SandboxHeatStack>()
  readonly #engine: Engine
  readonly #place: Place
  /** The target of a rollback of the running update. */
  readonly #before = new WeakMap<SandboxHeatStack, Design>()

  constructor(clock: Clock, baseUrl: () => string, context: HeatContext) {
    this.#engine = new Engine(clock, uuidSequence(), context)
    this.#place = { context, href: ({ name, id }) => `${baseUrl()}/stacks/${name}/${id}` }
  }

  get deletions(): Deletions {
    return this.#engine.deletions
  }

  /** Throws `HeatFault`. */
  answer(request: HeatRequest): HeatResponse {
    const [collection = '', name, id, ...rest] = request.path.split('/').slice(1).map(decodeURIComponent)
    if (collection !== 'stacks') return aboutHeat(collection, name, request)
    if (name === undefined || name === '')
      return request.method === 'POST' ? this.#create(request) : this.#list(request)
    if (name === 'preview' && request.method === 'POST') return this.#previewCreate(request)
    if (id === undefined || SUBPATHS.includes(id)) return this.#redirect(name, id, request)
    return this.#ofStack(this.#stack(name, id), rest, request)
  }

  #ofStack(stack: SandboxHeatStack, path: readonly string[], request: HeatRequest): HeatResponse {
    const [collection, name, events, event] = path
    switch (collection) {
      case undefined:
        return this.#onStack(stack, request)
      case 'events':
        return ok({ events: describeEvents(stack, request.query, this.#place) })
      case 'preview':
        return this.#previewUpdate(stack, request)
      case 'actions':
        return this.#act(stack, request)
      case 'template':
        return { status: 200, body: templateMap(stack.design) }
      case 'environment':
        return ok(describedEnvironment(stack.design))
      case 'files':
        return ok(stack.design.files)
      case 'outputs':
        return this.#outputs(stack, name)
      case 'resources':
        if (name === undefined) return ok({ resources: describeResources(stack, request.query, this.#place) })
        if (events === undefined) return ok({ resource: describeResource(stack, name, this.#place) })
        if (events === 'metadata') return ok({ metadata: stack.resources.get(name)?.metadata ?? {} })
        if (events === 'events' && event === undefined)
          return ok({ events: describeEvents(stack, request.query, this.#place, name) })
        if (events === 'events' && event !== undefined)
          return ok({ event: describeEventOf(stack, event, this.#place) })
        throw notFound()
      default:
        throw notFound()
    }
  }

  /** https://docs.openstack.org/api-ref/orchestration/v1/#list-outputs */
  #outputs(stack: SandboxHeatStack, key: string | undefined): HeatResponse {
    const outputs = outputsOf(stack, this.#place.context)
    if (key === undefined)
      return ok({ outputs: outputs.map(({ key: output_key, description }) => ({ output_key, description })) })
    const output = outputs.find((one) => one.key === key)
    if (output === undefined) throw new HeatFault(404, 'NotFound', `Specified output key ${key} not found.`)
    return ok({ output: describeOutput(output) })
  }

  #onStack(stack: SandboxHeatStack, request: HeatRequest): HeatResponse {
    switch (request.method) {
      case 'GET':
        return {
          status: 200,
          body: { stack: describeStack(stack, request.query.get('resolve_outputs') ?? 'true', this.#place) },
        }
      case 'PUT':
      case 'PATCH':
        return this.#update(stack, request)
      case 'DELETE':
        if (isDeleted(stack)) throw noStack(stack.name)
        void this.#engine.delete(stack)
        return { status: 204 }
      default:
        throw notFound()
    }
  }

  /** https://docs.openstack.org/api-ref/orchestration/v1/#create-stack */
  #create({ body }: HeatRequest): HeatResponse {
    const { name, tags, design } = this.#newStackIn(body)
    const stack = this.#engine.newStack(name, design)
    stack.tags = tags
    stack.disableRollback = body['disable_rollback'] !== false
    stack.timeoutMins = body['timeout_mins'] === undefined ? undefined : Number(body['timeout_mins'])
    this.stacks.set(stack.id, stack)
    this.#engine.create(stack)
    const links = [{ href: this.#place.href(stack), rel: 'self' }]
    return {
      status: 201,
      headers: { location: this.#place.href(stack) },
      body: { stack: { id: stack.id, links } },
    }
  }

  #newStackIn(body: JsonObject): { readonly name: string; readonly tags: string[]; readonly design: Design } {
    const name = asName(body)
    if (name === '') throw badRequest('No stack name specified')
    const tags = tagsOf(body)
    const design = designOf(body['template'] ?? null, mapOf(body['files']), environmentOf(body))
    if (!NAME.test(name))
      throw new HeatFault(
        400,
        'StackValidationFailed',
        `Invalid stack name ${name} must contain only alphanumeric or "_-." characters, must start with alpha and must be 255 characters or less.`,
      )
    if (this.#byName(name) !== undefined)
      throw new HeatFault(409, 'StackExists', `The Stack (${name}) already exists.`)
    return { name, tags, design }
  }

  /** https://docs.openstack.org/api-ref/orchestration/v1/#preview-stack */
  #previewCreate({ body }: HeatRequest): HeatResponse {
    const { name, design } = this.#newStackIn(body)
    const stack = this.#engine.newStack(name, design)
    const resources = previewedResources(stack, design, this.#place.context)
    return ok({ stack: { ...describeStack(stack, 'false', this.#place), resources } })
  }

  /** https://docs.openstack.org/api-ref/orchestration/v1/#preview-stack-update */
  #previewUpdate(stack: SandboxHeatStack, request: HeatRequest): HeatResponse {
    const showsNested = request.query.get('show_nested')?.toLowerCase() === 'true'
    const { context } = this.#place
    const changes = resourceChanges(stack, this.#nextDesign(stack, request), { showsNested, context })
    return { status: 200, body: { resource_changes: { ...changes } } }
  }

  #nextDesign(stack: SandboxHeatStack, { method, body }: HeatRequest): Design {
    if (isDeleted(stack)) throw noStack(stack.name)
    if (stack.action === 'DELETE')
      throw new HeatFault(400, 'NotSupported', 'Updating a stack when it is deleting is not supported.')
    const isPartial = isPartialUpdate(method, body)
    const template = body['template'] ?? (isPartial ? stack.design.source : undefined)
    if (template === undefined || template === null) throw badRequest('No template specified')
    const files = isPartial ? { ...stack.design.files, ...mapOf(body['files']) } : mapOf(body['files'])
    const asked = environmentOf({ ...body, files })
    return designOf(template, files, isPartial ? added(stack.design.environment, asked) : asked)
  }

  /** https://docs.openstack.org/api-ref/orchestration/v1/#update-stack */
  #update(stack: SandboxHeatStack, request: HeatRequest): HeatResponse {
    const { method, body } = request
    const design = this.#nextDesign(stack, request)
    const isPartial = isPartialUpdate(method, body)
    const tags = tagsOf(body)
    if (!isPartial || body['tags'] !== undefined) stack.tags = tags
    if (typeof body['disable_rollback'] === 'boolean') stack.disableRollback = body['disable_rollback']
    this.#before.set(stack, stack.design)
    this.#engine.update(stack, design)
    return {
      status: 202,
      body: {
        message: 'The request is accepted for processing.<br /><br />\n\n\n',
        code: '202 Accepted',
        title: 'Accepted',
      },
    }
  }

  #act(stack: SandboxHeatStack, { body }: HeatRequest): HeatResponse {
    const [action = ''] = Object.keys(body)
    const status = `${stack.action}_${stack.state}`
    const before = this.#before.get(stack)
    if (action === 'cancel_update') {
      if (status !== 'UPDATE_IN_PROGRESS' || before === undefined)
        throw new HeatFault(
          400,
          'NotSupported',
          `Cancelling update when stack is ${status} is not supported.`,
        )
      this.#engine.cancelUpdate(stack, before)
      return { status: 200 }
    }
    if (action === 'cancel_without_rollback') {
      if (stack.state !== 'IN_PROGRESS')
        throw new HeatFault(
          400,
          'NotSupported',
          `Cancelling without rollback when stack is ${status} is not supported.`,
        )
      stack.traversal = {}
      stack.state = 'FAILED'
      stack.reason = 'Stack operation cancelled'
      return { status: 200 }
    }
    // heat/common/exception.py, ActionInProgress: these actions take the lock of the stack.
    if (stack.state === 'IN_PROGRESS')
      throw new HeatFault(
        409,
        'ActionInProgress',
        `Stack ${stack.name} already has an action (${stack.action}) in progress.`,
      )
    if (action === 'check') {
      void this.#engine.check(stack)
      return { status: 200 }
    }
    const started = ACTIONS.find((one) => one.toLowerCase() === action)
    if (started === undefined) throw badRequest(`Invalid action ${action} specified`)
    void this.#engine.act(stack, started)
    return { status: 200 }
  }

  #redirect(nameOrId: string, subpath: string | undefined, { query }: HeatRequest): HeatResponse {
    const stack = this.#byName(nameOrId) ?? this.#byId(nameOrId)
    if (stack === undefined) throw noStack(nameOrId)
    const rest = String(query)
    const path = subpath === undefined ? '' : `/${subpath}`
    const location = `${this.#place.href(stack)}${path}${rest === '' ? '' : `?${rest}`}`
    const message = `The resource was found at <a href="${location}">${location}</a>;\nyou should be redirected automatically.\n\n`
    return { status: 302, headers: { location }, body: { message, code: '302 Found', title: 'Found' } }
  }

  #list({ query }: HeatRequest): HeatResponse {
    const tags = (query.get('tags') ?? '').split(',').filter((tag) => tag !== '')
    const listed = [...this.stacks.values()].filter(
      (stack) =>
        (query.get('show_deleted') === 'true' || !isDeleted(stack)) &&
        tags.every((tag) => stack.tags.includes(tag)),
    )
    return {
      status: 200,
      body: { stacks: listed.map((stack) => describeStack(stack, 'false', this.#place)) },
    }
  }

  #byName(name: string): SandboxHeatStack | undefined {
    return [...this.stacks.values()].find((stack) => stack.name === name && !isDeleted(stack))
  }

  /** Finds nested stacks, too, and those that were deleted. */
  #byId(id: string): SandboxHeatStack | undefined {
    return [...this.stacks.values()]
      .flatMap((stack) => [...withNested(stack, 10), ...deletedWithin(stack)])
      .find((stack) => stack.id === id)
  }

  #stack(name: string, id: string): SandboxHeatStack {
    const stack = this.#byId(id)
    if (stack?.name !== name) throw noStack(name)
    return stack
  }
}

/** What follows a stack's name in a path, where Heat looks up the id. heat/api/openstack/v1/__init__.py */
const SUBPATHS = ['resources', 'events', 'template', 'actions', 'environment', 'files']
const ACTIONS = ['SUSPEND', 'RESUME'] as const

/** What concerns no stack. */
function aboutHeat(collection: string, name: string | undefined, request: HeatRequest): HeatResponse {
  switch (collection) {
    case 'validate':
      return validated(request)
    case 'resource_types':
      return name === undefined ? ok({ resource_types: Object.keys(TYPE_ATTRIBUTES) }) : typeSchema(name)
    case 'template_versions':
      return ok({
        template_versions: [{ version: 'heat_template_version.2018-08-31', type: 'hot', aliases: [] }],
      })
    case 'build_info':
      return ok({ api: { revision: 'sandbox' }, engine: { revision: 'sandbox' } })
    default:
      throw notFound()
  }
}

/** https://docs.openstack.org/api-ref/orchestration/v1/#show-resource-type-schema, without properties */
function typeSchema(type: string): HeatResponse {
  const attributes = TYPE_ATTRIBUTES[type]
  if (attributes === undefined)
    throw new HeatFault(404, 'EntityNotFound', `The Resource Type (${type}) could not be found.`)
  const names = attributes.split(' ').flatMap((one) => one.split(':', 1))
  return ok({
    resource_type: type,
    properties: {},
    attributes: Object.fromEntries(names.map((name) => [name, { description: 'No description' }])),
    support_status: { status: 'SUPPORTED', version: null, message: null, previous_status: null },
  })
}

/** Keeps what the request does not name. */
function isPartialUpdate(method: string, body: JsonObject): boolean {
  return method === 'PATCH' || body['existing'] === true
}

/** https://docs.openstack.org/api-ref/orchestration/v1/#validate-template */
function validated({ body }: HeatRequest): HeatResponse {
  const files = mapOf(body['files'])
  const template = parseTemplate(body['template'], files, environmentOf(body))
  checkTemplate(template, files, () => true)
  const { parameters, description } = template
  const shown = [...parameters].map(([name, { type, hidden, defaultValue }]): [string, JsonValue] => [
    name,
    {
      Label: name,
      Type: SHOWN_TYPES[type] ?? type,
      NoEcho: String(hidden),
      ...(defaultValue === undefined ? {} : { Default: defaultValue }),
    },
  ])
  return ok({ Description: description ?? 'No description', Parameters: Object.fromEntries(shown) })
}

/** heat/engine/api.py */
const SHOWN_TYPES: Readonly<Record<string, string>> = {
  string: 'String',
  number: 'Number',
  comma_delimited_list: 'CommaDelimitedList',
  json: 'Json',
  boolean: 'Boolean',
}

function templateMap({ source }: Design): JsonValue {
  const read = typeof source === 'string' ? parsedYaml(source) : { ok: true, value: source }
  return read.ok && isJsonValue(read.value) ? read.value : source
}

function describedEnvironment({ environment }: Design): JsonObject {
  return {
    parameters: environment.parameters,
    parameter_defaults: environment.parameterDefaults,
    resource_registry: environment.registry,
    encrypted_param_names: [],
    event_sinks: [],
  }
}

function added(before: HeatEnvironment, asked: HeatEnvironment): HeatEnvironment {
  return {
    parameters: { ...before.parameters, ...asked.parameters },
    parameterDefaults: { ...before.parameterDefaults, ...asked.parameterDefaults },
    registry: { ...before.registry, ...asked.registry },
    optional: [...before.optional, ...asked.optional],
  }
}

function ok(body: JsonValue): HeatResponse {
  return { status: 200, body }
}

function notFound(): HeatFault {
  return new HeatFault(404, 'HTTPNotFound', 'The resource could not be found.')
}

function asName({ stack_name: name }: JsonObject): string {
  return typeof name === 'string' ? name : ''
}

function tagsOf({ tags }: JsonObject): string[] {
  if (tags === undefined || tags === null || tags === '') return []
  if (typeof tags !== 'string') throw badRequest('Invalid tags, expecting comma-delimited list')
  const list = tags.split(',').map((tag) => tag.trim())
  const long = list.find((tag) => tag.length > LONGEST_TAG)
  if (long !== undefined) throw badRequest(`Invalid tag, "${long}" is longer than 80 characters`)
  return list
}

function mapOf(value: JsonValue | undefined): JsonObject {
  return value !== undefined && isJsonObject(value) ? value : {}
}
