import type { Host, SelfInvocation } from '../../../src/bridge/host.ts'
import { serveEvent } from '../../../src/bridge/serve-event.ts'
import type { Clock } from '../../../src/platform/clock.ts'
import { createLogger } from '../../../src/platform/log.ts'
import { createNetwork, type Network } from '../../../src/platform/network.ts'
import type { JsonObject } from '../../../src/platform/json.ts'
import { readSettings } from '../../../src/platform/settings.ts'
import { providerRegistry } from '../../../src/providers/registry.ts'
import { SandboxResource, SandboxRos } from '../../../src/sandbox/ros/ros.ts'
import { SimulatedClock } from '../../../src/sandbox/simulated-clock.ts'
import { CannedAnswers } from './canned-answers.ts'
import type { EmbeddedCloud, StackSpec } from './embedded-cloud.ts'
import { clouds, type ProviderName } from './clouds.ts'
import { FaultPlan } from './fault-plan.ts'
import type { Effect, PlannedFault } from './faults.ts'
import { FaultyNetwork, type SharedParts } from './faulty-network.ts'
import { FunctionCompute } from './function-compute.ts'
import { never, type Process } from './process.ts'
import { CONTINUATION_KEY } from '../../continuation-keys.ts'

/** The parts of the bridge that a history uses: the real ones, or those of a copy with a broken rule. */
export interface Bridge {
  readonly serveEvent: typeof serveEvent
  readonly providerRegistry: typeof providerRegistry
}

export const realBridge: Bridge = { serveEvent, providerRegistry }

export const MODES = ['handing-off', 'in-place'] as const
/** Whether the function hands an operation off to its next invocation, or polls until the end. */
export type Mode = (typeof MODES)[number]

export const TIMEOUT_SECONDS = 300
const FUNCTION_MS: Readonly<Record<Mode, number>> = { 'handing-off': 60_000, 'in-place': 3_600_000 }
const ENVIRONMENT = {
  STACKBRIDGE_ALLOW_PRIVATE_ADDRESSES: 'true',
  STACKBRIDGE_POLL_MIN_MS: '5000',
  STACKBRIDGE_POLL_MAX_MS: '10000',
  STACKBRIDGE_INLINE_SECONDS: '6',
  STACKBRIDGE_ALLOW_ADOPTION: 'true',
}
/** Sleepers that are due this soon after the first one wake with it. This needs fewer turns of the clock for each history. */
const QUANTUM_MS = 500

/** ROS, Function Compute, one cloud and the bridge on one simulated clock, with the planned faults. */
export class World {
  readonly clock: SimulatedClock
  readonly fc: FunctionCompute
  readonly plan: FaultPlan
  readonly logged: string[] = []
  readonly cloud: EmbeddedCloud
  readonly #mode: Mode
  readonly #bridge: Bridge
  readonly #shared: SharedParts
  #ros: SandboxRos | undefined
  #drawn = 0

  private constructor(
    bridge: Bridge,
    mode: Mode,
    clock: SimulatedClock,
    cloud: EmbeddedCloud,
    plan: FaultPlan,
  ) {
    this.#bridge = bridge
    this.clock = clock
    this.cloud = cloud
    this.plan = plan
    this.#mode = mode
    this.fc = new FunctionCompute({
      clock,
      serve: (process) => this.#serve(process),
      retryPauseMs: (payload) => plan.retryPauseMs(payload),
    })
    this.#shared = {
      plan,
      clock,
      fc: this.fc,
      network: createNetwork({ allowPrivateAddresses: true, intranetCallbackRanges: [], clock }),
      canned: new CannedAnswers(),
      unrelated404: cloud.unrelated404,
      lastReads: new Map(),
    }
  }

  static async start(
    provider: ProviderName,
    mode: Mode,
    faults: readonly PlannedFault[],
    bridge: Bridge,
  ): Promise<World> {
    const clock = new SimulatedClock({ quantumMs: QUANTUM_MS })
    const world = new World(bridge, mode, clock, await clouds[provider](clock), new FaultPlan(clock, faults))
    world.#ros = await SandboxRos.start(
      {
        clock,
        rollback: false,
        invoke: (event) => {
          world.fc.invoke(event)
          return Promise.resolve()
        },
      },
      'rosstack',
    )
    return world
  }

  get ros(): SandboxRos {
    if (this.#ros === undefined) throw new Error('the embedded ROS has not been started')
    return this.#ros
  }

  parameters(spec: StackSpec) {
    return { Timeout: TIMEOUT_SECONDS, ...this.cloud.parameters(spec) }
  }

  resource(spec: StackSpec, logicalResourceId = 'Res', more: JsonObject = {}): SandboxResource {
    return new SandboxResource(this.ros, {
      logicalResourceId,
      resourceType: this.cloud.resourceType,
      parameters: { ...this.parameters(spec), ...more },
      timeoutSeconds: TIMEOUT_SECONDS,
    })
  }

  async close(): Promise<void> {
    for (const process of this.fc.processes) process.kill()
    const { network, canned } = this.#shared
    await Promise.all([this.ros.close(), this.cloud.close(), canned.close()])
    await network.close()
  }

  async #serve(process: Process): Promise<boolean> {
    const ended = new AbortController()
    const served = await this.clock.employ((own) =>
      Promise.race([
        this.#bridge
          .serveEvent(process.payload, this.#hostOf(process, own), process.givenUp)
          .then(({ kind }) => kind),
        process.killed.then(() => 'killed' as const),
        this.clock.sleep(FUNCTION_MS[this.#mode], ended.signal).then(
          () => 'out of time' as const,
          () => never<'out of time'>(),
        ),
      ]),
    )
    ended.abort()
    process.kill()
    this.logged.push(`process ${String(process.number)} ends: ${served}`)
    return served === 'answered' || served === 'handed-over'
  }

  #hostOf(process: Process, own: Clock): Host {
    const clock = process.clockFrom(own)
    const environment = {
      ...ENVIRONMENT,
      ...(this.#mode === 'handing-off' ? { STACKBRIDGE_CONTINUATION_KEY: CONTINUATION_KEY } : {}),
    }
    const { settings, problems } = readSettings(environment)
    const network: Network = new FaultyNetwork(this.#shared, process, own)
    const write = (line: string): void => {
      this.logged.push(`process ${String(process.number)}: ${line.trim()}`)
    }
    return {
      clock,
      random: () => this.#random(),
      environment,
      settings,
      misconfiguration: problems,
      network,
      registry: this.#bridge.providerRegistry,
      log: (secrets, bindings) => createLogger({ level: 'warn', secrets, bindings, destination: { write } }),
      functionEndsAt: clock.now() + FUNCTION_MS[this.#mode],
      invokeSelf:
        this.#mode === 'handing-off'
          ? this.#selfOf(process)
          : { possible: false, whyNot: 'it polls in place' },
    }
  }

  #selfOf(process: Process): SelfInvocation {
    return {
      possible: true,
      invoke: async ({ payload, delaySeconds, taskId }) => {
        if (process.isKilled) return never()
        const effect = this.plan.next({ name: 'hand-off', kind: 'hand-off' }, process)
        if (effect.fault === 'killed-before') return kill(process)
        if (effect.fault === 'again-now') this.fc.invoke(process.payload)
        if (effect.fault === 'again-after-20-s') this.fc.invoke(process.payload, 20_000)
        this.fc.invokeTask(taskId, payload, delaySeconds * 1000)
        return afterHandOff(effect, process)
      },
    }
  }

  /** Evenly distributed and unique. */
  #random(): number {
    this.#drawn += 1
    return (0.5 + this.#drawn * 0.381966) % 1
  }
}

type Invoked = Awaited<ReturnType<Extract<SelfInvocation, { possible: true }>['invoke']>>

async function afterHandOff({ fault }: Effect, process: Process): Promise<Invoked> {
  switch (fault) {
    case 'killed-after':
      return kill(process)
    case 'answer-lost':
      return { invoked: false, again: true, why: 'the connection broke' }
    case 'silent':
      return never()
    default:
      return { invoked: true, fcRequestId: undefined }
  }
}

function kill(process: Process): Promise<never> {
  process.kill()
  return never()
}
