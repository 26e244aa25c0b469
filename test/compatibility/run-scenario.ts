import { FakeClock } from '../fake-clock.ts'
import { CLOUDS } from './clouds.ts'
import { startHops, type OnHandOver } from './hop-by-hop.ts'
import { SCENARIOS, ScenarioWorld } from './scenarios.ts'

/** The start time of each scenario. */
export const START = Date.UTC(2026, 10, 28, 12)

/** Runs one scenario with one provider; returns the answers to ROS, in order, and the log. */
export async function runScenario(provider: string, scenario: string, onHandOver: OnHandOver) {
  const clock = new FakeClock(START)
  const startCloud = CLOUDS[provider]
  const perform = SCENARIOS[scenario]
  if (startCloud === undefined || perform === undefined) throw new RangeError('there is none such')
  const cloud = await startCloud(clock)
  const hops = await startHops(clock, onHandOver)
  try {
    await perform(new ScenarioWorld(scenario, cloud, hops))
    const answers = hops.ros.answers.map(({ RequestId, Status, Reason }) => ({ RequestId, Status, Reason }))
    return { answers, logged: hops.logged.join('') }
  } finally {
    await hops.close()
    await cloud.close()
  }
}
