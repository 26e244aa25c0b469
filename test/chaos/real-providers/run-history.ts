import { isProviderName, type ProviderName } from './clouds.ts'
import { FAULT_KINDS, type Effect, type FaultKind, type PlannedFault } from './faults.ts'
import { isScenarioName, scenarios, type ScenarioName } from './scenarios.ts'
import { ScenarioRun } from './scenario-run.ts'
import { MODES, realBridge, World, type Bridge, type Mode } from './world.ts'

/** One history: a scenario of one provider with at most one fault. */
export interface HistoryPlan {
  readonly provider: ProviderName
  readonly scenario: ScenarioName
  readonly mode: Mode
  readonly fault?: PlannedFault
}

export interface HistoryResult {
  readonly name: string
  readonly effects: readonly Effect[]
  /** Describes each violation of the bridge's promise. */
  readonly violations: readonly string[]
  readonly logged: readonly string[]
}

/** Real milliseconds after which a history counts as endless. */
const LONGEST_MS = 60_000

/** The name by which the history can be run again: `aws update in-place: answer-lost at UpdateStack#1`. */
export function nameOf({ provider, scenario, mode, fault }: HistoryPlan): string {
  return `${provider} ${scenario} ${mode}: ${fault === undefined ? 'no fault' : `${fault.kind} at ${fault.at}`}`
}

export function planNamed(name: string): HistoryPlan {
  const [, provider = '', scenario = '', mode = '', kind = '', at = ''] =
    /^(\S+) (\S+) (\S+): (?:no fault|(\S+) at (.+))$/.exec(name) ?? []
  const knownMode = MODES.find((one) => one === mode)
  const knownKind = FAULT_KINDS.find((one): one is FaultKind => one === kind)
  if (!isProviderName(provider) || !isScenarioName(scenario) || knownMode === undefined)
    throw new TypeError(`${name} is not the name of a history`)
  const fault = knownKind === undefined ? {} : { fault: { kind: knownKind, at } }
  return { provider, scenario, mode: knownMode, ...fault }
}

export async function runHistory(plan: HistoryPlan, bridge = realBridge): Promise<HistoryResult> {
  await loadEverything(bridge)
  const faults = plan.fault === undefined ? [] : [plan.fault]
  const world = await World.start(plan.provider, plan.mode, faults, bridge)
  const run = new ScenarioRun(world, faults)
  try {
    await world.clock.run(
      withinRealTime(async () => {
        await scenarios[plan.scenario](run)
        await world.fc.settle()
      }),
    )
    run.finish()
  } catch (error) {
    if (!(error instanceof EndlessHistoryError)) throw error
    run.violations.push(error.message)
  } finally {
    await world.close()
  }
  const { effects } = world.plan
  const violations = [...new Set(run.violations)]
  return { name: nameOf(plan), effects, violations, logged: world.logged }
}

class EndlessHistoryError extends Error {}

async function withinRealTime(work: () => Promise<void>): Promise<void> {
  let timer: NodeJS.Timeout | undefined
  const tooLate = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      reject(new EndlessHistoryError('the history does not end'))
    }, LONGEST_MS)
  })
  try {
    await Promise.race([work(), tooLate])
  } finally {
    clearTimeout(timer)
  }
}

/** Loading a module takes real time, during which the simulated clock must not advance. */
async function loadEverything({ providerRegistry }: Bridge): Promise<void> {
  await import('../../../src/platform/undici.ts')
  await Promise.all(
    TYPES.map(async (type) => {
      const resolved = providerRegistry.resolve(type, undefined)
      if (resolved.ok) await resolved.load()
    }),
  )
}

const TYPES = [
  'Custom::AwsCloudFormationStack',
  'Custom::HeatStack',
  'Custom::RosStack',
  'Custom::HuaweiRfsStack',
  'Custom::HuaweiAosStack',
  'Custom::HuaweiRfsStackSet',
  'Custom::HuaweiRfsStackInstances',
]
