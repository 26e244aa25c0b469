import type { Clock } from '../../../platform/clock.ts'
import { uuidSequence } from '../../numbered-uuid.ts'
import { HeatFault, noStack } from '../fault.ts'
import { aboutHeat } from './about-heat.ts'
import { Engine, type Deletions } from './engine.ts'
import type { HeatContext } from './heat-context.ts'
import { notFound, ok, type HeatRequest, type HeatResponse } from './heat-http.ts'
import { previewedResources, resourceChanges } from './preview.ts'
import { startAction } from './stack-actions.ts'
import {
  describeEnvironment,
  describeEventOf,
  describeEvents,
  describeOutput,
  describeResource,
  describeResources,
  describeStack,
  describeTemplate,
  type Place,
} from './stack-description.ts'
import { isPartialUpdate, newStackIn, nextDesign, tagsIn } from './stack-request.ts'
import { outputsOf } from './stack-scope.ts'
import { formerWithin, isDeleted, withNested, type Design, type SandboxHeatStack } from './stack.ts'

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
        return { status: 200, body: describeTemplate(stack.design) }
      case 'environment':
        return ok(describeEnvironment(stack.design))
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
    const { name, tags, design } = newStackIn(body, (one) => this.#byName(one) !== undefined)
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

  /** https://docs.openstack.org/api-ref/orchestration/v1/#preview-stack */
  #previewCreate({ body }: HeatRequest): HeatResponse {
    const { name, design } = newStackIn(body, (one) => this.#byName(one) !== undefined)
    const stack = this.#engine.newStack(name, design)
    const resources = previewedResources(stack, design, this.#place.context)
    return ok({ stack: { ...describeStack(stack, 'false', this.#place), resources } })
  }

  /** https://docs.openstack.org/api-ref/orchestration/v1/#preview-stack-update */
  #previewUpdate(stack: SandboxHeatStack, request: HeatRequest): HeatResponse {
    const showsNested = request.query.get('show_nested')?.toLowerCase() === 'true'
    const { context } = this.#place
    const changes = resourceChanges(stack, nextDesign(stack, request), { showsNested, context })
    return { status: 200, body: { resource_changes: { ...changes } } }
  }

  /** https://docs.openstack.org/api-ref/orchestration/v1/#update-stack */
  #update(stack: SandboxHeatStack, request: HeatRequest): HeatResponse {
    const { body } = request
    const design = nextDesign(stack, request)
    const tags = tagsIn(body)
    if (!isPartialUpdate(request) || body['tags'] !== undefined) stack.tags = tags
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
    return startAction(action, stack, this.#before.get(stack), this.#engine)
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
      .flatMap((stack) => [...withNested(stack, 10), ...formerWithin(stack)])
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
