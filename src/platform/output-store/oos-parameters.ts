import * as v from 'valibot'
import { isJsonObject, parseJson, type JsonObject, type JsonValue } from '../json.ts'
import { callSecretApi, noAnswerOf, SecretCallRefused } from '../secret-source/alibaba-cloud-call.ts'
import type { SecretCaller, SecretReach } from '../secret-source/secret-reach.ts'
import { SecretSourceError } from '../secret-source/secret-source.ts'
import { OutputStoreError, type OutputStore } from './output-store.ts'

/** The tag of a parameter that says whose it is. */
export const OWNER_TAG = 'stackbridge-owner'

/** What is needed to call OOS. */
export interface OosReach extends Omit<SecretReach, 'settings'> {
  readonly endpoints: readonly string[]
  readonly caller: SecretCaller
}

const ATTEMPTS = 3
const BACKOFF_MS = 300
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
 * Encrypted parameters of OOS, each with a tag that says whose it is. All calls can be repeated.
 * https://www.alibabacloud.com/help/en/oos/developer-reference/api-oos-2019-06-01-createsecretparameter
 */
export class OosParameters implements OutputStore {
  readonly #reach: OosReach

  constructor(reach: OosReach) {
    this.#reach = reach
  }

  async keep(owner: string, wanted: ReadonlyMap<string, string>): Promise<void> {
    for (const [name, value] of wanted) await named(name, () => this.#write(name, value, owner))
    for (const name of await named('the list of parameters', () => this.#namesOf(owner)))
      if (!wanted.has(name)) await named(name, () => this.#delete(name))
  }

  async #write(name: string, value: string, owner: string): Promise<void> {
    const found = await this.#find(name)
    if (found !== undefined) return this.#replace(name, value, found, owner)
    try {
      await this.#call('CreateSecretParameter', {
        Name: name,
        Type: 'Secret',
        Value: value,
        Tags: JSON.stringify({ [OWNER_TAG]: owner }),
      })
    } catch (error) {
      // An earlier attempt whose answer was lost, or another writer, may have made it: its page names no code for that.
      const made = error instanceof SecretCallRefused ? await this.#find(name) : undefined
      if (made === undefined) throw error
      await this.#replace(name, value, made, owner)
    }
  }

  async #replace(name: string, value: string, found: Found, owner: string): Promise<void> {
    if (found.owner !== owner)
      throw new OutputStoreError(
        `the encrypted parameter ${name} belongs to ${found.owner === undefined ? 'nobody that the bridge knows' : 'another resource'}: it is not changed`,
      )
    if (found.value !== value) await this.#call('UpdateSecretParameter', { Name: name, Value: value })
  }

  async #find(name: string): Promise<Found | undefined> {
    try {
      const answer = await this.#call('GetSecretParameter', { Name: name, WithDecryption: 'true' })
      const { Value, Tags } = parsed(answer, parameterSchema, 'GetSecretParameter').Parameter
      return { value: Value, owner: ownerIn(Tags) }
    } catch (error) {
      if (error instanceof SecretCallRefused && error.code.startsWith('EntityNotExists')) return undefined
      throw error
    }
  }

  async #namesOf(owner: string): Promise<readonly string[]> {
    const names: string[] = []
    let token = ''
    for (let page = 0; page < MOST_PAGES; page += 1) {
      const answer = await this.#call('ListSecretParameters', {
        Tags: JSON.stringify({ [OWNER_TAG]: owner }),
        MaxResults: String(PARAMETERS_A_PAGE),
        ...(token === '' ? {} : { NextToken: token }),
      })
      const { Parameters, NextToken } = parsed(answer, listSchema, 'ListSecretParameters')
      // Not by the filter alone: what is listed may be deleted.
      for (const { Name, Tags } of Parameters) if (ownerIn(Tags) === owner) names.push(Name)
      token = NextToken ?? ''
      if (token === '') break
    }
    return names
  }

  async #delete(name: string): Promise<void> {
    try {
      await this.#call('DeleteSecretParameter', { Name: name })
    } catch (error) {
      if (error instanceof SecretCallRefused && error.code.startsWith('EntityNotExists')) return
      throw error
    }
  }

  async #call(action: string, parameters: Readonly<Record<string, string>>): Promise<JsonValue> {
    const { caller, endpoints, clock, random } = this.#reach
    const region = caller.region === undefined ? {} : { RegionId: caller.region }
    const call = { product: 'OOS', host: 'oos', action, version: '2019-06-01', endpoints }
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await callSecretApi({ ...call, parameters: { ...parameters, ...region } }, caller, this.#reach)
      } catch (error) {
        const isFinal = !(error instanceof SecretSourceError) || !error.isTransient || attempt >= ATTEMPTS
        if (isFinal) throw error
        await clock.sleep(Math.round(BACKOFF_MS * 2 ** attempt * (0.5 + random() / 2)))
      }
    }
  }
}

interface Found {
  readonly value: string
  /** Absent without the bridge's tag. */
  readonly owner: string | undefined
}

function parsed<Schema extends v.GenericSchema>(
  answer: JsonValue,
  schema: Schema,
  action: string,
): v.InferOutput<Schema> {
  const read = v.safeParse(schema, answer)
  if (!read.success) throw noAnswerOf({ product: 'OOS', action })
  return read.output
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

/** What concerns one parameter, with its name in the error. */
async function named<T>(name: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    if (!(error instanceof SecretSourceError)) throw error
    throw new OutputStoreError(`${name}: ${error.message}`, { cause: error })
  }
}
