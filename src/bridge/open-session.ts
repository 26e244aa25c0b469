import type { Logger } from '../platform/log.ts'
import type { Secrets } from '../platform/secrets.ts'
import { fingerprintOf } from '../providers/recognition/fingerprint.ts'
import { lossyValues } from '../providers/properties/lossy-values.ts'
import type {
  Opened,
  ProviderRegistry,
  StackProvider,
  StackRequest,
  StackRef,
  Surroundings,
} from '../providers/provider.ts'
import type { PropertyProblem } from '../providers/properties/property-problem.ts'
import type { RosEvent } from '../ros/event.ts'
import type { Continuation } from './continuation/continuation.ts'
import type { Host } from './host.ts'
import type { OperationKind } from '../providers/provider.ts'
import type { Verdict } from './operation.ts'

export type OpenSession = Extract<Opened, { ok: true }> & {
  readonly provider: StackProvider
  readonly request: StackRequest
}

export type SessionOrVerdict = OpenSession | { readonly ok: false; readonly verdict: Verdict }

export interface Opening {
  readonly host: Host
  readonly secrets: Secrets
  readonly log: Logger
}

/** Binds an event to its provider; a verdict where its properties, or the environment, do not allow it. */
export async function openForEvent(event: RosEvent, opening: Opening): Promise<SessionOrVerdict> {
  const { host, log } = opening
  if (host.misconfiguration.length > 0) return { ok: false, verdict: misconfigured(host.misconfiguration) }
  const opened = await bindEvent(event, host.registry, surroundingsOf(opening))
  if (!opened.ok) return { ok: false, verdict: refusal(event, opened.problems, log) }
  host.watcher?.opened(opened.session, opened.provider.name)
  return opened
}

/** All that can be said of an event's properties without a call; the caller closes the session. */
export async function bindEvent(
  event: RosEvent,
  registry: ProviderRegistry,
  surroundings: Surroundings,
): Promise<OpenSession | Extract<Opened, { ok: false }>> {
  const resolved = registry.resolve(event.resourceType, event.resourceProperties['Provider'])
  if (!resolved.ok) return { ok: false, problems: [{ path: '', problem: resolved.problem }] }
  const changed = changedProvider(event, registry, resolved.name)
  if (changed !== undefined) return { ok: false, problems: [changed] }
  // Whatever a stack was made with, it can be deleted.
  const lossy = event.requestType === 'Delete' ? [] : lossyValues(event.resourceProperties)
  if (lossy.length > 0) return { ok: false, problems: lossy }
  const opened = await openWith(await resolved.load(), requestOf(event), surroundings)
  if (!opened.ok || event.requestType !== 'Update' || opened.session.identityProblems.length === 0)
    return opened
  opened.session.close()
  return { ok: false, problems: opened.session.identityProblems }
}

/** The same for an operation that another call has begun; `follows`: the stack that is left to be followed. */
export async function openForContinuation(
  continuation: Continuation,
  follows: StackRef | undefined,
  opening: Opening,
): Promise<SessionOrVerdict> {
  const { host } = opening
  if (host.misconfiguration.length > 0) return { ok: false, verdict: misconfigured(host.misconfiguration) }
  const resolved = host.registry.resolve(continuation.resourceType, continuation.providerName)
  if (!resolved.ok) return { ok: false, verdict: failed(resolved.problem) }
  const request = requestOfContinuation(continuation, follows)
  const opened = await openWith(await resolved.load(), request, surroundingsOf(opening))
  return opened.ok ? opened : { ok: false, verdict: failed(inWords(opened.problems)) }
}

async function openWith(
  provider: StackProvider,
  request: StackRequest,
  surroundings: Surroundings,
): Promise<OpenSession | Extract<Opened, { ok: false }>> {
  const opened = await provider.open(request, surroundings)
  return opened.ok ? { ...opened, provider, request } : opened
}

function surroundingsOf({ host, secrets, log }: Opening): Surroundings {
  const { clock, random, network, environment } = host
  return { clock, random, network, environment, secrets, log }
}

/**
 * The answer to properties that cannot be used. With these properties nothing can have been created, so a Delete that
 * names no stack has nothing to delete: failing it would only keep the ROS stack from being deleted.
 */
function refusal(event: RosEvent, problems: readonly PropertyProblem[], log: Logger): Verdict {
  log.warn({ problems: problems.slice(0, MOST_PROBLEMS) }, 'the properties cannot be used')
  if (event.requestType === 'Delete' && event.physicalResourceId === undefined)
    return { status: 'SUCCESS', stack: undefined, outputs: {}, failedOutputs: {} }
  return failed(inWords(problems))
}

function inWords(problems: readonly PropertyProblem[]): string {
  const words = problems
    .slice(0, MOST_PROBLEMS)
    .map(({ path, problem }) => (path === '' ? problem : `${path} ${problem}`))
  const others = problems.length - words.length
  return `${words.join('; ')}${others === 0 ? '' : `; and ${String(others)} more`}.`
}

/** Whoever has more to mend begins with these. */
const MOST_PROBLEMS = 20

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

function requestOf(event: RosEvent): StackRequest {
  return {
    kind: kindOf(event),
    owner: {
      rosStackId: event.stackId,
      rosStackName: event.stackName,
      logicalResourceId: event.logicalResourceId,
      ...(event.regionId === undefined ? {} : { rosRegionId: event.regionId }),
    },
    requestId: event.requestId,
    properties: event.resourceProperties,
    fingerprint: fingerprintOf(event.resourceProperties),
    ...(event.requestType === 'Update' ? { oldProperties: event.oldResourceProperties } : {}),
    ...(event.requestType === 'Create' || event.physicalResourceId === undefined
      ? {}
      : { physicalResourceId: event.physicalResourceId }),
  }
}

function requestOfContinuation(
  { operation, replyTo, rosStackName, properties, oldProperties, fingerprint }: Continuation,
  follows: StackRef | undefined,
): StackRequest {
  const { stackId, logicalResourceId, requestId, physicalResourceId } = replyTo
  return {
    kind: operation.kind,
    owner: { rosStackId: stackId, rosStackName, logicalResourceId },
    requestId,
    properties,
    fingerprint,
    ...(oldProperties === undefined ? {} : { oldProperties }),
    ...(physicalResourceId === undefined ? {} : { physicalResourceId }),
    ...(follows === undefined ? {} : { follows }),
  }
}

export function kindOf(event: RosEvent): OperationKind {
  switch (event.requestType) {
    case 'Create':
      return 'create'
    case 'Update':
      return 'update'
    case 'Delete':
      return 'delete'
  }
}

function failed(reason: string): Verdict {
  return { status: 'FAILED', reason }
}
