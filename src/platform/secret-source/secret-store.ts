import type { EpochMs } from '../clock.ts'
import { isJsonObject, parseJson } from '../json.ts'
import type { SecretReference } from './reference.ts'
import type { SecretCaller, SecretReach } from './secret-reach.ts'
import { SecretSourceError, type SecretSource } from './secret-source.ts'

interface Kept {
  readonly text: string
  readonly readAt: EpochMs
}

/** How long an old value is used while a new one cannot be read: an outage of KMS is no reason to fail. */
const LONGEST_USE_MS = 60 * 60_000
/**
 * How long a failure is kept: a client that is not authenticated may cause a token to be read, and must not cause many
 * calls.
 */
const FAILURE_KEPT_MS = 5000
const ATTEMPTS = 3
const BACKOFF_MS = 300

/**
 * Reads the values of STACKBRIDGE_SECRETS, each when it is needed, and keeps it for `secretsMaxAgeSeconds`. One for the
 * process. What calls KMS and OOS is loaded with the first call.
 */
export class SecretStore {
  readonly #reach: SecretReach
  readonly #kept = new Map<string, Kept>()
  readonly #failed = new Map<string, { readonly error: SecretSourceError; readonly at: EpochMs }>()
  readonly #inProgress = new Map<string, Promise<string>>()

  constructor(reach: SecretReach) {
    this.#reach = reach
  }

  /** The source of one invocation, whose credentials read. */
  sourceFor(caller: SecretCaller): SecretSource {
    const { secretReferences } = this.#reach.settings
    return {
      variables: secretReferences.map(({ variable }) => variable),
      read: async (variables) => {
        const needed = secretReferences.filter(({ variable }) => variables.includes(variable))
        const values = await Promise.all(needed.map((reference) => this.#valueOf(reference, caller)))
        return new Map(needed.map(({ variable }, index) => [variable, values[index] ?? '']))
      },
    }
  }

  async #valueOf(reference: SecretReference, caller: SecretCaller): Promise<string> {
    try {
      return valueIn(await this.#textOf(reference, caller), reference)
    } catch (error) {
      if (!(error instanceof SecretSourceError)) throw error
      const { variable, source, name } = reference
      throw new SecretSourceError(
        `${variable}, which STACKBRIDGE_SECRETS names, could not be read from ${source}:${name}: ${error.message}`,
        { cause: error, isTransient: error.isTransient },
      )
    }
  }

  async #textOf(reference: SecretReference, caller: SecretCaller): Promise<string> {
    const key = `${reference.source}:${reference.name}`
    const { clock, settings } = this.#reach
    const kept = this.#kept.get(key)
    const age = kept === undefined ? Infinity : clock.now() - kept.readAt
    if (kept !== undefined && age < settings.secretsMaxAgeSeconds * 1000) return kept.text
    const reading = this.#inProgress.get(key) ?? this.#fetch(key, reference, caller)
    try {
      return await reading
    } catch (error) {
      const isUsable = error instanceof SecretSourceError && error.isTransient && age < LONGEST_USE_MS
      if (kept === undefined || !isUsable) throw error
      return kept.text
    }
  }

  #fetch(key: string, reference: SecretReference, caller: SecretCaller): Promise<string> {
    const { clock } = this.#reach
    const failed = this.#failed.get(key)
    if (failed !== undefined && clock.now() - failed.at < FAILURE_KEPT_MS) return Promise.reject(failed.error)
    const fetching = this.#tryToRead(reference, caller)
      .then((text) => {
        this.#kept.set(key, { text, readAt: clock.now() })
        return text
      })
      .catch((error: unknown) => {
        if (error instanceof SecretSourceError) this.#failed.set(key, { error, at: clock.now() })
        throw error
      })
      .finally(() => this.#inProgress.delete(key))
    this.#inProgress.set(key, fetching)
    return fetching
  }

  async #tryToRead(reference: SecretReference, caller: SecretCaller): Promise<string> {
    const { clock, random } = this.#reach
    const { readSecret } = await import('./alibaba-cloud.ts')
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await readSecret(reference, caller, this.#reach)
      } catch (error) {
        const isFinal = !(error instanceof SecretSourceError) || !error.isTransient || attempt >= ATTEMPTS
        if (isFinal) throw error
        await clock.sleep(Math.round(BACKOFF_MS * 2 ** attempt * (0.5 + random() / 2)))
      }
    }
  }
}

function valueIn(text: string, { field }: SecretReference): string {
  if (field === undefined) {
    if (text === '') throw new SecretSourceError('its value is empty')
    return text
  }
  const parsed = parseJson(Buffer.from(text))
  if (!parsed.ok || !isJsonObject(parsed.value))
    throw new SecretSourceError(`its value is no JSON object, so it has no field ${field}`)
  const value = parsed.value[field]
  if (typeof value !== 'string' || value === '')
    throw new SecretSourceError(`its value has no field ${field} with a text`)
  return value
}
