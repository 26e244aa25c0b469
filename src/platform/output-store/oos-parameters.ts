import * as v from 'valibot'
import { isJsonObject, parseJson, type JsonObject, type JsonValue } from '../json.ts'
import { OWNER_TAG, type Entry, type EntryCalls } from './owned-entries.ts'
import { isRefusal, StoreApi, type StoreReach } from './store-api.ts'

/** The largest page, and how many of them are read. */
const PARAMETERS_A_PAGE = 100
const MOST_PAGES = 10

const tagsSchema = v.optional(v.custom<JsonValue>(() => true))
const parameterSchema = v.object({
  Parameter: v.object({ Value: v.optional(v.string(), ''), Tags: tagsSchema }),
})
const listSchema = v.object({
  Parameters: v.array(v.object({ Name: v.string(), Tags: tagsSchema })),
  NextToken: v.optional(v.nullable(v.string())),
})

/**
 * Encrypted parameters of OOS.
 * https://www.alibabacloud.com/help/en/oos/developer-reference/api-oos-2019-06-01-createsecretparameter
 */
export class OosParameters implements EntryCalls {
  readonly noun = 'encrypted parameter'
  readonly #api: StoreApi
  readonly #region: { readonly RegionId?: string }

  constructor(reach: StoreReach) {
    this.#api = new StoreApi({ product: 'OOS', host: 'oos', version: '2019-06-01' }, reach)
    this.#region = reach.caller.region === undefined ? {} : { RegionId: reach.caller.region }
  }

  async find(name: string): Promise<Entry | undefined> {
    try {
      const { Parameter } = await this.#api.read(
        'GetSecretParameter',
        { Name: name, WithDecryption: 'true', ...this.#region },
        parameterSchema,
      )
      return { owner: ownerIn(Parameter.Tags), value: () => Promise.resolve(Parameter.Value) }
    } catch (error) {
      if (isRefusal(error, 'EntityNotExists')) return undefined
      throw error
    }
  }

  /** Its page names no code for a name that is taken. */
  async create(name: string, value: string, owner: string): Promise<void> {
    const parameters = { Name: name, Type: 'Secret', Tags: JSON.stringify({ [OWNER_TAG]: owner }) }
    await this.#api.call('CreateSecretParameter', { ...parameters, ...this.#region }, { Value: value })
  }

  async replace(name: string, value: string): Promise<void> {
    await this.#api.call('UpdateSecretParameter', { Name: name, ...this.#region }, { Value: value })
  }

  async remove(name: string): Promise<void> {
    try {
      await this.#api.call('DeleteSecretParameter', { Name: name, ...this.#region })
    } catch (error) {
      if (!isRefusal(error, 'EntityNotExists')) throw error
    }
  }

  async namesOf(owner: string): Promise<readonly string[]> {
    const names: string[] = []
    let token = ''
    for (let page = 0; page < MOST_PAGES; page += 1) {
      const parameters = {
        Tags: JSON.stringify({ [OWNER_TAG]: owner }),
        MaxResults: String(PARAMETERS_A_PAGE),
        ...(token === '' ? {} : { NextToken: token }),
        ...this.#region,
      }
      const { Parameters, NextToken } = await this.#api.read('ListSecretParameters', parameters, listSchema)
      for (const { Name, Tags } of Parameters) if (ownerIn(Tags) === owner) names.push(Name)
      token = NextToken ?? ''
      if (token === '') break
    }
    return names
  }
}

/** The pages show tags as a map, and as its JSON text. */
function ownerIn(tags: JsonValue | undefined): string | undefined {
  const owner = mapOf(tags)?.[OWNER_TAG]
  return typeof owner === 'string' ? owner : undefined
}

function mapOf(tags: JsonValue | undefined): JsonObject | undefined {
  if (typeof tags !== 'string') return tags !== undefined && isJsonObject(tags) ? tags : undefined
  const json = parseJson(Buffer.from(tags))
  return json.ok && isJsonObject(json.value) ? json.value : undefined
}
