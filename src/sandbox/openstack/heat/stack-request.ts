import { isJsonObject, type JsonObject } from '../../../platform/json.ts'
import { badRequest, HeatFault, noStack } from '../fault.ts'
import { environmentOf, type HeatEnvironment } from './environment.ts'
import type { HeatRequest } from './heat-http.ts'
import { designOf, isDeleted, type Design, type SandboxHeatStack } from './stack.ts'

const NAME = /^[a-zA-Z][a-zA-Z0-9_.-]{0,254}$/
const LONGEST_TAG = 80

/** The name, the tags and the design of a stack that is created. Throws `HeatFault`. */
export interface NewStack {
  readonly name: string
  readonly tags: readonly string[]
  readonly design: Design
}

/** `exists`: whether there is a stack of that name. */
export function newStackIn(body: JsonObject, exists: (name: string) => boolean): NewStack {
  const name = nameIn(body)
  if (name === '') throw badRequest('No stack name specified')
  const tags = tagsIn(body)
  const design = designOf(body['template'] ?? null, filesIn(body), environmentOf(body))
  if (!NAME.test(name))
    throw new HeatFault(
      400,
      'StackValidationFailed',
      `Invalid stack name ${name} must contain only alphanumeric or "_-." characters, must start with alpha and must be 255 characters or less.`,
    )
  if (exists(name)) throw new HeatFault(409, 'StackExists', `The Stack (${name}) already exists.`)
  return { name, tags, design }
}

/** The design to which a request updates the stack. Throws `HeatFault`. */
export function nextDesign(stack: SandboxHeatStack, request: HeatRequest): Design {
  const { body } = request
  if (isDeleted(stack)) throw noStack(stack.name)
  if (stack.action === 'DELETE')
    throw new HeatFault(400, 'NotSupported', 'Updating a stack when it is deleting is not supported.')
  const isPartial = isPartialUpdate(request)
  const template = body['template'] ?? (isPartial ? stack.design.source : undefined)
  if (template === undefined || template === null) throw badRequest('No template specified')
  const files = isPartial ? { ...stack.design.files, ...filesIn(body) } : filesIn(body)
  const given = environmentOf({ ...body, files })
  return designOf(template, files, isPartial ? added(stack.design.environment, given) : given)
}

/** Keeps what the request does not name. */
export function isPartialUpdate({ method, body }: HeatRequest): boolean {
  return method === 'PATCH' || body['existing'] === true
}

function added(before: HeatEnvironment, given: HeatEnvironment): HeatEnvironment {
  return {
    parameters: { ...before.parameters, ...given.parameters },
    parameterDefaults: { ...before.parameterDefaults, ...given.parameterDefaults },
    registry: { ...before.registry, ...given.registry },
    optional: [...before.optional, ...given.optional],
  }
}

function nameIn({ stack_name: name }: JsonObject): string {
  return typeof name === 'string' ? name : ''
}

export function tagsIn({ tags }: JsonObject): string[] {
  if (tags === undefined || tags === null || tags === '') return []
  if (typeof tags !== 'string') throw badRequest('Invalid tags, expecting comma-delimited list')
  const list = tags.split(',').map((tag) => tag.trim())
  const long = list.find((tag) => tag.length > LONGEST_TAG)
  if (long !== undefined) throw badRequest(`Invalid tag, "${long}" is longer than 80 characters`)
  return list
}

export function filesIn({ files = null }: JsonObject): JsonObject {
  return isJsonObject(files) ? files : {}
}
