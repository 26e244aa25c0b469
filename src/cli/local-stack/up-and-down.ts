import { randomUUID } from 'node:crypto'
import { isDeepStrictEqual } from 'node:util'
import type { DestinationStream } from 'pino'
import { systemClock } from '../../platform/clock.ts'
import type { JsonValue } from '../../platform/json.ts'
import { Secrets } from '../../platform/secrets.ts'
import type { Environment } from '../../platform/settings.ts'
import { withNamedCloud } from '../local-bridge/clouds-yaml.ts'
import { createLocalBridge } from '../local-bridge/local-bridge.ts'
import type { StackInProgress } from '../terminal/interruption.ts'
import type { Renderer } from '../report.ts'
import { noteTo, sandboxBridge } from '../sandbox-clouds/sandbox-clouds.ts'
import { portsOf, startEmbeddedClouds } from './embedded-clouds.ts'
import { UsageError } from '../usage-error.ts'
import { checkStacks } from './check-stacks.ts'
import type { StackOutput, StackRequest } from './desired-stack.ts'
import { EventSender } from './event-sender.ts'
import { LocalStack, type StackOutcome, type StackStatus } from './local-stack.ts'
import { maskedRenderer } from '../terminal/masked-renderer.ts'
import { keptBecause } from './planned-events.ts'
import { checkIsEmbedded, checkSandbox } from './sandbox-check.ts'
import { stackIdFor } from './stack-id.ts'
import { newState, type StackState } from './stack-state.ts'
import { refuseStateElsewhere } from './state-elsewhere.ts'
import { checkTemplatePlace, templatePlace, type NamedStack } from './template-place.ts'
import { openStateFolder, type StateFolder } from './state-folder.ts'

/** Where a command finds its stack, and what it may use. */
export interface LocalStackPlace extends NamedStack {
  readonly environment: Environment
  /** The destination of the bridge's log. */
  readonly log?: DestinationStream
  /** Gets what tells the foreign stacks on which an operation runs at a moment. */
  readonly onStart?: (stacksInProgress: () => readonly StackInProgress[]) => void
}

/** How long a resource takes in the embedded clouds; milliseconds. */
const SANDBOX_RESOURCE_MS = 200
/** Resources that are worked on at once. In the sandbox one by one: the same order gives the same ids when it is rebuilt. */
const LIMIT = { cloud: 8, sandbox: 1 } as const

export interface UpOutcome {
  /** Whether the stack is as the template asks. */
  readonly isComplete: boolean
  /** The resources whose foreign stacks `down` leaves. */
  readonly kept: readonly string[]
}

/**
 * Creates the stack that a template asks for, or updates it; first ends an operation that was interrupted. Throws `UsageError`
 * before anything has changed.
 */
export async function up(
  request: StackRequest,
  sandbox: boolean,
  place: LocalStackPlace,
  renderer: Renderer,
): Promise<UpOutcome> {
  const folder = await openStateFolder(place.folder, place.stackName, systemClock)
  const run: StackRun = { folder, place, renderer }
  try {
    const found = await folder.read()
    if (found === undefined) await refuseStateElsewhere(place)
    else {
      checkSandbox(found, sandbox)
      await checkTemplatePlace(found, place)
    }
    await checkStacks(request, found ?? { stackId: '', stackName: place.stackName })
    const interrupted = found?.operation
    if (found !== undefined && interrupted !== undefined) {
      const wasRollingBack = interrupted.rollback
      const { status } = await runStack(found, run, (stack) => stack.resume())
      // A failure that was reported before is no reason to stop: the user has run the command again.
      if (!isComplete(status) && !(wasRollingBack && status.endsWith('ROLLBACK_COMPLETE'))) return INCOMPLETE
      if (isApplied(status) && isSameRequest(interrupted, request)) return outcomeOf(found, status)
    }
    // Nothing is left of a stack that was deleted or rolled back. A new stack gets another id.
    const state =
      (await folder.read()) ?? newState(place.stackName, stackIdFor(place.stackName, sandbox), sandbox)
    const kept = await templatePlace(place)
    if (kept !== undefined) state.templatePlace = kept
    const { status } = await runStack(state, run, (stack) => stack.apply(request))
    return outcomeOf(state, status)
  } finally {
    await folder.release()
  }
}

/**
 * Deletes the stack. True if nothing of it is left but what is retained. `sandbox`: it may be in embedded clouds only. Throws
 * `UsageError` if there is none.
 */
export async function down(sandbox: boolean, place: LocalStackPlace, renderer: Renderer): Promise<boolean> {
  const folder = await openStateFolder(place.folder, place.stackName, systemClock)
  try {
    const state = await folder.read()
    if (state === undefined) {
      await refuseStateElsewhere(place)
      throw new UsageError(
        `there is no stack ${place.stackName} in ${place.folder}; give --stack-name or --state`,
      )
    }
    if (sandbox) checkIsEmbedded(state)
    await checkTemplatePlace(state, place)
    const { status } = await runStack(state, { folder, place, renderer }, (stack) => stack.delete())
    return isComplete(status)
  } finally {
    await folder.release()
  }
}

const INCOMPLETE: UpOutcome = { isComplete: false, kept: [] }

function outcomeOf({ resources }: StackState, status: StackStatus): UpOutcome {
  const kept = Object.entries(resources).filter(
    ([, resource]) => resource.served && keptBecause(resource) !== undefined,
  )
  return { isComplete: isComplete(status), kept: kept.map(([name]) => name) }
}

function isSameRequest(one: StackRequest, other: StackRequest): boolean {
  return (
    isDeepStrictEqual(one.template, other.template) &&
    isDeepStrictEqual(one.parameters, other.parameters) &&
    isDeepStrictEqual(one.only, other.only)
  )
}

function isComplete(status: StackStatus): boolean {
  return isApplied(status) || status === 'DELETE_COMPLETE'
}

function isApplied(status: StackStatus): boolean {
  return status === 'CREATE_COMPLETE' || status === 'UPDATE_COMPLETE'
}

interface StackRun {
  readonly folder: StateFolder
  readonly place: LocalStackPlace
  readonly renderer: Renderer
}

/** Runs one operation on a stack with a bridge and, for `--sandbox`, embedded clouds; reports its end. */
async function runStack(
  state: StackState,
  { folder, place, renderer }: StackRun,
  operate: (stack: LocalStack) => Promise<StackOutcome>,
): Promise<StackOutcome> {
  const { environment, log, onStart } = place
  const { sandbox } = state
  const secrets = new Secrets()
  const masked = maskedRenderer(renderer, secrets)
  const bridge = createLocalBridge({
    ...(sandbox ? sandboxBridge(environment) : { environment: await withNamedCloud(environment) }),
    ...(log === undefined ? {} : { log }),
  })
  let isRebuilding = true
  const note: ReturnType<typeof noteTo> = (cloud, text) => {
    // The notes on what is rebuilt were shown when it was first made.
    if (!isRebuilding) noteTo(masked)(cloud, text)
  }
  const clouds = sandbox
    ? await startEmbeddedClouds(state, { resourceDelayMs: SANDBOX_RESOURCE_MS, note })
    : undefined
  const sender = await EventSender.start({ bridge, renderer: masked, clouds, secrets })
  onStart?.(() => sender.stacksInProgress)
  try {
    if (state.history.length > 0) masked.report({ type: 'rebuilding', events: state.history.length })
    await sender.rebuild(state)
    isRebuilding = false
    if (clouds !== undefined) state.ports = portsOf(clouds)
    const stack: LocalStack = new LocalStack(state, {
      clock: systemClock,
      renderer: masked,
      limit: sandbox ? LIMIT.sandbox : LIMIT.cloud,
      requestId: () => randomUUID().toUpperCase(),
      send: (event) => sender.send(event, state, stack.startedAt),
      save(changed) {
        for (const value of changed.hidden) secrets.addHidden(value)
        return folder.write(changed)
      },
    })
    for (const value of state.hidden) secrets.addHidden(value)
    const areSecretsKnown = await sender.learnSecrets(state)
    const outcome = await operate(stack)
    if (outcome.status === 'DELETE_COMPLETE' || outcome.status === 'ROLLBACK_COMPLETE') await folder.forget()
    reportEnd(state, areSecretsKnown ? outcome : withheld(outcome), stack.elapsedMs, masked)
    return outcome
  } finally {
    await Promise.all([sender.close(), clouds?.close(), bridge.close()])
  }
}

function reportEnd(
  { stackName, stackId }: StackState,
  { status, reason, outputs }: StackOutcome,
  elapsedMs: number,
  renderer: Renderer,
): void {
  renderer.report({
    type: 'stack',
    stackName,
    stackId,
    status,
    outputs: Object.fromEntries(outputs.map((output): [string, JsonValue] => [output.name, shown(output)])),
    ...(reason === undefined ? {} : { reason }),
    elapsedMs,
  })
}

/** Which values are secret cannot be told. */
function withheld(outcome: StackOutcome): StackOutcome {
  return { ...outcome, outputs: outcome.outputs.map((output) => ({ ...output, noEcho: true })) }
}

/** As ROS shows an output with `NoEcho`. */
function shown({ value, noEcho }: StackOutput): JsonValue {
  return noEcho ? '******' : value
}
