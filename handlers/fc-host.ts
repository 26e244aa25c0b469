import type { Host, SelfInvocation } from '../src/bridge/host.ts'
import { systemClock, type EpochMs } from '../src/platform/clock.ts'
import { catchCrashes } from '../src/platform/crashes.ts'
import type { FcContext } from '../src/platform/fc-context.ts'
import { readFcContext } from '../src/platform/fc-context.ts'
import { invokeAsync, type AsyncInvocation } from '../src/platform/function-compute.ts'
import { PAYLOAD_LIMITS } from '../src/platform/limits/function-compute.ts'
import { createLogger, type Logger } from '../src/platform/log.ts'
import { createNetwork } from '../src/platform/network.ts'
import { resolveSettings } from '../src/platform/secret-source/resolve-settings.ts'
import { outputStoresOf } from '../src/platform/output-store/output-stores-of.ts'
import type { SecretCaller } from '../src/platform/secret-source/secret-reach.ts'
import type { SecretSource } from '../src/platform/secret-source/secret-source.ts'
import { SecretStore } from '../src/platform/secret-source/secret-store.ts'
import { Secrets } from '../src/platform/secrets.ts'
import { readSettings, type ReadSettings } from '../src/platform/settings.ts'
import { providerRegistry } from '../src/providers/registry.ts'

// The AWS SDK warns about Node 20 at each cold start. This variable suppresses only that warning.
process.env['AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED'] ??= 'true'

const read = readSettings(process.env)
const { settings } = read
if (read.warnings.length > 0)
  createLogger({ level: settings.logLevel, secrets: new Secrets() }).warn(
    { warnings: read.warnings },
    'some settings have no effect',
  )
const network = createNetwork(settings)
const secretStore = new SecretStore({ settings, network, clock: systemClock, random: Math.random })
const crashCatcher = catchCrashes(process, (error) => {
  // The message may hold secrets of an unknown event, so only the error's name and its stack are logged.
  const stack = error instanceof Error ? (error.stack ?? '').split('\n').slice(1, 6) : []
  createLogger({ level: settings.logLevel, secrets: new Secrets() }).error(
    { type: error instanceof Error ? error.name : typeof error, stack },
    'an uncaught error belongs to no event',
  )
})

/** The settings, with those that STACKBRIDGE_SECRETS keeps elsewhere: they are read with the role in the context. */
export function settingsFor(context: unknown): Promise<ReadSettings> {
  return resolveSettings(read, process.env, sourceFor(readFcContext(context, process.env)))
}

function sourceFor(fc: FcContext): SecretSource {
  return secretStore.sourceFor(callerOf(fc))
}

function callerOf({ address, credentials }: FcContext): SecretCaller {
  return { credentials, region: address?.region ?? process.env['FC_REGION'] }
}

/** A logger whose lines have the request id of the invocation. */
export function logOfInvocation(context: unknown): Logger {
  return logWith(readFcContext(context, process.env), new Secrets(), {})
}

function logWith(
  { requestId }: FcContext,
  secrets: Secrets,
  bindings: Readonly<Record<string, unknown>>,
): Logger {
  return createLogger({
    level: settings.logLevel,
    secrets,
    bindings: { fcRequestId: requestId, ...bindings },
  })
}

/**
 * Runs `work` for one invocation of the function. `work` gets the invocation as the bridge's host, and FC's context. The
 * function's time limit counts from `startedAt`. Rejects as `work` does.
 */
export async function onFunctionCompute<T>(
  context: unknown,
  work: (host: Host, fc: FcContext) => Promise<T>,
  startedAt: EpochMs = systemClock.now(),
): Promise<T> {
  const fc = readFcContext(context, process.env)
  const { timeoutMs } = fc
  if (fc.problems !== undefined)
    logWith(fc, new Secrets(), {}).warn(
      { problems: fc.problems },
      'the context of Function Compute has invalid values: they are ignored',
    )
  const secretSource = sourceFor(fc)
  const resolved = await resolveSettings(read, process.env, secretSource)
  return crashCatcher.watch((crashes) =>
    work(
      {
        clock: systemClock,
        random: Math.random,
        environment: process.env,
        settings: resolved.settings,
        misconfiguration: resolved.problems,
        network,
        registry: providerRegistry,
        log: (secrets, bindings) => logWith(fc, secrets, bindings),
        secrets: secretsOf(fc),
        secretSource,
        outputStores: outputStoresOf(
          { settings, network, clock: systemClock, random: Math.random },
          callerOf(fc),
        ),
        invokeSelf: invocationOf(fc),
        payloadLimits: PAYLOAD_LIMITS,
        crashes,
        ...(timeoutMs === undefined ? {} : { functionEndsAt: startedAt + timeoutMs }),
      },
      fc,
    ),
  )
}

function secretsOf({ credentials }: FcContext): readonly string[] {
  if (credentials === undefined) return []
  const { accessKeySecret, securityToken } = credentials
  return securityToken === undefined ? [accessKeySecret] : [accessKeySecret, securityToken]
}

/**
 * Invokes the function at `address` with the credentials of this function's role: by a delayed message of the queue of
 * `STACKBRIDGE_HAND_OFF_QUEUE` where that is set.
 */
export function invocationOf({ address, credentials }: FcContext): SelfInvocation {
  if (address === undefined)
    return { possible: false, whyNot: 'the context does not name the function, its region and its account' }
  if (credentials === undefined)
    return { possible: false, whyNot: 'the function has no role, whose credentials are needed to invoke it' }
  const endpoints = settings.fcEndpoints
  const invoke = (invocation: AsyncInvocation) =>
    invokeAsync(invocation, {
      address,
      credentials,
      endpoints,
      network,
      clock: systemClock,
      random: Math.random,
    })
  return {
    possible: true,
    invoke:
      settings.handOffQueue === ''
        ? invoke
        : async (invocation) => {
            // Loaded here, since most functions have no such queue.
            const { openQueue, invokeByQueue } = await import('../src/channels/mns/hand-off-queue.ts')
            const queue = openQueue({ url: settings.handOffQueue, credentials, network, clock: systemClock })
            return invokeByQueue(queue, invoke)(invocation)
          },
  }
}
