import { describe, expect, it } from 'vitest'
import { pino } from 'pino'
import { startOperation, type Operation, type Verdict } from '../../src/bridge/operation.ts'
import { runOperation } from '../../src/bridge/run-operation.ts'
import { CloudError, type OperationKind, type StackSession } from '../../src/providers/provider.ts'
import { FakeClock } from '../fake-clock.ts'
import { ModelCloud, type ModelStack } from './model-cloud.ts'

const OWNER = 'ros-stack/Resource'

function world() {
  const clock = new FakeClock()
  return { clock, cloud: new ModelCloud(clock) }
}

interface Desired {
  readonly kind: OperationKind
  readonly physicalResourceId?: string
  readonly requestId?: string
  readonly timeoutMs?: number
  readonly policy?: Partial<Operation['policy']>
  readonly session?: Partial<StackSession>
  readonly refuseAnswer?: boolean
}

type World = ReturnType<typeof world>

async function serve(here: World, desired: Desired) {
  return here.clock.run(start(here, desired))
}

/** Like `serve`, but for several at once: the caller advances the clock. */
async function start(here: World, desired: Desired) {
  const answers: Verdict[] = []
  const { clock, cloud } = here
  const physicalResourceId = desired.physicalResourceId
  const session = cloud.session({
    owner: OWNER,
    requestId: desired.requestId ?? 'request-1',
    name: 'stack-by-ros',
    repair: desired.policy?.repair ?? false,
    ...(physicalResourceId === undefined ? {} : { physicalResourceId }),
  })
  const ended = await runOperation(operationOf(desired, clock.now()), {
    clock,
    random: () => 0.5,
    session: { ...session, ...desired.session },
    log: pino({ level: 'silent' }),
    deliver: async (verdict) => {
      answers.push(verdict)
      return desired.refuseAnswer === true ? 'refused' : 'accepted'
    },
  })
  if (ended.at !== 'end') throw new Error(`the operation is ${ended.at}`)
  return { ...ended, answers }
}

function operationOf(desired: Desired, startedAt: number): Operation {
  const timeout = desired.timeoutMs ?? 3_600_000
  return startOperation({
    kind: desired.kind,
    physicalResourceId: desired.physicalResourceId,
    startedAt,
    deadline: startedAt + timeout * 0.8,
    answerBy: startedAt + timeout * 0.9,
    end: startedAt + timeout,
    policy: {
      onExisting: 'own',
      onTimeout: 'leave',
      deleteAttempts: 1,
      repair: false,
      pollMinMs: 2000,
      pollMaxMs: 30_000,
      ...desired.policy,
    },
  })
}

function reasonOf(verdict: Verdict): string {
  if (verdict.status !== 'FAILED') throw new Error(`expected FAILED, got ${JSON.stringify(verdict)}`)
  return verdict.reason
}

const ours = (stack: Partial<ModelStack>) => ({ name: 'stack-by-ros', owner: OWNER, ...stack })

/** The same answer as that of the delivery that started the operation. */
function unrepeated(verdict: Verdict): Verdict {
  if (verdict.status === 'FAILED') return verdict
  const { status, stack, outputs, failedOutputs } = verdict
  return { status, stack, outputs, failedOutputs }
}

describe('a Create', () => {
  it('answers SUCCESS with the outputs of the stack that it created', async () => {
    const { verdict, answers } = await serve(world(), { kind: 'create' })
    expect(verdict).toMatchObject({ status: 'SUCCESS', outputs: { Url: 'https://made' } })
    expect(answers).toHaveLength(1)
  })

  it('answers FAILED with the cause that the events give, before anything else', async () => {
    const here = world()
    here.cloud.plans.create = { endsWith: { status: 'ROLLBACK_COMPLETE', cause: 'Bucket: name is taken' } }
    const { verdict } = await serve(here, { kind: 'create' })
    expect(reasonOf(verdict)).toMatch(/^Bucket: name is taken\. .*ROLLBACK_COMPLETE.*model:stack-by-ros/)
  })

  it('falls back to the status reason when the events cannot be read', async () => {
    const here = world()
    here.cloud.plans.create = { endsWith: { status: 'ROLLBACK_COMPLETE' } }
    const { verdict } = await serve(here, { kind: 'create' })
    expect(reasonOf(verdict)).toMatch(/^the status reason\./)
  })

  it('adopts the stack that an earlier delivery of the same event created, and creates no second one', async () => {
    const here = world()
    const [one, two] = await here.clock.run(
      Promise.all([start(here, { kind: 'create' }), start(here, { kind: 'create' })]),
    )
    expect(one).toEqual(two)
    expect(here.cloud.stacks).toHaveLength(1)
    expect(here.cloud.calls.filter((call) => call === 'update')).toHaveLength(0)
  })

  it('updates and adopts a stack of an earlier Create of this resource', async () => {
    const here = world()
    here.cloud.add(ours({ outputs: { Url: 'https://earlier' } }))
    const { verdict } = await serve(here, { kind: 'create' })
    expect(verdict).toMatchObject({ status: 'SUCCESS', outputs: { Url: 'https://earlier' } })
    expect(here.cloud.calls).toEqual(['create', 'find', 'update', 'describe'])
  })

  it('deletes what a failed Create of this resource left, and creates a new stack', async () => {
    const here = world()
    const leftover = here.cloud.add(ours({ status: 'ROLLBACK_COMPLETE' }))
    const { verdict } = await serve(here, { kind: 'create' })
    expect(verdict.status).toBe('SUCCESS')
    expect(here.cloud.stacks.map(({ id }) => id)).not.toContain(leftover.id)
  })

  it.each([{ owner: undefined }, { owner: 'someone-else/Resource' }])(
    'names the stack that already has the name and does not touch it (owner $owner)',
    async ({ owner }) => {
      const here = world()
      const foreignStack = here.cloud.add({ name: 'stack-by-ros', owner })
      const { verdict } = await serve(here, { kind: 'create' })
      expect(reasonOf(verdict)).toContain(foreignStack.id)
      expect(here.cloud.calls).toEqual(['create', 'find'])
    },
  )

  it("takes over an unmarked stack when OnExisting is 'any'", async () => {
    const here = world()
    const foreignStack = here.cloud.add({ name: 'stack-by-ros' })
    const policy = { onExisting: 'any', mayAdoptUnmarked: true } as const
    const { verdict } = await serve(here, { kind: 'create', policy })
    expect(verdict).toMatchObject({ status: 'SUCCESS', stack: { id: foreignStack.id } })
    expect(foreignStack.owner).toBe(OWNER)
  })

  it("names the setting that is missing when OnExisting is 'any', and does not touch the unmarked stack", async () => {
    const here = world()
    here.cloud.add({ name: 'stack-by-ros' })
    const { verdict } = await serve(here, { kind: 'create', policy: { onExisting: 'any' } })
    expect(reasonOf(verdict)).toContain('STACKBRIDGE_ALLOW_ADOPTION')
    expect(here.cloud.calls).toEqual(['create', 'find'])
  })

  it("does not touch a stack with another owner's mark even when OnExisting is 'any'", async () => {
    const here = world()
    here.cloud.add({ name: 'stack-by-ros', owner: 'someone-else/Resource' })
    const policy = { onExisting: 'any', mayAdoptUnmarked: true } as const
    const { verdict } = await serve(here, { kind: 'create', policy })
    expect(reasonOf(verdict)).toContain('someone-else/Resource')
    expect(here.cloud.calls).toEqual(['create', 'find'])
  })

  it("refuses its own earlier stack when OnExisting is 'never'", async () => {
    const here = world()
    here.cloud.add(ours({}))
    const { verdict } = await serve(here, { kind: 'create', policy: { onExisting: 'never' } })
    expect(reasonOf(verdict)).toContain('OnExisting')
    expect(here.cloud.calls).not.toContain('update')
  })

  it('waits for a deletion of its own earlier stack before it creates', async () => {
    const here = world()
    here.cloud.add(
      ours({ status: 'DELETE_IN_PROGRESS', ends: { at: here.clock.now() + 60_000, status: undefined } }),
    )
    const { verdict } = await serve(here, { kind: 'create' })
    expect(verdict.status).toBe('SUCCESS')
    expect(here.cloud.stacks).toHaveLength(1)
  })

  it('reports that the stack was deleted while it waited', async () => {
    const here = world()
    here.cloud.plans.create = { takes: 100_000 }
    const waiting = start(here, { kind: 'create' })
    await here.clock.advance(10_000)
    here.cloud.stacks.splice(0)
    const { verdict } = await here.clock.run(waiting)
    expect(reasonOf(verdict)).toContain('was deleted')
  })
})

describe('a cloud that does not answer', () => {
  const outage = (kind: 'unavailable' | 'throttled' | 'denied' | 'rejected') => () =>
    new CloudError(kind, `the cloud is ${kind}`)

  it.each(['unavailable', 'throttled'] as const)('is called again while it is %s', async (kind) => {
    const here = world()
    here.cloud.faults.push(outage(kind), outage(kind), () => undefined, outage(kind), outage(kind))
    const { verdict } = await serve(here, { kind: 'create' })
    expect(verdict.status).toBe('SUCCESS')
    expect(here.cloud.stacks).toHaveLength(1)
  })

  it.each(['denied', 'rejected'] as const)('is not called again if it has %s the request', async (kind) => {
    const here = world()
    here.cloud.faults.push(outage(kind))
    const { verdict } = await serve(here, { kind: 'create' })
    expect(reasonOf(verdict)).toContain(`the cloud is ${kind}`)
    expect(here.cloud.calls).toEqual(['create'])
  })

  it('is given up within minutes if no operation has started', async () => {
    const here = world()
    for (let call = 0; call < 1000; call += 1) here.cloud.faults.push(outage('unavailable'))
    const before = here.clock.now()
    const { verdict } = await serve(here, { kind: 'create' })
    expect(reasonOf(verdict)).toContain('the cloud is unavailable')
    expect(here.clock.now() - before).toBeLessThan(400_000)
  })

  it('is retried until the deadline after it has accepted an operation', async () => {
    const here = world()
    here.cloud.plans.create = { takes: 1_000_000 }
    here.cloud.faults.push(() => undefined)
    for (let call = 0; call < 30; call += 1) here.cloud.faults.push(outage('unavailable'))
    const { verdict } = await serve(here, { kind: 'create' })
    expect(verdict.status).toBe('SUCCESS')
  })

  it('that hangs is waited for only until the time for an answer', async () => {
    const here = world()
    const before = here.clock.now()
    const hang = () => new Promise<never>(() => undefined)
    const { verdict } = await serve(here, { kind: 'create', timeoutMs: 70_000, session: { create: hang } })
    expect(verdict.status).toBe('FAILED')
    expect(here.clock.now() - before).toBeLessThan(70_000)
  })
})

describe('the deadline', () => {
  it('gives FAILED with the status and the latest event before the time is over', async () => {
    const here = world()
    here.cloud.plans.create = { takes: 10_000_000 }
    const before = here.clock.now()
    const { verdict } = await serve(here, { kind: 'create', timeoutMs: 600_000 })
    expect(reasonOf(verdict)).toMatch(/CREATE_IN_PROGRESS.*Latest event: Bucket CREATE_IN_PROGRESS/)
    expect(here.clock.now() - before).toBeLessThan(600_000)
    expect(here.cloud.calls).not.toContain('cancel')
    expect(here.cloud.calls).not.toContain('delete')
  })

  it('detects with a final poll that the operation has ended', async () => {
    const here = world()
    here.cloud.plans.create = { takes: 479_990 }
    const { verdict } = await serve(here, { kind: 'create', timeoutMs: 600_000 })
    expect(verdict.status).toBe('SUCCESS')
  })

  it("cancels an update when OnTimeout is 'cancel', and says so", async () => {
    const here = world()
    const stack = here.cloud.add(ours({}))
    here.cloud.plans.update = { takes: 10_000_000 }
    const { verdict } = await serve(here, {
      kind: 'update',
      physicalResourceId: stack.id,
      timeoutMs: 600_000,
      policy: { onTimeout: 'cancel' },
    })
    expect(reasonOf(verdict)).toContain('The update was cancelled.')
  })

  it("deletes the stack of a Create when OnTimeout is 'delete', and says so", async () => {
    const here = world()
    here.cloud.plans.create = { takes: 10_000_000 }
    const { verdict } = await serve(here, {
      kind: 'create',
      timeoutMs: 600_000,
      policy: { onTimeout: 'delete' },
    })
    expect(reasonOf(verdict)).toContain('Its deletion was started')
    expect(here.cloud.calls).toContain('delete')
  })

  it("never deletes the stack of an Update, even when OnTimeout is 'delete'", async () => {
    const here = world()
    const stack = here.cloud.add(ours({}))
    here.cloud.plans.update = { takes: 10_000_000 }
    await serve(here, {
      kind: 'update',
      physicalResourceId: stack.id,
      timeoutMs: 600_000,
      policy: { onTimeout: 'delete' },
    })
    expect(here.cloud.calls).not.toContain('delete')
  })

  it('names the other operation that an Update has waited for', async () => {
    const here = world()
    const stack = here.cloud.add(
      ours({
        status: 'UPDATE_IN_PROGRESS',
        ends: { at: here.clock.now() + 10_000_000, status: 'UPDATE_COMPLETE' },
      }),
    )
    const { verdict } = await serve(here, {
      kind: 'update',
      physicalResourceId: stack.id,
      timeoutMs: 600_000,
    })
    expect(reasonOf(verdict)).toContain('its status was UPDATE_IN_PROGRESS')
    expect(here.cloud.calls).not.toContain('update')
  })
})

describe('an Update', () => {
  it('waits for an operation in progress, then updates', async () => {
    const here = world()
    const stack = here.cloud.add(
      ours({
        status: 'UPDATE_IN_PROGRESS',
        ends: { at: here.clock.now() + 50_000, status: 'UPDATE_COMPLETE' },
      }),
    )
    const { verdict } = await serve(here, { kind: 'update', physicalResourceId: stack.id })
    expect(verdict.status).toBe('SUCCESS')
    expect(here.cloud.calls.filter((call) => call === 'update')).toHaveLength(1)
  })

  it('of a stack that no longer exists says so and creates nothing', async () => {
    const here = world()
    const { verdict } = await serve(here, { kind: 'update', physicalResourceId: 'model:gone/9' })
    expect(reasonOf(verdict)).toMatch(/no longer exists.*model:gone\/9/)
    expect(here.cloud.calls).toEqual(['find'])
  })

  it("does not touch a stack with another owner's mark", async () => {
    const here = world()
    const stack = here.cloud.add(ours({ owner: 'someone-else/Resource' }))
    const { verdict } = await serve(here, { kind: 'update', physicalResourceId: stack.id })
    expect(reasonOf(verdict)).toContain('someone-else/Resource')
    expect(here.cloud.calls).toEqual(['find'])
  })

  it('accepts the PhysicalResourceId as proof for a stack without a mark, and marks it', async () => {
    const here = world()
    const stack = here.cloud.add({ name: 'stack-by-ros' })
    const { verdict } = await serve(here, { kind: 'update', physicalResourceId: stack.id })
    expect(verdict.status).toBe('SUCCESS')
    expect(stack.owner).toBe(OWNER)
  })

  it('of a stack that needs a repair explains what to do', async () => {
    const here = world()
    const stack = here.cloud.add(ours({ status: 'UPDATE_ROLLBACK_FAILED' }))
    const { verdict } = await serve(here, { kind: 'update', physicalResourceId: stack.id })
    expect(reasonOf(verdict)).toContain('UPDATE_ROLLBACK_FAILED')
  })

  it('repairs first if the properties allow it, and then updates', async () => {
    const here = world()
    const stack = here.cloud.add(ours({ status: 'UPDATE_ROLLBACK_FAILED' }))
    const { verdict } = await serve(here, {
      kind: 'update',
      physicalResourceId: stack.id,
      policy: { repair: true },
    })
    expect(verdict.status).toBe('SUCCESS')
    expect(here.cloud.calls.filter((call) => ['repair', 'update'].includes(call))).toEqual([
      'repair',
      'update',
    ])
  })

  it('that an earlier delivery started is polled, not started again', async () => {
    const here = world()
    const stack = here.cloud.add(ours({}))
    const [one, two] = await here.clock.run(
      Promise.all([
        start(here, { kind: 'update', physicalResourceId: stack.id }),
        here.clock.sleep(500).then(() => start(here, { kind: 'update', physicalResourceId: stack.id })),
      ]),
    )
    expect(one).toEqual({ ...two, verdict: unrepeated(two.verdict), answers: two.answers.map(unrepeated) })
    expect(here.cloud.calls.filter((call) => call === 'update')).toHaveLength(1)
  })
})

describe('a Delete', () => {
  it('answers SUCCESS when the stack is deleted', async () => {
    const here = world()
    const stack = here.cloud.add(ours({}))
    const { verdict } = await serve(here, { kind: 'delete', physicalResourceId: stack.id })
    expect(verdict.status).toBe('SUCCESS')
    expect(here.cloud.stacks).toHaveLength(0)
  })

  it('of a stack that does not exist is SUCCESS', async () => {
    const { verdict } = await serve(world(), { kind: 'delete', physicalResourceId: 'model:gone/9' })
    expect(verdict.status).toBe('SUCCESS')
  })

  it('without an id deletes the stack of that name with our mark', async () => {
    const here = world()
    here.cloud.add(ours({ status: 'ROLLBACK_COMPLETE' }))
    const { verdict } = await serve(here, { kind: 'delete' })
    expect(verdict.status).toBe('SUCCESS')
    expect(here.cloud.stacks).toHaveLength(0)
  })

  it.each([{ owner: undefined }, { owner: 'someone-else/Resource' }])(
    "without an id does not touch another owner's stack of that name and is SUCCESS (owner $owner)",
    async ({ owner }) => {
      const here = world()
      here.cloud.add({ name: 'stack-by-ros', owner })
      const { verdict } = await serve(here, { kind: 'delete' })
      expect(verdict.status).toBe('SUCCESS')
      expect(here.cloud.calls).toEqual(['find'])
      expect(here.cloud.stacks).toHaveLength(1)
    },
  )

  it('that fails has the reason', async () => {
    const here = world()
    const stack = here.cloud.add(ours({}))
    here.cloud.plans.delete = {
      endsWith: { status: 'DELETE_FAILED', cause: 'Bucket: the bucket is not empty' },
    }
    const { verdict } = await serve(here, { kind: 'delete', physicalResourceId: stack.id })
    expect(reasonOf(verdict)).toMatch(/^Bucket: the bucket is not empty\..*DELETE_FAILED/)
    expect(here.cloud.calls.filter((call) => call.startsWith('delete'))).toEqual(['delete'])
  })

  it('that fails is repeated with stronger options as far as the properties allow', async () => {
    const here = world()
    const stack = here.cloud.add(ours({}))
    here.cloud.plans.delete = { endsWith: { status: 'DELETE_FAILED' } }
    await serve(here, { kind: 'delete', physicalResourceId: stack.id, policy: { deleteAttempts: 3 } })
    expect(here.cloud.calls.filter((call) => call.startsWith('delete'))).toEqual([
      'delete',
      'delete 1',
      'delete 2',
    ])
  })

  it('ends a Create in progress, which then answers FAILED', async () => {
    const here = world()
    here.cloud.plans.create = { takes: 600_000 }
    const creating = start(here, { kind: 'create' })
    await here.clock.advance(20_000)
    const deleting = start(here, { kind: 'delete', requestId: 'request-2' })
    const [created, deleted] = await here.clock.run(Promise.all([creating, deleting]))
    expect(deleted.verdict.status).toBe('SUCCESS')
    expect(created.verdict.status).toBe('FAILED')
    expect(here.cloud.stacks).toHaveLength(0)
  })

  it('waits for a deletion that another request started', async () => {
    const here = world()
    const stack = here.cloud.add(
      ours({ status: 'DELETE_IN_PROGRESS', ends: { at: here.clock.now() + 40_000, status: undefined } }),
    )
    const { verdict } = await serve(here, { kind: 'delete', physicalResourceId: stack.id })
    expect(verdict.status).toBe('SUCCESS')
    expect(here.cloud.calls).not.toContain('delete')
  })
})

describe('a call without an answer', () => {
  const silent = () => new Promise<never>(() => undefined)
  const reasonOf = async (timeoutMs: number): Promise<string> => {
    const { verdict } = await serve(world(), { kind: 'create', timeoutMs, session: { create: silent } })
    return verdict.status === 'FAILED' ? verdict.reason : ''
  }

  it('is blamed on the cloud only if the cloud had time for an answer', async () => {
    expect(await reasonOf(60_000)).toMatch(/^The cloud gave no answer within \d\d s\. Timed out after/)
    expect(await reasonOf(6000)).toMatch(/^Timed out after/)
  })
})

describe('an answer that ROS does not accept', () => {
  it('ends the operation as undelivered', async () => {
    const { delivered, answers } = await serve(world(), { kind: 'create', refuseAnswer: true })
    expect(delivered).toBe(false)
    expect(answers).toHaveLength(1)
  })
})

describe('an answer', () => {
  it.each([
    ['is handed off before its delivery by what was given the event', true, 60_000, ['hand-off']],
    ['is delivered at once by what could not act again', false, 60_000, ['deliver']],
    [
      'is delivered at once where a hand-off that hangs would leave no time for it',
      true,
      16_000,
      ['deliver'],
    ],
  ])('%s', async (_, handsOffVerdict, endsAfterMs, expected) => {
    const clock = new FakeClock()
    const done: string[] = []
    const verdict: Verdict = { status: 'FAILED', reason: 'x' }
    const start = operationOf({ kind: 'update', physicalResourceId: 'model:one/1' }, clock.now())
    await runOperation(
      { ...start, step: { at: 'answer', verdict, tries: 0 } },
      {
        clock,
        random: () => 0.5,
        log: pino({ level: 'silent' }),
        lease: {
          deadline: clock.now(),
          answerBy: clock.now() + endsAfterMs - 10_000,
          end: clock.now() + endsAfterMs,
          handOffFrom: clock.now(),
        },
        handsOffVerdict,
        handOff: async () => {
          done.push('hand-off')
          return true
        },
        deliver: async () => {
          done.push('deliver')
          return 'accepted'
        },
      },
    )
    expect(done).toEqual(expected)
  })
})
