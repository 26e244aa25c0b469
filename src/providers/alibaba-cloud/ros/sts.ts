import * as v from 'valibot'
import { number } from '../../properties/property-schema.ts'
import type { AlibabaCloudCredentials } from '../../../platform/acs3-signature.ts'
import { cachedTokenEntries, sessionEnd } from '../../http/token-cache.ts'
import { CloudError, type Surroundings } from '../../provider.ts'
import { toCloudError } from './cloud-error.ts'
import { defaultEndpoint } from './endpoints.ts'
import type { Connection } from './properties.ts'
import { ACCOUNT_ID } from './stack-id.ts'
import { callRpc, type RpcApi, type RpcParameters } from './rpc.ts'

export const sessionSchema = v.object({
  ...cachedTokenEntries,
  accessKeySecret: v.string(),
  securityToken: v.string(),
})

/** `value` is the access key's id. */
export type RoleSession = v.InferOutput<typeof sessionSchema>

const VERSION = '2015-04-01'
/** The service's default. */
const SESSION_SECONDS = 3600

const answerSchema = v.object({
  Credentials: v.object({
    AccessKeyId: v.string(),
    AccessKeySecret: v.string(),
    SecurityToken: v.string(),
    Expiration: v.pipe(
      v.string(),
      v.transform((text) => Date.parse(text)),
      v.number(),
    ),
  }),
})

const callerSchema = v.object({
  AccountId: v.pipe(v.union([v.string(), v.pipe(number, v.transform(String))]), v.regex(ACCOUNT_ID)),
})

/** The Security Token Service: https://www.alibabacloud.com/help/en/ram/developer-reference/api-sts-2015-04-01-overview */
export class StsClient {
  readonly #api: RpcApi
  readonly #surroundings: Surroundings

  constructor(endpoint: string | undefined, surroundings: Surroundings) {
    this.#api = {
      name: 'STS',
      endpoint: endpoint ?? defaultEndpoint('STS', surroundings.environment),
      version: VERSION,
    }
    this.#surroundings = surroundings
  }

  get endpoint(): string {
    return this.#api.endpoint
  }

  async assumeRole(
    { RoleArn, SessionName, ExternalId, DurationSeconds }: NonNullable<Connection['AssumeRole']>,
    base: AlibabaCloudCredentials,
  ): Promise<RoleSession> {
    const parameters = { RoleArn, RoleSessionName: SessionName, ExternalId, DurationSeconds }
    const { Credentials } = await this.#call('AssumeRole', parameters, base, answerSchema)
    const { AccessKeyId, AccessKeySecret, SecurityToken, Expiration } = Credentials
    for (const secret of [AccessKeySecret, SecurityToken]) this.#surroundings.secrets.add(secret)
    const issuedAt = this.#surroundings.clock.now()
    return {
      value: AccessKeyId,
      accessKeySecret: AccessKeySecret,
      securityToken: SecurityToken,
      issuedAt,
      expiresAt: sessionEnd(issuedAt, DurationSeconds ?? SESSION_SECONDS, Expiration),
    }
  }

  /** The account of the credentials. The call needs no permission. */
  async accountOf(credentials: AlibabaCloudCredentials): Promise<string> {
    return (await this.#call('GetCallerIdentity', {}, credentials, callerSchema)).AccountId
  }

  async #call<Schema extends v.GenericSchema>(
    action: string,
    parameters: RpcParameters,
    credentials: AlibabaCloudCredentials,
    schema: Schema,
  ): Promise<v.InferOutput<Schema>> {
    const place = `STS ${action}`
    const { secrets } = this.#surroundings
    const answer = await callRpc(this.#surroundings, this.#api, credentials, { action, parameters })
    if (!answer.ok) throw toCloudError(answer.failure, place, secrets)
    const parsed = v.safeParse(schema, answer.result)
    if (!parsed.success)
      throw new CloudError('unavailable', `The answer to ${place} does not have the form of an answer of STS`)
    return parsed.output
  }
}
