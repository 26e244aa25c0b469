import { describe, expect, it } from 'vitest'
import type { Recognition } from '../bridge/model-cloud.ts'
import { describeOutcome, exploreAll } from './explore.ts'
import { realBridge } from './history.ts'
import { scenarios, type Scenario } from './scenarios.ts'

/** The three basic requests run with every pair of faults, the others with every single fault. */
const IN_PAIRS: readonly Scenario[] = [scenarios.create, scenarios.update, scenarios.delete]

/** Runs every history of every scenario on one type of cloud, with and without hand-off. */
export function exploreCloud(recognition: Recognition): void {
  describe.each([
    ['that hands operations over', true],
    ['that polls in place', false],
  ])(`a bridge %s, on a cloud that recognizes requests by their ${recognition}`, (_, continuation) => {
    it.each(Object.values(scenarios).map((scenario): [string, Scenario] => [scenario.name, scenario]))(
      'keeps its promise in %s for every fault',
      async (name, scenario) => {
        const faults = IN_PAIRS.includes(scenario) ? 2 : 1
        const setup = { bridge: realBridge, recognition, continuation }
        const { histories, violated } = await exploreAll(scenario, setup, faults, 10)
        expect(violated.map(describeOutcome)).toEqual([])
        const mode = continuation ? 'handing over' : 'in place'
        console.log(
          `explored: ${recognition}, ${mode}, ${name}: ${String(histories)} histories with up to ${String(faults)} faults, 0 violations`,
        )
      },
    )
  })
}
