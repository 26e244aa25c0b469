import type { Clock, EpochMs } from '../platform/clock.ts'
import type { Logger } from '../platform/log.ts'
import type { Network } from '../platform/network.ts'
import { Secrets } from '../platform/secrets.ts'
import type { Settings } from '../platform/settings.ts'
import type { BridgeProperties } from '../providers/bridge-properties.ts'
import type { Opened, ProviderRegistry, StackSession, Surroundings } from '../providers/provider.ts'
import type { PropertyProblem } from '../providers/property-problem.ts'
import { parseEvent, type ReplyAddress, type RosEvent } from '../ros/event.ts'
import { deadlines, type Deadlines } from './deadline.ts'
import { deliverVerdict } from './deliver-verdict.ts'
import type { Progress } from './effects.ts'
import { startOperation, type Operation, type Verdict } from './operation.ts'
import { runOperation } from './run-operation.ts'

/** The process that an event arrives in. */
export interface Host {
  readonly clock: Clock
  /** A number in [0, 1). */
  readonly random: () => number
  readonly environment: Readonly<Record<string, string | undefined>>
  readonly settings: Settings
  /** What is wrong with the environment; while anything is, every event is answered FAILED with it. */
  readonly misconfiguration: readonly string[]
  readonly network: Network
  readonly registry: ProviderRegistry
  /** A logger that masks what is in `secrets` and puts `bindings` on each line. */
  log(secrets: Secrets, bindings: Readonly<Record<string, unknown>>): Logger
  /** When the process will be killed, where that is known. */
  readonly functionEndsAt?: EpochMs
  readonly watcher?: Watcher
}

/** For people who watch an event being served. */
export interface Watcher {
  opened(session: StackSession, providerName: string): void
  progress(progress: Progress): void
  answering(verdict: Verdict): void
}

export type Served =
  | { readonly kind: 'answered'; readonly verdict: Verdict }
  /** The answer is known, but ROS could not be told. */
  | { readonly kind: 'undelivered'; readonly verdict: Verdict }
  /** The event shows no way to answer it. */
  | { readonly kind: 'unanswerable'; readonly problems: readonly string[] }

/**
 * From the bytes of a ROS custom-resource event to the answer at its ResponseURL. Never throws: what goes wrong is
 * answered where that is possible, and returned where it is not.
 */
export async function serveEvent(bytes: Uint8Array, host: Host): Promise<Served> {
  const receivedAt = host.clock.now()
  const secrets = new Secrets()
  const parsed = parseEvent(bytes)
  switch (parsed.kind) {
    case 'unanswerable':
      host.log(secrets, {}).error({ problems: parsed.problems }, 'the event cannot be read or answered')
      return { kind: 'unanswerable', problems: parsed.problems }
    case 'malformed': {
      addResponseUrls(secrets, parsed.replyTo)
      const log = host.log(secrets, replyBindings(parsed.replyTo))
      log.error({ problems: parsed.problems }, 'the event is malformed')
      const times = deadlinesOf(host, receivedAt, undefined)
      const verdict = failed(`The event is malformed: ${parsed.problems.join('; ')}.`)
      return answer(verdict, { host, secrets, log, times, replyTo: parsed.replyTo, bridge: {} })
    }
    case 'event':
      return serveRosEvent(parsed.event, receivedAt, secrets, host)
  }
}

async function serveRosEvent(
  event: RosEvent,
  receivedAt: EpochMs,
  secrets: Secrets,
  host: Host,
): Promise<Served> {
  const replyTo = replyAddressOf(event)
  addResponseUrls(secrets, replyTo)
  secrets.addFrom(event.resourceProperties)
  if (event.requestType === 'Update') secrets.addFrom(event.oldResourceProperties)
  const log = host.log(secrets, {
    ...replyBindings(replyTo),
    requestType: event.requestType,
    resourceType: event.resourceType,
    rosStackName: event.stackName,
  })
  log.info('an event has arrived')
  const way = { host, secrets, log, replyTo }
  const times = (timeoutSeconds?: number) => deadlinesOf(host, receivedAt, timeoutSeconds)
  const opened = await openSession(event, way).catch((error: unknown) => defect(error, log))
  if (!opened.ok) return answer(opened.verdict, { ...way, times: times(), bridge: {} })
  const { session, bridge } = opened
  try {
    return await drive(event, receivedAt, opened, { ...way, times: times(bridge.Timeout), bridge })
  } finally {
    session.close()
  }
}

/** A defect of the bridge itself must not leave ROS without an answer. */
function defect(error: unknown, log: Logger): { readonly ok: false; readonly verdict: Verdict } {
  log.error({ err: error }, 'a defect of the bridge stopped the operation')
  const message = error instanceof Error ? `${error.name}: ${error.message}` : 'an unknown error'
  return { ok: false, verdict: failed(`The bridge itself failed (${message}); its log has the details.`) }
}

async function drive(
  event: RosEvent,
  receivedAt: EpochMs,
  { session, bridge }: OpenSession,
  way: Way,
): Promise<Served> {
  const { host, log } = way
  const operation = startOperation({
    kind: kindOf(event),
    physicalResourceId: event.requestType === 'Create' ? undefined : event.physicalResourceId,
    policy: policyOf(session, bridge, host.settings),
    startedAt: receivedAt,
    deadline: way.times.deadline,
    answerBy: way.times.answerBy,
  })
  const watcher = host.watcher
  let served: Served | undefined
  try {
    await runOperation(operation, {
      clock: host.clock,
      random: host.random,
      session,
      log,
      deliver: async (verdict) => {
        served = await answer(verdict, way)
        return served.kind === 'answered'
      },
      ...(watcher === undefined ? {} : { observe: (progress) => void watcher.progress(progress) }),
    })
  } catch (error) {
    // Not after an answer: ROS hears one only.
    served ??= await answer(defect(error, log).verdict, way)
  }
  return served ?? { kind: 'undelivered', verdict: failed('The operation ended without an answer.') }
}

type OpenSession = Extract<Opened, { ok: true }>

/** What an answer needs: where it goes, by when, and what is left out of it. */
interface Way {
  readonly host: Host
  readonly secrets: Secrets
  readonly log: Logger
  readonly replyTo: ReplyAddress
  readonly times: Deadlines
  readonly bridge: BridgeProperties
}

async function openSession(
  event: RosEvent,
  way: Pick<Way, 'host' | 'secrets' | 'log'>,
): Promise<OpenSession | { readonly ok: false; readonly verdict: Verdict }> {
  const { host, secrets, log } = way
  if (host.misconfiguration.length > 0) return { ok: false, verdict: misconfigured(host.misconfiguration) }
  const provider = event.resourceProperties['Provider']
  const resolved = host.registry.resolve(event.resourceType, provider)
  if (!resolved.ok)
    return { ok: false, verdict: refusal(event, [{ path: '', problem: resolved.problem }], log) }
  const changed = changedProvider(event, host.registry, resolved.name)
  if (changed !== undefined) return { ok: false, verdict: refusal(event, [changed], log) }
  const surroundings: Surroundings = {
    clock: host.clock,
    random: host.random,
    network: host.network,
    environment: host.environment,
    secrets,
    log,
  }
  const opened = await (await resolved.load()).open(requestOf(event), surroundings)
  if (!opened.ok) return { ok: false, verdict: refusal(event, opened.problems, log) }
  if (event.requestType === 'Update' && opened.session.identityProblems.length > 0) {
    opened.session.close()
    return { ok: false, verdict: refusal(event, opened.session.identityProblems, log) }
  }
  host.watcher?.opened(opened.session, resolved.name)
  return opened
}

/**
 * The answer to properties that cannot be used. With these properties nothing can have been created, so a Delete that
 * names no stack has nothing to delete: failing it would only keep the ROS stack from being deleted.
 */
function refusal(event: RosEvent, problems: readonly PropertyProblem[], log: Logger): Verdict {
  log.warn({ problems }, 'the properties cannot be used')
  if (event.requestType === 'Delete' && event.physicalResourceId === undefined)
    return { status: 'SUCCESS', stack: undefined, outputs: {}, failedOutputs: {} }
  const list = problems.map(({ path, problem }) => (path === '' ? problem : `${path} ${problem}`))
  return failed(`${list.join('; ')}.`)
}

function misconfigured(problems: readonly string[]): Verdict {
  return failed(`The bridge's environment is wrong: ${problems.join('; ')}.`)
}

function changedProvider(
  event: RosEvent,
  registry: ProviderRegistry,
  name: string,
): PropertyProblem | undefined {
  if (event.requestType !== 'Update') return undefined
  const before = registry.resolve(event.resourceType, event.oldResourceProperties['Provider'])
  if (!before.ok || before.name === name) return undefined
  const problem = `cannot change from ${before.name} to ${name}: ROS cannot replace a PhysicalResourceId`
  return { path: 'Provider', problem }
}

async function answer(verdict: Verdict, way: Way): Promise<Served> {
  way.host.watcher?.answering(verdict)
  const delivered = await deliverVerdict(verdict, {
    replyTo: way.replyTo,
    selection: way.bridge.Outputs,
    secretOutputs: way.bridge.SecretOutputs ?? [],
    settings: way.host.settings,
    secrets: way.secrets,
    network: way.host.network,
    clock: way.host.clock,
    random: way.host.random,
    log: way.log,
    end: way.times.end,
  })
  return { kind: delivered ? 'answered' : 'undelivered', verdict }
}

function deadlinesOf(host: Host, receivedAt: EpochMs, timeoutSeconds: number | undefined): Deadlines {
  return deadlines({
    receivedAt,
    timeoutMs: (timeoutSeconds ?? host.settings.timeoutSeconds) * 1000,
    functionEndsAt: host.functionEndsAt,
  })
}

function policyOf(session: StackSession, bridge: BridgeProperties, settings: Settings): Operation['policy'] {
  return {
    onExisting: bridge.OnExisting ?? 'own',
    onTimeout: bridge.OnTimeout ?? 'leave',
    deleteAttempts: session.deleteAttempts,
    repair: session.repair !== undefined,
    pollMinMs: settings.pollMinMs,
    pollMaxMs: settings.pollMaxMs,
  }
}

function requestOf(event: RosEvent) {
  return {
    kind: kindOf(event),
    owner: {
      rosStackId: event.stackId,
      rosStackName: event.stackName,
      logicalResourceId: event.logicalResourceId,
    },
    requestId: event.requestId,
    properties: event.resourceProperties,
    ...(event.requestType === 'Update' ? { oldProperties: event.oldResourceProperties } : {}),
    ...(event.requestType === 'Create' || event.physicalResourceId === undefined
      ? {}
      : { physicalResourceId: event.physicalResourceId }),
  }
}

function kindOf(event: RosEvent): 'create' | 'update' | 'delete' {
  switch (event.requestType) {
    case 'Create':
      return 'create'
    case 'Update':
      return 'update'
    case 'Delete':
      return 'delete'
  }
}

function replyAddressOf(event: RosEvent): ReplyAddress {
  const { responseUrls, stackId, requestId, logicalResourceId } = event
  const address = { responseUrls, stackId, requestId, logicalResourceId }
  return event.requestType === 'Create' || event.physicalResourceId === undefined
    ? address
    : { ...address, physicalResourceId: event.physicalResourceId }
}

function replyBindings(replyTo: ReplyAddress): Record<string, string> {
  return {
    rosStackId: replyTo.stackId,
    requestId: replyTo.requestId,
    logicalResourceId: replyTo.logicalResourceId,
  }
}

function addResponseUrls(secrets: Secrets, { responseUrls }: ReplyAddress): void {
  for (const url of [responseUrls.public, responseUrls.intranet]) if (url !== undefined) secrets.add(url)
}

function failed(reason: string): Verdict {
  return { status: 'FAILED', reason }
}
