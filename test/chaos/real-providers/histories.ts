import { DRIFT_DETECTORS, PLANNERS, type ProviderName } from './clouds.ts'
import { FAULTS } from './faults.ts'
import { nameOf, runHistory, type HistoryPlan, type HistoryResult } from './run-history.ts'
import {
  DRIFT_SCENARIOS,
  isScenarioName,
  PLANNED_SCENARIOS,
  scenarios,
  type ScenarioName,
} from './scenarios.ts'
import { MODES } from './world.ts'

/** The sample has one history out of this many. */
const SAMPLED = 12

export type Choice = 'all' | 'sample'

/**
 * Runs each scenario of a provider without a fault, and then with each fault at each effect: all of them, or always the same
 * sample. `isSelected` names histories that the sample must include.
 */
export async function* runHistories(
  provider: ProviderName,
  choice: Choice,
  isSelected: (name: string) => boolean,
): AsyncGenerator<HistoryResult> {
  for (const scenario of scenariosFor(provider))
    for (const mode of MODES) {
      const undisturbed = await runHistory({ provider, scenario, mode })
      yield undisturbed
      for (const { name: at, kind: effect } of undisturbed.effects)
        for (const kind of FAULTS[effect]) {
          const plan: HistoryPlan = { provider, scenario, mode, fault: { kind, at } }
          const name = nameOf(plan)
          if (choice === 'all' || isSelected(name) || hashOf(name) % SAMPLED === 0)
            yield await runHistory(plan)
        }
    }
}

function scenariosFor(provider: ProviderName): ScenarioName[] {
  const canPlan = PLANNERS.includes(provider)
  const detectsDrift = DRIFT_DETECTORS.includes(provider)
  return Object.keys(scenarios)
    .filter(isScenarioName)
    .filter((scenario) => canPlan || !PLANNED_SCENARIOS.includes(scenario))
    .filter((scenario) => detectsDrift || !DRIFT_SCENARIOS.includes(scenario))
}

/** FNV-1a: http://www.isthe.com/chongo/tech/comp/fnv/ */
function hashOf(text: string): number {
  let hash = 0x811c9dc5
  for (const byte of Buffer.from(text)) hash = Math.imul(hash ^ byte, 0x01000193) >>> 0
  return hash
}
