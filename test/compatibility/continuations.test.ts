import { describe, expect, it } from 'vitest'
import { readContinuation } from '../../src/bridge/continuation/continuation.ts'
import { isJsonObject, parseJson } from '../../src/platform/json.ts'
import { FakeClock } from '../fake-clock.ts'
import { CLOUDS } from './clouds.ts'
import { readdressed, readFixtures, transplanted, type Recorded } from './fixtures.ts'
import { FIXTURE_KEY, labelOf, opened, startHops } from './hop-by-hop.ts'
import { runScenario, START } from './run-scenario.ts'

const VERSIONS = ['0.1.0']

/**
 * Answers that differ on purpose, by provider and scenario. 0.1.0 deleted a stack that `OnFailure: DO_NOTHING` had kept, in
 * order to create it again.
 */
const CHANGED: Readonly<Record<string, readonly string[]>> = {
  'AwsCloudFormation: create over what a failed creation left': ['FAILED', 'FAILED'],
}

const recorded = VERSIONS.flatMap((version) =>
  readFixtures(`test/fixtures/${version}`).map((of) => ({ version, ...of })),
)

it('continuations of every provider are recorded', () => {
  expect(recorded.map(({ provider }) => provider).sort()).toEqual(Object.keys(CLOUDS).sort())
})

describe.each(recorded)('continuations of $provider from version $version', (fixtures) => {
  const { provider, continuations, statuses } = fixtures

  it('can be read', () => {
    for (const { label, payload } of continuations) {
      const json = parseJson(payload)
      const read =
        json.ok && isJsonObject(json.value) ? readContinuation(json.value, [FIXTURE_KEY]) : undefined
      expect(read, label).toMatchObject({ kind: 'continuation' })
      expect(labelOf(opened(payload))).toBe(label)
    }
  })

  it('continue at the recorded step and end with the same answer', async () => {
    for (const [scenario, expected] of statuses) {
      const left = new Map(
        continuations.filter((one) => one.scenario === scenario).map((one) => [one.label, one]),
      )
      const { answers, logged } = await runScenario(provider, scenario, (payload) => {
        const label = labelOf(opened(payload))
        const former = left.get(label)
        if (former === undefined) return payload
        left.delete(label)
        return transplanted(former.payload, payload)
      })
      expect(
        answers.map(({ Status }) => Status),
        `${scenario}: ${JSON.stringify(answers)}`,
      ).toEqual(CHANGED[`${provider}: ${scenario}`] ?? expected)
      expect(logged).not.toMatch(/a defect of the bridge|cannot be read or answered/)
    }
  })

  it('are answered once if the stack does not exist', async () => {
    for (const one of continuations) {
      const { answers, logged } = await serveAlone(provider, one)
      expect(answers, one.label).toHaveLength(1)
      expect(logged, one.label).not.toMatch(/a defect of the bridge|cannot be read or answered/)
    }
  })
})

async function serveAlone(provider: string, { payload }: Recorded) {
  const clock = new FakeClock(START)
  const cloud = await CLOUDS[provider]?.(clock)
  if (cloud === undefined) throw new RangeError(`there is no cloud for ${provider}`)
  const hops = await startHops(clock, (next) => next)
  try {
    await clock.advance(opened(payload).operation.startedAt - START)
    await hops.serve(readdressed(payload, cloud.url, hops.ros.url))
    return { answers: hops.ros.answers, logged: hops.logged.join('') }
  } finally {
    await hops.close()
    await cloud.close()
  }
}
