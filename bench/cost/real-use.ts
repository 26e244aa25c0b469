import type { Aim, Table } from '../report/section.ts'
import { median } from '../statistics.ts'
import { billOf, costs, micro, type Bill } from './bill.ts'
import { measureBundleCalls } from './bundle-calls.ts'
import { simulateCalls, STATIC_KEYS, type SimulatedCalls, type Use } from './simulated-calls.ts'

const IN_ROLE: Use = { ...STATIC_KEYS, name: 'a role, one instance', hasRole: true }
const COLD: Use = { ...STATIC_KEYS, name: 'static keys, a new instance for each call', isCold: true }
const COLD_IN_ROLE: Use = { ...COLD, name: 'a role, a new instance for each call', hasRole: true }
const WITHOUT_TOKENS: Use = {
  ...COLD_IN_ROLE,
  name: 'the same, `STACKBRIDGE_HAND_OFF_TOKENS=false`',
  handsOffTokens: false,
}
const USES = [STATIC_KEYS, IN_ROLE, COLD, COLD_IN_ROLE, WITHOUT_TOKENS]

const SHORT_S = 600
/** Longer than a role's session. */
const LONG_S = 7200
/** AWS's default of one hour, minus the last minute, in which the bridge gets a new session. */
const SESSION_S = 3540

interface Stack {
  readonly seconds: number
  readonly counted: SimulatedCalls
  readonly bill: Bill
}

export interface UseCost {
  readonly use: Use
  readonly hopMs: number
  readonly stacks: readonly Stack[]
}

/** One AWS stack in each way of use: the calls of the built bundle, and the counts of the simulated function. */
export async function measureRealUse(built: string): Promise<readonly UseCost[]> {
  const measured: UseCost[] = []
  for (const use of USES) {
    const calls = await measureBundleCalls(built, use)
    const stacks: Stack[] = []
    for (const seconds of [SHORT_S, LONG_S]) {
      const counted = await simulateCalls({ seconds, use })
      stacks.push({ seconds, counted, bill: billOf(counted, calls) })
    }
    measured.push({ use, hopMs: median(calls.hopsMs), stacks })
  }
  return measured
}

export function realUseAims(uses: readonly UseCost[]): readonly Aim[] {
  const of = (kind: Use): readonly Stack[] => uses.find(({ use }) => use === kind)?.stacks ?? []
  const handedOff = [...of(IN_ROLE), ...of(COLD_IN_ROLE)]
  const withoutTokens = of(WITHOUT_TOKENS)
  return [
    {
      aim: 'with tokens handed off, one AssumeRole for each lifetime of a session, also where each call has a new instance',
      measured: handedOff
        .map(({ seconds, counted }) => `${String(counted.assumedRoles)} in ${String(seconds / 60)} min`)
        .join(', '),
      met: handedOff.every(
        ({ seconds, counted }) =>
          counted.assumedRoles > 0 && counted.assumedRoles <= Math.ceil(seconds / SESSION_S),
      ),
      why: `A session lasts ${String(SESSION_S)} s to the bridge; any further AssumeRole is one that a call should not have made.`,
    },
    {
      aim: 'without, one AssumeRole for each new instance',
      measured: withoutTokens
        .map(
          ({ counted }) =>
            `${String(counted.assumedRoles)} in ${String(counted.calls.length)} calls, each in a new instance`,
        )
        .join('; '),
      met: withoutTokens.every(
        ({ counted }) => counted.assumedRoles > 0 && counted.assumedRoles <= counted.calls.length,
      ),
      why: 'A call that logs in more than once does so needlessly.',
    },
  ]
}

export function realUseTable(uses: readonly UseCost[]): Table {
  return {
    caption: 'One AWS stack in real use',
    head: [
      ...['use', 'stack takes', 'calls of the function', 'AssumeRole', 'a call that polls and hands off'],
      ...['billed', 'with the assumed network', 'alone'],
    ],
    rows: uses.flatMap(({ use, hopMs, stacks }) =>
      stacks.map(({ seconds, counted, bill }) => [
        use.name,
        `${String(seconds / 60)} min`,
        String(bill.calls),
        String(counted.assumedRoles),
        `${hopMs.toFixed(0)} ms`,
        `${bill.seconds.toFixed(1)} s, ${micro(costs(bill).loopback)} µUSD`,
        `${bill.withNetworkS.toFixed(0)} s, ${micro(costs(bill).withNetwork)} µUSD`,
        `${micro(costs(bill).alone)} µUSD`,
      ]),
    ),
  }
}
