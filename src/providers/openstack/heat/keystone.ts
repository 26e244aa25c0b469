import * as v from 'valibot'
import type { Clock, EpochMs } from '../../../platform/clock.ts'
import { CloudError } from '../../provider.ts'
import { faultOf, toCloudError } from './cloud-error.ts'
import { cachedTokenEntries, type TokenForm } from '../../http/token-cache.ts'
import type { Credentials } from './credentials.ts'
import { PROJECT_ID } from './stack-id.ts'
import { exchange, type Http, type HttpAnswer } from '../../http/http-exchange.ts'
import { withoutTrailingSlashes } from '../../../platform/trailing-slashes.ts'

/** A token, its expiry and the address of Heat that it opens. */
export interface Token {
  readonly value: string
  readonly projectId: string
  /** Heat's services of the catalogue. */
  readonly catalog: readonly Service[]
  readonly issuedAt: EpochMs
  readonly expiresAt: EpochMs
}

const catalogSchema = v.array(
  v.object({
    type: v.string(),
    endpoints: v.array(
      v.object({
        interface: v.string(),
        region: v.nullish(v.string()),
        region_id: v.nullish(v.string()),
        url: v.string(),
      }),
    ),
  }),
)

export type Service = v.InferOutput<typeof catalogSchema>[number]

export const tokenForm: TokenForm<Token> = {
  schema: v.object({ ...cachedTokenEntries, projectId: v.string(), catalog: catalogSchema }),
  write: ({ value, projectId, catalog, issuedAt, expiresAt }) => ({
    value,
    projectId,
    catalog: catalog.map(({ type, endpoints }) => ({
      type,
      endpoints: endpoints.map((endpoint) => ({
        interface: endpoint.interface,
        region: endpoint.region ?? null,
        region_id: endpoint.region_id ?? null,
        url: endpoint.url,
      })),
    })),
    issuedAt,
    expiresAt,
  }),
  secretsOf: ({ value }) => [value],
}

const tokenSchema = v.object({
  token: v.object({
    issued_at: v.string(),
    expires_at: v.string(),
    project: v.optional(v.object({ id: v.pipe(v.string(), v.regex(PROJECT_ID)) })),
    catalog: v.optional(catalogSchema),
  }),
})

const ACTION = 'Keystone authentication'

/**
 * Requests a token from Keystone, and keeps those services of its catalogue that `isKept`. Throws a `CloudError`, `denied` where Keystone refuses the credentials.
 * https://docs.openstack.org/api-ref/identity/v3/#password-authentication-with-scoped-authorization
 */
export async function authenticate(
  credentials: Credentials,
  http: Http,
  clock: Clock,
  isKept = isHeat,
): Promise<Token> {
  const { authUrl, identity, scope } = credentials
  const answer = await exchange(http, {
    action: ACTION,
    method: 'POST',
    url: `${authUrl}/auth/tokens`,
    headers: {},
    body: { auth: { identity, ...(scope === undefined ? {} : { scope }) } },
  })
  const value = answer.header('x-subject-token')
  if (answer.status !== 201 || value === undefined) throw refusal(answer, http)
  http.secrets.add(value)
  const parsed = v.safeParse(tokenSchema, answer.json)
  if (!parsed.success)
    throw new CloudError('unavailable', `${ACTION}: the answer is not a token of Keystone v3`)
  const { token } = parsed.output
  if (token.project === undefined)
    throw new CloudError(
      'denied',
      `${ACTION}: the token is for no project, and a stack belongs to one: give Auth.ProjectId, or Auth.ProjectName with its domain`,
    )
  // Only the time span is used, since the cloud's clock may differ from ours.
  const lifetime = Date.parse(token.expires_at) - Date.parse(token.issued_at)
  const issuedAt = clock.now()
  return {
    value,
    projectId: token.project.id,
    catalog: token.catalog?.filter(isKept) ?? [],
    issuedAt,
    expiresAt: issuedAt + (Number.isFinite(lifetime) ? lifetime : 0),
  }
}

function refusal(answer: HttpAnswer, { secrets }: Http): CloudError {
  const fault = faultOf(answer)
  if (fault === undefined && (answer.status < 400 || answer.status === 404 || answer.status === 405))
    return new CloudError(
      'unavailable',
      `${ACTION}: HTTP ${String(answer.status)}: there is no Keystone v3 at this address: check Auth.AuthUrl`,
      { lasting: true },
    )
  // Keystone answers 404 to a token that it cannot parse, and the same 401 to everything else.
  if (fault !== undefined && [401, 403, 404].includes(answer.status))
    return new CloudError(
      'denied',
      secrets.mask(
        `${ACTION}: HTTP ${String(answer.status)}: ${fault.message} ` +
          'Check user, password or secret, project, and the domains of user and project',
      ),
    )
  return toCloudError(answer, ACTION, secrets)
}

export interface EndpointChoice {
  /** The properties' endpoint, which replaces the catalogue's. */
  readonly endpoint: string | undefined
  readonly regionName: string | undefined
  readonly interface: string
}

/**
 * The address of Heat's API in the token's project, such as `https://heat.example/v1/<project>`; without a slash at the
 * end.
 */
export function heatEndpoint({ catalog, projectId }: Token, choice: EndpointChoice): string {
  return withProject(choice.endpoint ?? fromCatalog(catalog, HEAT, choice), projectId)
}

/** The endpoint that the catalogue has for a type of service. Throws a `CloudError` where it has none. */
export function fromCatalog(catalog: readonly Service[], type: string, choice: EndpointChoice): string {
  const endpoints = catalog.filter((service) => service.type === type).flatMap((service) => service.endpoints)
  const desired = endpoints.find(
    (endpoint) =>
      endpoint.interface === choice.interface &&
      (choice.regionName === undefined || [endpoint.region_id, endpoint.region].includes(choice.regionName)),
  )
  if (desired !== undefined) return desired.url
  const known = endpoints.map(
    (endpoint) => `${endpoint.region_id ?? endpoint.region ?? '?'} ${endpoint.interface}`,
  )
  throw new CloudError(
    'rejected',
    `The cloud's catalogue has no ${choice.interface} endpoint of the service type ${type}` +
      (choice.regionName === undefined ? '' : ` in the region ${choice.regionName}`) +
      (known.length === 0 ? ', and no other' : `; it has: ${[...new Set(known)].join(', ')}`) +
      '. Check RegionName and Interface, or give Endpoint',
  )
}

/** The type `cloudformation` is Heat too, but with another API. */
const HEAT = 'orchestration'

function isHeat({ type }: Pick<Service, 'type'>): boolean {
  return type === HEAT
}

function withProject(url: string, projectId: string): string {
  const bare = withoutTrailingSlashes(url)
  if (/\/v1\/[^/]+$/.test(bare)) return bare
  return bare.endsWith('/v1') ? `${bare}/${projectId}` : `${bare}/v1/${projectId}`
}
