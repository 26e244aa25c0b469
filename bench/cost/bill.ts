import { median } from '../statistics.ts'
import type { BundleCalls } from './bundle-calls.ts'
import { roundedUsd, SIZE, usd, type Usage } from './prices.ts'
import type { SimulatedCalls } from './simulated-calls.ts'

/** Extra seconds for each request over a real network. An assumption: all requests here are on loopback. */
export const NETWORK_S = 0.1
/** The requests of a call that hands off, without a login. */
export const POLL_AND_HAND_OFF = 2

/** What Function Compute bills for one stack. */
export interface Bill extends Usage {
  /** `seconds` with the assumed network time. */
  readonly withNetworkS: number
  /** With the assumed network time, by the hour since the event. */
  readonly hours: readonly Usage[]
}

/** US dollars. */
export interface Costs {
  readonly loopback: number
  readonly withNetwork: number
  /** With the assumed network, and each hour's sum rounded up, as if the function served nothing else. */
  readonly alone: number
}

const HOUR_S = 3600

/** One call that lasts as long as the stack. Its usage counts when it ends. */
export function articleBill(seconds: number): Bill {
  return { calls: 1, seconds, withNetworkS: seconds, hours: [{ calls: 1, seconds }] }
}

/**
 * The calls of the simulated function, each with the measured duration: the first in a new instance, the others as calls that
 * poll and hand off.
 */
export function billOf(
  { calls, assumedRoles }: SimulatedCalls,
  { coldMs, hopsMs }: Pick<BundleCalls, 'coldMs' | 'hopsMs'>,
): Bill {
  const requests = requestsPerHop(calls.length, assumedRoles)
  const billed = calls.map(({ atS, sleptS }, index) => {
    const seconds = sleptS + (index === 0 ? coldMs : median(hopsMs)) / 1000
    return { atS, seconds, withNetworkS: seconds + (index === 0 ? 0 : requests * NETWORK_S) }
  })
  const hours = new Map<number, Usage>()
  for (const { atS, withNetworkS } of billed) {
    const hour = Math.floor(atS / HOUR_S)
    const before = hours.get(hour) ?? { calls: 0, seconds: 0 }
    hours.set(hour, { calls: before.calls + 1, seconds: before.seconds + withNetworkS })
  }
  return {
    calls: billed.length,
    seconds: billed.reduce((sum, call) => sum + call.seconds, 0),
    withNetworkS: billed.reduce((sum, call) => sum + call.withNetworkS, 0),
    hours: [...hours.values()],
  }
}

/** A poll and a hand-off, and a login if roles are assumed again after the first call. */
function requestsPerHop(calls: number, assumedRoles: number): number {
  const hops = calls - 1
  return hops === 0 ? 0 : POLL_AND_HAND_OFF + Math.max(0, assumedRoles - 1) / hops
}

export function costs({ calls, seconds, withNetworkS, hours }: Bill): Costs {
  return {
    loopback: usd({ calls, seconds }),
    withNetwork: usd({ calls, seconds: withNetworkS }),
    alone: roundedUsd(hours),
  }
}

export function describeBill(bill: Bill): string {
  const { calls, seconds, withNetworkS } = bill
  const { loopback, alone } = costs(bill)
  const far = withNetworkS === seconds ? '' : ` (${withNetworkS.toFixed(0)} s)`
  return `${String(calls)} ${calls === 1 ? 'call' : 'calls'}, ${seconds.toFixed(1)} s${far}, ${(seconds * SIZE.gb).toFixed(1)} GB-s, ${micro(loopback)} µUSD; alone ${micro(alone)} µUSD`
}

/** Millionths of a US dollar. */
export function micro(dollars: number): string {
  return (dollars * 1e6).toFixed(0)
}
