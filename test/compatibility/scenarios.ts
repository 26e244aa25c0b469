import type { JsonObject } from '../../src/platform/json.ts'
import type { RecordingCloud, StackSpec } from './clouds.ts'
import type { Asked, Hops } from './hop-by-hop.ts'

/** Scenarios that bring an operation to each step that can be handed off. */
export const SCENARIOS: Readonly<Record<string, (world: ScenarioWorld) => Promise<void>>> = {
  async 'create, update, leave, delete'(world) {
    const one: StackSpec = { value: 'one', waitSeconds: 30 }
    const two: StackSpec = { value: 'two', waitSeconds: 20 }
    await world.send('Create', one)
    await world.send('Update', two, one)
    await world.send('Update', two, two)
    await world.send('Delete', two)
  },
  async 'fail to create, and to update'(world) {
    const good: StackSpec = { value: 'one' }
    await world.send('Create', { value: 'bad', fails: true })
    await world.send('Delete', { value: 'bad', fails: true })
    await world.send('Create', good)
    await world.send('Update', { value: 'bad', fails: true }, good)
  },
  async 'create over what a failed creation left'(world) {
    await world.send('Create', { value: 'bad', fails: true, rollsBack: false })
    await world.send('Create', { value: 'good', rollsBack: false })
  },
  async 'ROS is out of reach'(world) {
    for (const spec of [{ value: 'bad', fails: true }, { value: 'good' }]) {
      world.refuse()
      await world.send('Create', spec)
    }
  },
  async 'run into the Timeout, and delete'(world) {
    await world.send('Create', { value: 'slow', waitSeconds: 600 }, undefined, {
      Timeout: 300,
      OnTimeout: 'delete',
    })
    await world.send('Delete', { value: 'slow', waitSeconds: 600 })
  },
  async 'run into the Timeout, and cancel'(world) {
    const one: StackSpec = { value: 'one' }
    await world.send('Create', one)
    const limits = { Timeout: 300, OnTimeout: 'cancel' }
    await world.send('Update', { value: 'slow', waitSeconds: 600 }, one, limits)
    await world.send('Delete', { value: 'slow', waitSeconds: 600 }, undefined, { Timeout: 300 })
  },
  async 'repair a stack'(world) {
    const { repair } = world.cloud
    if (repair === undefined) return
    const one: StackSpec = { value: 'one' }
    if (repair === 'failed-create') {
      await world.send('Create', { value: 'bad', fails: true, rollsBack: false })
      await world.send('Create', { value: 'good', rollsBack: false, repairs: true, waitSeconds: 30 })
      return
    }
    await world.send('Create', one)
    if (repair === 'failed-rollback') await world.send('Update', { value: 'two', getsStuck: true }, one)
    world.cloud.breakStack?.()
    await world.send('Update', { value: 'three', repairs: true, waitSeconds: 30 }, one)
  },
}

/** One resource of an embedded ROS's stack; its requests have the same ids in each run of a scenario. */
export class ScenarioWorld {
  readonly cloud: RecordingCloud
  readonly #hops: Hops
  readonly #name: string
  #requests = 0
  #physicalResourceId: string | undefined

  constructor(name: string, cloud: RecordingCloud, hops: Hops) {
    this.#name = name
    this.cloud = cloud
    this.#hops = hops
  }

  /** Callbacks are refused until the answer is handed off. */
  refuse(): void {
    this.#hops.ros.refuse()
  }

  async send(
    requestType: Asked['requestType'],
    spec: StackSpec,
    before?: StackSpec,
    more: JsonObject = { Timeout: 1800 },
  ): Promise<void> {
    this.#requests += 1
    const properties = (of: StackSpec) => ({ ...this.cloud.parameters(of), ...more })
    await this.#hops.ask({
      requestType,
      requestId: `${this.#name.replace(/[^a-z]+/gi, '-')}-${String(this.#requests)}`,
      resourceType: this.cloud.resourceType,
      properties: properties(spec),
      oldProperties: before === undefined ? undefined : properties(before),
      physicalResourceId: requestType === 'Create' ? undefined : this.#physicalResourceId,
    })
    const id = this.#hops.ros.answers.at(-1)?.['PhysicalResourceId']
    if (requestType === 'Create' && typeof id === 'string' && id !== '') this.#physicalResourceId = id
  }
}
