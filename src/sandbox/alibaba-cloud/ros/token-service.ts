import type { JsonObject } from '../../../platform/json.ts'
import { wholeSeconds } from '../../timestamp.ts'
import { mayAssumeRole, type TemporaryKeys } from '../../temporary-keys.ts'
import { invalid, RpcError, type RpcRequest } from './rpc.ts'
import type { SandboxKey } from './signature.ts'

/** STS: https://www.alibabacloud.com/help/en/ram/developer-reference/api-sts-2015-04-01-overview */
export class SandboxTokenService {
  readonly #keys: TemporaryKeys<SandboxKey>

  constructor(keys: TemporaryKeys<SandboxKey>) {
    this.#keys = keys
  }

  act(request: RpcRequest, caller: SandboxKey): JsonObject {
    switch (request.action) {
      case 'AssumeRole':
        return this.#assumeRole(request)
      case 'GetCallerIdentity':
        return {
          AccountId: caller.accountId,
          Arn: `acs:ram::${caller.accountId}:user/sandbox`,
          IdentityType: 'RAMUser',
          PrincipalId: caller.accessKeyId,
          UserId: caller.accessKeyId,
        }
      default:
        throw new RpcError(
          404,
          'InvalidAction.NotFound',
          'Specified api is not found, please check your url.',
        )
    }
  }

  #assumeRole(request: RpcRequest): JsonObject {
    const role = request.required('RoleArn')
    const session = request.required('RoleSessionName')
    if (!/^[\w.@-]{2,64}$/.test(session)) throw invalid('RoleSessionName', session)
    const [, accountId, name] = /^acs:ram::(\d+):role\/([\w.-]+)$/.exec(role) ?? []
    if (accountId === undefined || name === undefined) throw invalid('RoleArn', role)
    const seconds = request.integer('DurationSeconds', 900, 43_200) ?? 3600
    if (!mayAssumeRole(name, request.text('ExternalId')))
      throw new RpcError(
        403,
        'NoPermission',
        'You are not authorized to do this action. You should be authorized by RAM.',
      )
    const key = this.#keys.issue(seconds, (count, expiresAt) => {
      const number = String(count).padStart(6, '0')
      return {
        accessKeyId: `STS.sandbox${number}`,
        accessKeySecret: `assumed-secret-of-no-value-${number}`,
        securityToken: `assumed-security-token-of-no-value-${number}`,
        accountId,
        expiresAt,
        number,
      }
    })
    return {
      AssumedRoleUser: {
        Arn: `acs:sts::${accountId}:assumed-role/${name}/${session}`,
        AssumedRoleId: `3${key.number}:${session}`,
      },
      Credentials: {
        AccessKeyId: key.accessKeyId,
        AccessKeySecret: key.accessKeySecret,
        SecurityToken: key.securityToken,
        Expiration: wholeSeconds(key.expiresAt),
      },
    }
  }
}
