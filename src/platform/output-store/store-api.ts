import * as v from 'valibot'
import type { JsonValue } from '../json.ts'
import {
  callSecretApi,
  noAnswerOf,
  SecretCallRefused,
  type SecretCall,
} from '../secret-source/alibaba-cloud-call.ts'
import type { SecretCaller, SecretReach } from '../secret-source/secret-reach.ts'
import { SecretSourceError } from '../secret-source/secret-source.ts'

/** What is needed to call a store. */
export interface StoreReach extends Omit<SecretReach, 'settings'> {
  readonly endpoints: readonly string[]
  readonly caller: SecretCaller
  /** No request starts after it has aborted. */
  readonly signal: AbortSignal
}

type Parameters = Readonly<Record<string, string>>

const ATTEMPTS = 3
const BACKOFF_MS = 300

/** The API of one store. A call is made again where a later attempt may succeed: all of them may be repeated. */
export class StoreApi {
  readonly #product: Pick<SecretCall, 'product' | 'host' | 'version'>
  readonly #reach: StoreReach

  constructor(product: Pick<SecretCall, 'product' | 'host' | 'version'>, reach: StoreReach) {
    this.#product = product
    this.#reach = reach
  }

  /** `form`: parameters that are secret. Rejects with `SecretSourceError`. */
  async call(action: string, parameters: Parameters, form?: Parameters): Promise<JsonValue> {
    const { caller, endpoints, clock, random, signal } = this.#reach
    const call = { ...this.#product, action, endpoints, parameters, form }
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await callSecretApi(call, caller, this.#reach)
      } catch (error) {
        const mayHelp = error instanceof SecretSourceError && error.isTransient && attempt < ATTEMPTS
        if (!mayHelp || signal.aborted) throw error
        await clock.sleep(Math.round(BACKOFF_MS * 2 ** attempt * (0.5 + random() / 2)), signal)
      }
    }
  }

  /** The answer by its schema. Rejects with `SecretSourceError`. */
  async read<Schema extends v.GenericSchema>(
    action: string,
    parameters: Parameters,
    schema: Schema,
  ): Promise<v.InferOutput<Schema>> {
    const read = v.safeParse(schema, await this.call(action, parameters))
    if (!read.success) throw noAnswerOf({ product: this.#product.product, action })
    return read.output
  }

  /** A text that is different for each call of it, of letters, digits and hyphens, 64 characters at most. */
  unique(): string {
    const { clock, random } = this.#reach
    return [clock.now(), random(), random()].map((part) => part.toString(36).replace('.', '')).join('-')
  }
}

/** Whether a call was refused with a code that begins so. */
export function isRefusal(error: unknown, code: string): boolean {
  return error instanceof SecretCallRefused && error.code.startsWith(code)
}
