import { CloudError } from '../provider.ts'
import type { MissingRight } from './diagnosis.ts'

/** What a reading is of. */
export interface Reading<Value> {
  /** As a policy names it, for example `logs:FilterLogEvents`. */
  readonly action: string
  /** What it would tell, for example `the log of /aws/lambda/my-function`. */
  readonly tells: string
  /** What is taken where it fails. */
  readonly otherwise: Value
}

/** The readings of one diagnosis: each that fails is noted, and the diagnosis goes on without it. */
export class Readings {
  readonly #missing: MissingRight[] = []
  readonly #notes: string[] = []

  get missing(): readonly MissingRight[] {
    return this.#missing
  }

  get notes(): readonly string[] {
    return this.#notes
  }

  note(sentence: string): void {
    if (!this.#notes.includes(sentence)) this.#notes.push(sentence)
  }

  /** Rethrows any other error than a `CloudError`. Notes a missing right once for each action. */
  async tried<Value>(
    { action, tells, otherwise }: Reading<Value>,
    read: () => Promise<Value>,
  ): Promise<Value> {
    try {
      return await read()
    } catch (error) {
      if (!(error instanceof CloudError)) throw error
      if (!this.#missing.some((one) => one.action === action))
        this.#missing.push({ action, isDenied: error.kind === 'denied', tells, said: error.message })
      return otherwise
    }
  }
}
