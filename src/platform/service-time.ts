import { CallScope } from './call-scope.ts'
import type { Clock, EpochMs } from './clock.ts'
import type { Network } from './network.ts'

/** By how much the clocks of services differ from this machine's, by their addresses. */
const offsetsOfProcess = new WeakMap<Network, Map<string, number>>()

/** An answer with another time than the request's was refused for another reason. The AWS SDK for JavaScript takes the same. */
const LEAST_SKEW_MS = 5 * 60_000

/** The header `Date` of an answer. */
export type DateHeader = string | string[] | undefined

export interface ServiceTime<Answer> {
  readonly network: Network
  readonly clock: Clock
  /** The service's address. */
  readonly service: string
  /** Sends the request, signed with this time. */
  readonly send: (now: EpochMs) => Promise<Answer>
  /** The header of an answer that may refuse the request for its time. */
  readonly refusedAt: (answer: Answer) => DateHeader
}

/**
 * Sends a request whose signature holds the time. Services refuse a time that is some minutes off. Where this machine's clock is
 * wrong, the request is sent once more with the service's own time, as the AWS SDK does; later requests begin with it. A refused
 * request has done nothing.
 */
export async function inServiceTime<Answer>(call: ServiceTime<Answer>): Promise<Answer> {
  const { network, clock, service, send, refusedAt } = call
  const offsets = offsetsOf(network)
  const signedAt = clock.now() + (offsets.get(service) ?? 0)
  const answer = await send(signedAt)
  const date = refusedAt(answer)
  const serviceTime = typeof date === 'string' ? Date.parse(date) : NaN
  if (Number.isNaN(serviceTime) || Math.abs(serviceTime - signedAt) < LEAST_SKEW_MS) return answer
  const offset = serviceTime - clock.now()
  offsets.set(service, offset)
  return send(clock.now() + offset)
}

/**
 * For services without a documented code of such a refusal: each one of a signed request counts that has another time. Users of FC
 * report HTTP 403; MNS documents the 15 minutes alone.
 * https://github.com/alibaba/funcraft/issues/983
 * https://www.alibabacloud.com/help/en/doc-detail/27485.htm
 */
export function dateOfRefusal({
  status,
  headers,
}: {
  readonly status: number
  readonly headers: { readonly date?: DateHeader }
}): DateHeader {
  return status === 400 || status === 403 ? headers.date : undefined
}

function offsetsOf(network: Network): Map<string, number> {
  const ofProcess = network instanceof CallScope ? network.process : network
  const offsets = offsetsOfProcess.get(ofProcess) ?? new Map<string, number>()
  offsetsOfProcess.set(ofProcess, offsets)
  return offsets
}
