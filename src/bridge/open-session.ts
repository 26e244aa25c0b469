import { CallScope } from '../platform/call-scope.ts'
import type { Logger } from '../platform/log.ts'
import type { SecretSource } from '../platform/secret-source/secret-source.ts'
import type { Secrets } from '../platform/secrets.ts'
import { fingerprintOf } from '../providers/recognition/fingerprint.ts'
import { STACK_DIGEST_FIELD, stackDigestOf } from '../providers/recognition/stack-digest.ts'
import type { OperationTokens } from '../providers/http/operation-tokens.ts'
import { lossyValues } from '../providers/properties/lossy-values.ts'
import type {
  Opened,
  OperationKind,
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
import { failed, NOTHING_LEFT, type Verdict } from './operation.ts'
import { withOwnIds } from './own-ids.ts'
import { openWithReferences, type RetryLimit } from './referenced-environment.ts'

export type OpenSession = Extract<Opened, { ok: true }> & {
  readonly provider: StackProvider
  readonly request: StackRequest
}

/** A session whose calls to the cloud can be aborted. */
export type ServedSession = OpenSession & { readonly calls: CallScope }

export type SessionOrVerdict = ServedSession | { readonly ok: false; readonly verdict: Verdict }

/** The part of `ReplyContext` that a session needs. */
export interface Opening {
  readonly host: Host
  readonly secrets: Secrets
  readonly log: Logger
  readonly tokens: OperationTokens
}

/** Opens the session of an event; a verdict where its properties, or the environment, do not allow one. */
export async function openForEvent(event: RosEvent, opening: Opening): Promise<SessionOrVerdict> {
  const { host, log } = opening
  if (host.misconfiguration.length > 0) return { ok: false, verdict: misconfigured(host.misconfiguration) }
  const calls = new CallScope(host.network, (origin) => {
    log.warn(
      { origin },
      'an endpoint has no TLS: anyone on the network path can read and change what is sent',
    )
  })
  const opened = await bindEvent(event, host.registry, surroundingsOf(opening, calls), referencesOf(host))
  if (!opened.ok) return { ok: false, verdict: refusal(event, opened.problems, log) }
  host.watcher?.opened(opened.session, opened.provider.name, opening.secrets)
  return { ...opened, calls }
}

/** Checks an event's properties as far as that needs no call to the cloud. The caller closes the session. */
export async function bindEvent(
  event: RosEvent,
  registry: ProviderRegistry,
  surroundings: Surroundings,
  references: References = {},
): Promise<OpenSession | Extract<Opened, { ok: false }>> {
  // A Delete of a resource that only reads touches no stack: the id alone says whose it is, whatever the type is now.
  const reader =
    event.requestType === 'Delete' ? registry.readerOf?.(event.physicalResourceId ?? '') : undefined
  const resolved = reader ?? registry.resolve(event.resourceType, event.resourceProperties['Provider'])
  if (!resolved.ok) return { ok: false, problems: [{ path: '', problem: resolved.problem }] }
  const foreign = changedProvider(event, registry, resolved.name) ?? foreignId(event, registry, resolved.name)
  if (foreign !== undefined) return { ok: false, problems: [foreign] }
  // A Delete must succeed whatever properties the stack was created with.
  const lossy = event.requestType === 'Delete' ? [] : lossyValues(event.resourceProperties)
  if (lossy.length > 0) return { ok: false, problems: lossy }
  const provider = await resolved.load()
  const request = requestOf(event, surroundings.secrets)
  const opened = await openWith({ provider, request, registry }, surroundings, references)
  if (!opened.ok || event.requestType !== 'Update' || opened.session.identityProblems.length === 0)
    return opened
  opened.session.close()
  return { ok: false, problems: opened.session.identityProblems }
}

/** Opens the session of an operation that another invocation started. `follows`: the stack that it only polls from now on. */
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
  if (follows !== undefined && !host.registry.writersOf(follows.id).includes(resolved.name))
    return { ok: false, verdict: failed(`The continuation does not follow a stack of ${resolved.name}.`) }
  const calls = new CallScope(host.network)
  const { registry } = host
  const provider = await resolved.load()
  const opened = await openWith(
    { provider, request, registry },
    surroundingsOf(opening, calls),
    referencesOf(host),
  )
  return opened.ok ? { ...opened, calls } : { ok: false, verdict: failed(inWords(opened.problems)) }
}

/** How the references to secrets in the environment are read. */
interface References {
  /** Absent where the environment has none. */
  readonly source?: SecretSource | undefined
  readonly retryLimit?: RetryLimit | undefined
}

interface Opener {
  readonly provider: StackProvider
  readonly request: StackRequest
  readonly registry: ProviderRegistry
}

async function openWith(
  { provider, request, registry }: Opener,
  surroundings: Surroundings,
  { source, retryLimit }: References,
): Promise<OpenSession | Extract<Opened, { ok: false }>> {
  const opened = await openWithReferences(
    (environment) => provider.open(request, { ...surroundings, environment }),
    surroundings,
    source,
    retryLimit,
  )
  if (!opened.ok) return opened
  const isOwn = (id: string): boolean => registry.writersOf(id).includes(provider.name)
  const session = withOwnIds(opened.session, request, isOwn, surroundings.secrets)
  return { ...opened, session, provider, request }
}

/** Milliseconds that reading secrets may take, and that the rest of an invocation needs after it. */
const LONGEST_READING_MS = 45_000
const AFTER_READING_MS = 15_000

function referencesOf({ secretSource: source, clock, functionEndsAt = Infinity }: Host): References {
  const until = Math.min(clock.now() + LONGEST_READING_MS, functionEndsAt - AFTER_READING_MS)
  return { source, retryLimit: { clock, until } }
}

function surroundingsOf({ host, secrets, log, tokens }: Opening, network: CallScope): Surroundings {
  const { clock, random, environment, settings } = host
  const { endpointHosts } = settings
  return { clock, random, network, environment, endpointHosts, secrets, log, tokens }
}

/**
 * The answer to invalid properties. Nothing can have been created with them, so a Delete without an id has nothing to
 * delete, and FAILED would only prevent the deletion of the ROS stack. But if the environment is wrong now, it may have
 * been right at the creation: then the answer is FAILED.
 */
function refusal(event: RosEvent, problems: readonly PropertyProblem[], log: Logger): Verdict {
  log.warn({ problems: problems.slice(0, MOST_PROBLEMS) }, 'the properties cannot be used')
  const isDeleteOfNothing = event.requestType === 'Delete' && event.physicalResourceId === undefined
  if (isDeleteOfNothing && !problems.some(({ isOfEnvironment }) => isOfEnvironment === true))
    return NOTHING_LEFT
  return failed(inWords(problems))
}

function inWords(problems: readonly PropertyProblem[]): string {
  const words = problems
    .slice(0, MOST_PROBLEMS)
    .map(({ path, problem }) => (path === '' ? problem : `${path} ${problem}`))
  const others = problems.length - words.length
  return sentence(`${words.join('; ')}${others === 0 ? '' : `; and ${String(others)} more`}`)
}

/** A problem may end in a question: did you mean …? */
function sentence(text: string): string {
  return /[.!?]$/.test(text) ? text : `${text}.`
}

/** Of more problems, the answer gives the number. */
const MOST_PROBLEMS = 20

function misconfigured(problems: readonly string[]): Verdict {
  return failed(sentence(`The bridge's environment is wrong: ${problems.join('; ')}`))
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

/**
 * An id of another provider: this provider must not touch that stack. A Delete that searched for a stack of its own
 * would find none, and answer SUCCESS although the stack still exists. The same holds for an id that cannot be read.
 * Any other id may be one that ROS generated for a Create without an answer: the provider decides what it means.
 */
function foreignId(event: RosEvent, registry: ProviderRegistry, name: string): PropertyProblem | undefined {
  if (event.requestType === 'Create' || event.physicalResourceId === undefined) return undefined
  const path = 'PhysicalResourceId'
  const writers = registry.writersOf(event.physicalResourceId)
  if (writers.includes(name)) return undefined
  if (writers.length === 0)
    return registry.isWritten(event.physicalResourceId) ? { path, problem: UNREADABLE } : undefined
  const problem =
    `is that of a stack of ${writers.join(' or ')}, not of ${name}: nothing was touched. ` +
    'Change the type of the resource back to the one with which it was created'
  return { path, problem }
}

const UNREADABLE =
  'begins like the id of a stack, but is not a valid one: nothing was touched. If there is a stack, delete it by hand'

function requestOf(event: RosEvent, secrets: Secrets): StackRequest {
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
    stackDigest: stackDigestOf(event.resourceProperties, (text) => secrets.mask(text)),
    ...(event.requestType === 'Update' ? { oldProperties: event.oldResourceProperties } : {}),
    ...(event.requestType === 'Create' || event.physicalResourceId === undefined
      ? {}
      : { physicalResourceId: event.physicalResourceId }),
  }
}

function requestOfContinuation(
  { operation, replyTo, rosStackName, properties, oldProperties, fingerprint, ...continuation }: Continuation,
  follows: StackRef | undefined,
): StackRequest {
  const { stackId, logicalResourceId, requestId, physicalResourceId } = replyTo
  const stackDigest = continuation[STACK_DIGEST_FIELD]
  return {
    kind: operation.kind,
    owner: { rosStackId: stackId, rosStackName, logicalResourceId },
    requestId,
    properties,
    fingerprint,
    ...(stackDigest === undefined ? {} : { stackDigest }),
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
