import { afterEach, describe, expect, it } from 'vitest'
import { serveEvent, type Host } from '../../src/bridge/serve-event.ts'
import { systemClock } from '../../src/platform/clock.ts'
import { createLogger } from '../../src/platform/log.ts'
import { createNetwork } from '../../src/platform/network.ts'
import { readSettings } from '../../src/platform/settings.ts'
import type { Opened, ProviderRegistry, StackRequest } from '../../src/providers/provider.ts'
import { SandboxRos } from '../../src/sandbox/ros/ros.ts'
import { refused, succeeded } from '../outcome-assertions.ts'
import { PLANTED, plantedIn } from '../planted-secrets.ts'
import { ModelCloud } from './model-cloud.ts'

/** From the bytes of an event to the answer, with a provider that does as the test says. */

const open: { close(): Promise<void> }[] = []
afterEach(async () => {
  await Promise.all(open.splice(0).map((one) => one.close()))
})

const cloud = () => new ModelCloud(systemClock)

async function world(provide: (request: StackRequest) => Opened | Promise<Opened>, host: Partial<Host> = {}) {
  const { settings } = readSettings({
    STACKBRIDGE_ALLOW_PRIVATE_ADDRESSES: 'true',
    STACKBRIDGE_POLL_MIN_MS: '50',
    STACKBRIDGE_POLL_MAX_MS: '50',
  })
  const network = createNetwork(settings)
  const lines: string[] = []
  const registry: ProviderRegistry = {
    resolve: (resourceType, provider) =>
      resourceType === 'Custom::Unknown'
        ? { ok: false, problem: 'The resource type Custom::Unknown is not served' }
        : {
            ok: true,
            name: typeof provider === 'string' ? provider : 'Model',
            load: () => Promise.resolve({ name: 'Model', open: (request) => provide(request) }),
          },
  }
  const ros = await SandboxRos.start({
    rollback: false,
    invoke: async (event) => {
      await serveEvent(event, {
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
      })
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
  it('is answered with what became of the stack', async () => {
    const model = cloud()
    const { ros, definition } = await world((request) => ({
      ok: true,
      session: session(model, request),
      bridge: {},
    }))
    expect(succeeded(await ros.send('Create', definition(), undefined))).toEqual({ Url: 'https://made' })
  })

  it('of an unknown type is FAILED, and its Delete SUCCESS, since nothing can have been made', async () => {
    const { ros, definition } = await world(() => ({ ok: false, problems: [] }))
    expect(refused(await ros.send('Create', definition({}, 'Custom::Unknown'), undefined))).toContain(
      'not served',
    )
    succeeded(await ros.send('Delete', definition({}, 'Custom::Unknown'), undefined))
    expect(refused(await ros.send('Delete', definition({}, 'Custom::Unknown'), 'an-id'))).toContain(
      'not served',
    )
  })

  it('that would change the provider is refused before anything is opened', async () => {
    let opened = 0
    const { ros, definition } = await world(() => {
      opened += 1
      return { ok: false, problems: [] }
    })
    const outcome = await ros.send('Update', definition({ Provider: 'Other' }), 'id', { Provider: 'Model' })
    expect(refused(outcome)).toContain('Provider cannot change from Model to Other')
    expect(opened).toBe(0)
  })

  it('is answered FAILED with each wrong setting while the environment is wrong', async () => {
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
      expect(logged()).toContain('a defect of the bridge')
      expect(plantedIn(logged() + reason)).toEqual([])
    },
  )
})
