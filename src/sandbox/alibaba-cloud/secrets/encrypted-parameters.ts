import { isJsonObject, parseJson, type JsonObject } from '../../../platform/json.ts'
import { OOS_LIMITS } from '../../../platform/limits/oos.ts'
import { invalid, RpcError, type RpcRequest } from '../ros/rpc.ts'
import { refuseOthers } from './known-parameters.ts'

const NAME = /^(?!ALIYUN|ACS|ALIBABA|ALICLOUD|OOS)[\w-]{1,180}$/i
const MOST_TAGS = 20
const LONGEST_TAG = 128

/**
 * OOS's encrypted parameters. What its pages do not say: the code of CreateSecretParameter for a name that is taken, which is
 * made up here.
 * https://help.aliyun.com/zh/oos/developer-reference/api-oos-2019-06-01-createsecretparameter
 */
export class EncryptedParameters {
  readonly #values: Map<string, string>
  readonly #tags: Map<string, JsonObject>

  readonly #unlisted: ReadonlySet<string>

  constructor(values: Map<string, string>, tags: Map<string, JsonObject>, unlisted: ReadonlySet<string>) {
    this.#unlisted = unlisted
    this.#values = values
    this.#tags = tags
  }

  /** The value is in the answer only where it is asked for. */
  get(request: RpcRequest): JsonObject {
    refuseOthers(request, ['Name', 'RegionId', 'ParameterVersion', 'WithDecryption'])
    const name = this.#existing(request)
    const value = request.flag('WithDecryption') === true ? (this.#values.get(name) ?? '') : ''
    return { Parameter: { ...this.#shown(name), Value: value } }
  }

  create(request: RpcRequest): JsonObject {
    refuseOthers(request, [
      ...['Name', 'RegionId', 'Type', 'Value', 'Description', 'KeyId', 'ClientToken'],
      ...['Constraints', 'Tags', 'ResourceGroupId', 'DKMSInstanceId'],
    ])
    const name = request.required('Name')
    if (!NAME.test(name)) throw invalid('Name', name)
    request.oneOf('Type', ['Secret'])
    const value = valueOf(request)
    const tags = tagsOf(request)
    if (this.#values.has(name))
      throw new RpcError(400, 'EntityAlreadyExists.Parameter', 'The parameter already exists.')
    this.#values.set(name, value)
    this.#tags.set(name, tags)
    return { Parameter: this.#shown(name) }
  }

  update(request: RpcRequest): JsonObject {
    refuseOthers(request, ['Name', 'RegionId', 'Value', 'Description', 'Tags', 'ResourceGroupId'])
    const name = this.#existing(request)
    this.#values.set(name, valueOf(request))
    if (request.text('Tags') !== undefined) this.#tags.set(name, tagsOf(request))
    return { Parameter: this.#shown(name) }
  }

  delete(request: RpcRequest): JsonObject {
    refuseOthers(request, ['Name', 'RegionId'])
    const name = this.#existing(request)
    this.#values.delete(name)
    this.#tags.delete(name)
    return {}
  }

  /** Those that have all the given tags. */
  list(request: RpcRequest): JsonObject {
    refuseOthers(request, [
      ...['Name', 'RegionId', 'MaxResults', 'NextToken', 'SortField', 'SortOrder'],
      ...['Path', 'Recursive', 'Tags', 'ResourceGroupId'],
    ])
    const size = request.integer('MaxResults', 10, 100) ?? 50
    const desired = Object.entries(tagsOf(request))
    const found = [...this.#values.keys()].filter(
      (name) =>
        !this.#unlisted.has(name) && desired.every(([key, value]) => this.#tags.get(name)?.[key] === value),
    )
    const from = request.integer('NextToken', 0, 100_000) ?? 0
    const to = from + size
    return {
      Parameters: found.slice(from, to).map((name) => this.#shown(name)),
      ...(to < found.length ? { NextToken: String(to) } : {}),
    }
  }

  #existing(request: RpcRequest): string {
    const name = request.required('Name')
    if (this.#values.has(name)) return name
    throw new RpcError(404, 'EntityNotExists.Parameter', 'The specified parameter does not exist.')
  }

  #shown(name: string): JsonObject {
    return { Name: name, Type: 'Secret', ParameterVersion: 1, Tags: this.#tags.get(name) ?? {} }
  }
}

function valueOf(request: RpcRequest): string {
  const value = request.required('Value')
  // Not quoted: it is a secret.
  if (value.length > OOS_LIMITS.parameterValue.most) throw invalid('Value', 'a text that is too long')
  return value
}

function tagsOf(request: RpcRequest): JsonObject {
  const text = request.text('Tags')
  if (text === undefined) return {}
  const json = parseJson(Buffer.from(text))
  if (!json.ok || !isJsonObject(json.value)) throw invalid('Tags', text)
  const tags = Object.entries(json.value)
  const isTag = ([key, value]: [string, unknown]) =>
    key !== '' && isTagText(key) && typeof value === 'string' && isTagText(value)
  if (tags.length > MOST_TAGS || !tags.every(isTag)) throw invalid('Tags', text)
  return json.value
}

function isTagText(text: string): boolean {
  return text.length <= LONGEST_TAG && !/^(?:aliyun|acs:)|https?:\/\//.test(text)
}
