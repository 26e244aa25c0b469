import { afterEach, describe, expect, it } from 'vitest'
import { serveEvent, type Host, type Watcher } from '../../src/bridge/serve-event.ts'
import { systemClock } from '../../src/platform/clock.ts'
import { createLogger } from '../../src/platform/log.ts'
import { createNetwork, type Network } from '../../src/platform/network.ts'
import { readSettings } from '../../src/platform/settings.ts'
import { listen } from '../../src/sandbox/loopback-server.ts'
import { createServer } from 'node:http'
import { ModelCloud } from './model-cloud.ts'

const open: { close(): Promise<unknown> }[] = []
afterEach(async () => {
  await Promise.all(open.splice(0).map((one) => one.close()))
})

/** Serves a Create, and returns whether the session's network still makes a call after the answer. */
async function isCallPossibleAfterAnswer(watcher: Watcher | undefined): Promise<boolean> {
  const server = await listen(createServer((_request, response) => response.end('{}')))
  const { settings } = readSettings({
    STACKBRIDGE_ALLOW_PRIVATE_ADDRESSES: 'true',
    STACKBRIDGE_POLL_MIN_MS: '50',
  })
  const network = createNetwork(settings)
  open.push(server, network)
  let used: Network | undefined
  const answers: string[] = []
  const host: Host = {
    ...{ clock: systemClock, random: () => 0.5, environment: {}, settings, misconfiguration: [], network },
    log: (secrets) => createLogger({ level: 'silent', secrets }),
    answerInPlace: (body) => void answers.push(body),
    registry: {
      resolve: () => ({
        ok: true,
        name: 'Model',
        load: () =>
          Promise.resolve({
            name: 'Model',
            open(request, surroundings) {
              used = surroundings.network
              const { owner, requestId } = request
              const model = new ModelCloud(systemClock)
              const session = model.session({ owner: owner.logicalResourceId, requestId, name: 'one' })
              return { ok: true, session, bridge: {} }
            },
            propertiesToFollow: (properties) => properties,
          }),
      }),
      writersOf: () => ['Model'],
      isWritten: () => false,
    },
    ...(watcher === undefined ? {} : { watcher }),
  }
  const event = {
    ...{ RequestType: 'Create', ResourceType: 'Custom::Model', LogicalResourceId: 'R', StackId: 's' },
    ...{ RequestId: 'r', ResourceProperties: { Timeout: 10 } },
  }
  await serveEvent(Buffer.from(JSON.stringify(event)), host)
  expect(answers).toHaveLength(1)
  if (used === undefined) throw new Error('no session was opened')
  const called = used.request(used.check(server.url, 'endpoint'), 'endpoint', { method: 'GET', headers: {} })
  return called.then(
    () => true,
    (error: unknown) => {
      expect(error).toMatchObject({ name: 'AbortError' })
      return false
    },
  )
}

const WATCHER: Watcher = {
  opened: () => undefined,
  progress: () => undefined,
  answering: () => undefined,
}

describe('after the answer', () => {
  it('no call starts any more, so that an abandoned operation cannot reach the cloud', async () => {
    expect(await isCallPossibleAfterAnswer(undefined)).toBe(false)
    expect(await isCallPossibleAfterAnswer(WATCHER)).toBe(false)
  })

  it("a watcher that reads the stack's last events may still call", async () => {
    expect(await isCallPossibleAfterAnswer({ ...WATCHER, readsAfterAnswer: true })).toBe(true)
  })
})
