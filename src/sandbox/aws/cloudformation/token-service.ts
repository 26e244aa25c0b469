import type { Clock } from '../../../platform/clock.ts'
import { QueryError, type QueryRequest, type XmlValue } from './query-protocol.ts'
import type { SandboxKey } from './signature.ts'

/** STS: https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html */
export class SandboxTokenService {
  readonly #clock: Clock
  readonly #add: (key: SandboxKey) => void
  #count = 0

  constructor(clock: Clock, add: (key: SandboxKey) => void) {
    this.#clock = clock
    this.#add = add
  }

  act(request: QueryRequest, caller: SandboxKey): XmlValue {
    switch (request.action) {
      case 'AssumeRole':
        return this.#assumeRole(request)
      case 'GetCallerIdentity':
        return {
          Account: caller.accountId,
          UserId: caller.accessKeyId,
          Arn: `arn:aws:iam::${caller.accountId}:user/sandbox`,
        }
      default:
        throw new QueryError(
          'InvalidAction',
          `Could not find operation ${request.action} for version ${request.version}`,
        )
    }
  }

  #assumeRole(request: QueryRequest): XmlValue {
    const role = request.required('RoleArn')
    const session = request.required('RoleSessionName')
    const accountId = /^arn:aws:iam::(\d{12}):role\/[\w+=,.@/-]+$/.exec(role)?.[1]
    // A role of this name stands for one that asks for an external id, as a third party's should.
    const wanted = role.endsWith('/ExternalIdRequired') ? 'sandbox-external-id' : undefined
    if (accountId === undefined || role.endsWith('/Forbidden') || wanted !== request.text('ExternalId'))
      throw new QueryError(
        'AccessDenied',
        `User is not authorized to perform: sts:AssumeRole on resource: ${role}`,
        403,
      )
    this.#count += 1
    const expiresAt = this.#clock.now() + (request.number('DurationSeconds') ?? 3600) * 1000
    const key = {
      accessKeyId: `ASIASANDBOX${String(this.#count).padStart(9, '0')}`,
      secretAccessKey: `assumed-secret-of-no-value-${String(this.#count).padStart(13, '0')}`,
      sessionToken: `assumed-session-token-of-no-value-${String(this.#count)}`,
      accountId,
      expiresAt,
    }
    this.#add(key)
    return {
      Credentials: {
        AccessKeyId: key.accessKeyId,
        SecretAccessKey: key.secretAccessKey,
        SessionToken: key.sessionToken,
        Expiration: new Date(expiresAt),
      },
      AssumedRoleUser: {
        AssumedRoleId: `AROASANDBOX:${session}`,
        Arn: `arn:aws:sts::${accountId}:assumed-role/${role.split('/').at(-1) ?? ''}/${session}`,
      },
    }
  }
}
