import type { DriftedResource } from '../drift.ts'

/** Resources that a reason or a line of the log names; of more it gives the number. */
export const MOST_NAMED = 50
/** Characters of one resource. */
const LONGEST_ENTRY = 500

/** The resources with what has drifted, without values. `mask`: of secrets, which could not be found any more in what was cut. */
export function driftInWords(drifted: readonly DriftedResource[], mask: (text: string) => string): string {
  const others = drifted.length - MOST_NAMED
  const named = drifted.slice(0, MOST_NAMED).map((one) => mask(inWords(one)).slice(0, LONGEST_ENTRY))
  return [...named, ...(others > 0 ? [`and ${String(others)} more`] : [])].join(', ')
}

function inWords({ resource, type, physicalId, drift, properties }: DriftedResource): string {
  const what =
    properties === undefined || properties.length === 0 ? drift : `${drift} ${properties.join(', ')}`
  return `${resource} (${physicalId === undefined ? type : `${type} ${physicalId}`}: ${what})`
}
