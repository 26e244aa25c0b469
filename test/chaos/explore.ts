import { FAULTS, type PlannedFault } from './faults.ts'
import { History, isReadable, OUTPUTS, PLANTED_SECRET, type Heard, type HistoryOptions } from './history.ts'
import type { Check, Scenario } from './scenarios.ts'

export type Setup = Omit<HistoryOptions, 'faults'>

export interface Outcome {
  readonly plan: readonly PlannedFault[]
  readonly effects: History['effects']
  /** Describes each violation of the bridge's promise in a sentence. */
  readonly violations: readonly string[]
}

/** Runs a scenario with faults, and checks the result against the promise. */
export async function runScenario(
  scenario: Scenario,
  setup: Setup,
  plan: readonly PlannedFault[],
): Promise<Outcome> {
  const history = new History({ ...setup, faults: plan })
  const violations: string[] = []
  const check = checker(setup, plan, history, violations)
  const finished = (async () => {
    await scenario.run(history, check)
    await history.settle()
  })()
  try {
    await history.clock.run(finished)
  } catch (error) {
    violations.push(`the history does not end: ${error instanceof Error ? error.message : 'unknown'}`)
  }
  return { plan, effects: history.effects, violations: [...violations, ...afterwards(history)] }
}

/** Checks each answer. */
function checker(setup: Setup, plan: readonly PlannedFault[], history: History, violations: string[]): Check {
  return (request, heard, expected) => {
    if (heard === undefined) {
      if (couldNotKnowTheTime(setup, plan)) return
      violations.push(`${request}: ROS heard nothing before its Timeout`)
      return
    }
    const { Status, Reason = '', PhysicalResourceId, Data } = heard.body
    if (Status !== expected.status) {
      if (!isExcused(heard, setup, plan, history))
        violations.push(`${request}: ROS heard ${Status} (${Reason}), where ${expected.status} is true`)
      return
    }
    if (expected.reason !== undefined && !Reason.includes(expected.reason))
      if (!isExcused(heard, setup, plan, history) && !hadNoTimeForTheCause(Reason, plan))
        violations.push(`${request}: the reason is ${Reason}`)
    if (expected.id !== undefined && PhysicalResourceId !== expected.id)
      violations.push(`${request}: the PhysicalResourceId is ${String(PhysicalResourceId)}`)
    if (Status === 'SUCCESS' && request !== 'Delete' && Data?.['Url'] !== OUTPUTS.Url)
      violations.push(`${request}: the outputs are ${JSON.stringify(Data)}`)
    if (heard.wasBusy && !isGivenUp(Reason))
      violations.push(`${request}: the stack was still at work when ROS heard ${Status}`)
    if (heard.bytes > 4096) violations.push(`${request}: the answer has ${String(heard.bytes)} bytes`)
    if (request === 'Delete' && Status === 'SUCCESS' && history.ownStacks().length > 0)
      violations.push('Delete: a stack of the resource is left')
  }
}

/**
 * An event has no date. If a call is killed near the end of ROS's Timeout, its retry learns the elapsed time only from the
 * cloud. If the retry is killed or hangs too, the answer is late.
 */
function couldNotKnowTheTime({ continuation }: Setup, plan: readonly PlannedFault[]): boolean {
  return !continuation && crashes(plan) > 0 && crashes(plan) + delays(plan) > 1
}

function crashes(plan: readonly PlannedFault[]): number {
  return plan.filter(({ kind }) => kind === 'crash-before' || kind === 'crash-after').length
}

function delays(plan: readonly PlannedFault[]): number {
  return plan.filter(({ kind }) => kind === 'slow' || kind === 'silent').length
}

/** Such a reason begins with the last failure of the cloud. */
function isGivenUp(reason: string): boolean {
  return /(?:^|\. )(?:Timed out|The call of the bridge died)/.test(reason)
}

/** If there was no time to read the events, the reason is the status reason. */
function hadNoTimeForTheCause(reason: string, plan: readonly PlannedFault[]): boolean {
  return (
    reason.startsWith('the status reason') && plan.some(({ kind }) => kind === 'slow' || kind === 'silent')
  )
}

/** A FAILED for lack of time is correct if no time was left and the operation could not be handed off. */
function isExcused({ body }: Heard, setup: Setup, plan: readonly PlannedFault[], history: History): boolean {
  const reason = body.Reason ?? ''
  // Several calls that hang for a minute use up ROS's Timeout.
  if (/(?:^|\. )Timed out after/.test(reason) && delays(plan) > 1) return true
  if (!/(?:^|\. )(?:Timed out by the function's own time limit|The call of the bridge died)/.test(reason))
    return false
  const handOffFailed = plan.some(({ at }) => history.effects[at] === 'hand-off')
  const isOutOfRetries = plan.filter(({ kind }) => kind !== 'delivered-twice').length > (setup.retries ?? 3)
  return !setup.continuation || handOffFailed || isOutOfRetries
}

/** Checks the rules that hold for every scenario. */
function afterwards(history: History): string[] {
  const violations: string[] = []
  for (const { started } of [...history.cloud.stacks, ...history.cloud.deletedStacks])
    for (const operation of started.keys())
      if (operation.endsWith('/create') && started.has(operation.replace(/create$/, 'update')))
        violations.push('one request has started two operations')
  if (history.cloud.mostOfOneOwner > 1)
    violations.push(`${String(history.cloud.mostOfOneOwner)} stacks of the resource existed at once`)
  if (history.isDeleted() && history.ownStacks().length > 0)
    violations.push('an orphan stack exists after a successful Delete')
  violations.push(...history.cloud.foreignChanges.map((what) => `another's stack was touched: ${what}`))
  violations.push(...history.forbidden.map((url) => `a request was sent to a forbidden address: ${url}`))
  const inTime = history.heard.filter((heard) => history.isInTime(heard) && history.isCurrent(heard))
  for (const heard of inTime) {
    const first = inTime.find(({ requestId }) => requestId === heard.requestId)
    if (first !== undefined && !agree(first, heard) && !isOneGivenUp(first, heard))
      violations.push(`ROS received ${JSON.stringify(first.body)}, and then ${JSON.stringify(heard.body)}`)
  }
  const texts = [...history.logged, ...history.heard.map(({ body }) => JSON.stringify(body))]
  if (texts.some((text) => text.includes(PLANTED_SECRET)))
    violations.push('a secret can be read in a log or a reason')
  if (history.payloads.some((payload) => isReadable(payload, PLANTED_SECRET)))
    violations.push('a secret can be read in a payload')
  return violations
}

/** Two calls may serve the same event independently. One of them may run out of time. */
function isOneGivenUp(one: Heard, other: Heard): boolean {
  return isGivenUp(one.body.Reason ?? '') || isGivenUp(other.body.Reason ?? '')
}

/** The reasons may differ, for example in the elapsed time or the latest event. */
function agree(one: Heard, other: Heard): boolean {
  const { body } = one
  return (
    body.Status === other.body.Status &&
    body.PhysicalResourceId === other.body.PhysicalResourceId &&
    JSON.stringify(body.Data) === JSON.stringify(other.body.Data)
  )
}

export interface Exploration {
  readonly histories: number
  readonly violated: readonly Outcome[]
}

/** Runs every history with at most `depth` faults: each kind at each effect, then each kind at each later effect. */
export async function exploreAll(
  scenario: Scenario,
  setup: Setup,
  depth: number,
  stopAt = Infinity,
): Promise<Exploration> {
  const violated: Outcome[] = []
  let histories = 0
  const visit = async (plan: readonly PlannedFault[]): Promise<void> => {
    if (violated.length >= stopAt) return
    const outcome = await runScenario(scenario, setup, plan)
    histories += 1
    if (outcome.violations.length > 0) violated.push(outcome)
    if (plan.length >= depth) return
    const from = (plan.at(-1)?.at ?? -1) + 1
    for (let at = from; at < outcome.effects.length; at += 1)
      for (const kind of FAULTS[outcome.effects[at] ?? 'cloud']) await visit([...plan, { at, kind }])
  }
  await visit([])
  return { histories, violated }
}

export function describeOutcome({ plan, effects, violations }: Outcome): string {
  const faults = plan.map(({ at, kind }) => `${kind} at ${String(at)} (${effects[at] ?? '-'})`).join(', ')
  return `[${faults}] ${violations.join(' | ')}`
}
