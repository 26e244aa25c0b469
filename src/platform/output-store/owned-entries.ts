import { SecretCallRefused } from '../secret-source/alibaba-cloud-call.ts'
import { SecretSourceError } from '../secret-source/secret-source.ts'
import { OutputStoreError, type EntriesToKeep } from './output-store.ts'

/** The tag of an entry that says whose it is. */
export const OWNER_TAG = 'stackbridge-owner'

/** One entry that exists. */
export interface Entry {
  /** Absent without the bridge's tag. */
  readonly owner: string | undefined
  /** Why it cannot be written, to follow its name; absent where it can be. */
  readonly obstacle?: string | undefined
  /** Read only of an entry that is the owner's. `undefined`: the value is none that the bridge writes. */
  value(): Promise<string | undefined>
}

/** The calls of one vendor's store. All may be repeated. They reject with `SecretSourceError`. */
export interface EntryCalls {
  /** What an entry is called. */
  readonly noun: string
  /** `undefined`: there is no entry of that name. */
  find(name: string): Promise<Entry | undefined>
  /** Rejects with `SecretCallRefused` where the name is taken. */
  create(name: string, value: string, owner: string): Promise<void>
  replace(name: string, value: string): Promise<void>
  /** Resolves, too, where there is none. */
  remove(name: string): Promise<void>
  /** Not by a filter of the vendor's alone: what is listed is removed. */
  namesOf(owner: string): Promise<readonly string[]>
}

/** The rule which entries belong to which owner, the same in each store. */
export class OwnedEntries {
  readonly #calls: EntryCalls

  constructor(calls: EntryCalls) {
    this.#calls = calls
  }

  async keep({
    owner,
    desired,
    unwanted = [],
    keepsOthers = false,
  }: Omit<EntriesToKeep, 'signal'>): Promise<void> {
    const calls = this.#calls
    for (const [name, value] of desired) await named(name, () => this.#write(name, value, owner))
    if (keepsOthers) return
    const listed = await this.#listed(owner)
    for (const name of listed) if (!desired.has(name)) await named(name, () => calls.remove(name))
    for (const name of unwanted)
      if (!desired.has(name) && !listed.includes(name)) await named(name, () => this.#removeOwn(name, owner))
  }

  async #listed(owner: string): Promise<readonly string[]> {
    try {
      return await this.#calls.namesOf(owner)
    } catch (error) {
      if (!(error instanceof SecretSourceError)) throw error
      // A store that refuses the list for good, or gives no answer, has stored nothing of this owner either.
      const isOutOfReach = !(error instanceof SecretCallRefused && error.isTransient)
      throw new OutputStoreError(`the list of ${this.#calls.noun}s: ${error.message}`, {
        cause: error,
        isOutOfReach,
      })
    }
  }

  async #removeOwn(name: string, owner: string): Promise<void> {
    const found = await this.#calls.find(name)
    if (found?.owner === owner) await this.#calls.remove(name)
  }

  async #write(name: string, value: string, owner: string): Promise<void> {
    const found = await this.#calls.find(name)
    if (found !== undefined) return this.#replace(name, value, found, owner)
    try {
      await this.#calls.create(name, value, owner)
    } catch (error) {
      // An earlier attempt whose answer was lost, or another writer, may have made it.
      const made = error instanceof SecretCallRefused ? await this.#calls.find(name) : undefined
      if (made === undefined) throw error
      await this.#replace(name, value, made, owner)
    }
  }

  async #replace(name: string, value: string, found: Entry, owner: string): Promise<void> {
    const entry = `the ${this.#calls.noun} ${name}`
    if (found.obstacle !== undefined) throw new OutputStoreError(`${entry} ${found.obstacle}`)
    if (found.owner !== owner)
      throw new OutputStoreError(
        `${entry} belongs to ${found.owner === undefined ? 'nobody that the bridge knows' : 'another resource'}: it is not changed`,
      )
    if ((await found.value()) !== value) await this.#calls.replace(name, value)
  }
}

/** What concerns one entry, with its name in the error. */
async function named<T>(name: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    if (!(error instanceof SecretSourceError)) throw error
    throw new OutputStoreError(`${name}: ${error.message}`, { cause: error })
  }
}
