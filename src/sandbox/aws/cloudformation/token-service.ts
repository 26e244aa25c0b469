import { mayAssumeRole, type TemporaryKeys } from '../../temporary-keys.ts'
import { partitionOf, sandboxUserArn } from '../partition.ts'
import { QueryError, type QueryRequest, type XmlValue } from './query-protocol.ts'
import type { SandboxKey } from './signature.ts'

/**
 * STS: https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html and
 * https://docs.aws.amazon.com/STS/latest/APIReference/API_GetCallerIdentity.html
 */
export class SandboxTokenService {
  readonly #keys: TemporaryKeys<SandboxKey>

  constructor(keys: TemporaryKeys<SandboxKey>) {
    this.#keys = keys
  }

  /** `region`: that of the endpoint. Its partition is that of its users and roles. */
  act(request: QueryRequest, caller: SandboxKey, region: string): XmlValue {
    switch (request.action) {
      case 'AssumeRole':
        return this.#assumeRole(request, partitionOf(region).name)
      case 'GetCallerIdentity':
        return {
          Account: caller.accountId,
          UserId: caller.accessKeyId,
          Arn: sandboxUserArn({ region, accountId: caller.accountId }),
        }
      default:
        throw new QueryError(
          'InvalidAction',
          `Could not find operation ${request.action} for version ${request.version}`,
        )
    }
  }

  #assumeRole(request: QueryRequest, partition: string): XmlValue {
    const role = request.required('RoleArn')
    const session = request.required('RoleSessionName')
    const [, ofRole, accountId] = /^arn:([a-z-]+):iam::(\d{12}):role\/[\w+=,.@/-]+$/.exec(role) ?? []
    const roleName = role.split('/').at(-1) ?? ''
    if (
      accountId === undefined ||
      ofRole !== partition ||
      !mayAssumeRole(roleName, request.text('ExternalId'))
    )
      throw new QueryError(
        'AccessDenied',
        `User is not authorized to perform: sts:AssumeRole on resource: ${role}`,
        403,
      )
    const key = this.#keys.issue(request.number('DurationSeconds') ?? 3600, (count, expiresAt) => ({
      accessKeyId: `ASIASANDBOX${String(count).padStart(9, '0')}`,
      secretAccessKey: `assumed-secret-of-no-value-${String(count).padStart(13, '0')}`,
      sessionToken: `assumed-session-token-of-no-value-${String(count)}`,
      accountId,
      expiresAt,
    }))
    return {
      Credentials: {
        AccessKeyId: key.accessKeyId,
        SecretAccessKey: key.secretAccessKey,
        SessionToken: key.sessionToken,
        Expiration: new Date(key.expiresAt),
      },
      AssumedRoleUser: {
        AssumedRoleId: `AROASANDBOX:${session}`,
        Arn: `arn:${partition}:sts::${accountId}:assumed-role/${roleName}/${session}`,
      },
    }
  }
}
