import type { Clock } from '../src/platform/clock.ts'
import type { Host } from '../src/bridge/host.ts'
import { serveEvent, type Served } from '../src/bridge/serve-event.ts'
import { serveInvocation } from '../src/channels/fc/serve-invocation.ts'
import { invokeByQueue, openQueue } from '../src/channels/mns/hand-off-queue.ts'
import { invokeAsync, type AsyncInvocation } from '../src/platform/function-compute.ts'
import { createLogger } from '../src/platform/log.ts'
import { createNetwork } from '../src/platform/network.ts'
import { readSettings } from '../src/platform/settings.ts'
import { readFcContext } from '../src/platform/fc-context.ts'
import { providerRegistry } from '../src/providers/registry.ts'
import {
  startSandboxFunctionCompute,
  type SandboxContext,
  type SandboxFunctionCompute,
} from '../src/sandbox/function-compute/server.ts'
import { startSandboxMns, type SandboxMns } from '../src/sandbox/mns/server.ts'
import { SandboxRos, type SandboxRosOptions } from '../src/sandbox/ros/ros.ts'
import { realTime, type TestTime } from './test-time.ts'
import { CONTINUATION_KEY } from './continuation-keys.ts'

export interface BridgeWorldOptions extends Partial<Omit<SandboxRosOptions, 'clock'>> {
  /** Real time by default. */
  readonly time?: TestTime
  readonly environment?: Readonly<Record<string, string>>
  readonly functionTimeoutMs?: number
  readonly stackName?: string
  /** With a Function Compute, through which the bridge invokes itself instead of waiting. */
  readonly handsOver?: boolean
  /** Hands off by messages of a queue, whose trigger delivers each message this many times, by its index. */
  readonly queueDeliveriesOf?: (index: number) => number
  /** Ignores the delay header, as some regions may. */
  readonly ignoresDelay?: boolean
}

/** The bridge in this process, with an embedded ROS that sends it events. All logs are kept. */
export async function startBridgeWorld(options: BridgeWorldOptions = {}) {
  const { time = realTime } = options
  let drawn = 0
  const lines: string[] = []
  const served: Served[] = []
  const events: Uint8Array[] = []
  /** The payloads that Function Compute has stored. */
  const payloads: Uint8Array[] = []

  const serve = async (event: Uint8Array, more: Partial<Host>): Promise<Served> => {
    const result = await time.employ((clock) => serveEvent(event, host(clock, more)))
    served.push(result)
    return result
  }
  const host = (clock: Clock, more: Partial<Host>): Host => ({
    clock,
    // Short pauses: other tests check their length on a simulated clock. No number is repeated, so no nonce is repeated.
    random: () => {
      drawn += 1
      return 0.02 + drawn / 1e9
    },
    environment,
    settings,
    misconfiguration: problems,
    network,
    registry: providerRegistry,
    log: (secrets, bindings) =>
      createLogger({
        level: settings.logLevel,
        secrets,
        bindings,
        destination: { write: (line) => void lines.push(line) },
      }),
    ...(options.functionTimeoutMs === undefined
      ? {}
      : { functionEndsAt: clock.now() + options.functionTimeoutMs }),
    ...more,
  })

  const mns =
    options.queueDeliveriesOf === undefined
      ? undefined
      : await startSandboxMns({
          clock: time.clock,
          deliveriesOf: options.queueDeliveriesOf,
          trigger: (message) => fc?.invokeAsync('stackbridge', message),
        })
  const fc: SandboxFunctionCompute | undefined =
    options.handsOver === true
      ? await startFunction({
          time,
          serve,
          payloads,
          network: () => network,
          ...(mns === undefined ? {} : { mns }),
          ignoresDelay: options.ignoresDelay === true,
        })
      : undefined
  const environment = {
    STACKBRIDGE_ALLOW_PRIVATE_ADDRESSES: 'true',
    STACKBRIDGE_POLL_MIN_MS: '50',
    STACKBRIDGE_POLL_MAX_MS: '200',
    STACKBRIDGE_LOG_LEVEL: 'trace',
    ...(fc === undefined
      ? {}
      : {
          STACKBRIDGE_INLINE_SECONDS: '0',
          STACKBRIDGE_CONTINUATION_KEY: CONTINUATION_KEY,
          STACKBRIDGE_FC_ENDPOINT: fc.url,
        }),
    ...options.environment,
  }
  const { settings, problems } = readSettings(environment)
  const network = createNetwork(settings)
  const invoke = async (event: Uint8Array): Promise<void> => {
    events.push(event)
    if (fc !== undefined) {
      fc.invokeAsync('stackbridge', event)
      return
    }
    const result = await serve(event, {})
    if (result.kind !== 'answered') throw new Error(`the event was ${result.kind}`)
  }
  const ros = await SandboxRos.start({ invoke, ...options, clock: time.clock }, options.stackName)
  return {
    ros,
    invoke,
    fc,
    mns,
    /** Each event that arrived, in order. */
    events,
    served,
    payloads,
    logged: () => lines.join(''),
    async close() {
      await fc?.idle()
      await Promise.all([ros.close(), fc?.close(), mns?.close()])
      await network.close()
    },
  }
}

export type BridgeWorld = Awaited<ReturnType<typeof startBridgeWorld>>

interface FunctionOptions {
  readonly time: TestTime
  readonly serve: (event: Uint8Array, more: Partial<Host>) => Promise<Served>
  readonly payloads: Uint8Array[]
  readonly network: () => ReturnType<typeof createNetwork>
  readonly mns?: SandboxMns
  readonly ignoresDelay: boolean
}

function startFunction({
  time: { clock },
  serve,
  payloads,
  network,
  mns,
  ignoresDelay,
}: FunctionOptions): Promise<SandboxFunctionCompute> {
  const selfOf = (url: string, context: SandboxContext): Partial<Host> => {
    const { address, credentials } = readFcContext(context, {})
    if (address === undefined || credentials === undefined) throw new Error('the context is incomplete')
    const options = { address, credentials, endpoints: [url], network: network(), clock }
    const invokeDirectly = (invocation: AsyncInvocation) => {
      payloads.push(invocation.payload)
      return invokeAsync(invocation, { ...options, random: Math.random })
    }
    const invoke =
      mns === undefined
        ? invokeDirectly
        : invokeByQueue(
            openQueue({ url: mns.queueUrl, credentials: mns.credentials, network: network(), clock }),
            invokeDirectly,
          )
    // Each chain has its own id.
    return { invokeSelf: { possible: true, invoke }, random: Math.random }
  }
  const started = startSandboxFunctionCompute({
    clock,
    ignoresDelay,
    functions: [
      {
        name: 'stackbridge',
        timeoutSeconds: 60,
        asyncTask: true,
        async invoke(payload, context) {
          const self = selfOf((await started).url, context)
          const result = await serveInvocation(payload, (event) => serve(event, self))
          return result.succeeded
            ? { ended: 'returned', value: JSON.stringify(result.value) }
            : { ended: 'threw', error: result.problem }
        },
      },
    ],
  })
  return started
}
