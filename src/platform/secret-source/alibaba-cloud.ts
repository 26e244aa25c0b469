import * as v from 'valibot'
import type { JsonValue } from '../json.ts'
import { callSecretApi, noAnswerOf, type SecretCall } from './alibaba-cloud-call.ts'
import type { SecretReference } from './reference.ts'
import type { SecretCaller, SecretReach } from './secret-reach.ts'
import { SecretSourceError } from './secret-source.ts'

interface Api extends Omit<SecretCall, 'parameters' | 'endpoints'> {
  readonly parameters: (name: string, region: string | undefined) => Readonly<Record<string, string>>
  /** The secret in an answer; `undefined` for what is no such answer. Throws `SecretSourceError`. */
  readonly valueIn: (answer: JsonValue) => string | undefined
}

const kmsAnswer = v.object({
  SecretData: v.string(),
  SecretDataType: v.optional(v.picklist(['text', 'binary']), 'text'),
})

const oosAnswer = v.object({ Parameter: v.object({ Value: v.string() }) })

const APIS: Readonly<Record<SecretReference['source'], Api>> = {
  /** https://www.alibabacloud.com/help/en/kms/key-management-service/developer-reference/api-getsecretvalue */
  kms: {
    product: 'KMS',
    host: 'kms',
    action: 'GetSecretValue',
    version: '2016-01-20',
    parameters: (name) => ({ SecretName: name }),
    valueIn(answer) {
      const parsed = v.safeParse(kmsAnswer, answer)
      if (!parsed.success) return undefined
      if (parsed.output.SecretDataType === 'binary')
        throw new SecretSourceError('it is binary; it must be a text')
      return parsed.output.SecretData
    },
  },
  /** https://www.alibabacloud.com/help/en/oos/developer-reference/api-oos-2019-06-01-getsecretparameter */
  oos: {
    product: 'OOS',
    host: 'oos',
    action: 'GetSecretParameter',
    version: '2019-06-01',
    parameters: (name, region) => ({
      Name: name,
      WithDecryption: 'true',
      ...(region === undefined ? {} : { RegionId: region }),
    }),
    valueIn(answer) {
      const parsed = v.safeParse(oosAnswer, answer)
      return parsed.success ? parsed.output.Parameter.Value : undefined
    },
  },
}

/**
 * Reads one secret with the caller's credentials: GetSecretValue of KMS, or GetSecretParameter of OOS. Rejects with
 * `SecretSourceError`.
 */
export async function readSecret(
  { source, name }: SecretReference,
  caller: SecretCaller,
  reach: SecretReach,
): Promise<string> {
  const { kmsEndpoints, oosEndpoints } = reach.settings
  const api = APIS[source]
  const call = {
    ...api,
    parameters: api.parameters(name, caller.region),
    endpoints: source === 'kms' ? kmsEndpoints : oosEndpoints,
  }
  const value = api.valueIn(await callSecretApi(call, caller, reach))
  if (value === undefined) throw noAnswerOf(api)
  return value
}
