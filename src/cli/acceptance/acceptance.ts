import { randomBytes, randomUUID } from 'node:crypto'
import type { DestinationStream } from 'pino'
import { systemClock } from '../../platform/clock.ts'
import { Secrets } from '../../platform/secrets.ts'
import type { Environment } from '../../platform/settings.ts'
import { withNamedCloud } from '../local-bridge/clouds-yaml.ts'
import { createLocalBridge } from '../local-bridge/local-bridge.ts'
import { EventSender } from '../local-stack/event-sender.ts'
import { maskedRenderer } from '../terminal/masked-renderer.ts'
import type { Renderer } from '../report.ts'
import { sandboxBridge, startSandboxClouds } from '../sandbox-clouds/sandbox-clouds.ts'
import { UsageError } from '../usage-error.ts'
import { cleanUp } from './clean-up.ts'
import type { Observation } from './facts.ts'
import { Journal, openJournalFolder, type JournalState } from './journal.ts'
import type { AcceptancePlan, RunTools } from './plan.ts'
import { runScenarios, type ScenarioResult } from './run-scenarios.ts'
import { ScenarioContext } from './scenario-context.ts'
import { withoutAccounts } from './without-accounts.ts'

/** Where a run keeps its journal, and what it may use. */
export interface AcceptancePlace {
  /** The folder of `--state`. */
  readonly folder: string
  readonly environment: Environment
  /** The destination of the bridge's log. */
  readonly log?: DestinationStream
}

export interface AcceptanceRun {
  readonly run: string
  readonly sandbox: boolean
  /** Milliseconds since 1970. */
  readonly startedAt: number
  readonly plan: AcceptancePlan
  /** Asks the user, once it is certain that the run can begin. */
  readonly confirm: () => Promise<boolean>
}

export interface AcceptanceFindings {
  readonly scenarios: readonly ScenarioResult[]
  readonly observations: readonly Observation[]
  /** Stacks that may be left, each with the reason. */
  readonly left: readonly string[]
}

/** How long each resource takes in the embedded clouds; milliseconds. */
const SANDBOX_RESOURCE_MS = 100

/** Of the bridge in this process, in bytes. */
const LARGEST_ANSWER = '16384'

/** Eight characters that are in no other run's names. */
export function newRunId(): string {
  return randomBytes(4).toString('hex')
}

/**
 * Runs the subjects' scenarios and deletes what they made; `undefined` if the user does not confirm. Throws `UsageError` before
 * anything has changed.
 */
export async function runAcceptance(
  { run, startedAt, sandbox, plan, confirm }: AcceptanceRun,
  place: AcceptancePlace,
  renderer: Renderer,
): Promise<AcceptanceFindings | undefined> {
  const folder = await openJournalFolder(place.folder, systemClock)
  try {
    refuseIfStacksAreLeft(await folder.read())
    if (!(await confirm())) return undefined
    const state = { version: 1 as const, run, rosStackId: randomUUID(), sandbox, entries: {} }
    await folder.write(state)
    const journal = new Journal(folder, state)
    const findings = await withSender(journal, { sandbox, place, renderer }, (sender) =>
      playAll(journal, plan, startedAt, sender),
    )
    if (findings.left.length === 0) await folder.forget()
    return findings
  } finally {
    await folder.release()
  }
}

/** How many stacks an interrupted run had left, and how many of them are still there. */
export interface Cleaned {
  readonly found: number
  readonly left: number
}

/** Deletes what an interrupted run has left. Throws `UsageError`. */
export async function cleanAcceptance(place: AcceptancePlace, renderer: Renderer): Promise<Cleaned> {
  const folder = await openJournalFolder(place.folder, systemClock)
  try {
    const state = await folder.read()
    if (state === undefined || state.sandbox) {
      await folder.forget()
      return { found: 0, left: 0 }
    }
    const journal = new Journal(folder, state)
    const found = journal.entries.length
    const left = await withSender(journal, { sandbox: false, place, renderer }, (sender) =>
      cleanAll(journal, sender),
    )
    if (left.length === 0) await folder.forget()
    return { found, left: left.length }
  } finally {
    await folder.release()
  }
}

/** Only the journal names what an interrupted run may have left: a new run would overwrite it. */
function refuseIfStacksAreLeft(state: JournalState | undefined): void {
  if (state === undefined || state.sandbox || Object.keys(state.entries).length === 0) return
  throw new UsageError(
    `the run ${state.run} may have left stacks; run stackbridge acceptance clean first, or give another folder with --state`,
  )
}

/** Reports what happens, without secrets. */
interface Sender {
  readonly send: Parameters<typeof cleanUp>[1]
  readonly renderer: Renderer
  readonly mask: (text: string) => string
  readonly surroundings: RunTools['surroundings']
}

async function playAll(
  journal: Journal,
  plan: AcceptancePlan,
  startedAt: number,
  sender: Sender,
): Promise<AcceptanceFindings> {
  const scenarios: ScenarioResult[] = []
  const observations: Observation[] = []
  const left: string[] = []
  const tools: RunTools = {
    surroundings: sender.surroundings,
    startedAt,
    saw: (observation) => observations.push(observation),
  }
  try {
    for (const { subject, scenarios: scenariosOf } of plan.parts) {
      const surroundings = { journal, subject: subject.name, send: sender.send, requestId }
      const context = new ScenarioContext(subject, surroundings, newSecret)
      for await (const scenario of runScenarios(scenariosOf(tools), context, systemClock)) {
        const shown = forOthers(scenario, sender)
        scenarios.push(shown)
        sender.renderer.report({ type: 'scenario', ...shown })
      }
    }
    observations.push(...(await plan.observe(tools)))
  } finally {
    left.push(...(await cleanAll(journal, sender)))
  }
  return { scenarios, observations: observations.map((one) => factForOthers(one, sender)), left }
}

async function cleanAll(journal: Journal, { send, renderer, mask }: Sender): Promise<readonly string[]> {
  const left: string[] = []
  for await (const { entry, problem } of cleanUp(journal, send, requestId)) {
    const name = `${entry.subject} ${journal.rosStack.stackName} ${entry.logicalId}`
    const detail = problem === undefined ? undefined : withoutAccounts(mask(problem))
    if (detail !== undefined) left.push(`${name}: ${detail}`)
    renderer.report({ type: 'cleaned', stack: name, ...(detail === undefined ? {} : { problem: detail }) })
  }
  return left
}

function forOthers({ detail, ...scenario }: ScenarioResult, { mask }: Sender): ScenarioResult {
  return { ...scenario, ...(detail === undefined ? {} : { detail: withoutAccounts(mask(detail)) }) }
}

function factForOthers(observation: Observation, { mask }: Sender): Observation {
  const { fact, seen } = observation
  return seen === null
    ? { fact, seen, why: withoutAccounts(mask(observation.why)) }
    : { fact, seen: withoutAccounts(mask(seen)) }
}

interface SenderOptions {
  readonly sandbox: boolean
  readonly place: AcceptancePlace
  readonly renderer: Renderer
}

async function withSender<Result>(
  { rosStack }: Journal,
  { sandbox, place, renderer }: SenderOptions,
  work: (sender: Sender) => Promise<Result>,
): Promise<Result> {
  const { environment, log } = place
  const secrets = new Secrets()
  const masked = maskedRenderer(renderer, secrets)
  // The answers come to this process, which takes any size: a scenario asks for a large output.
  const receiving = { STACKBRIDGE_RESPONSE_LIMIT_BYTES: LARGEST_ANSWER, ...environment }
  const bridge = createLocalBridge({
    ...(sandbox ? sandboxBridge(receiving) : { environment: await withNamedCloud(receiving) }),
    ...(log === undefined ? {} : { log }),
  })
  const clouds = sandbox ? await startSandboxClouds({ resourceDelayMs: SANDBOX_RESOURCE_MS }) : undefined
  const sender = await EventSender.start({ bridge, renderer: statusOnly(masked), clouds, secrets })
  try {
    return await work({
      send: (event) => sender.send(event, rosStack, systemClock.now()),
      renderer: masked,
      mask: (text) => secrets.mask(text),
      surroundings: () => ({ ...bridge.surroundings(), secrets }),
    })
  } finally {
    await Promise.all([sender.close(), clouds?.close(), bridge.close()])
  }
}

/** A scenario's end says what matters; on a terminal, the status shows that it goes on. */
function statusOnly(renderer: Renderer): Renderer {
  return {
    report(report) {
      if (report.type === 'status') renderer.report(report)
    },
    close: () => undefined,
  }
}

function requestId(): string {
  return randomUUID().toUpperCase()
}

/** Unlike any other text, so that a search for it finds only quotations of it. */
function newSecret(): string {
  return `hidden-${randomBytes(12).toString('hex')}`
}
