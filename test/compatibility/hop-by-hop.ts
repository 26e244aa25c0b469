import { createServer } from 'node:http'
import { readContinuation, type Continuation } from '../../src/bridge/continuation/continuation.ts'
import type { Host, SelfInvocation, Served } from '../../src/bridge/host.ts'
import { serveEvent } from '../../src/bridge/serve-event.ts'
import { parseJson, isJsonObject, type JsonObject } from '../../src/platform/json.ts'
import { createLogger } from '../../src/platform/log.ts'
import { createNetwork } from '../../src/platform/network.ts'
import { readSettings } from '../../src/platform/settings.ts'
import { providerRegistry } from '../../src/providers/registry.ts'
import { listen } from '../../src/sandbox/loopback-server.ts'
import type { FakeClock } from '../fake-clock.ts'

/** Not secret: it seals only data of the embedded clouds. */
export const FIXTURE_KEY = 'public key of the recorded fixtures'

export interface Asked {
  readonly requestType: 'Create' | 'Update' | 'Delete'
  readonly requestId: string
  readonly resourceType: string
  readonly properties: JsonObject
  readonly oldProperties?: JsonObject | undefined
  readonly physicalResourceId?: string | undefined
}

/** May replace the continuation that this version wrote with another one. */
export type OnHandOver = (payload: Uint8Array) => Uint8Array

/** The maximum number of calls for an operation of the recorded scenarios. */
const MOST_CALLS = 1500
/** The least time of a call for its work, and the rest for its answer; milliseconds. */
const LEASE_MS = 2500
const WORK_MS = 2001

/**
 * Serves events with calls of the bridge that each do one action and then hand off, so that every step is handed off. The first
 * call for each payload has no time, and hands it off unchanged.
 */
export async function startHops(clock: FakeClock, onHandOver: OnHandOver) {
  const { settings: withoutKey } = readSettings({
    STACKBRIDGE_ALLOW_PRIVATE_ADDRESSES: 'true',
    STACKBRIDGE_POLL_MIN_MS: '2000',
    STACKBRIDGE_POLL_MAX_MS: '30000',
    STACKBRIDGE_INLINE_SECONDS: '0',
  })
  // Later versions require a random key.
  const settings = { ...withoutKey, continuationKeys: [FIXTURE_KEY] }
  const network = createNetwork(settings)
  const logged: string[] = []
  const ros = await startCallback()
  let dice = 0

  /** One call; `moved` is how far its clock was advanced, which ends its time. */
  const call = async (payload: Uint8Array, isWorking: boolean) => {
    const endsAt = clock.now() + LEASE_MS
    let reads = 0
    const state: { moved: number; to?: { payload: Uint8Array; delaySeconds: number } } = { moved: 0 }
    const invokeSelf: SelfInvocation = {
      possible: true,
      invoke: async ({ payload: next, delaySeconds }) => {
        state.to = { payload: next, delaySeconds }
        return { invoked: true, fcRequestId: undefined }
      },
    }
    const host: Host = {
      clock: {
        now() {
          const now = clock.now() + state.moved
          if (!isWorking && reads > 1) state.moved = WORK_MS
          return now
        },
        // A sleep with a signal is a time limit, and no simulated time passes while the bridge works.
        sleep: (ms, signal) => (signal === undefined ? clock.advance(ms) : clock.sleep(ms, signal)),
      },
      random: () => (dice = (dice + 0.37) % 1),
      environment: {},
      settings,
      misconfiguration: [],
      network,
      registry: providerRegistry,
      // Read once to open a session, and then to divide the remaining time.
      get functionEndsAt() {
        reads += 1
        return endsAt
      },
      invokeSelf,
      log: (secrets, bindings) =>
        createLogger({
          level: 'info',
          secrets,
          bindings,
          destination: { write: (line) => void logged.push(line) },
        }),
      watcher: {
        opened: () => undefined,
        answering: () => undefined,
        progress({ step, ...rest }) {
          if (step !== 'news') return
          const isOver = 'news' in rest && rest.news.of === 'deliver'
          state.moved = isOver ? LEASE_MS + 1 : WORK_MS
        },
      },
    }
    const served = await serveEvent(payload, host)
    return { served, ...state }
  }

  /** Serves a payload to the end of its operation. */
  const serve = async (payload: Uint8Array): Promise<Served> => {
    let next = payload
    for (let calls = 0; calls < MOST_CALLS; calls += 1) {
      const { served, to, moved } = await call(next, calls % 2 === 1)
      if (served.kind !== 'handed-over' || to === undefined) return served
      next = onHandOver(to.payload)
      if (opened(to.payload).operation.step.at === 'answer') ros.accept()
      await clock.advance(to.delaySeconds * 1000 + moved)
    }
    throw new Error('the operation does not end')
  }

  return {
    ros,
    logged,
    serve,
    ask: (asked: Asked) => serve(eventOf(asked, ros.url)),
    async close() {
      await ros.close()
      await network.close()
    },
  }
}

export type Hops = Awaited<ReturnType<typeof startHops>>

export function eventOf(asked: Asked, responseUrl: string): Uint8Array {
  const { requestType, physicalResourceId, oldProperties } = asked
  return Buffer.from(
    JSON.stringify({
      RequestType: requestType,
      RequestId: asked.requestId,
      ResponseURL: `${responseUrl}/answer?of=${asked.requestId}`,
      ResourceType: asked.resourceType,
      LogicalResourceId: 'Recorded',
      StackId: '5c8a2e1e-0000-4000-8000-5747616e7365',
      StackName: 'recording',
      RegionId: 'cn-hangzhou',
      ResourceProperties: asked.properties,
      ...(oldProperties === undefined ? {} : { OldResourceProperties: oldProperties }),
      ...(physicalResourceId === undefined ? {} : { PhysicalResourceId: physicalResourceId }),
    }),
  )
}

/** The ResponseURL of ROS. */
async function startCallback() {
  const answers: JsonObject[] = []
  const state = { refuses: false }
  const server = createServer((request, response) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () => {
      const json = parseJson(Buffer.concat(chunks))
      if (state.refuses) {
        response.writeHead(503).end()
        return
      }
      if (json.ok && isJsonObject(json.value)) answers.push(json.value)
      response.writeHead(200, { 'content-type': 'application/json' }).end('{}')
    })
  })
  const listening = await listen(server)
  return {
    ...listening,
    answers,
    /** Callbacks are answered 503 until `accept`. */
    refuse: () => void (state.refuses = true),
    accept: () => void (state.refuses = false),
  }
}

export function opened(payload: Uint8Array): Continuation {
  const json = parseJson(payload)
  const read = json.ok && isJsonObject(json.value) ? readContinuation(json.value, [FIXTURE_KEY]) : undefined
  if (read?.kind !== 'continuation') throw new Error(read?.problem ?? 'it is no JSON')
  return read.continuation
}

/** One line for a hand-off: the operation's kind, its step, and what distinguishes it from others. */
export function labelOf({ operation, whole }: Continuation): string {
  const { kind, step } = operation
  const words: (string | undefined)[] = [kind, step.at === 'final-poll' ? 'last-look' : step.at]
  switch (step.at) {
    case 'find':
      words.push(step.busy === undefined ? undefined : 'busy')
      break
    case 'delete':
      words.push(`then-${step.then}`)
      break
    case 'observe':
      words.push(step.watch.kind, step.then === 'create' ? 'then-create' : undefined)
      break
    case 'explain':
    case 'final-poll':
    case 'explain-timeout':
      words.push(step.observe.watch.kind)
      break
    case 'stop':
      words.push(operation.policy.onTimeout)
      break
    case 'answer':
      words.push(step.verdict.status)
      break
    case 'create':
    case 'update':
    case 'repair':
    case 'end':
      break
  }
  if (whole) words.push('with-template')
  return words.filter((word) => word !== undefined).join(' ')
}
