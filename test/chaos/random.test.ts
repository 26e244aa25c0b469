import fc from 'fast-check'
import { describe, it } from 'vitest'
import { describeOutcome, runScenario } from './explore.ts'
import { FAULTS, type FaultKind, type PlannedFault } from './faults.ts'
import { realBridge } from './history.ts'
import { scenarios, type Scenario } from './scenarios.ts'

/**
 * Many faults in one history. The histories are the same in each run; `CHAOS_SEED` selects others and `CHAOS_RUNS` their number.
 * fast-check shrinks a failure to a short plan.
 */

const seed = Number(process.env['CHAOS_SEED'] ?? 1)
const runs = Number(process.env['CHAOS_RUNS'] ?? 600)

/** With more deadly faults than retries, no invocation would be left to answer. */
const MAX_TIMEOUTS_AND_KILLS = 3
const DEADLY: readonly FaultKind[] = ['crash-before', 'crash-after', 'silent', 'slow']

const fault = fc.record({ at: fc.nat(40), kind: fc.constantFrom(...FAULTS.cloud) })
const plans = fc
  .uniqueArray(fault, { selector: ({ at }) => at, maxLength: 12 })
  .map((plan) => withFewDeadly([...plan].sort((one, other) => one.at - other.at)))

function withFewDeadly(plan: readonly PlannedFault[]): PlannedFault[] {
  let deadly = 0
  return plan.filter(({ kind }) => {
    if (DEADLY.includes(kind)) deadly += 1
    return !DEADLY.includes(kind) || deadly <= MAX_TIMEOUTS_AND_KILLS
  })
}

describe.each(['tokens', 'tags'] as const)(
  'on a cloud that recognizes requests by their %s',
  (recognition) => {
    it.each(Object.values(scenarios).map((scenario): [string, Scenario] => [scenario.name, scenario]))(
      'keeps the promise with many faults in one history: %s',
      async (name, scenario) => {
        const property = fc.asyncProperty(plans, fc.boolean(), async (plan, continuation) => {
          const outcome = await runScenario(scenario, { bridge: realBridge, recognition, continuation }, plan)
          if (outcome.violations.length > 0) throw new Error(describeOutcome(outcome))
        })
        await fc.assert(property, { seed, numRuns: runs })
        console.log(
          `explored: ${recognition}, ${name}: ${String(runs)} random histories with up to 12 faults, seed ${String(seed)}, 0 violations`,
        )
      },
    )
  },
)
