import { describe, expect, it } from 'vitest'
import { runScenarios } from '../../../src/cli/acceptance/run-scenarios.ts'
import { Journal } from '../../../src/cli/acceptance/journal.ts'
import { ScenarioContext, ScenarioFailure } from '../../../src/cli/acceptance/scenario-context.ts'
import type { Scenario } from '../../../src/cli/acceptance/scenario.ts'
import { FakeClock } from '../../fake-clock.ts'

const context = () =>
  new ScenarioContext(
    {
      name: 'aws',
      resourceType: 'Custom::AwsCloudFormationStack',
      cause: /Gate/,
      properties: () => ({}),
      reading: () => ({}),
    },
    {
      journal: new Journal(
        {
          read: () => Promise.resolve(undefined),
          write: () => Promise.resolve(),
          forget: () => Promise.resolve(),
          release: () => Promise.resolve(),
        },
        { version: 1, run: 'r1', rosStackId: 'id', sandbox: false, entries: {} },
      ),
      subject: 'aws',
      send: () => Promise.resolve({ ok: false, reason: 'none' }),
      requestId: () => 'request',
    },
    () => 'secret',
  )

const scenario = (id: string, run: Scenario['run'], ...needs: readonly string[]): Scenario => ({
  id,
  title: id,
  needs,
  run,
})

async function results(...scenarios: readonly Scenario[]) {
  const results: unknown[] = []
  for await (const { scenario, result, detail } of runScenarios(scenarios, context(), new FakeClock()))
    results.push([scenario, result, detail])
  return results
}

describe('the scenarios of an acceptance run', () => {
  it('continue after a failure, without those that depend on the failed one', async () => {
    const failing = () => Promise.reject(new ScenarioFailure('SUCCESS was expected'))
    const passing = () => Promise.resolve(undefined)
    expect(
      await results(
        scenario('create', failing),
        scenario('update', passing, 'create'),
        scenario('delete', passing, 'update'),
        scenario('other', () => Promise.resolve('seen')),
      ),
    ).toEqual([
      ['create', 'failed', 'SUCCESS was expected'],
      ['update', 'not run', 'needs create, which did not pass'],
      ['delete', 'not run', 'needs update, which did not pass'],
      ['other', 'passed', 'seen'],
    ])
  })

  it('stop at an error that is not a failure of the scenario', async () => {
    await expect(results(scenario('create', () => Promise.reject(new TypeError('bug'))))).rejects.toThrow(
      'bug',
    )
  })
})
