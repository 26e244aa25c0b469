import type { DestinationStream } from 'pino'
import { serveEvent, type Host, type Served } from '../../bridge/serve-event.ts'
import { systemClock, type Clock, type EpochMs } from '../../platform/clock.ts'
import { readFcContext } from '../../platform/fc-context.ts'
import { invokeAsync } from '../../platform/function-compute.ts'
import { createLogger } from '../../platform/log.ts'
import { createNetwork, type Network } from '../../platform/network.ts'
import { readSettings, type Settings } from '../../platform/settings.ts'
import { providerRegistry } from '../../providers/registry.ts'
import {
  startSandboxCloudFormation,
  type SandboxCloudFormation,
} from '../../sandbox/aws/cloudformation/server.ts'
import {
  startSandboxFunctionCompute,
  type InvocationEnd,
  type SandboxContext,
  type SandboxFunctionCompute,
} from '../../sandbox/function-compute/server.ts'
import { startSandboxOpenStack, type SandboxOpenStack } from '../../sandbox/openstack/server.ts'
import { SandboxRos } from '../../sandbox/ros/ros.ts'
import { SimulatedClock } from '../../sandbox/simulated-clock.ts'

export interface SimulatedWorldOptions {
  /** Of the function, seconds. */
  readonly timeoutSeconds: number
  readonly environment?: Readonly<Record<string, string>>
  /** Sleeps that end within this many simulated milliseconds of each other end together. */
  readonly quantumMs?: number
  readonly resourceDelayMs?: number
  /** Each invocation has connections, tokens and role sessions of its own, as in a new instance. */
  readonly isCold?: boolean
  /** The destination of the bridge's log; none by default. */
  readonly log?: DestinationStream
}

/** One call of the function. */
export interface SimulatedCall {
  /** Simulated milliseconds since the start. */
  readonly at: number
  /** Simulated milliseconds of sleep. */
  readonly sleptMs: number
  /** `sleptMs`, plus real milliseconds of work. */
  readonly billedMs: number
  readonly kind: Served['kind']
}

export interface SimulatedWorld {
  readonly clock: SimulatedClock
  readonly ros: SandboxRos
  readonly aws: SandboxCloudFormation
  readonly openstack: SandboxOpenStack
  readonly fc: SandboxFunctionCompute
  readonly calls: readonly SimulatedCall[]
  close(): Promise<void>
}

/**
 * The real bridge with an embedded ROS, Function Compute and clouds in this process, all on one simulated clock: hours take
 * seconds. All calls go over loopback, also those of the bridge to itself.
 */
export async function startSimulatedWorld(options: SimulatedWorldOptions): Promise<SimulatedWorld> {
  const clock = new SimulatedClock({ quantumMs: options.quantumMs ?? 0 })
  const worldStart = clock.now()
  const calls: SimulatedCall[] = []
  // `STACKBRIDGE_FC_ENDPOINT` is added below: the address is known only after the start.
  const environment: Record<string, string> = {
    STACKBRIDGE_ALLOW_PRIVATE_ADDRESSES: 'true',
    STACKBRIDGE_CONTINUATION_KEY: 'Zk3vQ8sN1xR6tB9wHc2yLm5pDf7aJe0uGo4iXnTqVbE=',
    ...options.environment,
  }
  const serve = async (event: Uint8Array, context: SandboxContext): Promise<InvocationEnd> => {
    const [startedAt, realStart] = [clock.now(), performance.now()]
    const network = options.isCold === true ? createNetwork(settings) : shared
    const served = await clock.employ((clockOfCall) =>
      serveEvent(event, hostFor(context, { clock: clockOfCall, network, startedAt })),
    )
    if (network !== shared) await network.close()
    const sleptMs = clock.now() - startedAt
    const billedMs = sleptMs + (performance.now() - realStart)
    calls.push({ at: startedAt - worldStart, sleptMs, billedMs, kind: served.kind })
    return served.kind === 'answered' || served.kind === 'handed-over'
      ? { ended: 'returned', value: served.kind }
      : { ended: 'threw', error: served.kind }
  }
  const fc = await startSandboxFunctionCompute({
    clock,
    functions: [
      { name: 'stackbridge', timeoutSeconds: options.timeoutSeconds, asyncTask: true, invoke: serve },
    ],
  })
  environment['STACKBRIDGE_FC_ENDPOINT'] = fc.url
  const { settings, problems } = readSettings(environment)
  const shared = createNetwork(settings)
  const hostFor = hostsOf({ environment, settings, problems }, options.log)
  await loadProviders()
  const [aws, openstack, ros] = await startClouds(fc, clock, options.resourceDelayMs ?? 1000)
  return {
    clock,
    ros,
    aws,
    openstack,
    fc,
    calls,
    async close() {
      await Promise.all([ros.close(), fc.close(), aws.close(), openstack.close(), shared.close()])
    },
  }
}

function startClouds(fc: SandboxFunctionCompute, clock: Clock, resourceDelayMs: number) {
  return Promise.all([
    startSandboxCloudFormation({ clock, signatureClock: systemClock, resourceDelayMs }),
    startSandboxOpenStack({ clock }),
    SandboxRos.start({
      clock,
      rollback: false,
      invoke: (event) => {
        fc.invokeAsync('stackbridge', event)
        return Promise.resolve()
      },
    }),
  ])
}

interface HostParts {
  readonly environment: Readonly<Record<string, string>>
  readonly settings: Settings
  readonly problems: readonly string[]
}

interface CallParts {
  /** Of this call. */
  readonly clock: Clock
  readonly network: Network
  readonly startedAt: EpochMs
}

/** Gives the bridge's host for one call, as the function's handler makes it from Function Compute's context. */
function hostsOf({ environment, settings, problems }: HostParts, destination: DestinationStream | undefined) {
  const log: Host['log'] = (secrets, bindings) =>
    destination === undefined
      ? createLogger({ level: 'silent', secrets, bindings })
      : createLogger({ level: settings.logLevel, secrets, bindings, destination })
  return (context: SandboxContext, { clock, network, startedAt }: CallParts): Host => {
    const { address, credentials, timeoutMs } = readFcContext(context, {})
    const { random } = Math
    const endpoints = settings.fcEndpoints
    return {
      clock,
      random,
      environment,
      settings,
      misconfiguration: problems,
      network,
      registry: providerRegistry,
      log,
      invokeSelf:
        address === undefined || credentials === undefined
          ? { possible: false, whyNot: 'the context is incomplete' }
          : {
              possible: true,
              invoke: (invocation) =>
                invokeAsync(invocation, { address, credentials, endpoints, network, clock, random }),
            },
      ...(timeoutMs === undefined ? {} : { functionEndsAt: startedAt + timeoutMs }),
    }
  }
}

/** Loading a provider takes real time. It must not happen while the simulated clock runs. */
async function loadProviders(): Promise<void> {
  await Promise.all(
    ['Custom::AwsCloudFormationStack', 'Custom::HeatStack'].map(async (type) => {
      const resolved = providerRegistry.resolve(type, undefined)
      if (resolved.ok) await resolved.load()
    }),
  )
}
