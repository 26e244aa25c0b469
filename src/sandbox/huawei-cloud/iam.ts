import * as v from 'valibot'
import type { Clock } from '../../platform/clock.ts'
import type { JsonObject, JsonValue } from '../../platform/json.ts'
import { IssuedTokens } from '../issued-tokens.ts'

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
    scope: v.object({
      project: v.union([v.object({ id: v.string() }), v.object({ name: v.string() })]),
    }),
  }),
})

/** The part of IAM that a client of RFS uses. https://support.huaweicloud.com/intl/en-us/api-iam/iam_30_0001.html */
export class SandboxIam {
  readonly #user: SandboxHuaweiUser
  readonly #tokens: IssuedTokens

  constructor(clock: Clock, user: SandboxHuaweiUser, tokenSeconds: number) {
    this.#user = user
    this.#tokens = new IssuedTokens(clock, 'sandbox-iam-token-of-no-value', tokenSeconds)
  }

  /** `undefined`: 401. IAM does not tell which part of the request is wrong. */
  issue(body: JsonObject): { readonly token: string; readonly body: JsonValue } | undefined {
    const parsed = v.safeParse(requestSchema, body)
    if (!parsed.success) return undefined
    const { identity, scope } = parsed.output.auth
    const { user } = identity.password
    const domain = 'name' in user.domain ? user.domain.name : user.domain.id
    const project = 'name' in scope.project ? scope.project.name : scope.project.id
    const isKnown =
      user.name === this.#user.name &&
      user.password === this.#user.password &&
      [this.#user.domainName, this.#user.domainId].includes(domain) &&
      [this.#user.projectName, this.#user.projectId].includes(project)
    if (!isKnown) return undefined
    const { token, issuedAt, expiresAt } = this.#tokens.issue()
    return {
      token,
      body: {
        token: {
          methods: ['password'],
          issued_at: issuedAt,
          expires_at: expiresAt,
          project: { id: this.#user.projectId, name: this.#user.projectName },
        },
      },
    }
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
