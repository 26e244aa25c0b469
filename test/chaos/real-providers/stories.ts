import type { Telling } from './telling.ts'

/** Seconds that an operation takes: more than one invocation waits for. */
const WAIT = 12

/** What ROS does with a resource. It goes on at once when it has heard an answer, as ROS does, unless `endsWith` waits. */
export type Story = (telling: Telling) => Promise<void>

const SUCCESS = { status: 'SUCCESS' } as const
const FAILED = { status: 'FAILED' } as const

export const stories = {
  async create(telling) {
    const resource = begin(telling, { value: 'one', waitSeconds: WAIT })
    await telling.create(resource, { ...SUCCESS, value: 'one' })
    await telling.endsWith(['one'])
    await telling.delete(resource)
    await telling.endsWith([])
    if (telling.world.cloud.made() > 1) telling.violations.push('more than one stack was made')
  },
  async update(telling) {
    const resource = await telling.prepare({ value: 'one' })
    await telling.update(resource, { value: 'two', waitSeconds: WAIT }, { ...SUCCESS, value: 'two' })
    await telling.endsWith(['two'])
    await telling.delete(resource)
    await telling.endsWith([])
  },
  async unchangedUpdate(telling) {
    const resource = await telling.prepare({ value: 'one' })
    await telling.update(resource, { value: 'one' }, { ...SUCCESS, value: 'one' })
    await telling.endsWith(['one'])
    if (telling.world.plan.effects.some(isDeployment))
      telling.violations.push('an Update without a change was deployed into every account')
  },
  async judgedUpdate(telling) {
    const resource = await telling.prepare({ value: 'one' })
    const spec = { value: 'two', waitSeconds: WAIT }
    await telling.judgedUpdate(resource, spec, { ...SUCCESS, value: 'two' })
    await telling.endsWith(['two'])
    await telling.delete(resource)
    await telling.endsWith([])
  },
  async refusedUpdate(telling) {
    const resource = await telling.prepare({ value: 'one', madeFor: 'a' })
    const refusal = { ...FAILED, reason: /nothing was touched: it would replace/ }
    await telling.judgedUpdate(resource, { value: 'two', madeFor: 'b' }, refusal)
    await telling.update(resource, { value: 'three', madeFor: 'a' }, { ...SUCCESS, value: 'three' })
    await telling.endsWith(['three'])
  },
  async checkedUpdate(telling) {
    const resource = await telling.prepare({ value: 'one' })
    const spec = { value: 'two', waitSeconds: WAIT }
    await telling.checkedUpdate(resource, spec, { ...SUCCESS, value: 'two' })
    await telling.endsWith(['two'])
    await telling.delete(resource)
    await telling.endsWith([])
  },
  async refusedDrift(telling) {
    const resource = await telling.prepare({ value: 'one', drifts: true })
    const refusal = { ...FAILED, reason: /nothing was touched: the stack has drifted/ }
    await telling.checkedUpdate(resource, { value: 'two', drifts: true }, refusal)
    await telling.update(resource, { value: 'three', drifts: true }, { ...SUCCESS, value: 'three' })
    await telling.endsWith(['three'])
  },
  async failingCreate(telling) {
    const resource = begin(telling, { value: 'one', waitSeconds: WAIT, fails: true })
    await telling.create(resource, FAILED)
    await telling.delete(resource)
    await telling.endsWith([])
  },
  async failingUpdate(telling) {
    const resource = await telling.prepare({ value: 'one' })
    await telling.update(resource, { value: 'two', waitSeconds: WAIT, fails: true }, FAILED)
    await telling.update(resource, { value: 'one' }, { ...SUCCESS, value: 'one' })
    await telling.endsWith(['one'])
  },
  async recreate(telling) {
    const failing = begin(telling, { value: 'one', fails: true })
    await telling.create(failing, FAILED)
    await telling.delete(failing)
    await telling.create(telling.world.resource({ value: 'two' }), { ...SUCCESS, value: 'two' })
    await telling.endsWith(['two'])
  },
  async recreateAfterDelete(telling) {
    const resource = await telling.prepare({ value: 'one' })
    await telling.delete(resource)
    await telling.create(telling.world.resource({ value: 'two' }), { ...SUCCESS, value: 'two' })
    await telling.endsWith(['two'])
  },
  async twoUpdates(telling) {
    const resource = await telling.prepare({ value: 'one' })
    await telling.update(resource, { value: 'two' }, { ...SUCCESS, value: 'two' })
    await telling.update(resource, { value: 'three' }, { ...SUCCESS, value: 'three' })
    await telling.endsWith(['three'])
  },
  async updateThenDelete(telling) {
    const resource = await telling.prepare({ value: 'one' })
    await telling.update(resource, { value: 'two' }, { ...SUCCESS, value: 'two' })
    await telling.delete(resource)
    await telling.endsWith([])
  },
  /** The user cancels the creation of the ROS stack: a Delete without an id comes while the Create is under way. */
  async cancelledCreate(telling) {
    const { world } = telling
    const resource = begin(telling, { value: 'one', waitSeconds: WAIT })
    const created = resource.create()
    await world.clock.sleep(1000)
    await telling.delete(resource)
    await created
    await telling.endsWith([])
  },
  /** Another resource takes the stack over. The former owner's Delete names the stack by its id, and comes afterwards. */
  async move(telling) {
    const { world } = telling
    const spec = { value: 'one', name: 'moved-name' }
    const former = await telling.prepare(spec)
    const TakeOverFrom = { StackId: world.ros.stackId, LogicalResourceId: 'Res' }
    await telling.create(world.resource(spec, 'Moved', { TakeOverFrom }), { ...SUCCESS, value: 'one' })
    await telling.delete(former)
    await telling.endsWith(['one'])
  },
  /** Two resources want one stack: it becomes the one's, and the other's Delete does not touch it. */
  async sharedTarget(telling) {
    const { world } = telling
    world.plan.beginStory()
    const spec = { waitSeconds: WAIT, name: 'shared-name' }
    const rivals = ['a', 'b'].map((value) => ({
      value,
      resource: world.resource({ ...spec, value }, `Res${value}`),
    }))
    const outcomes = await Promise.all(rivals.map(({ resource }) => resource.create()))
    for (const outcome of outcomes) telling.check(outcome, undefined)
    const won = rivals.filter((_, index) => outcomes[index]?.answer?.status === 'SUCCESS')
    const lost = rivals.filter((_, index) => outcomes[index]?.answer?.status !== 'SUCCESS')
    if (won.length > 1) telling.violations.push('two resources heard SUCCESS for one stack')
    for (const { resource } of lost) await telling.delete(resource)
    await telling.endsWith(won.slice(0, 1).map(({ value }) => value))
  },
} satisfies Readonly<Record<string, Story>>

export type StoryName = keyof typeof stories

/** Stories of clouds that can plan. */
export const PLANNED_STORIES: readonly StoryName[] = ['judgedUpdate', 'refusedUpdate', 'move']

/** Stories of clouds that detect drift. */
export const DRIFT_STORIES: readonly StoryName[] = ['checkedUpdate', 'refusedDrift']

export function isStoryName(name: string): name is StoryName {
  return name in stories
}

function begin({ world }: Telling, spec: Parameters<Telling['prepare']>[0]) {
  world.plan.beginStory()
  return world.resource(spec)
}

function isDeployment({ name, status }: { readonly name: string; readonly status?: number }): boolean {
  return name.startsWith('POST stack-sets/*/deployments#') && status !== undefined && status < 300
}
