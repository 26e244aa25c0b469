import * as v from 'valibot'
import type { Clock, EpochMs } from '../../platform/clock.ts'
import type { JsonObject, JsonValue } from '../../platform/json.ts'

export interface SandboxUser {
  readonly name: string
  readonly password: string
  readonly projectId: string
  readonly projectName: string
  readonly applicationCredentialId: string
  readonly applicationCredentialSecret: string
}

const domain = v.union([v.object({ id: v.string() }), v.object({ name: v.string() })])

const requestSchema = v.object({
  auth: v.object({
    identity: v.object({
      methods: v.array(v.string()),
      password: v.optional(
        v.object({
          user: v.object({
            name: v.optional(v.string()),
            id: v.optional(v.string()),
            domain: v.optional(domain),
            password: v.string(),
          }),
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
        project: v.object({
          id: v.optional(v.string()),
          name: v.optional(v.string()),
          domain: v.optional(domain),
        }),
      }),
    ),
  }),
})

type Auth = v.InferOutput<typeof requestSchema>['auth']

/** The part of Keystone v3 that a client of Heat uses. https://docs.openstack.org/api-ref/identity/v3/ */
export class SandboxKeystone {
  readonly #clock: Clock
  readonly #user: SandboxUser
  readonly #tokenSeconds: number
  readonly #catalog: () => JsonValue
  readonly #tokens = new Map<string, EpochMs>()
  #count = 0

  constructor(clock: Clock, user: SandboxUser, tokenSeconds: number, catalog: () => JsonValue) {
    this.#clock = clock
    this.#user = user
    this.#tokenSeconds = tokenSeconds
    this.#catalog = catalog
  }

  /** `undefined`: 401. Keystone does not tell which part of the request is wrong. */
  issue(body: JsonObject): { readonly token: string; readonly body: JsonValue } | undefined {
    const parsed = v.safeParse(requestSchema, body)
    if (!parsed.success || !this.#knows(parsed.output.auth) || !this.#mayScope(parsed.output.auth))
      return undefined
    this.#count += 1
    const token = `sandbox-token-of-no-value-${String(this.#count).padStart(6, '0')}`
    const now = this.#clock.now()
    const expiresAt = now + this.#tokenSeconds * 1000
    this.#tokens.set(token, expiresAt)
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
          issued_at: new Date(now).toISOString(),
          expires_at: new Date(expiresAt).toISOString(),
          project,
          catalog: this.#catalog(),
        },
      },
    }
  }

  accepts(token: string): boolean {
    const expiresAt = this.#tokens.get(token)
    return expiresAt !== undefined && expiresAt > this.#clock.now()
  }

  /** As an administrator can do at any time. */
  revokeAll(): void {
    this.#tokens.clear()
  }

  #knows({ identity }: Auth): boolean {
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
