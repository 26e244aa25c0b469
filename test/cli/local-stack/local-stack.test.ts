import { describe, expect, it } from 'vitest'
import { LocalStack } from '../../../src/cli/local-stack/local-stack.ts'
import type { EventAnswer } from '../../../src/cli/local-stack/resource-steps.ts'
import { newState, type ResourceEvent, type StackState } from '../../../src/cli/local-stack/stack-state.ts'
import type { StackRequest } from '../../../src/cli/local-stack/desired-stack.ts'
import { readMap } from '../../../src/cli/ros-template/source.ts'
import type { Report } from '../../../src/cli/report.ts'
import { FakeClock } from '../../fake-clock.ts'

/** A template whose resources have these `Parameters`, or other fields. */
function template(resources: string, outputs = ''): StackRequest {
  const text = `ROSTemplateFormatVersion: '2015-09-01'\nResources:\n${resources}\n${outputs}`
  return { template: readMap('t.yml', Buffer.from(text)), parameters: {} }
}

const resource = (name: string, parameters: string, more = ''): string =>
  `  ${name}: { Type: Custom::HeatStack, ${more} Properties: { Timeout: 60, Parameters: ${parameters} } }\n`

const CHAIN = resource('A', '{ v: 1 }') + resource('B', '{ a: { Fn::GetAtt: [A, id] } }')

class Killed extends Error {}

/** A bridge with the given answers, and a disk that stores each state. */
class World {
  readonly events: ResourceEvent[] = []
  readonly reports: Report[] = []
  /** The state on disk. */
  disk: StackState
  /** Requests that are answered FAILED: `Create A`. */
  readonly failing = new Set<string>()
  /** Requests that start no operation. */
  readonly refusing = new Set<string>()
  /** The process is killed while it waits for this answer. */
  killedAt: string | undefined
  /** Number of writes of the state. */
  writes = 0
  #requests = 0
  #clock = new FakeClock()

  constructor(sandbox = false) {
    this.disk = newState('shop', 'stack-1', sandbox)
  }

  /** The state that a new process reads. */
  start(): LocalStack {
    return new LocalStack(structuredClone(this.disk), {
      clock: this.#clock,
      renderer: { report: (report) => void this.reports.push(report), close: () => undefined },
      limit: 1,
      requestId: () => {
        this.#requests += 1
        return `R${String(this.#requests)}`
      },
      save: (state) => {
        this.disk = structuredClone(state)
        this.writes += 1
        return Promise.resolve()
      },
      send: (event) => this.#answer(event),
    })
  }

  #answer(event: ResourceEvent): Promise<EventAnswer> {
    const { requestType, logicalId } = event
    expect(this.disk.pending[logicalId], 'the event is on disk before it is sent').toEqual(event)
    this.events.push(event)
    const name = `${requestType} ${logicalId}`
    if (this.killedAt === name) return Promise.reject(new Killed())
    if (this.refusing.has(name))
      return Promise.resolve({ ok: false, reason: 'refused, and nothing was touched', refused: true })
    return Promise.resolve(
      this.failing.has(name)
        ? { ok: false, reason: `${name} is told to fail` }
        : { ok: true, physicalResourceId: `id-${logicalId}`, data: { id: `out-${logicalId}` } },
    )
  }

  /** The requests since the last call. */
  sent(): string[] {
    return this.events.splice(0).map(({ requestType, logicalId }) => `${requestType} ${logicalId}`)
  }
}

describe('a local ROS stack', () => {
  it('creates dependencies first, and passes their outputs on', async () => {
    const world = new World()
    const outcome = await world
      .start()
      .apply(template(CHAIN, 'Outputs: { Id: { Value: { Ref: B } }, Hidden: { NoEcho: true, Value: x } }'))
    expect(world.events.map(({ properties }) => properties)).toEqual([{ v: 1 }, { a: 'out-A' }])
    expect(world.sent()).toEqual(['Create A', 'Create B'])
    expect(outcome).toEqual({
      status: 'CREATE_COMPLETE',
      reason: undefined,
      outputs: [
        { name: 'Id', value: 'id-B', noEcho: false },
        { name: 'Hidden', value: 'x', noEcho: true },
      ],
    })
  })

  it('does not write its state for emulated resources, since a large state takes long to write', async () => {
    const vpcs = (count: number) =>
      Array.from({ length: count }, (_, index) => `  V${String(index)}: { Type: ALIYUN::ECS::VPC }\n`).join(
        '',
      )
    const writesFor = async (resources: string, rest: string): Promise<number> => {
      const world = new World()
      world.failing.add('Create Bad')
      await world.start().apply(template(resources))
      await world.start().apply(template(resources + rest))
      await world.start().delete()
      expect(world.disk.resources).toEqual({})
      return world.writes
    }
    const bad = resource('Bad', '{ v: 1 }')
    expect(await writesFor(CHAIN + vpcs(50), vpcs(100).slice(vpcs(50).length) + bad)).toBe(
      await writesFor(CHAIN, bad),
    )
  })

  it('keeps its emulated resources if it is killed while the bridge creates another resource', async () => {
    const world = new World()
    const made = template('  Vpc: { Type: ALIYUN::ECS::VPC }\n' + CHAIN)
    world.killedAt = 'Create A'
    await expect(world.start().apply(made)).rejects.toThrow(Killed)
    world.killedAt = undefined
    const outcome = await world.start().resume()
    expect(outcome.status).toBe('CREATE_COMPLETE')
    expect(Object.keys(world.disk.resources).sort()).toEqual(['A', 'B', 'Vpc'])
  })

  it('is unchanged if neither a change nor its rollback was started', async () => {
    const world = new World()
    for (const name of ['Create A', 'Delete A']) world.refusing.add(name)
    const created = await world.start().apply(template(resource('A', '{ v: 1 }')))
    expect(created).toMatchObject({
      status: 'ROLLBACK_COMPLETE',
      reason: 'A: refused, and nothing was touched',
    })
    world.refusing.clear()
    await world.start().apply(template(resource('A', '{ v: 1 }')))
    const before = world.disk.resources
    world.refusing.add('Update A')
    const updated = await world.start().apply(template(resource('A', '{ v: 2 }')))
    expect(updated).toMatchObject({
      status: 'UPDATE_ROLLBACK_COMPLETE',
      reason: 'A: refused, and nothing was touched',
    })
    expect(world.disk.resources).toEqual(before)
  })

  it('may have changed if a killed process had started the change', async () => {
    const world = new World()
    await world.start().apply(template(resource('A', '{ v: 1 }')))
    world.killedAt = 'Update A'
    await expect(world.start().apply(template(resource('A', '{ v: 2 }')))).rejects.toThrow(Killed)
    world.killedAt = undefined
    world.refusing.add('Update A')
    expect(await world.start().resume()).toMatchObject({ status: 'UPDATE_ROLLBACK_FAILED' })
  })

  it('emulates resources of Alibaba Cloud, and says so', async () => {
    const world = new World()
    const vpc = '  Vpc: { Type: ALIYUN::ECS::VPC }\n'
    await world.start().apply(template(vpc + resource('A', '{ vpc: { Fn::GetAtt: [Vpc, VpcId] } }')))
    expect(world.events.map(({ properties }) => properties)).toEqual([
      { vpc: expect.stringMatching(/^vpc-bp1[a-z0-9]{18}$/) },
    ])
    expect(world.reports[1]).toMatchObject({
      resource: 'Vpc',
      status: 'CREATE_COMPLETE',
      note: 'stood in for: nothing was made, and its attributes are invented',
    })
  })

  it('asks whether a type that may be misspelt was meant as one of the bridge', async () => {
    const world = new World()
    await world.start().apply(template('  A: { Type: Custom::HeatStackV }\n'))
    expect(world.reports[1]).toMatchObject({
      note: expect.stringMatching(/did you mean Custom::HeatStack\?$/),
    })
  })

  it.each([
    ['an unknown function', '{ v: { Fn::Format: [x, { Fn::GetAtt: [A, id] }] } }', /v calls Fn::Format/],
    [
      'one within a value of a resource',
      '{ v: { Fn::Join: [",", [{ Ref: A }, { Fn::Format: x }]] } }',
      /Fn::Format/,
    ],
    ['a name that no mapping has', '{ v: { Fn::FindInMap: [M, a, b] } }', /v finds no M\.a\.b in Mappings/],
    [
      'one in the branch that is taken',
      '{ v: { Fn::If: [No, x, { Fn::Join: ["", [{ Ref: A }, { Ref: Off }]] }] } }',
      /refers to Off/,
    ],
  ])('reports %s before it creates anything', async (_, parameters, problem) => {
    const world = new World()
    const conditions = 'Conditions: { No: { Fn::Equals: [a, b] } }'
    const request = template(
      resource('A', '{}') + resource('Off', '{}', 'Condition: No,') + resource('B', parameters),
      conditions,
    )
    await expect(world.start().apply(request)).rejects.toThrow(problem)
    expect(world.sent()).toEqual([])
  })

  it('refuses a type that is certainly misspelt, before it creates anything', async () => {
    const world = new World()
    const misspelt = resource('B', '{}').replace('HeatStack', 'HeatStak')
    await expect(world.start().apply(template(resource('A', '{}') + misspelt))).rejects.toThrow(
      'Resources.B.Type is not a type that Stackbridge serves',
    )
    expect(world.sent()).toEqual([])
  })

  it('reports a mistake in an output before it creates anything', async () => {
    const world = new World()
    const request = template(
      CHAIN,
      'Outputs: { O: { Value: { Fn::Join: ["", [{ Ref: A }, { Fn::Format: x }]] } } }',
    )
    await expect(world.start().apply(request)).rejects.toThrow(/^Outputs\.O\.Value.* calls Fn::Format/)
    expect(world.sent()).toEqual([])
  })

  it('accepts a mistake in a branch that is not taken, and values that only a resource can tell', async () => {
    const world = new World()
    const request = template(
      resource('A', '{}') +
        resource('Off', '{}', 'Condition: No,') +
        resource(
          'B',
          '{ v: { Fn::If: [No, { Fn::GetAtt: [Off, id] }, { Fn::Select: [0, { Fn::Split: ["-", { Fn::GetAtt: [A, id] }] }] }] } }',
        ),
      'Conditions: { No: { Fn::Equals: [a, b] } }',
    )
    expect((await world.start().apply(request)).status).toBe('CREATE_COMPLETE')
    expect(world.events.at(-1)?.properties).toEqual({ v: 'out' })
  })

  it('updates only what has changed, and deletes what the template no longer has', async () => {
    const world = new World()
    await world.start().apply(template(CHAIN + resource('C', '{}')))
    world.sent()
    const outcome = await world
      .start()
      .apply(template(resource('A', '{ v: 2 }') + resource('B', '{ a: { Fn::GetAtt: [A, id] } }')))
    expect(world.events[0]).toMatchObject({
      properties: { v: 2 },
      oldProperties: { v: 1 },
      physicalResourceId: 'id-A',
    })
    expect(world.sent()).toEqual(['Update A', 'Delete C'])
    expect(outcome.status).toBe('UPDATE_COMPLETE')
  })

  it('after a failed Create deletes all created resources, in the reverse order', async () => {
    const world = new World()
    world.failing.add('Create B')
    const outcome = await world.start().apply(template(CHAIN + resource('C', '{}', 'DependsOn: B,')))
    expect(world.sent()).toEqual(['Create A', 'Create B', 'Delete B', 'Delete A'])
    expect(outcome).toMatchObject({ status: 'ROLLBACK_COMPLETE', reason: 'B: Create B is told to fail' })
    expect(world.disk.resources).toEqual({})
  })

  it('after a failed Update restores the former properties of each changed resource, and deletes new ones', async () => {
    const world = new World()
    await world.start().apply(template(CHAIN))
    world.sent()
    world.failing.add('Update B')
    const changed =
      resource('A', '{ v: 2 }') +
      resource('N', '{}', 'DependsOn: A,') +
      resource('B', '{ a: new }', 'DependsOn: N,')
    const outcome = await world.start().apply(template(changed))
    world.failing.clear()
    expect(outcome.status).toBe('UPDATE_ROLLBACK_FAILED')
    expect(world.sent()).toEqual(['Update A', 'Create N', 'Update B', 'Update B'])
    expect((await world.start().resume()).status).toBe('UPDATE_ROLLBACK_COMPLETE')
    expect(world.events.map(({ properties }) => properties)).toEqual([{ a: 'out-A' }, {}, { v: 1 }])
    expect(world.sent()).toEqual(['Update B', 'Delete N', 'Update A'])
    expect(Object.keys(world.disk.resources)).toEqual(['A', 'B'])
  })

  it('rolls back if a value cannot be computed, and names its place', async () => {
    const world = new World()
    const outcome = await world
      .start()
      .apply(template(resource('A', '{}') + resource('B', '{ a: { Fn::GetAtt: [A, nme] } }')))
    expect(outcome.reason).toBe(
      'Resources.B.Properties.Parameters.a asks for A.nme, which its stack does not give; its outputs are: id',
    )
    expect(world.sent()).toEqual(['Create A', 'Delete A'])
  })

  it('deletes in the reverse order, and keeps retained resources', async () => {
    const world = new World()
    await world.start().apply(template(CHAIN + resource('C', '{}', 'DeletionPolicy: Retain,')))
    world.sent()
    expect((await world.start().delete()).status).toBe('DELETE_COMPLETE')
    expect(world.sent()).toEqual(['Delete B', 'Delete A'])
    expect(world.reports.at(-1)).toMatchObject({ type: 'resource' })
    expect(world.disk.resources).toEqual({})
  })

  it('says which resources of a deletion it stood in for, and whose stacks stay', async () => {
    const world = new World()
    const vpc = '  Vpc: { Type: ALIYUN::ECS::VPC }\n'
    const resources = vpc + resource('A', '{}') + resource('B', '{ OnDelete: retain }')
    await world.start().apply(template(resources + resource('C', '{}', 'DeletionPolicy: Retain,')))
    await world.start().delete()
    const deleted = world.reports.flatMap((report) =>
      report.type === 'resource' && report.status === 'DELETE_COMPLETE' ? [report] : [],
    )
    const ways = deleted.map(({ resource, standIn = false, kept = false }) => ({ resource, standIn, kept }))
    expect(ways.sort((one, other) => one.resource.localeCompare(other.resource))).toEqual([
      { resource: 'A', standIn: false, kept: false },
      { resource: 'B', standIn: false, kept: true },
      { resource: 'C', standIn: false, kept: true },
      { resource: 'Vpc', standIn: true, kept: false },
    ])
  })

  it('processes one resource and its dependencies, and leaves the others unchanged', async () => {
    const world = new World()
    const whole = template(CHAIN + resource('C', '{}') + resource('D', '{}'))
    await world.start().apply({ ...whole, only: ['B'] })
    expect(world.sent()).toEqual(['Create A', 'Create B'])
    await world.start().apply({ ...whole, only: ['C'] })
    expect(world.sent()).toEqual(['Create C'])
    expect(Object.keys(world.disk.resources)).toEqual(['A', 'B', 'C'])
  })

  it('refuses another type for a resource', async () => {
    const world = new World()
    await world.start().apply(template(CHAIN))
    const other = CHAIN.replace('A: { Type: Custom::HeatStack', 'A: { Type: Custom::AwsCloudFormationStack')
    const { status, reason } = await world.start().apply(template(other))
    expect(status).toBe('UPDATE_ROLLBACK_COMPLETE')
    expect(reason).toContain('Resources.A.Type cannot change from Custom::HeatStack')
  })
})

describe('a killed process', () => {
  it.each(['Create A', 'Create B'])(
    'is followed by one that sends the same request again, if it was killed during %s',
    async (killedAt) => {
      const world = new World()
      world.killedAt = killedAt
      await expect(world.start().apply(template(CHAIN))).rejects.toThrow(Killed)
      const lost = world.events.at(-1)
      world.killedAt = undefined
      const before = world.sent().slice(0, -1)
      const outcome = await world.start().resume()
      expect(outcome.status).toBe('CREATE_COMPLETE')
      expect(world.events[0]).toEqual(lost)
      expect([...before, ...world.sent()]).toEqual(['Create A', 'Create B'])
    },
  )

  it('is followed by one that continues the rollback, if it was killed in a rollback', async () => {
    const world = new World()
    world.failing.add('Create B')
    world.killedAt = 'Delete A'
    await expect(world.start().apply(template(CHAIN))).rejects.toThrow(Killed)
    world.killedAt = undefined
    expect(world.sent()).toEqual(['Create A', 'Create B', 'Delete B', 'Delete A'])
    expect((await world.start().resume()).status).toBe('ROLLBACK_COMPLETE')
    expect(world.sent()).toEqual(['Delete A'])
  })

  it('can be followed by a deletion, which first gets the result of the pending event', async () => {
    const world = new World()
    world.killedAt = 'Create B'
    await expect(world.start().apply(template(CHAIN))).rejects.toThrow(Killed)
    world.killedAt = undefined
    world.sent()
    expect((await world.start().delete()).status).toBe('DELETE_COMPLETE')
    expect(world.sent()).toEqual(['Create B', 'Delete B', 'Delete A'])
  })

  it('leaves the history of its events, from which embedded clouds are rebuilt', async () => {
    const world = new World(true)
    world.failing.add('Create B')
    await world.start().apply(template(CHAIN))
    expect(
      world.disk.history.map(({ event, status }) => `${event.requestType} ${event.logicalId} ${status}`),
    ).toEqual(['Create A SUCCESS', 'Create B FAILED', 'Delete B SUCCESS', 'Delete A SUCCESS'])
  })
})

describe('independent resources', () => {
  it('are processed in parallel, and the started ones are completed after a failure', async () => {
    const { runInOrder } = await import('../../../src/cli/local-stack/run-in-order.ts')
    const log: string[] = []
    const needs: Record<string, string[]> = { c: ['a'], d: ['b'] }
    const succeeded = await runInOrder({
      names: ['a', 'b', 'c', 'd'],
      needsOf: (name) => needs[name] ?? [],
      limit: 8,
      async work(name) {
        log.push(`start ${name}`)
        await Promise.resolve()
        if (name === 'b') for (let turn = 0; turn < 20; turn += 1) await Promise.resolve()
        log.push(`end ${name}`)
        return name !== 'a'
      },
    })
    expect(succeeded).toBe(false)
    expect(log).toEqual(['start a', 'start b', 'end a', 'end b'])
  })
})
