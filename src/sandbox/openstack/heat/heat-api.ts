import { isJsonObject, type JsonObject, type JsonValue } from '../../../platform/json.ts'
import type { Clock } from '../../../platform/clock.ts'
import { uuidSequence } from '../../numbered-uuid.ts'
import { Engine, type Deletions } from './engine.ts'
import { badRequest, HeatFault, noStack } from '../fault.ts'
import { previewedResources, resourceChanges } from './preview.ts'
import {
  describeEventOf,
  describeEvents,
  describeResources,
  describeStack,
  type Place,
} from './stack-description.ts'
import { designOf, isDeleted, withNested, type Design, type SandboxHeatStack } from './stack.ts'
import { parseTemplate } from './template.ts'

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

  constructor(clock: Clock, project: string, baseUrl: () => string) {
    this.#engine = new Engine(clock, uuidSequence())
    this.#place = { project, href: ({ name, id }) => `${baseUrl()}/stacks/${name}/${id}` }
  }

  get deletions(): Deletions {
    return this.#engine.deletions
  }

  /** Throws `HeatFault`. */
  answer(request: HeatRequest): HeatResponse {
    const [collection, name, id, ...rest] = request.path.split('/').slice(1).map(decodeURIComponent)
    if (collection === 'validate') return validated(request)
    if (collection !== 'stacks') throw new HeatFault(404, 'HTTPNotFound', 'The resource could not be found.')
    if (name === undefined || name === '')
      return request.method === 'POST' ? this.#create(request) : this.#list(request)
    if (name === 'preview' && request.method === 'POST') return this.#previewCreate(request)
    if (id === undefined) return this.#redirect(name, request)
    const stack = this.#stack(name, id)
    const [first, resource, events, event] = rest
    if (first === undefined) return this.#onStack(stack, request)
    if (first === 'events')
      return { status: 200, body: { events: describeEvents(stack, request.query, this.#place) } }
    if (first === 'preview') return this.#previewUpdate(stack, request)
    if (first === 'actions') return this.#act(stack, request)
    if (first === 'resources' && resource === undefined)
      return { status: 200, body: { resources: describeResources(stack, request.query, this.#place) } }
    if (events === 'events' && event !== undefined)
      return { status: 200, body: { event: describeEventOf(stack, event, this.#place) } }
    throw new HeatFault(404, 'HTTPNotFound', 'The resource could not be found.')
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
        throw new HeatFault(404, 'HTTPNotFound', 'The resource could not be found.')
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
    const name = typeof body['stack_name'] === 'string' ? body['stack_name'] : ''
    if (name === '') throw badRequest('No stack name specified')
    const tags = tagsOf(body)
    const design = designOf(body['template'] ?? null, mapOf(body['files']), parametersOf(body))
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
    return { status: 200, body: { stack: { stack_name: name, resources: previewedResources(name, design) } } }
  }

  /** https://docs.openstack.org/api-ref/orchestration/v1/#preview-stack-update */
  #previewUpdate(stack: SandboxHeatStack, request: HeatRequest): HeatResponse {
    const showsNested = request.query.get('show_nested')?.toLowerCase() === 'true'
    const changes = resourceChanges(stack, this.#nextDesign(stack, request), showsNested)
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
    const given = isPartial ? { ...stack.design.given, ...parametersOf(body) } : parametersOf(body)
    return designOf(template, files, given)
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
    throw badRequest(`Invalid action ${action} specified`)
  }

  #redirect(nameOrId: string, { query }: HeatRequest): HeatResponse {
    const stack = this.#byName(nameOrId) ?? this.#byId(nameOrId)
    if (stack === undefined) throw noStack(nameOrId)
    const rest = String(query)
    const location = `${this.#place.href(stack)}${rest === '' ? '' : `?${rest}`}`
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

  /** Finds nested stacks, too. */
  #byId(id: string): SandboxHeatStack | undefined {
    return [...this.stacks.values()]
      .flatMap((stack) => withNested(stack, 10))
      .find((stack) => stack.id === id)
  }

  #stack(name: string, id: string): SandboxHeatStack {
    const stack = this.#byId(id)
    if (stack?.name !== name) throw noStack(name)
    return stack
  }
}

/** Keeps what the request does not name. */
function isPartialUpdate(method: string, body: JsonObject): boolean {
  return method === 'PATCH' || body['existing'] === true
}

/** https://docs.openstack.org/api-ref/orchestration/v1/#validate-template */
function validated({ body }: HeatRequest): HeatResponse {
  const { parameters } = parseTemplate(body['template'], mapOf(body['files']))
  const shown = [...parameters].map(([name, { type, hidden }]): [string, JsonValue] => [
    name,
    { Label: name, Type: type, NoEcho: String(hidden) },
  ])
  return { status: 200, body: { Description: 'No description', Parameters: Object.fromEntries(shown) } }
}

function tagsOf({ tags }: JsonObject): string[] {
  if (tags === undefined || tags === null || tags === '') return []
  if (typeof tags !== 'string') throw badRequest('Invalid tags, expecting comma-delimited list')
  const list = tags.split(',').map((tag) => tag.trim())
  const long = list.find((tag) => tag.length > LONGEST_TAG)
  if (long !== undefined) throw badRequest(`Invalid tag, "${long}" is longer than 80 characters`)
  return list
}

/** The parameters of the request take precedence over those of its environment. */
function parametersOf(body: JsonObject): JsonObject {
  return { ...mapOf(mapOf(body['environment'])['parameters']), ...mapOf(body['parameters']) }
}

function mapOf(value: JsonValue | undefined): JsonObject {
  return value !== undefined && isJsonObject(value) ? value : {}
}
