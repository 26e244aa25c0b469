import * as v from 'valibot'
import { OWNER_TAG, type Entry, type EntryCalls } from './owned-entries.ts'
import { isRefusal, StoreApi, type StoreReach } from './store-api.ts'

export interface KmsReach extends StoreReach {
  /** What new secrets belong to, and are encrypted with; empty where KMS chooses. */
  readonly instanceId: string
  readonly encryptionKeyId: string
}

/** The largest page, and how many of them are read. */
const SECRETS_A_PAGE = 100
const MOST_PAGES = 10

const secretEntries = {
  PlannedDeleteTime: v.optional(v.string(), ''),
  Tags: v.optional(
    v.object({ Tag: v.optional(v.array(v.object({ TagKey: v.string(), TagValue: v.string() })), []) }),
  ),
}
const secretSchema = v.object(secretEntries)
const valueSchema = v.object({ SecretData: v.string(), SecretDataType: v.optional(v.string(), 'text') })
const listSchema = v.object({
  SecretList: v.object({
    Secret: v.optional(v.array(v.object({ SecretName: v.string(), ...secretEntries })), []),
  }),
  TotalCount: v.number(),
})

/**
 * Generic secrets of KMS. A new value is a new version, the ACSCurrent one: KMS keeps 10 versions.
 * https://www.alibabacloud.com/help/en/kms/key-management-service/developer-reference/api-kms-2016-01-20-createsecret
 * https://www.alibabacloud.com/help/en/kms/key-management-service/developer-reference/api-kms-2016-01-20-putsecretvalue
 */
export class KmsSecrets implements EntryCalls {
  readonly noun = 'secret'
  readonly #api: StoreApi
  readonly #place: { readonly DKMSInstanceId?: string; readonly EncryptionKeyId?: string }

  constructor({ instanceId, encryptionKeyId, ...reach }: KmsReach) {
    this.#api = new StoreApi({ product: 'KMS', host: 'kms', version: '2016-01-20' }, reach)
    this.#place = {
      ...(instanceId === '' ? {} : { DKMSInstanceId: instanceId }),
      ...(encryptionKeyId === '' ? {} : { EncryptionKeyId: encryptionKeyId }),
    }
  }

  async find(name: string): Promise<Entry | undefined> {
    const parameters = { SecretName: name, FetchTags: 'true' }
    try {
      const secret = await this.#api.read('DescribeSecret', parameters, secretSchema)
      return {
        owner: ownerIn(secret),
        obstacle: obstacleOf(secret),
        value: () => this.#value(name),
      }
    } catch (error) {
      if (isRefusal(error, NOT_FOUND)) return undefined
      throw error
    }
  }

  async create(name: string, value: string, owner: string): Promise<void> {
    const parameters = {
      SecretName: name,
      VersionId: this.#api.unique(),
      Tags: JSON.stringify([{ TagKey: OWNER_TAG, TagValue: owner }]),
      ...this.#place,
    }
    await this.#api.call('CreateSecret', parameters, { SecretData: value })
  }

  /**
   * KMS ignores a repeated call with the same version and value. The version is not derived from the value: KMS does
   * not encrypt it, and an earlier value that is written again would not become the current one.
   */
  async replace(name: string, value: string): Promise<void> {
    const parameters = { SecretName: name, VersionId: this.#api.unique() }
    await this.#api.call('PutSecretValue', parameters, { SecretData: value })
  }

  /** At once, so that the name is free for the next stack; one that is scheduled for deletion already may be refused. */
  async remove(name: string): Promise<void> {
    try {
      await this.#api.call('DeleteSecret', { SecretName: name, ForceDeleteWithoutRecovery: 'true' })
    } catch (error) {
      if (!isRefusal(error, NOT_FOUND) && !isRefusal(error, IN_DELETE_WINDOW)) throw error
    }
  }

  async namesOf(owner: string): Promise<readonly string[]> {
    const names: string[] = []
    for (let page = 1; page <= MOST_PAGES; page += 1) {
      const parameters = {
        // One pair, as an older edition of the page allows no more.
        Filters: JSON.stringify([{ Key: 'TagValue', Values: [owner] }]),
        FetchTags: 'true',
        PageNumber: String(page),
        PageSize: String(SECRETS_A_PAGE),
      }
      const { SecretList, TotalCount } = await this.#api.read('ListSecrets', parameters, listSchema)
      for (const secret of SecretList.Secret) if (ownerIn(secret) === owner) names.push(secret.SecretName)
      if (page * SECRETS_A_PAGE >= TotalCount) break
    }
    return names
  }

  async #value(name: string): Promise<string | undefined> {
    const parameters = { SecretName: name }
    const { SecretData, SecretDataType } = await this.#api.read('GetSecretValue', parameters, valueSchema)
    return SecretDataType === 'text' ? SecretData : undefined
  }
}

const NOT_FOUND = 'Forbidden.ResourceNotFound'
const IN_DELETE_WINDOW = 'Rejected.ResourceInDeleteWindow'

type Secret = v.InferOutput<typeof secretSchema>

function ownerIn({ Tags }: Secret): string | undefined {
  return Tags?.Tag.find(({ TagKey }) => TagKey === OWNER_TAG)?.TagValue
}

function obstacleOf({ PlannedDeleteTime: at }: Secret): string | undefined {
  if (at === '') return undefined
  return `is scheduled for deletion at ${at}, and its name is taken until then: restore it, or delete it at once`
}
