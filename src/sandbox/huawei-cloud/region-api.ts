import type { IncomingMessage } from 'node:http'
import type { Clock } from '../../platform/clock.ts'
import type { JsonObject } from '../../platform/json.ts'
import type { SandboxAosStacks } from './aos-stack/stacks.ts'
import { badRequest, HuaweiFault, unknownApi } from './fault.ts'
import type { SandboxHuaweiUser, SandboxIam } from './iam.ts'
import type { SandboxRfsStackSets } from './rfs-stack-set/stack-sets.ts'
import type { SandboxRfsStacks } from './rfs-stack/stacks.ts'
import type { ServiceAnswer, ServiceCall } from './service-call.ts'
import { verifySignature, type SandboxKeys } from './signature.ts'

export interface SandboxHuaweiRequest {
  readonly method: string
  /** Path and query, as in the request line. */
  readonly url: string
  readonly headers: IncomingMessage['headers']
  readonly body: string
}

/** What answers the requests of one region. */
export interface RegionServices {
  readonly clock: Clock
  readonly user: SandboxHuaweiUser
  readonly iam: SandboxIam
  readonly rfs: SandboxRfsStacks
  readonly aos: SandboxAosStacks
  readonly stackSets: SandboxRfsStackSets
}

/** All APIs of one region that need a token or a signature. */
export class RegionApi {
  readonly #services: RegionServices
  readonly #keys: SandboxKeys[]

  constructor(services: RegionServices, keys: readonly SandboxKeys[]) {
    this.#services = services
    this.#keys = [...keys]
  }

  /** Throws `HuaweiFault` for what the service refuses. */
  answer(request: SandboxHuaweiRequest, body: JsonObject): ServiceAnswer {
    this.#authenticate(request)
    const { method } = request
    const { pathname, searchParams: query } = new URL(request.url, 'http://sandbox')
    const segments = pathname.split('/').slice(1).map(decodeURIComponent)
    const callAfter = (prefix: number): ServiceCall => ({
      method,
      segments: segments.slice(prefix),
      query,
      body,
    })

    if (method === 'POST' && pathname === '/v3.0/OS-CREDENTIAL/securitytokens') return this.#assumeRole(body)
    if (method === 'GET' && pathname === '/v3/projects')
      return { status: 200, body: this.#services.iam.projects(query.get('name')) }
    if (pathname.startsWith('/v1/stack-sets')) return this.#stackSets(request, callAfter(2))
    if (isForAos(request)) return this.#aos(request, callAfter(2))
    const [version, project, kind] = segments
    if (version !== 'v1' || kind !== 'stacks') throw unknownApi()
    return this.#rfs(request, project, callAfter(3))
  }

  /** By the token of IAM, or by a signature with one of the keys. */
  #authenticate(request: SandboxHuaweiRequest): void {
    const token = request.headers['x-auth-token']
    if (typeof token !== 'string')
      verifySignature({ ...request, body: Buffer.from(request.body) }, this.#keys, this.#services.clock.now())
    else if (!this.#services.iam.accepts(token))
      throw new HuaweiFault(401, 'APIGW.0307', 'The token must be updated')
  }

  #assumeRole(body: JsonObject): ServiceAnswer {
    const issued = this.#services.iam.assumeRole(body)
    this.#keys.push(issued.keys)
    return { status: 201, body: issued.body }
  }

  #stackSets(request: SandboxHuaweiRequest, call: ServiceCall): ServiceAnswer {
    const { projectId, domainId } = this.#services.user
    const { 'x-project-id': project, 'x-domain-id': domain } = request.headers
    if (project !== projectId && domain !== domainId)
      throw new HuaweiFault(403, 'RF.10012507', 'Policy does not allow this account.')
    checkRequestId(request)
    return this.#services.stackSets.answer(call)
  }

  #aos(request: SandboxHuaweiRequest, call: ServiceCall): ServiceAnswer {
    const { projectId } = this.#services.user
    if (request.headers['x-project-id'] !== projectId)
      throw new HuaweiFault(403, '02030403', 'The project is not that of the credentials.')
    return this.#services.aos.answer(call, projectId)
  }

  #rfs(request: SandboxHuaweiRequest, project: string | undefined, call: ServiceCall): ServiceAnswer {
    if (project !== this.#services.user.projectId || request.headers['x-project-id'] !== project)
      throw new HuaweiFault(403, 'RF.10012507', 'Policy does not allow this project.')
    checkRequestId(request)
    return this.#services.rfs.answer(call)
  }
}

export function isForAos({ url }: Pick<SandboxHuaweiRequest, 'url'>): boolean {
  return /^\/v2\/stacks(?:[/?]|$)/.test(url)
}

function checkRequestId({ headers }: SandboxHuaweiRequest): void {
  const id = headers['client-request-id']
  if (typeof id !== 'string' || id.length < 36 || id.length > 128)
    throw badRequest('Client-Request-Id is mandatory, with 36 to 128 characters')
}
