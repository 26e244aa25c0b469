import type { Clock } from '../../platform/clock.ts'
import type { ScenarioReport } from '../report.ts'
import { ScenarioFailure, ScenarioNotRun, type ScenarioContext } from './scenario-context.ts'
import type { Scenario } from './scenario.ts'

export type ScenarioResult = Omit<ScenarioReport, 'type'>

/** Runs scenarios in order, each as soon as those that it needs have passed. */
export async function* runScenarios(
  scenarios: readonly Scenario[],
  context: ScenarioContext,
  clock: Clock,
): AsyncGenerator<ScenarioResult> {
  const { name } = context.subject
  const passed = new Set<string>()
  for (const scenario of scenarios) {
    const missing = scenario.needs.find((id) => !passed.has(id))
    const startedAt = clock.now()
    const { result, detail } =
      missing === undefined
        ? await run(scenario, context)
        : { result: 'not run' as const, detail: `needs ${missing}, which did not pass` }
    if (result === 'passed') passed.add(scenario.id)
    yield {
      subject: name,
      scenario: scenario.id,
      title: scenario.title,
      result,
      ...(detail === undefined ? {} : { detail }),
      elapsedMs: clock.now() - startedAt,
    }
  }
}

async function run(
  scenario: Scenario,
  context: ScenarioContext,
): Promise<Pick<ScenarioResult, 'result' | 'detail'>> {
  try {
    const detail = await scenario.run(context)
    return { result: 'passed', ...(detail === undefined ? {} : { detail }) }
  } catch (error) {
    if (error instanceof ScenarioNotRun) return { result: 'not run', detail: error.message }
    if (error instanceof ScenarioFailure) return { result: 'failed', detail: error.message }
    throw error
  }
}
