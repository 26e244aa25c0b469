import { keyFingerprint } from '../../platform/key-fingerprint.ts'
import type { Settings } from '../../platform/settings.ts'

/** Which continuation key a deployment has, without the key. */
export interface KeyIdentity {
  /** Where STACKBRIDGE_SECRETS says that the key is kept, such as `oos:stackbridge-continuation-key`. */
  readonly place?: string
  /** Of the key that encrypts, and of the keys that are still read, where they are known. */
  readonly fingerprints?: readonly string[]
}

export type KeyComparison =
  { readonly kept: true; readonly detail: string } | { readonly kept: false; readonly why: string }

const KEY = 'STACKBRIDGE_CONTINUATION_KEY'

/** The key that the settings name; `undefined` where they name none. */
export function keyIdentityOf({
  continuationKeys,
  secretReferences,
}: Pick<Settings, 'continuationKeys' | 'secretReferences'>): KeyIdentity | undefined {
  const reference = secretReferences.find(({ variable }) => variable === KEY)
  if (reference !== undefined) {
    const { source, name, field } = reference
    return { place: `${source}:${name}${field === undefined ? '' : `#${field}`}` }
  }
  return continuationKeys.length === 0 ? undefined : { fingerprints: continuationKeys.map(keyFingerprint) }
}

/** The key for a message: its place and its fingerprints. */
export function describeKey({ place, fingerprints = [] }: KeyIdentity): string {
  return [
    ...(place === undefined ? [] : [`at ${place}`]),
    ...(fingerprints.length === 0 ? [] : [`fingerprint ${fingerprints.join(', ')}`]),
  ].join(', ')
}

/** Whether the bridge with the planned key reads what was encrypted under the former one. */
export function compareKeys(planned: KeyIdentity, former: KeyIdentity): KeyComparison {
  if (planned.place !== undefined && planned.place === former.place)
    return { kept: true, detail: `stays ${describeKey(planned)}` }
  const [encrypting] = former.fingerprints ?? []
  if (encrypting === undefined || planned.fingerprints === undefined)
    return { kept: false, why: cannotTell(planned, former) }
  if (planned.fingerprints[0] === encrypting) return { kept: true, detail: `stays ${describeKey(planned)}` }
  return planned.fingerprints.includes(encrypting)
    ? { kept: true, detail: `is replaced; the former one (fingerprint ${encrypting}) is still read` }
    : {
        kept: false,
        why: `the deployed key (fingerprint ${encrypting}) would be replaced by another (fingerprint ${planned.fingerprints.join(', ')}), and operations under way could not be read; set the deployed key again, or both as NEW,OLD`,
      }
}

function cannotTell(planned: KeyIdentity, former: KeyIdentity): string {
  const remedy =
    planned.fingerprints === undefined
      ? 'set ALIBABA_CLOUD_ACCESS_KEY_ID and ALIBABA_CLOUD_ACCESS_KEY_SECRET, with which the planned one is read'
      : 'leave the key where it is, or wait until no operation is under way and remove the entry from the fingerprint file'
  return `whether the key stays the same cannot be told: it was ${describeKey(former)}, and would be ${describeKey(planned)}; ${remedy}`
}
