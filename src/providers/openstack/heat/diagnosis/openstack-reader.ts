import * as v from 'valibot'
import { CloudError } from '../../../provider.ts'
import { exchange, type HttpAnswer } from '../../../http/http-exchange.ts'
import { withoutTrailingSlashes } from '../../../../platform/trailing-slashes.ts'
import type { HeatClientOptions, NameAndId } from '../client.ts'
import { authenticate, fromCatalog, heatEndpoint, type Token } from '../keystone.ts'

/** https://docs.openstack.org/api-ref/orchestration/v1/#show-resource-data */
const resourceSchema = v.object({
  resource: v.object({
    resource_type: v.optional(v.string(), '?'),
    physical_resource_id: v.nullish(v.string()),
    resource_status: v.optional(v.string(), '?'),
    resource_status_reason: v.nullish(v.string()),
  }),
})

export type ShownResource = v.InferOutput<typeof resourceSchema>['resource']

/** https://docs.openstack.org/api-ref/compute/#show-server-details */
const serverSchema = v.object({
  server: v.object({
    status: v.optional(v.string(), '?'),
    fault: v.optional(
      v.object({
        code: v.optional(v.number()),
        created: v.optional(v.string(), ''),
        message: v.optional(v.string(), ''),
        /** Only administrators see it. */
        details: v.nullish(v.string()),
      }),
    ),
  }),
})

export type ShownServer = v.InferOutput<typeof serverSchema>['server']

/** A Nova error names its kind: `{"forbidden": {"code": 403, "message": …}}`. https://docs.openstack.org/api-guide/compute/faults.html */
const faultSchema = v.record(v.string(), v.object({ message: v.optional(v.string(), '') }))

const COMPUTE = 'compute'

/** Reads Heat and Nova with a token of its own, whose catalogue has both. The function's tokens hold Heat's part alone. */
export class OpenStackReader {
  readonly #options: HeatClientOptions
  #issued: Promise<Token> | undefined

  constructor(options: HeatClientOptions) {
    this.#options = options
  }

  /** `undefined` where the resource does not exist any more. */
  async resource({ name, id }: NameAndId, resource: string): Promise<ShownResource | undefined> {
    const token = await this.#token()
    const path = ['stacks', name, id, 'resources', resource].map(encodeURIComponent).join('/')
    const url = `${heatEndpoint(token, this.#options.choice)}/${path}`
    const answer = await this.#get('Heat resource show', url, token)
    return answer === undefined
      ? undefined
      : this.#parse(resourceSchema, answer, 'Heat resource show').resource
  }

  /** `undefined` where the server does not exist any more. */
  async server(id: string): Promise<ShownServer | undefined> {
    const token = await this.#token()
    const endpoint = withoutTrailingSlashes(fromCatalog(token.catalog, COMPUTE, this.#options.choice))
    const answer = await this.#get('Nova server show', `${endpoint}/servers/${encodeURIComponent(id)}`, token)
    return answer === undefined ? undefined : this.#parse(serverSchema, answer, 'Nova server show').server
  }

  /** The same rules as for Heat's own address hold for one that only the catalogue names. */
  async #get(action: string, url: string, { value }: Token): Promise<HttpAnswer | undefined> {
    const { http, trusting } = this.#options
    const [refused] = trusting(url)
    if (refused !== undefined) throw new CloudError('rejected', `${refused.path} ${refused.problem}`)
    const answer = await exchange(http, { action, method: 'GET', url, headers: { 'x-auth-token': value } })
    if (answer.status === 404) return undefined
    if (answer.status >= 200 && answer.status < 300) return answer
    const kind = answer.status === 401 || answer.status === 403 ? 'denied' : 'unavailable'
    const message = http.secrets.mask(saidIn(answer))
    throw new CloudError(kind, `${action}: HTTP ${String(answer.status)}: ${message}`)
  }

  #parse<Schema extends v.GenericSchema<unknown, unknown>>(
    schema: Schema,
    { json }: HttpAnswer,
    action: string,
  ): v.InferOutput<Schema> {
    const parsed = v.safeParse(schema, json)
    if (parsed.success) return parsed.output
    throw new CloudError('unavailable', `${action}: the answer is not in a form that is known`)
  }

  #token(): Promise<Token> {
    const { credentials, http, clock } = this.#options
    this.#issued ??= authenticate(credentials, http, clock, ({ type }) => SERVICES.includes(type))
    return this.#issued
  }
}

const SERVICES = ['orchestration', COMPUTE]

function saidIn({ json }: HttpAnswer): string {
  const parsed = v.safeParse(faultSchema, json)
  const [message] = parsed.success ? Object.values(parsed.output).map((fault) => fault.message) : []
  return message === undefined || message === '' ? 'it did not say why' : message
}
