import type { Clock } from '../../platform/clock.ts'
import { type JsonObject, writeJson } from '../../platform/json.ts'
import { agencyForm, assumeAgency, type AgencySession, type HuaweiAgency } from './agency.ts'
import type { HuaweiIdentity } from './credentials.ts'
import type { HuaweiScope } from './scope.ts'
import { authenticate, projectForm, projectIdIn, projectPath, tokenForm, type HuaweiToken } from './iam.ts'
import type { OperationTokens } from '../http/operation-tokens.ts'
import { inServiceTime } from '../../platform/service-time.ts'
import { refusesTime } from './error.ts'
import { signHuawei, type HuaweiKeys } from './signature.ts'
import { exchange, type Http, type HttpAnswer, type HttpRequest } from '../http/http-exchange.ts'
import { createTokenCache, tokenKey, type CachedToken, type TokenCache } from '../http/token-cache.ts'

/** What one process caches for the next event. */
export interface HuaweiMemory {
  readonly tokens: TokenCache<HuaweiToken>
  /** Ids of projects, which do not change. */
  readonly projects: TokenCache<CachedToken>
  /** Temporary keys of agencies. */
  readonly sessions: TokenCache<AgencySession>
}

export function createHuaweiMemory(): HuaweiMemory {
  return { tokens: createTokenCache(), projects: createTokenCache(), sessions: createTokenCache() }
}

export interface HuaweiClientOptions {
  readonly identity: HuaweiIdentity
  /** The service's address, without a slash at its end. */
  readonly endpoint: string
  readonly http: Http
  readonly clock: Clock
  readonly random: () => number
  readonly memory: HuaweiMemory
  /** The tokens that travel with the operation; absent where nothing is handed off. */
  readonly carried?: OperationTokens | undefined
}

export interface HuaweiCall {
  /** For messages, for example `RFS CreateStack`. */
  readonly action: string
  readonly method: HttpRequest['method']
  /** Percent-encoded, with the query. */
  readonly path: string
  readonly body?: JsonObject
  /** The scope of the call: a project, or the whole account where its id is known. */
  readonly scope: 'project' | 'account'
}

/** A project's id never changes, so it needs no expiry. */
const PROJECT_LIFETIME_MS = 24 * 3_600_000

/**
 * Sends one request to a service of Huawei Cloud, signed or with a user's token, and returns its answer with any
 * status.
 */
export class HuaweiClient {
  readonly #options: HuaweiClientOptions
  /** Of projects. */
  readonly #key: string
  /** An agency's keys are the same for all projects. */
  readonly #sessionKey: string

  constructor(options: HuaweiClientOptions) {
    this.#options = options
    const { identity, http } = options
    this.#key = tokenKey(identity, http.tls)
    const { credentials, iam, agency, ownDomain } = identity
    this.#sessionKey = tokenKey({ credentials, iam, agency, ownDomain }, http.tls)
  }

  /** A token is the same whether its project was asked for by name or by its id, which only a stack's id tells. */
  #tokenKeyOf(project: Pick<HuaweiIdentity, 'projectId' | 'projectName'>): string {
    const { projectId, projectName } = project
    const { credentials, iam, region, agency, ownDomain } = this.#options.identity
    const of = projectId === undefined ? { name: projectName ?? region } : { id: projectId }
    return tokenKey(
      { credentials, iam, ownDomain, of: agency === undefined ? of : 'account' },
      this.#options.http.tls,
    )
  }

  get region(): string {
    return this.#options.identity.region
  }

  /** The project of the credentials, or the one that the properties name. */
  async projectId(): Promise<string> {
    const { identity } = this.#options
    if (identity.projectId !== undefined) return identity.projectId
    if (identity.credentials.by === 'password' && identity.agency === undefined)
      return (await this.#token()).projectId
    return this.#lookUpProject(identity.projectName ?? identity.region)
  }

  /** The scope of calls for the whole account. */
  async accountScope(): Promise<HuaweiScope> {
    const { domainId, projectId } = this.#options.identity
    return domainId !== undefined && projectId === undefined
      ? { of: 'domain', domainId }
      : { of: 'project', projectId: await this.projectId() }
  }

  async call({ scope, path, ...call }: HuaweiCall): Promise<HttpAnswer> {
    const { endpoint, random } = this.#options
    return this.#send({ ...call, url: `${endpoint}${path}` }, async () => ({
      'client-request-id': requestId(random),
      // Without it the messages are in Chinese.
      'x-language': 'en-us',
      ...(await this.#scopeHeader(scope)),
    }))
  }

  /** Sends a request with the agency's temporary keys, or else with the credentials themselves. */
  async #send(
    asked: Omit<HttpRequest, 'headers'>,
    headersOf: () => Promise<Record<string, string>>,
  ): Promise<HttpAnswer> {
    const { identity, memory } = this.#options
    const { agency } = identity
    const headers = await headersOf()
    if (agency === undefined) return this.#sendAsSelf(asked, headers)
    const send = async (session: AgencySession) => this.#sendSigned(asked, headers, session.keys)
    const session = await this.#session(agency)
    const answer = await send(session)
    if (answer.status !== 401) return answer
    // As a token's: see below.
    memory.sessions.forget(this.#sessionKey, session, this.#options.carried)
    return send(await this.#session(agency))
  }

  /**
   * A token can be revoked, or expire earlier by the cloud's clock than by ours. Then the call is retried with one new
   * token.
   */
  async #sendAsSelf(
    asked: Omit<HttpRequest, 'headers'>,
    headers: Record<string, string>,
  ): Promise<HttpAnswer> {
    const { http, identity, memory } = this.#options
    const { credentials } = identity
    switch (credentials.by) {
      case 'keys':
        return this.#sendSigned(asked, headers, credentials.keys)
      case 'token':
        return exchange(http, { ...asked, headers: { ...headers, 'x-auth-token': credentials.token } })
      case 'password': {
        const token = await this.#token()
        const answer = await exchange(http, {
          ...asked,
          headers: { ...headers, 'x-auth-token': token.value },
        })
        if (answer.status !== 401) return answer
        for (const key of this.#tokenKeysOf(token)) memory.tokens.forget(key, token, this.#options.carried)
        const renewed = await this.#token()
        return exchange(http, { ...asked, headers: { ...headers, 'x-auth-token': renewed.value } })
      }
    }
  }

  #sendSigned(
    asked: Omit<HttpRequest, 'headers'>,
    headers: Record<string, string>,
    keys: HuaweiKeys,
  ): Promise<HttpAnswer> {
    const { http, clock } = this.#options
    const { method, body } = asked
    const url = new URL(asked.url)
    const typed = body === undefined ? headers : { ...headers, 'content-type': 'application/json' }
    const text = body === undefined ? '' : writeJson(body)
    return inServiceTime({
      network: http.network,
      clock,
      service: url.host,
      send: (now) =>
        exchange(http, {
          ...asked,
          headers: signHuawei({ method, url, headers: typed, body: text }, keys, now),
        }),
      refusedAt: (answer) => (refusesTime(answer) ? answer.header('date') : undefined),
    })
  }

  async #session(agency: HuaweiAgency): Promise<AgencySession> {
    const { memory, identity, http, clock } = this.#options
    const ownId = identity.ownDomain?.['id']
    // Signed with keys, the request is one of the account where its id is known.
    const scope: Record<string, string> =
      identity.credentials.by === 'keys' && typeof ownId === 'string' ? { 'x-domain-id': ownId } : {}
    const issue = () =>
      assumeAgency(agency, identity.iam.url, (asked) => this.#sendAsSelf(asked, scope), {
        secrets: http.secrets,
        clock,
      })
    const carrying = { form: agencyForm, tokens: this.#options.carried }
    const session = await memory.sessions.get(this.#sessionKey, issue, clock, carrying)
    // They may have been issued for an earlier event, so this event's secrets may not contain them.
    for (const secret of [session.keys.secretKey, session.keys.securityToken ?? '']) http.secrets.add(secret)
    return session
  }

  async #scopeHeader(scope: HuaweiCall['scope']): Promise<Record<string, string>> {
    const whose = scope === 'account' ? await this.accountScope() : undefined
    if (whose?.of === 'domain') return { 'x-domain-id': whose.domainId }
    return { 'x-project-id': await this.projectId() }
  }

  async #lookUpProject(name: string): Promise<string> {
    const { memory, http, identity, clock } = this.#options
    const issue = async (): Promise<CachedToken> => {
      const url = `${identity.iam.url}${projectPath(name)}`
      const scope = identity.domainId === undefined ? {} : { 'x-domain-id': identity.domainId }
      const answer = await this.#send({ action: 'IAM project list', method: 'GET', url }, () =>
        Promise.resolve(scope),
      )
      const issuedAt = clock.now()
      return { value: projectIdIn(answer, name, http), issuedAt, expiresAt: issuedAt + PROJECT_LIFETIME_MS }
    }
    const carrying = { form: projectForm, tokens: this.#options.carried }
    return (await memory.projects.get(`${this.#key} ${name}`, issue, clock, carrying)).value
  }

  async #token(): Promise<HuaweiToken> {
    const { memory, identity, http, clock, carried } = this.#options
    const carrying = { form: tokenForm, tokens: carried }
    const issue = () => authenticate(identity, http, clock)
    const token = await memory.tokens.get(this.#tokenKeyOf(identity), issue, clock, carrying)
    // A hop knows the project by the id of its stack.
    for (const key of this.#tokenKeysOf(token))
      await memory.tokens.get(key, () => Promise.resolve(token), clock, carrying)
    // The token may have been issued for an earlier event, so this event's secrets may not contain it.
    http.secrets.add(token.value)
    return token
  }

  /** All keys under which the token is known. */
  #tokenKeysOf({ projectId }: HuaweiToken): readonly string[] {
    const { identity } = this.#options
    return [
      ...new Set([
        this.#tokenKeyOf(identity),
        ...(projectId === '' ? [] : [this.#tokenKeyOf({ ...identity, projectId })]),
      ]),
    ]
  }
}

/** A UUID of version 4, by which Huawei's support finds the request. It does not mark a repeated request. */
function requestId(random: () => number): string {
  const digit = (values: number, first = 0) => (first + Math.floor(random() * values)).toString(16)
  return 'xxxxxxxx-xxxx-4xxx-yxxx-xxxxxxxxxxxx'.replaceAll(/[xy]/g, (place) =>
    place === 'x' ? digit(16) : digit(4, 8),
  )
}
