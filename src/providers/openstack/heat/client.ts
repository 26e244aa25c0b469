import * as v from 'valibot'
import type { Clock } from '../../../platform/clock.ts'
import type { JsonObject } from '../../../platform/json.ts'
import { CloudError } from '../../provider.ts'
import type { PropertyProblem } from '../../properties/property-problem.ts'
import { isMissing, isPartMissing, isUnexplainedRefusal, lacksTrust, toCloudError } from './cloud-error.ts'
import type { Credentials } from './credentials.ts'
import { exchange, type Http, type HttpAnswer, type HttpRequest } from '../../http/http-exchange.ts'
import { authenticate, heatEndpoint, tokenForm, type EndpointChoice, type Token } from './keystone.ts'
import {
  changesSchema,
  eventSchema,
  previewedSchema,
  resourceSchema,
  stackSchema,
  type HeatEvent,
  type HeatResource,
  type HeatStack,
  type PreviewedResource,
  type ResourceChanges,
} from './response-schemas.ts'
import type { HeatStackId } from './stack-id.ts'
import type { OperationTokens } from '../../http/operation-tokens.ts'
import { tokenKey, type TokenCache } from '../../http/token-cache.ts'

/** The depth to which nested stacks are read. */
export const DEEPEST_NESTING = 5

export interface HeatClientOptions {
  readonly credentials: Credentials
  readonly choice: EndpointChoice
  readonly http: Http
  readonly clock: Clock
  readonly tokens: TokenCache<Token>
  /** Those that travel with the operation; absent where nothing is handed off. */
  readonly carried?: OperationTokens | undefined
  /**
   * Why the URL, which only the catalogue names, must not be called with the certificates that the properties trust;
   * empty if it may be.
   */
  readonly trusting: (url: string) => readonly PropertyProblem[]
}

export type NameAndId = Pick<HeatStackId, 'name' | 'id'>
interface Accepting {
  readonly done?: number
  readonly known?: readonly number[]
}
type Call = Omit<HttpRequest, 'url' | 'headers'> & { readonly path: string }

/**
 * The part of Heat's native API that the provider needs. Makes each call once and checks its answer. Expected errors
 * are returned as answers; all others are thrown as `CloudError`.
 * https://docs.openstack.org/api-ref/orchestration/v1/
 */
export class HeatClient {
  readonly #options: HeatClientOptions
  readonly #key: string
  #outages = 0

  constructor(options: HeatClientOptions) {
    this.#options = options
    this.#key = tokenKey(options.credentials, options.http.tls)
  }

  /** For a diagnosis, which calls other services with the same credentials. */
  get options(): HeatClientOptions {
    return this.#options
  }

  /** How many calls failed because Heat did not answer, or answered with an internal error. */
  get outages(): number {
    return this.#outages
  }

  /** The project of the credentials. */
  async projectId(): Promise<string> {
    return (await this.#token()).projectId
  }

  /** Heat's address; throws where the catalogue does not contain it. */
  async endpoint(): Promise<string> {
    return this.#endpointFor(await this.#token())
  }

  #endpointFor(token: Token): string {
    const { choice, trusting } = this.#options
    const endpoint = heatEndpoint(token, choice)
    const [refused] = trusting(endpoint)
    if (refused !== undefined) throw new CloudError('rejected', `${refused.path} ${refused.problem}`)
    return endpoint
  }

  /** The full name and id of the stack of this name, or id; `undefined` where the stack does not exist. */
  async locate(nameOrId: string): Promise<NameAndId | undefined> {
    const action = 'Heat stack find'
    const answer = await this.#call({
      action,
      method: 'GET',
      path: `/stacks/${encodeURIComponent(nameOrId)}`,
    })
    if (isMissing(answer)) return undefined
    if (answer.status !== 301 && answer.status !== 302) throw this.#error(answer, action)
    const found = nameAndIdIn(answer.header('location') ?? '')
    if (found === undefined) throw new CloudError('unavailable', `${action}: the redirect leads to no stack`)
    return found
  }

  /**
   * `undefined` where Heat no longer shows the stack. Outputs cost Heat some work, so they are read only on request.
   */
  async show(stack: NameAndId, { outputs }: { readonly outputs: boolean }): Promise<HeatStack | undefined> {
    const action = 'Heat stack show'
    const path = `${pathOf(stack)}?resolve_outputs=${String(outputs)}`
    const answer = await this.#call({ action, method: 'GET', path })
    if (isMissing(answer)) return undefined
    return this.#parse(v.object({ stack: stackSchema }), answer, action).stack
  }

  /** A deleted stack with the tag. Heat keeps deleted stacks until an operator purges them. */
  async deleted(tag: string): Promise<HeatStack | undefined> {
    const action = 'Heat stack list'
    const query = new URLSearchParams({ show_deleted: 'true', tags: tag })
    const answer = await this.#call({ action, method: 'GET', path: `/stacks?${String(query)}` })
    const { stacks } = this.#parse(v.object({ stacks: v.array(stackSchema) }), answer, action)
    return stacks.find(
      ({ stack_status, tags }) => stack_status === 'DELETE_COMPLETE' && tags?.includes(tag) === true,
    )
  }

  /** Returns the new stack's id, or Heat's refusal. */
  async create(body: JsonObject): Promise<{ readonly id: string } | { readonly refusal: HttpAnswer }> {
    const action = 'Heat stack create'
    const answer = await this.#call({ action, method: 'POST', path: '/stacks', body })
    if (answer.status === 409) return { refusal: answer }
    return this.#parse(v.object({ stack: v.object({ id: v.string() }) }), answer, action).stack
  }

  /**
   * The resources that a creation would make; those of each nested stack are a list of their own. Makes nothing.
   * https://docs.openstack.org/api-ref/orchestration/v1/#preview-stack
   */
  async previewCreate(body: JsonObject): Promise<PreviewedResource[]> {
    const action = 'Heat stack preview'
    const answer = await this.#call({ action, method: 'POST', path: '/stacks/preview', body })
    const schema = v.object({ stack: v.object({ resources: v.array(previewedSchema) }) })
    return this.#parse(schema, answer, action).stack.resources
  }

  /**
   * What an update would do to each resource. Changes nothing. Heat fails to look into nested stacks where one is added that
   * has nested stacks itself: then `nested` is false, and only the outermost stack's resources are told.
   * https://docs.openstack.org/api-ref/orchestration/v1/#preview-stack-update
   */
  async previewUpdate(
    method: 'PUT' | 'PATCH',
    stack: NameAndId,
    body: JsonObject,
  ): Promise<{ readonly changes: ResourceChanges; readonly nested: boolean }> {
    const action = 'Heat stack update preview'
    const path = `${pathOf(stack)}/preview`
    const inside = await this.#call({ action, method, path: `${path}?show_nested=True`, body })
    const nested = !isUnexplainedRefusal(inside)
    const answer = nested ? inside : await this.#call({ action, method, path, body })
    const { resource_changes } = this.#parse(v.object({ resource_changes: changesSchema }), answer, action)
    return { changes: resource_changes, nested }
  }

  /** Throws Heat's error for the template. https://docs.openstack.org/api-ref/orchestration/v1/#validate-template */
  async validate(body: JsonObject): Promise<void> {
    await this.#accept({ action: 'Heat template validate', method: 'POST', path: '/validate', body }, {})
  }

  /** Whether the credentials are an application credential, which most Heats grant less. */
  get isDelegated(): boolean {
    return 'application_credential' in this.#options.credentials.identity
  }

  /** `undefined`: accepted. PATCH keeps what the body does not name. */
  async update(method: 'PUT' | 'PATCH', stack: NameAndId, body: JsonObject): Promise<HttpAnswer | undefined> {
    const call = { action: 'Heat stack update', method, path: pathOf(stack), body }
    return this.#accept(call, { done: 202, known: [404, 409] })
  }

  async delete(stack: NameAndId): Promise<HttpAnswer | undefined> {
    const call = { action: 'Heat stack delete', method: 'DELETE', path: pathOf(stack) } as const
    return this.#accept(call, { done: 204, known: [404, 409] })
  }

  async act(
    stack: NameAndId,
    action: 'cancel_update' | 'cancel_without_rollback',
  ): Promise<HttpAnswer | undefined> {
    const body = { [action]: null }
    const path = `${pathOf(stack)}/actions`
    return this.#accept({ action: `Heat stack ${action}`, method: 'POST', path, body }, { known: [400, 404] })
  }

  /**
   * Checks the resources: an operation of the stack, whose status becomes CHECK_COMPLETE or CHECK_FAILED.
   * https://docs.openstack.org/api-ref/orchestration/v1/#check-stack-resources
   */
  async check(stack: NameAndId): Promise<HttpAnswer | undefined> {
    const path = `${pathOf(stack)}/actions`
    return this.#accept(
      { action: 'Heat stack check', method: 'POST', path, body: { check: null } },
      { known: [404, 409] },
    )
  }

  /** Newest first, at most `limit`, after the event `marker`. Empty for a stack that does not exist. */
  async events(
    stack: NameAndId,
    query: { readonly limit: number; readonly marker?: string; readonly nestedDepth?: number },
  ): Promise<HeatEvent[]> {
    const action = 'Heat event list'
    const parameters = new URLSearchParams({
      limit: String(query.limit),
      ...(query.marker === undefined ? {} : { marker: query.marker }),
      ...(query.nestedDepth === undefined ? {} : { nested_depth: String(query.nestedDepth) }),
    })
    const answer = await this.#call({
      action,
      method: 'GET',
      path: `${pathOf(stack)}/events?${String(parameters)}`,
    })
    if (isMissing(answer)) return []
    return this.#parse(v.object({ events: v.array(eventSchema) }), answer, action).events
  }

  /** One event with its resource's type, which lists omit; `undefined` where the event does not exist any more. */
  async event(stack: NameAndId, event: HeatEvent): Promise<HeatEvent | undefined> {
    const action = 'Heat event show'
    const resource = encodeURIComponent(event.resource_name ?? '')
    const path = `${pathOf(stack)}/resources/${resource}/events/${encodeURIComponent(event.id)}`
    const answer = await this.#call({ action, method: 'GET', path })
    if (isPartMissing(answer)) return undefined
    return this.#parse(v.object({ event: eventSchema }), answer, action).event
  }

  async resources(stack: NameAndId): Promise<HeatResource[]> {
    const action = 'Heat resource list'
    const path = `${pathOf(stack)}/resources?nested_depth=${String(DEEPEST_NESTING)}`
    const answer = await this.#call({ action, method: 'GET', path })
    if (isMissing(answer)) return []
    return this.#parse(v.object({ resources: v.array(resourceSchema) }), answer, action).resources
  }

  /** `done`: the status with which Heat accepts the call; the page of a proxy has another. `known`: those of refusals to return. */
  async #accept(call: Call, { done, known = [] }: Accepting): Promise<HttpAnswer | undefined> {
    const answer = await this.#call(call)
    const isSuccess = answer.status >= 200 && answer.status < 300
    if (answer.status === done || (isSuccess && done === undefined)) return undefined
    if (known.includes(answer.status)) return answer
    throw this.#error(answer, call.action)
  }

  /**
   * A token can be revoked, or expire earlier by the cloud's clock than by ours. Then the call is retried with one new
   * token.
   */
  async #call(call: Call): Promise<HttpAnswer> {
    const token = await this.#token()
    const answer = await this.#send(call, token)
    if (answer.status !== 401) return answer
    this.#options.tokens.forget(this.#key, token, this.#options.carried)
    return this.#send(call, await this.#token())
  }

  async #send({ path, ...call }: Call, token: Token): Promise<HttpAnswer> {
    const { http } = this.#options
    const headers = { 'x-auth-token': token.value }
    const url = `${this.#endpointFor(token)}${path}`
    try {
      const answer = await exchange(http, { ...call, url, headers })
      if (answer.status >= 500) this.#outages += 1
      return answer
    } catch (error) {
      if (error instanceof CloudError && error.kind === 'unavailable') this.#outages += 1
      throw error
    }
  }

  async #token(): Promise<Token> {
    const { tokens, carried, credentials, http, clock } = this.#options
    const issue = () => authenticate(credentials, http, clock)
    const token = await tokens.get(this.#key, issue, clock, { form: tokenForm, tokens: carried })
    // The token may have been issued for an earlier event, so this event's secrets may not contain it.
    http.secrets.add(token.value)
    return token
  }

  #parse<Schema extends v.GenericSchema<unknown, unknown>>(
    schema: Schema,
    answer: HttpAnswer,
    action: string,
  ): v.InferOutput<Schema> {
    if (answer.status < 200 || answer.status >= 300) throw this.#error(answer, action)
    const parsed = v.safeParse(schema, answer.json)
    if (parsed.success) return parsed.output
    throw new CloudError('unavailable', `${action}: the answer is not one of Heat's`, { unreadable: true })
  }

  #error(answer: HttpAnswer, action: string): CloudError {
    const advice = this.isDelegated && lacksTrust(answer) ? NO_TRUST : ''
    return toCloudError(answer, action, this.#options.http.secrets, advice)
  }
}

const NO_TRUST =
  ' A Heat that works with trusts, as most do, cannot create stacks for an application credential, since Keystone gives it no ' +
  'trust: use a user and password'

/**
 * The stack of one of Heat's links. Only name and id are taken: behind a proxy the link's host and scheme may be wrong,
 * and only the endpoint may receive the token.
 */
export function nameAndIdIn(href: string): NameAndId | undefined {
  const [, name, id] = /\/stacks\/([^/?#]+)\/([^/?#]+)/.exec(href) ?? []
  if (name === undefined || id === undefined) return undefined
  try {
    return { name: decodeURIComponent(name), id: decodeURIComponent(id) }
  } catch (error) {
    // Heat never writes an invalid percent-encoding.
    if (error instanceof URIError) return undefined
    throw error
  }
}

function pathOf({ name, id }: NameAndId): string {
  return `/stacks/${encodeURIComponent(name)}/${encodeURIComponent(id)}`
}
