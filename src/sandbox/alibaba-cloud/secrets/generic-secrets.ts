import type { Clock, EpochMs } from '../../../platform/clock.ts'
import {
  isJsonList,
  isJsonObject,
  parseJson,
  type JsonObject,
  type JsonValue,
} from '../../../platform/json.ts'
import { KMS_LIMITS } from '../../../platform/limits/kms.ts'
import { invalid, notSupported, RpcError, type RpcRequest } from '../ros/rpc.ts'
import { refuseOthers } from './known-parameters.ts'

/** A secret with its current value. */
export interface SandboxSecret {
  readonly data: string
  readonly type?: 'text' | 'binary'
  readonly tags?: Readonly<Record<string, string>>
  /** Of the current version. */
  readonly versionId?: string
  /** Oldest first; the current one is the last. */
  readonly versions?: readonly SandboxVersion[]
  readonly plannedDeleteAt?: EpochMs
  readonly instanceId?: string
  readonly encryptionKeyId?: string
}

interface SandboxVersion {
  readonly id: string
  readonly data: string
  readonly type: 'text' | 'binary'
}

const NAME = /^(?!acs\/)[\w/+=.@-]{1,192}$/
const MOST_TAGS = 20
const TAG_TEXT = /^[\p{L}\p{N}/\\_\-.+=:@]{0,128}$/u
const MOST_FILTER_VALUES = 10
const DAY_MS = 24 * 60 * 60_000
const CREATED = '2026-02-21T15:39:26Z'

/**
 * KMS's generic secrets. Not on its pages, and made up here: that a secret in its recovery window can neither be read, given a new
 * value nor deleted at once (CreateSecret's page alone has a code for that window), and the code for a version that exists with
 * another value. What is on a page and not here is refused.
 * https://www.alibabacloud.com/help/en/kms/key-management-service/developer-reference/api-kms-2016-01-20-createsecret
 * https://www.alibabacloud.com/help/en/kms/key-management-service/developer-reference/api-kms-2016-01-20-putsecretvalue
 * https://www.alibabacloud.com/help/en/kms/key-management-service/developer-reference/api-kms-2016-01-20-describesecret
 * https://www.alibabacloud.com/help/en/kms/key-management-service/developer-reference/api-kms-2016-01-20-deletesecret
 * https://www.alibabacloud.com/help/en/kms/key-management-service/developer-reference/api-kms-2016-01-20-listsecrets
 * https://www.alibabacloud.com/help/en/kms/key-management-service/developer-reference/api-getsecretvalue
 */
export class GenericSecrets {
  readonly #secrets: Map<string, SandboxSecret>
  readonly #unlisted: ReadonlySet<string>
  readonly #clock: Clock

  constructor(secrets: Map<string, SandboxSecret>, unlisted: ReadonlySet<string>, clock: Clock) {
    this.#secrets = secrets
    this.#unlisted = unlisted
    this.#clock = clock
  }

  value(request: RpcRequest): JsonObject {
    refuseOthers(request, ['SecretName', 'VersionStage', 'VersionId', 'FetchExtendedConfig', 'DryRun'])
    if (request.flag('DryRun') === true) throw notSupported('DryRun')
    if (request.has('VersionId')) throw notSupported('VersionId')
    request.oneOf('VersionStage', ['ACSCurrent'])
    const { name, secret } = this.#usable(request)
    return {
      SecretName: name,
      SecretType: 'Generic',
      SecretData: secret.data,
      SecretDataType: secret.type ?? 'text',
      VersionId: secret.versionId ?? 'v1',
      VersionStages: { VersionStage: ['ACSCurrent'] },
      CreateTime: CREATED,
    }
  }

  create(request: RpcRequest): JsonObject {
    refuseOthers(request, [
      ...['SecretName', 'VersionId', 'EncryptionKeyId', 'SecretData', 'SecretDataType', 'Description'],
      ...['Tags', 'SecretType', 'ExtendedConfig', 'EnableAutomaticRotation', 'RotationInterval'],
      ...['DKMSInstanceId', 'Policy'],
    ])
    const unknown = ['ExtendedConfig', 'RotationInterval', 'Policy'].find((name) => request.has(name))
    if (unknown !== undefined) throw notSupported(unknown)
    if (request.flag('EnableAutomaticRotation') === true) throw notSupported('EnableAutomaticRotation')
    request.oneOf('SecretType', ['Generic'])
    const name = request.required('SecretName')
    if (!NAME.test(name)) throw invalid('SecretName', name)
    const version = versionOf(request)
    const tags = tagsOf(request)
    const found = this.#find(name)
    if (found?.plannedDeleteAt !== undefined) throw inDeleteWindow()
    if (found !== undefined) throw exists()
    const [instanceId, encryptionKeyId] = [request.text('DKMSInstanceId'), request.text('EncryptionKeyId')]
    this.#secrets.set(name, {
      ...currentOf([version]),
      tags,
      ...(instanceId === undefined ? {} : { instanceId }),
      ...(encryptionKeyId === undefined ? {} : { encryptionKeyId }),
    })
    return { SecretName: name, SecretType: 'Generic', VersionId: version.id, Arn: arnOf(name) }
  }

  put(request: RpcRequest): JsonObject {
    refuseOthers(request, ['SecretName', 'VersionId', 'SecretData', 'SecretDataType', 'VersionStages'])
    if (request.has('VersionStages')) throw notSupported('VersionStages')
    const version = versionOf(request)
    const { name, secret } = this.#usable(request)
    const versions = secret.versions ?? [{ id: 'v1', data: secret.data, type: secret.type ?? 'text' }]
    const same = versions.find(({ id }) => id === version.id)
    if (same !== undefined && (same.data !== version.data || same.type !== version.type)) throw exists()
    if (same === undefined) {
      const kept = [...versions, version].slice(-KMS_LIMITS.versions.most)
      this.#secrets.set(name, { ...secret, ...currentOf(kept) })
    }
    const isCurrent = same === undefined || same === versions.at(-1)
    return {
      SecretName: name,
      VersionId: version.id,
      VersionStages: { VersionStage: isCurrent ? ['ACSCurrent'] : [] },
    }
  }

  describe(request: RpcRequest): JsonObject {
    refuseOthers(request, ['SecretName', 'FetchTags'])
    const { name, secret } = this.#existing(request)
    const { instanceId, encryptionKeyId } = secret
    return {
      ...shown(name, secret, request.flag('FetchTags') === true),
      Arn: arnOf(name),
      ...(instanceId === undefined ? {} : { DKMSInstanceId: instanceId }),
      ...(encryptionKeyId === undefined ? {} : { EncryptionKeyId: encryptionKeyId }),
    }
  }

  /** The name of one that is deleted at once is free. */
  delete(request: RpcRequest): JsonObject {
    refuseOthers(request, ['SecretName', 'ForceDeleteWithoutRecovery', 'RecoveryWindowInDays'])
    const isForced = request.flag('ForceDeleteWithoutRecovery') === true
    const days = request.integer('RecoveryWindowInDays', 7, 30)
    if (isForced && days !== undefined) throw invalid('RecoveryWindowInDays', String(days))
    const { name, secret } = this.#usable(request)
    if (isForced) {
      this.#secrets.delete(name)
      return { SecretName: name }
    }
    const plannedDeleteAt = this.#clock.now() + (days ?? 30) * DAY_MS
    this.#secrets.set(name, { ...secret, plannedDeleteAt })
    return { SecretName: name, PlannedDeleteTime: timeOf(plannedDeleteAt) }
  }

  list(request: RpcRequest): JsonObject {
    refuseOthers(request, ['FetchTags', 'PageNumber', 'PageSize', 'Filters'])
    const [number, size] = [
      request.integer('PageNumber', 1, 100_000) ?? 1,
      request.integer('PageSize', 1, 100) ?? 10,
    ]
    const isMatch = filterOf(request)
    const found = [...this.#secrets.keys()].flatMap((name) => {
      const secret = this.#find(name)
      const isShown = secret !== undefined && isMatch(secret) && !this.#unlisted.has(name)
      return isShown ? [{ name, secret }] : []
    })
    const withTags = request.flag('FetchTags') === true
    const page = found.slice((number - 1) * size, number * size)
    return {
      SecretList: { Secret: page.map(({ name, secret }) => shown(name, secret, withTags)) },
      PageNumber: number,
      PageSize: size,
      TotalCount: found.length,
    }
  }

  #find(name: string): SandboxSecret | undefined {
    const secret = this.#secrets.get(name)
    const isOver = secret?.plannedDeleteAt !== undefined && secret.plannedDeleteAt <= this.#clock.now()
    if (isOver) this.#secrets.delete(name)
    return isOver ? undefined : secret
  }

  #existing(request: RpcRequest): { readonly name: string; readonly secret: SandboxSecret } {
    const name = request.required('SecretName')
    const secret = this.#find(name)
    if (secret === undefined) throw new RpcError(404, 'Forbidden.ResourceNotFound', 'Resource not found.')
    return { name, secret }
  }

  #usable(request: RpcRequest): { readonly name: string; readonly secret: SandboxSecret } {
    const found = this.#existing(request)
    if (found.secret.plannedDeleteAt !== undefined) throw inDeleteWindow()
    return found
  }
}

function currentOf(
  versions: readonly SandboxVersion[],
): Pick<SandboxSecret, 'data' | 'type' | 'versionId' | 'versions'> {
  const current = versions.at(-1)
  return {
    data: current?.data ?? '',
    type: current?.type ?? 'text',
    ...(current === undefined ? {} : { versionId: current.id }),
    versions,
  }
}

function versionOf(request: RpcRequest): SandboxVersion {
  const id = request.required('VersionId')
  if (id.length > KMS_LIMITS.versionId.most) throw invalid('VersionId', id)
  const data = request.required('SecretData')
  // Not quoted: it is a secret.
  if (Buffer.byteLength(data) > KMS_LIMITS.secretValue.most)
    throw invalid('SecretData', 'a text that is too long')
  return { id, data, type: request.oneOf('SecretDataType', ['text', 'binary']) ?? 'text' }
}

function tagsOf(request: RpcRequest): Readonly<Record<string, string>> {
  const text = request.text('Tags')
  if (text === undefined) return {}
  const pairs = pairsIn(text).map((pair) => [pair?.['TagKey'], pair?.['TagValue']] as const)
  const tags = pairs.flatMap(([key, value]) =>
    typeof key === 'string' && typeof value === 'string' && isTag(key, value) ? [[key, value] as const] : [],
  )
  if (tags.length !== pairs.length || tags.length > MOST_TAGS) throw invalid('Tags', text)
  return Object.fromEntries(tags)
}

function isTag(key: string, value: string): boolean {
  return key !== '' && !/^(?:aliyun|acs:)/.test(key) && TAG_TEXT.test(key) && TAG_TEXT.test(value)
}

/** Of several pairs the page does not say what they mean together. */
function filterOf(request: RpcRequest): (secret: SandboxSecret) => boolean {
  const text = request.text('Filters')
  if (text === undefined) return () => true
  const [filter, ...others] = pairsIn(text)
  if (others.length > 0) throw notSupported('Filters with several keys')
  const values = filter?.['Values']
  const isList = values !== undefined && isJsonList(values) && values.length <= MOST_FILTER_VALUES
  if (filter === undefined || !isList) throw invalid('Filters', text)
  const has = (one: string) => values.includes(one)
  switch (filter['Key']) {
    case 'TagKey':
      return ({ tags = {} }) => Object.keys(tags).some(has)
    case 'TagValue':
      return ({ tags = {} }) => Object.values(tags).some(has)
    default:
      throw notSupported('this Key of Filters')
  }
}

/** The maps of a list in JSON; `undefined` for what is no map. */
function pairsIn(text: string): readonly (JsonObject | undefined)[] {
  const json = parseJson(Buffer.from(text))
  const list: readonly JsonValue[] = json.ok && isJsonList(json.value) ? json.value : ['no list']
  return list.map((pair) => (isJsonObject(pair) ? pair : undefined))
}

function shown(name: string, { tags = {}, plannedDeleteAt }: SandboxSecret, withTags: boolean): JsonObject {
  return {
    SecretName: name,
    SecretType: 'Generic',
    CreateTime: CREATED,
    UpdateTime: CREATED,
    ...(plannedDeleteAt === undefined ? {} : { PlannedDeleteTime: timeOf(plannedDeleteAt) }),
    ...(withTags
      ? { Tags: { Tag: Object.entries(tags).map(([TagKey, TagValue]) => ({ TagKey, TagValue })) } }
      : {}),
  }
}

function arnOf(name: string): string {
  return `acs:kms:cn-hangzhou:1234567890123456:secret/${name}`
}

function timeOf(at: EpochMs): string {
  return new Date(at).toISOString().replace(/\.\d+Z$/, 'Z')
}

function exists(): RpcError {
  return new RpcError(409, 'Rejected.ResourceExist', 'The resource already exists.')
}

function inDeleteWindow(): RpcError {
  return new RpcError(409, 'Rejected.ResourceInDeleteWindow', 'The secret is planned to be deleted.')
}
