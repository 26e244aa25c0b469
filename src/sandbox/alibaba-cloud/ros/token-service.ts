import type { Clock } from '../../../platform/clock.ts'
import type { JsonObject } from '../../../platform/json.ts'
import { invalid, RpcError, type RpcRequest } from './rpc.ts'
import type { SandboxKey } from './signature.ts'

/** STS: https://www.alibabacloud.com/help/en/ram/developer-reference/api-sts-2015-04-01-overview */
export class SandboxTokenService {
  readonly #clock: Clock
  readonly #add: (key: SandboxKey) => void
  #count = 0

  constructor(clock: Clock, add: (key: SandboxKey) => void) {
    this.#clock = clock
    this.#add = add
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
    // A role of this name stands for one that asks for an external id, as a third party's should.
    const wanted = name === 'ExternalIdRequired' ? 'sandbox-external-id' : undefined
    if (name === 'Forbidden' || wanted !== request.text('ExternalId'))
      throw new RpcError(
        403,
        'NoPermission',
        'You are not authorized to do this action. You should be authorized by RAM.',
      )
    this.#count += 1
    const expiresAt = this.#clock.now() + seconds * 1000
    const number = String(this.#count).padStart(6, '0')
    const key = {
      accessKeyId: `STS.sandbox${number}`,
      accessKeySecret: `assumed-secret-of-no-value-${number}`,
      securityToken: `assumed-security-token-of-no-value-${number}`,
      accountId,
      expiresAt,
    }
    this.#add(key)
    return {
      AssumedRoleUser: {
        Arn: `acs:sts::${accountId}:assumed-role/${name}/${session}`,
        AssumedRoleId: `3${number}:${session}`,
      },
      Credentials: {
        AccessKeyId: key.accessKeyId,
        AccessKeySecret: key.accessKeySecret,
        SecurityToken: key.securityToken,
        Expiration: new Date(expiresAt).toISOString().replace(/\.\d+Z$/, 'Z'),
      },
    }
  }
}
