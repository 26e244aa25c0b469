import type { Clock, EpochMs } from '../platform/clock.ts'

/** Issues the temporary keys of a token service. Each key is new and has an expiry. */
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

/** The role `ExternalIdRequired` requires this external id, as a role for a third party should. */
const EXTERNAL_ID = 'sandbox-external-id'

/** Refuses the role `Forbidden`, a missing or wrong external id, and an external id that the role does not require. */
export function mayAssumeRole(roleName: string, externalId: string | undefined): boolean {
  return (
    roleName !== 'Forbidden' && externalId === (roleName === 'ExternalIdRequired' ? EXTERNAL_ID : undefined)
  )
}
