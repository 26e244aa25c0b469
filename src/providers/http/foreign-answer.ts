import type { CloudError } from '../call-error.ts'

/** An answer without an error of the service, and without a result. */
export interface ForeignAnswer {
  readonly kind: Extract<CloudError['kind'], 'throttled' | 'unavailable'>
  readonly lasting: boolean
}

/** Statuses that pass by themselves: of an ingress or a gateway that has just started or is overloaded. */
const PASSING = [404, 408, 425, 499]

/**
 * What to make of the page of a proxy, of a gateway or of a login in the service's place. It says nothing of the request or of
 * the stack, so the call is made again. `lasting`: an address that is wrong answers so each time.
 */
export function foreignAnswer(status: number): ForeignAnswer {
  if (status === 429) return { kind: 'throttled', lasting: false }
  return {
    kind: 'unavailable',
    lasting: status === 501 || (status >= 300 && status < 500 && !PASSING.includes(status)),
  }
}
