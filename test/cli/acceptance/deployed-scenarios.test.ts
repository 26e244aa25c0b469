import { describe, expect, it } from 'vitest'
import type { SettingsReading } from '../../../src/cli/acceptance/deployed/deployed-settings.ts'
import { deployedScenarios } from '../../../src/cli/acceptance/deployed/deployed-scenarios.ts'
import type { Observation } from '../../../src/cli/acceptance/facts.ts'
import { Journal } from '../../../src/cli/acceptance/journal.ts'
import { runScenarios } from '../../../src/cli/acceptance/run-scenarios.ts'
import { ScenarioContext } from '../../../src/cli/acceptance/scenario-context.ts'
import { asText, isJsonObject, type JsonObject } from '../../../src/platform/json.ts'
import { readSettings } from '../../../src/platform/settings.ts'
import { FakeClock } from '../../fake-clock.ts'

/**
 * The scenarios of a deployed function. The ROS of this test answers SUCCESS and returns the value, truncated to `longest`
 * characters.
 */

const FOLDER = {
  read: () => Promise.resolve(undefined),
  write: () => Promise.resolve(),
  forget: () => Promise.resolve(),
  release: () => Promise.resolve(),
}

async function largeAnswer(reading: SettingsReading, longest: number) {
  const seen: Observation[] = []
  const context = new ScenarioContext(
    {
      name: 'heat behind stackbridge',
      resourceType: 'Custom::RosStack',
      cause: /Gate/,
      properties: ({ value }): JsonObject => ({ Stack: { value } }),
      reading: () => ({}),
    },
    {
      journal: new Journal(FOLDER, { version: 1, run: 'r', rosStackId: 'id', sandbox: false, entries: {} }),
      subject: 'heat behind stackbridge',
      send({ properties }) {
        const { Stack = {} } = properties
        const { value = '' } = isJsonObject(Stack) ? Stack : {}
        const data = asText(value).length > longest ? {} : { Value: value }
        return Promise.resolve({ ok: true, physicalResourceId: 'id', data })
      },
      requestId: () => 'request',
    },
    () => 'secret',
  )
  const scenarios = deployedScenarios(
    () => Promise.resolve(undefined),
    () => Promise.resolve(reading),
    (observation) => seen.push(observation),
  )
  const results: unknown[] = []
  for await (const { scenario, result, detail = '' } of runScenarios(scenarios, context, new FakeClock()))
    if (scenario === 'deployed-large-answer') results.push(result, detail)
  return { results, seen: seen.filter(({ fact }) => fact === 'response-limit') }
}

const withLimit = (bytes: string): SettingsReading => ({
  read: true,
  settings: readSettings({ STACKBRIDGE_RESPONSE_LIMIT_BYTES: bytes }).settings,
})

describe('an answer above the documented limit of ROS', () => {
  it('is not tested with the default limit of the function, and the report says what is needed to test it', async () => {
    const { results, seen } = await largeAnswer(withLimit('4096'), 10_000)
    expect(results).toEqual(['not run', expect.stringContaining('STACKBRIDGE_RESPONSE_LIMIT_BYTES to 8192')])
    expect(seen).toEqual([
      { fact: 'response-limit', seen: null, why: expect.stringContaining('at most 4096 bytes') },
    ])
  })

  it('is seen to be accepted, or to be truncated, if the function produces one', async () => {
    expect((await largeAnswer(withLimit('8192'), 10_000)).seen).toEqual([
      { fact: 'response-limit', seen: 'yes' },
    ])
    expect((await largeAnswer(withLimit('8192'), 1000)).seen).toEqual([
      { fact: 'response-limit', seen: 'no: the output was left out' },
    ])
  })

  it('is not tested if the function cannot be read', async () => {
    const { results } = await largeAnswer({ read: false, why: 'GetFunction was denied' }, 10_000)
    expect(results).toEqual(['not run', 'GetFunction was denied'])
  })
})
