import * as v from 'valibot'
import type { Clock, EpochMs } from '../../platform/clock.ts'
import type { JsonObject, JsonValue } from '../../platform/json.ts'

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
  readonly #clock: Clock
  readonly #user: SandboxHuaweiUser
  readonly #tokenSeconds: number
  readonly #tokens = new Map<string, EpochMs>()
  #count = 0

  constructor(clock: Clock, user: SandboxHuaweiUser, tokenSeconds: number) {
    this.#clock = clock
    this.#user = user
    this.#tokenSeconds = tokenSeconds
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
    this.#count += 1
    const token = `sandbox-iam-token-of-no-value-${String(this.#count).padStart(6, '0')}`
    const now = this.#clock.now()
    const expiresAt = now + this.#tokenSeconds * 1000
    this.#tokens.set(token, expiresAt)
    return {
      token,
      body: {
        token: {
          methods: ['password'],
          issued_at: new Date(now).toISOString(),
          expires_at: new Date(expiresAt).toISOString(),
          project: { id: this.#user.projectId, name: this.#user.projectName },
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

  projects(name: string | null): JsonValue {
    const { projectId, projectName, domainId } = this.#user
    const project = { id: projectId, name: projectName, domain_id: domainId, enabled: true }
    return { projects: name === null || name === projectName ? [project] : [], links: {} }
  }
}
