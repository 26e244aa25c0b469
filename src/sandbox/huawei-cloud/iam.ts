import * as v from 'valibot'
import type { Clock, EpochMs } from '../../platform/clock.ts'
import type { JsonObject, JsonValue } from '../../platform/json.ts'
import { IssuedTokens } from '../issued-tokens.ts'
import { HuaweiFault } from './fault.ts'
import type { SandboxKeys } from './signature.ts'

export interface SandboxHuaweiUser {
  readonly name: string
  readonly password: string
  readonly domainName: string
  readonly domainId: string
  readonly projectId: string
  /** The project of a region is named after the region. */
  readonly projectName: string
}

const requestSchema = v.object({
  auth: v.object({
    identity: v.object({
      methods: v.tuple([v.literal('password')]),
      password: v.object({
        user: v.object({
          name: v.string(),
          password: v.string(),
          domain: v.union([v.object({ name: v.string() }), v.object({ id: v.string() })]),
        }),
      }),
    }),
    scope: v.union([
      v.strictObject({
        project: v.union([v.object({ id: v.string() }), v.object({ name: v.string() })]),
      }),
      v.strictObject({
        domain: v.union([v.object({ id: v.string() }), v.object({ name: v.string() })]),
      }),
    ]),
  }),
})

/** https://support.huaweicloud.com/intl/en-us/api-iam/iam_04_0101.html */
const agencySchema = v.strictObject({
  auth: v.strictObject({
    identity: v.strictObject({
      methods: v.tuple([v.literal('assume_role')]),
      assume_role: v.strictObject({
        agency_name: v.string(),
        domain_name: v.optional(v.string()),
        domain_id: v.optional(v.string()),
        duration_seconds: v.optional(v.pipe(v.number(), v.integer(), v.minValue(900), v.maxValue(86_400))),
      }),
    }),
  }),
})

/** The one agency that trusts the embedded account. */
export const SANDBOX_AGENCY = {
  name: 'stackbridge-agency',
  domainName: 'delegating-domain',
  domainId: 'd'.repeat(32),
}

/** Temporary keys, and the answer that contains them. */
export interface IssuedAgencyKeys {
  readonly keys: SandboxKeys & { readonly expiresAt: EpochMs }
  readonly body: JsonValue
}

/** The part of IAM that a client of RFS uses. https://support.huaweicloud.com/intl/en-us/api-iam/iam_30_0001.html */
export class SandboxIam {
  readonly #user: SandboxHuaweiUser
  readonly #tokens: IssuedTokens
  readonly #clock: Clock
  #sessions = 0

  constructor(clock: Clock, user: SandboxHuaweiUser, tokenSeconds: number) {
    this.#clock = clock
    this.#user = user
    this.#tokens = new IssuedTokens(clock, 'sandbox-iam-token-of-no-value', tokenSeconds)
  }

  /** `undefined`: 401. IAM does not say which part of the request is wrong. */
  issue(body: JsonObject): { readonly token: string; readonly body: JsonValue } | undefined {
    const parsed = v.safeParse(requestSchema, body)
    if (!parsed.success) return undefined
    const { identity, scope } = parsed.output.auth
    const { user } = identity.password
    const domain = 'name' in user.domain ? user.domain.name : user.domain.id
    const isOfAccount = 'domain' in scope
    const place = isOfAccount ? scope.domain : scope.project
    const placeName = 'name' in place ? place.name : place.id
    const places = isOfAccount
      ? [this.#user.domainName, this.#user.domainId]
      : [this.#user.projectName, this.#user.projectId]
    const isKnown =
      user.name === this.#user.name &&
      user.password === this.#user.password &&
      [this.#user.domainName, this.#user.domainId].includes(domain) &&
      places.includes(placeName)
    if (!isKnown) return undefined
    const { token, issuedAt, expiresAt } = this.#tokens.issue()
    return {
      token,
      body: {
        token: {
          methods: ['password'],
          issued_at: issuedAt,
          expires_at: expiresAt,
          ...(isOfAccount
            ? { domain: { id: this.#user.domainId, name: this.#user.domainName } }
            : { project: { id: this.#user.projectId, name: this.#user.projectName } }),
        },
      },
    }
  }

  /** Temporary keys of the agency. Throws `HuaweiFault`: 400 for another form, 403 for another agency. */
  assumeRole(body: JsonObject): IssuedAgencyKeys {
    const parsed = v.safeParse(agencySchema, body)
    if (!parsed.success) throw new HuaweiFault(400, '1100', 'Request parameter is invalid')
    const {
      agency_name,
      domain_name,
      domain_id,
      duration_seconds = 900,
    } = parsed.output.auth.identity.assume_role
    const isTrusted =
      agency_name === SANDBOX_AGENCY.name &&
      (domain_id ?? SANDBOX_AGENCY.domainId) === SANDBOX_AGENCY.domainId &&
      (domain_name ?? SANDBOX_AGENCY.domainName) === SANDBOX_AGENCY.domainName &&
      (domain_name ?? domain_id) !== undefined
    if (!isTrusted) throw new HuaweiFault(403, '1108', 'You are not allowed to assume the agency')
    this.#sessions += 1
    const number = String(this.#sessions).padStart(4, '0')
    const expiresAt = this.#clock.now() + duration_seconds * 1000
    const keys = {
      accessKey: `SANDBOXAGENCYKEY${number}`,
      secretKey: `sandbox-agency-secret-of-no-value-${number}`,
      securityToken: `sandbox-agency-token-of-no-value-${number}`,
      expiresAt,
    }
    const credential = {
      access: keys.accessKey,
      secret: keys.secretKey,
      securitytoken: keys.securityToken,
      expires_at: new Date(expiresAt).toISOString(),
    }
    return { keys, body: { credential } }
  }

  accepts(token: string): boolean {
    return this.#tokens.accepts(token)
  }

  /** As an administrator can do at any time. */
  revokeAll(): void {
    this.#tokens.revokeAll()
  }

  projects(name: string | null): JsonValue {
    const { projectId, projectName, domainId } = this.#user
    const project = { id: projectId, name: projectName, domain_id: domainId, enabled: true }
    return { projects: name === null || name === projectName ? [project] : [], links: {} }
  }
}
