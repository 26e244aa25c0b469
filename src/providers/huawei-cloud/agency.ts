import * as v from 'valibot'
import type { Clock } from '../../platform/clock.ts'
import type { JsonObject } from '../../platform/json.ts'
import type { Http, HttpAnswer, HttpRequest } from '../http/http-exchange.ts'
import { cachedTokenEntries, type CachedToken, type TokenForm } from '../http/token-cache.ts'
import { CloudError } from '../provider.ts'
import { huaweiFaultOf, toHuaweiError } from './error.ts'
import type { HuaweiKeys } from './signature.ts'

/** An agency of another account, or of the same one, whose rights the credentials take up. */
export interface HuaweiAgency {
  /** IAM's form: the agency and the account that made it. */
  readonly assumeRole: JsonObject
  /** How long the temporary keys are valid. */
  readonly seconds: number
}

/** The temporary keys of an agency. */
export interface AgencySession extends CachedToken {
  readonly keys: HuaweiKeys
}

export const agencyForm: TokenForm<AgencySession> = {
  schema: v.object({
    ...cachedTokenEntries,
    keys: v.object({
      accessKey: v.string(),
      secretKey: v.string(),
      securityToken: v.exactOptional(v.string()),
    }),
  }),
  write: ({ keys, ...session }) => ({ ...session, keys: { ...keys } }),
  secretsOf: ({ keys: { secretKey, securityToken = '' } }) => [secretKey, securityToken],
}

/** IAM's default, and its least: 15 minutes. */
export const SESSION_SECONDS = { least: 900, most: 86_400 }

const schema = v.object({
  credential: v.object({ access: v.string(), secret: v.string(), securitytoken: v.string() }),
})

const ACTION = 'IAM securitytokens'

/**
 * Requests temporary keys for an agency. `send` proves the request with the credentials that take up the agency. Throws a
 * `CloudError`, `denied` where IAM refuses them. https://support.huaweicloud.com/intl/en-us/api-iam/iam_04_0101.html
 */
export async function assumeAgency(
  { assumeRole, seconds }: HuaweiAgency,
  iamUrl: string,
  send: (request: Omit<HttpRequest, 'headers'>) => Promise<HttpAnswer>,
  { secrets, clock }: { readonly secrets: Http['secrets']; readonly clock: Clock },
): Promise<AgencySession> {
  const answer = await send({
    action: ACTION,
    method: 'POST',
    url: `${iamUrl}/v3.0/OS-CREDENTIAL/securitytokens`,
    body: {
      auth: {
        identity: { methods: ['assume_role'], assume_role: { ...assumeRole, duration_seconds: seconds } },
      },
    },
  })
  const parsed = v.safeParse(schema, answer.json)
  if (answer.status !== 201 || !parsed.success) throw refusal(answer, secrets)
  const { access, secret, securitytoken } = parsed.output.credential
  for (const value of [secret, securitytoken]) secrets.add(value)
  const issuedAt = clock.now()
  return {
    value: access,
    keys: { accessKey: access, secretKey: secret, securityToken: securitytoken },
    issuedAt,
    // By our own clock, since the cloud's may differ.
    expiresAt: issuedAt + seconds * 1000,
  }
}

function refusal(answer: HttpAnswer, secrets: Http['secrets']): CloudError {
  if (answer.status === 201)
    return new CloudError('unavailable', `${ACTION}: the answer has no temporary keys`)
  const isAboutAgency = huaweiFaultOf(answer) !== undefined && [400, 401, 403, 404].includes(answer.status)
  const error = toHuaweiError(
    answer,
    ACTION,
    secrets,
    isAboutAgency ? ' Check AssumeRole, and that the agency trusts the account of the credentials' : '',
  )
  return isAboutAgency ? new CloudError('denied', error.message) : error
}
