import { afterEach, describe, expect, it } from 'vitest'
import { readContinuation } from '../../src/bridge/continuation/continuation.ts'
import { serveEvent, type Host } from '../../src/bridge/serve-event.ts'
import { systemClock } from '../../src/platform/clock.ts'
import { isJsonObject, parseJson } from '../../src/platform/json.ts'
import { createLogger } from '../../src/platform/log.ts'
import { createNetwork } from '../../src/platform/network.ts'
import { readSettings } from '../../src/platform/settings.ts'
import type { Opened, ProviderRegistry, StackRequest } from '../../src/providers/provider.ts'
import { SandboxRos } from '../../src/sandbox/ros/ros.ts'
import { refused, succeeded } from '../outcome-assertions.ts'
import { PLANTED, plantedIn } from '../planted-secrets.ts'
import { ModelCloud, type ModelStack } from './model-cloud.ts'
import { CONTINUATION_KEY } from '../continuation-keys.ts'

/** From the bytes of an event to the answer, with a provider that the test controls. */

const open: { close(): Promise<void> }[] = []
afterEach(async () => {
  await Promise.all(open.splice(0).map((one) => one.close()))
})

const cloud = () => new ModelCloud(systemClock)

const ENVIRONMENT = {
  STACKBRIDGE_ALLOW_PRIVATE_ADDRESSES: 'true',
  STACKBRIDGE_POLL_MIN_MS: '50',
  STACKBRIDGE_POLL_MAX_MS: '50',
}
const KEYED = { STACKBRIDGE_CONTINUATION_KEY: CONTINUATION_KEY }

async function world(
  provide: (request: StackRequest) => Opened | Promise<Opened>,
  host: Partial<Host> = {},
  givenUp?: string,
) {
  const { settings } = readSettings(ENVIRONMENT)
  const network = createNetwork(settings)
  const lines: string[] = []
  const registry: ProviderRegistry = {
    resolve: (resourceType, provider) =>
      resourceType === 'Custom::Unknown'
        ? { ok: false, problem: 'The resource type Custom::Unknown is not served' }
        : {
            ok: true,
            name: typeof provider === 'string' ? provider : 'Model',
            load: () =>
              Promise.resolve({
                name: 'Model',
                open: (request) => provide(request),
                propertiesToFollow: (properties) => properties,
              }),
          },
    writersOf: (id) => (id.startsWith('elsewhere:') ? ['Elsewhere'] : ['Model']),
    isWritten: () => false,
  }
  const ros = await SandboxRos.start({
    rollback: false,
    invoke: async (event) => {
      await serveEvent(
        event,
        {
          clock: systemClock,
          random: () => 0.02,
          environment: {},
          settings,
          misconfiguration: [],
          network,
          registry,
          log: (secrets, bindings) =>
            createLogger({
              level: 'trace',
              secrets,
              bindings,
              destination: { write: (line) => void lines.push(line) },
            }),
          ...host,
          ...('functionEndsAt' in host ? { functionEndsAt: systemClock.now() + 1500 } : {}),
        },
        givenUp,
      )
    },
  })
  open.push(ros, network)
  const definition = (parameters = {}, resourceType = 'Custom::Model') => ({
    logicalResourceId: 'R',
    resourceType,
    parameters,
    timeoutSeconds: 10,
  })
  return { ros, definition, logged: () => lines.join('') }
}

const session = (model: ModelCloud, request: StackRequest) =>
  model.session({
    owner: request.owner.logicalResourceId,
    requestId: request.requestId,
    name: 'one',
    ...(request.physicalResourceId === undefined ? {} : { physicalResourceId: request.physicalResourceId }),
  })

describe('an event', () => {
  it('is answered with the outputs of its stack', async () => {
    const model = cloud()
    const { ros, definition } = await world((request) => ({
      ok: true,
      session: session(model, request),
      bridge: {},
    }))
    expect(succeeded(await ros.send('Create', definition(), undefined))).toEqual({ Url: 'https://made' })
  })

  it('of an unknown type is FAILED, and its Delete SUCCESS, since nothing can have been created', async () => {
    const { ros, definition } = await world(() => ({ ok: false, problems: [] }))
    expect(refused(await ros.send('Create', definition({}, 'Custom::Unknown'), undefined))).toContain(
      'not served',
    )
    succeeded(await ros.send('Delete', definition({}, 'Custom::Unknown'), undefined))
    expect(refused(await ros.send('Delete', definition({}, 'Custom::Unknown'), 'an-id'))).toContain(
      'not served',
    )
  })

  it('that would change the provider is refused before a session is opened', async () => {
    let opened = 0
    const { ros, definition } = await world(() => {
      opened += 1
      return { ok: false, problems: [] }
    })
    const outcome = await ros.send('Update', definition({ Provider: 'Other' }), 'id', { Provider: 'Model' })
    expect(refused(outcome)).toContain('Provider cannot change from Model to Other')
    expect(opened).toBe(0)
  })

  it('is answered FAILED with each wrong setting if the environment is wrong', async () => {
    const { ros, definition } = await world(() => ({ ok: false, problems: [] }), {
      misconfiguration: ['X must be 1'],
    })
    expect(refused(await ros.send('Create', definition(), undefined))).toContain('X must be 1')
  })
})

describe('a defect of the bridge', () => {
  it.each(['open', 'create', 'describe'] as const)(
    'in %s is answered FAILED once, without a secret',
    async (where) => {
      const model = cloud()
      const fail = () => Promise.reject(new TypeError(`a defect near ${PLANTED.accessKeySecret}`))
      const { ros, definition, logged } = await world((request) =>
        where === 'open'
          ? fail()
          : { ok: true, session: { ...session(model, request), [where]: fail }, bridge: {} },
      )
      const outcome = await ros.send(
        'Create',
        definition({ AccessKeySecret: PLANTED.accessKeySecret }),
        undefined,
      )
      const reason = refused(outcome)
      expect(reason).toContain('The bridge itself failed (TypeError: a defect near [secret])')
      expect(reason).toContain('its log has the details')
      expect(logged()).toContain('a defect of the bridge')
      expect(plantedIn(logged() + reason)).toEqual([])
    },
  )
})

describe('an operation that is handed off', () => {
  it("contains the event's secrets, sealed, and none of the process's own", async () => {
    const model = cloud()
    model.plans.create = { takes: 1500 }
    const payloads: Uint8Array[] = []
    const { settings } = readSettings({ ...ENVIRONMENT, ...KEYED, STACKBRIDGE_INLINE_SECONDS: '0' })
    const { ros, definition } = await world(
      (request) => ({ ok: true, session: session(model, request), bridge: { Timeout: 3 } }),
      {
        settings,
        secrets: ['the-secret-of-the-role'],
        invokeSelf: {
          possible: true,
          invoke({ payload }) {
            payloads.push(payload)
            return Promise.resolve({ invoked: true, fcRequestId: undefined })
          },
        },
      },
    )
    const properties = { AccessKeySecret: PLANTED.accessKeySecret, Timeout: 3 }
    void ros.send('Create', definition(properties), undefined)
    await expect.poll(() => payloads.length).toBe(1)
    const event = parseJson(payloads[0] ?? new Uint8Array())
    if (!event.ok || !isJsonObject(event.value)) throw new Error('no JSON')
    const read = readContinuation(event.value, settings.continuationKeys)
    if (read.kind !== 'continuation') throw new Error(read.problem)
    const { secrets } = read.continuation
    expect(secrets).toContain(PLANTED.accessKeySecret)
    expect(secrets).not.toContain('the-secret-of-the-role')
    expect(secrets).not.toContain(KEYED.STACKBRIDGE_CONTINUATION_KEY)
  })
})

describe('an invocation that would end without an answer', () => {
  const never = <T>() => new Promise<T>(() => undefined)
  const outOfTime = { functionEndsAt: 0 }

  it('is answered by the guard if the run hangs', async () => {
    const model = cloud()
    model.plans.create = { takes: 60_000 }
    const { ros, definition, logged } = await world(
      (request) => ({ ok: true, session: session(model, request), bridge: {} }),
      {
        ...outOfTime,
        settings: readSettings({ ...ENVIRONMENT, STACKBRIDGE_INLINE_SECONDS: '0', ...KEYED }).settings,
        invokeSelf: { possible: true, invoke: () => never() },
      },
    )
    const reason = refused(await ros.send('Create', definition(), undefined))
    expect(reason).toMatch(/^The bridge itself hung after \d s while creating stack one/)
    expect(logged()).toContain('the operation hangs')
  })

  it('is answered once and starts nothing if it arrives after ROS has stopped waiting', async () => {
    const model = cloud()
    const { ros, definition, logged } = await world(
      (request) => ({ ok: true, session: session(model, request), bridge: {} }),
      { arrivedAt: systemClock.now() - 7_200_000 },
    )
    const reason = refused(await ros.send('Create', definition(), undefined))
    expect(reason).toContain('before the stack could be created')
    expect(model.calls).not.toContain('create')
    expect(logged()).not.toContain('the operation hangs')
  })

  it('is answered by the guard if the provider hangs in open', async () => {
    const { ros, definition } = await world(() => never(), outOfTime)
    expect(refused(await ros.send('Create', definition(), undefined))).toContain('hung before it could begin')
  })

  it('is answered with the status of the stack after an uncaught error', async () => {
    const model = cloud()
    model.plans.create = { takes: 60_000 }
    let crash: (error: unknown) => void = () => undefined
    const { ros, definition, logged } = await world(
      (request) => ({ ok: true, session: session(model, request), bridge: {} }),
      {
        crashes: {
          listen(listener) {
            crash = listener
            return () => undefined
          },
        },
      },
    )
    const creating = ros.send('Create', definition({ AccessKeySecret: PLANTED.accessKeySecret }), undefined)
    await expect.poll(() => model.calls.filter((call) => call === 'describe').length).toBeGreaterThan(1)
    crash(new RangeError(`out of range near ${PLANTED.accessKeySecret}`))
    const reason = refused(await creating)
    expect(reason).toMatch(/^The bridge itself failed \(RangeError: out of range near \[secret\]\)/)
    expect(reason).toContain('its status is CREATE_IN_PROGRESS')
    expect(plantedIn(logged())).toEqual([])
    const looked = model.calls.length
    await expect.poll(() => model.calls.length).toBe(looked)
  })
})

describe('a killed invocation, at its failure destination', () => {
  /** `startedKind` is the operation that the killed call started. The other arguments describe the stack now. */
  async function serveFailedInvocation(
    kind: 'Create' | 'Update' | 'Delete',
    stack?: Partial<ModelStack> & { readonly startedKind?: 'create' | 'update' },
  ) {
    const model = cloud()
    const existing = stack === undefined ? undefined : model.add({ name: 'one', owner: 'R', ...stack })
    const id = kind === 'Create' ? undefined : 'model:one/1'
    const { ros, definition } = await world(
      (request) => {
        if (stack?.startedKind !== undefined)
          existing?.started.set(`${request.requestId}/${stack.startedKind}`, systemClock.now())
        return { ok: true, session: session(model, request), bridge: {} }
      },
      {},
      'The call of the bridge died (FunctionTimeout)',
    )
    const outcome = await ros.send(kind, definition(), id, kind === 'Update' ? {} : undefined)
    return { outcome, calls: model.calls.filter((call) => !['find', 'describe', 'explain'].includes(call)) }
  }

  it('that started nothing is FAILED, and nothing is started', async () => {
    const { outcome, calls } = await serveFailedInvocation('Create')
    expect(refused(outcome)).toMatch(/^The call of the bridge died .*before the stack could be created/)
    expect(calls).toEqual([])
  })

  it.each([
    ['Create', 'create'],
    ['Update', 'update'],
  ] as const)('whose %s has succeeded meanwhile is SUCCESS', async (kind, startedKind) => {
    const { outcome, calls } = await serveFailedInvocation(kind, {
      outputs: { Url: 'https://made' },
      startedKind,
    })
    expect(succeeded(outcome)).toEqual({ Url: 'https://made' })
    expect(calls).toEqual([])
  })

  it('whose stack is still in progress is FAILED with its status', async () => {
    const ends = { at: systemClock.now() + 60_000, status: 'CREATE_COMPLETE' }
    const { outcome } = await serveFailedInvocation('Create', {
      status: 'CREATE_IN_PROGRESS',
      ends,
      startedKind: 'create',
    })
    expect(refused(outcome)).toMatch(/FunctionTimeout.*its status is CREATE_IN_PROGRESS/)
  })

  it('whose Delete finds no stack is SUCCESS', async () => {
    succeeded((await serveFailedInvocation('Delete')).outcome)
  })

  it('whose Delete had not started is FAILED, and the stack stays', async () => {
    const { outcome, calls } = await serveFailedInvocation('Delete', {})
    expect(refused(outcome)).toContain('before the stack could be deleted')
    expect(calls).toEqual([])
  })
})
