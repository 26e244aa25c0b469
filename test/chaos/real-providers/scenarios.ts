import type { ScenarioRun } from './scenario-run.ts'

/** Duration of an operation in seconds: longer than one invocation waits. */
const WAIT = 12

/**
 * The events that ROS sends for a resource. As ROS does, it sends the next event as soon as it has an answer, unless `endsWith`
 * waits.
 */
export type Scenario = (run: ScenarioRun) => Promise<void>

const SUCCESS = { status: 'SUCCESS' } as const
const FAILED = { status: 'FAILED' } as const

export const scenarios = {
  async create(run) {
    const resource = begin(run, { value: 'one', waitSeconds: WAIT })
    await run.create(resource, { ...SUCCESS, value: 'one' })
    await run.endsWith(['one'])
    await run.delete(resource)
    await run.endsWith([])
    if (run.world.cloud.made() > 1) run.violations.push('more than one stack was made')
  },
  async update(run) {
    const resource = await run.prepare({ value: 'one' })
    await run.update(resource, { value: 'two', waitSeconds: WAIT }, { ...SUCCESS, value: 'two' })
    await run.endsWith(['two'])
    await run.delete(resource)
    await run.endsWith([])
  },
  async unchangedUpdate(run) {
    const resource = await run.prepare({ value: 'one' })
    await run.update(resource, { value: 'one' }, { ...SUCCESS, value: 'one' })
    await run.endsWith(['one'])
    if (run.world.plan.effects.some(isDeployment))
      run.violations.push('an Update without a change was deployed into every account')
  },
  async judgedUpdate(run) {
    const resource = await run.prepare({ value: 'one' })
    const spec = { value: 'two', waitSeconds: WAIT }
    await run.judgedUpdate(resource, spec, { ...SUCCESS, value: 'two' })
    await run.endsWith(['two'])
    await run.delete(resource)
    await run.endsWith([])
  },
  async refusedUpdate(run) {
    const resource = await run.prepare({ value: 'one', madeFor: 'a' })
    const refusal = { ...FAILED, reason: /nothing was touched: it would replace/ }
    await run.judgedUpdate(resource, { value: 'two', madeFor: 'b' }, refusal)
    await run.update(resource, { value: 'three', madeFor: 'a' }, { ...SUCCESS, value: 'three' })
    await run.endsWith(['three'])
  },
  async checkedUpdate(run) {
    const resource = await run.prepare({ value: 'one' })
    const spec = { value: 'two', waitSeconds: WAIT }
    await run.checkedUpdate(resource, spec, { ...SUCCESS, value: 'two' })
    await run.endsWith(['two'])
    await run.delete(resource)
    await run.endsWith([])
  },
  async refusedDrift(run) {
    const resource = await run.prepare({ value: 'one', drifts: true })
    const refusal = { ...FAILED, reason: /nothing was touched: the stack has drifted/ }
    await run.checkedUpdate(resource, { value: 'two', drifts: true }, refusal)
    await run.update(resource, { value: 'three', drifts: true }, { ...SUCCESS, value: 'three' })
    await run.endsWith(['three'])
  },
  async failingCreate(run) {
    const resource = begin(run, { value: 'one', waitSeconds: WAIT, fails: true })
    await run.create(resource, FAILED)
    await run.delete(resource)
    await run.endsWith([])
  },
  async failingUpdate(run) {
    const resource = await run.prepare({ value: 'one' })
    await run.update(resource, { value: 'two', waitSeconds: WAIT, fails: true }, FAILED)
    await run.update(resource, { value: 'one' }, { ...SUCCESS, value: 'one' })
    await run.endsWith(['one'])
  },
  async recreate(run) {
    const failing = begin(run, { value: 'one', fails: true })
    await run.create(failing, FAILED)
    await run.delete(failing)
    await run.create(run.world.resource({ value: 'two' }), { ...SUCCESS, value: 'two' })
    await run.endsWith(['two'])
  },
  async recreateAfterDelete(run) {
    const resource = await run.prepare({ value: 'one' })
    await run.delete(resource)
    await run.create(run.world.resource({ value: 'two' }), { ...SUCCESS, value: 'two' })
    await run.endsWith(['two'])
  },
  async twoUpdates(run) {
    const resource = await run.prepare({ value: 'one' })
    await run.update(resource, { value: 'two' }, { ...SUCCESS, value: 'two' })
    await run.update(resource, { value: 'three' }, { ...SUCCESS, value: 'three' })
    await run.endsWith(['three'])
  },
  async updateThenDelete(run) {
    const resource = await run.prepare({ value: 'one' })
    await run.update(resource, { value: 'two' }, { ...SUCCESS, value: 'two' })
    await run.delete(resource)
    await run.endsWith([])
  },
  /** The user cancels the creation of the ROS stack: a Delete without an id arrives while the Create is in progress. */
  async cancelledCreate(run) {
    const { world } = run
    const resource = begin(run, { value: 'one', waitSeconds: WAIT })
    const created = resource.create()
    await world.clock.sleep(1000)
    await run.delete(resource)
    await created
    await run.endsWith([])
  },
  /** Another resource takes the stack over. Then the former owner's Delete arrives, with the stack's id. */
  async move(run) {
    const { world } = run
    const spec = { value: 'one', name: 'moved-name' }
    const former = await run.prepare(spec)
    const TakeOverFrom = { StackId: world.ros.stackId, LogicalResourceId: 'Res' }
    await run.create(world.resource(spec, 'Moved', { TakeOverFrom }), { ...SUCCESS, value: 'one' })
    await run.delete(former)
    await run.endsWith(['one'])
  },
  /** Two resources ask for the same stack: one of them gets it, and the other's Delete does not change it. */
  async sharedTarget(run) {
    const { world } = run
    world.plan.beginScenario()
    const spec = { waitSeconds: WAIT, name: 'shared-name' }
    const competitors = ['a', 'b'].map((value) => ({
      value,
      resource: world.resource({ ...spec, value }, `Res${value}`),
    }))
    const outcomes = await Promise.all(competitors.map(({ resource }) => resource.create()))
    for (const outcome of outcomes) run.check(outcome, undefined)
    const won = competitors.filter((_, index) => outcomes[index]?.answer?.status === 'SUCCESS')
    const lost = competitors.filter((_, index) => outcomes[index]?.answer?.status !== 'SUCCESS')
    if (won.length > 1) run.violations.push('two resources heard SUCCESS for one stack')
    for (const { resource } of lost) await run.delete(resource)
    await run.endsWith(won.slice(0, 1).map(({ value }) => value))
  },
} satisfies Readonly<Record<string, Scenario>>

export type ScenarioName = keyof typeof scenarios

/** Scenarios of clouds that can plan. */
export const PLANNED_SCENARIOS: readonly ScenarioName[] = ['judgedUpdate', 'refusedUpdate', 'move']

/** Scenarios of clouds that detect drift. */
export const DRIFT_SCENARIOS: readonly ScenarioName[] = ['checkedUpdate', 'refusedDrift']

export function isScenarioName(name: string): name is ScenarioName {
  return name in scenarios
}

function begin({ world }: ScenarioRun, spec: Parameters<ScenarioRun['prepare']>[0]) {
  world.plan.beginScenario()
  return world.resource(spec)
}

function isDeployment({ name, status }: { readonly name: string; readonly status?: number }): boolean {
  return name.startsWith('POST stack-sets/*/deployments#') && status !== undefined && status < 300
}
