import * as v from 'valibot'
import type { Clock } from '../../platform/clock.ts'
import type { JsonObject, JsonValue } from '../../platform/json.ts'
import { IssuedTokens } from '../issued-tokens.ts'

export interface SandboxUser {
  readonly name: string
  readonly password: string
  readonly projectId: string
  readonly projectName: string
  readonly applicationCredentialId: string
  readonly applicationCredentialSecret: string
}

const domain = v.union([v.object({ id: v.string() }), v.object({ name: v.string() })])

/** What names a user or a project: its id, or its name and its domain. */
const inDomain = { id: v.optional(v.string()), name: v.optional(v.string()), domain: v.optional(domain) }

const requestSchema = v.object({
  auth: v.object({
    identity: v.object({
      methods: v.array(v.string()),
      password: v.optional(
        v.object({
          user: v.object({ ...inDomain, password: v.string() }),
        }),
      ),
      token: v.optional(v.object({ id: v.string() })),
      application_credential: v.optional(
        v.object({
          id: v.optional(v.string()),
          name: v.optional(v.string()),
          secret: v.string(),
          user: v.optional(v.unknown()),
        }),
      ),
    }),
    scope: v.optional(
      v.object({
        project: v.object(inDomain),
      }),
    ),
  }),
})

type Auth = v.InferOutput<typeof requestSchema>['auth']

/** The part of Keystone v3 that a client of Heat uses. https://docs.openstack.org/api-ref/identity/v3/ */
export class SandboxKeystone {
  readonly #user: SandboxUser
  readonly #catalog: () => JsonValue
  readonly #tokens: IssuedTokens

  constructor(clock: Clock, user: SandboxUser, tokenSeconds: number, catalog: () => JsonValue) {
    this.#user = user
    this.#tokens = new IssuedTokens(clock, 'sandbox-token-of-no-value', tokenSeconds)
    this.#catalog = catalog
  }

  /** `undefined`: 401. Keystone does not say which part of the request is wrong. */
  issue(body: JsonObject): { readonly token: string; readonly body: JsonValue } | undefined {
    const parsed = v.safeParse(requestSchema, body)
    if (!parsed.success || !this.#isKnown(parsed.output.auth) || !this.#mayScope(parsed.output.auth))
      return undefined
    const { token, issuedAt, expiresAt } = this.#tokens.issue()
    const project = {
      id: this.#user.projectId,
      name: this.#user.projectName,
      domain: { id: 'default', name: 'Default' },
    }
    return {
      token,
      body: {
        token: {
          methods: parsed.output.auth.identity.methods,
          issued_at: issuedAt,
          expires_at: expiresAt,
          project,
          catalog: this.#catalog(),
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

  #isKnown({ identity }: Auth): boolean {
    const { password, token, application_credential: credential } = identity
    const user = this.#user
    if (password !== undefined)
      return password.user.name === user.name && password.user.password === user.password
    if (token !== undefined) return this.accepts(token.id)
    if (credential === undefined) return false
    const known = credential.id === user.applicationCredentialId || credential.name === 'sandbox'
    return known && credential.secret === user.applicationCredentialSecret
  }

  #mayScope({ identity, scope }: Auth): boolean {
    if (scope === undefined) return true
    // An application credential belongs to its project. Keystone refuses a scope with it.
    if (identity.application_credential !== undefined) return false
    return scope.project.id === this.#user.projectId || scope.project.name === this.#user.projectName
  }
}
