import type { Faults } from '../../src/sandbox/faults.ts'

/** Makes the next calls to an embedded cloud fail, in each possible way, twice. */
export function failEachWayTwice(faults: Pick<Faults, 'add'>): void {
  for (const kind of ['reset-before', 'internal-error', 'throttle', 'garbage', 'reset-after'] as const)
    faults.add(kind, { times: 2 })
}
