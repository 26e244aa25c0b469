import type { Clock, EpochMs } from '../platform/clock.ts'

/** The keys that a token service has issued. They differ from each other, and carry a time at which they expire. */
export class TemporaryKeys<Key> {
  readonly #clock: Clock
  readonly #add: (key: Key) => void
  #count = 0

  /** `add` makes a key known to the signature check. */
  constructor(clock: Clock, add: (key: Key) => void) {
    this.#clock = clock
    this.#add = add
  }

  issue<Issued extends Key>(seconds: number, keyOf: (count: number, expiresAt: EpochMs) => Issued): Issued {
    this.#count += 1
    const key = keyOf(this.#count, this.#clock.now() + seconds * 1000)
    this.#add(key)
    return key
  }
}

/** The external id that the role `ExternalIdRequired` asks for, as the role of a third party should. */
const EXTERNAL_ID = 'sandbox-external-id'

/** Any role may be assumed but `Forbidden`; an external id has to be given where the role asks for one, and only there. */
export function mayAssumeRole(roleName: string, externalId: string | undefined): boolean {
  return (
    roleName !== 'Forbidden' && externalId === (roleName === 'ExternalIdRequired' ? EXTERNAL_ID : undefined)
  )
}
