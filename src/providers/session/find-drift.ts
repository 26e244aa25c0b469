import type { DriftedResource, DriftOutcome } from '../drift.ts'
import { CloudError } from '../provider.ts'
import { askForDrift } from './ask-for-drift.ts'
import type { DriftAnswer, StackService, Existing } from './stack-service.ts'

/** Milliseconds before the first question for a result, and the most between two. */
const FIRST_PAUSE_MS = 1000
const LONGEST_PAUSE_MS = 5000
const LONGEST_DETECTION_MS = 60 * 60_000
/** Questions in a row that the cloud may leave unanswered. */
const MOST_FAILURES = 5

/** What has drifted in the request's stack. See `StackSession.drift`. */
export async function findDrift<Stack>(
  service: StackService<Stack>,
  signal: AbortSignal | undefined,
): Promise<DriftOutcome> {
  if (typeof service.detectDrift !== 'function') return impossible(service.detectDrift.impossible)
  const before = await service.find()
  const condition = before === undefined ? 'deleted' : service.conditionOf(before)
  if (before === undefined || condition === 'deleted') return impossible('There is no such stack.')
  const stack = await service.refOf(before)
  const { ownership } = service.marksOf(before)
  if (ownership.mark === 'another')
    return impossible(
      `Stack ${stack.name} is marked as that of ${ownership.owner}: it is not checked for another resource.`,
    )
  if (condition !== 'settled')
    return impossible(
      `Stack ${stack.name} is in the status ${service.poll.statusOf(before)}: only a stack that has settled is checked.`,
    )
  const answer = await untilDetected(service, { stack, before }, signal)
  switch (answer.outcome) {
    case 'detected': {
      const { drifted, isWhole, notes } = answer
      return masked({ outcome: 'detected', stack, drifted, isWhole, notes }, service)
    }
    case 'impossible':
      return masked(answer, service)
    case 'missing':
      return impossible(`Stack ${stack.name} was deleted meanwhile.`)
    case 'busy':
      return masked(impossible(`An operation runs on the stack: ${answer.status}.`), service)
    case 'working':
      return masked(
        impossible(`${answer.status} after ${String(LONGEST_DETECTION_MS / 60_000)} minutes.`),
        service,
      )
  }
}

async function untilDetected<Stack>(
  service: StackService<Stack>,
  existing: Existing<Stack>,
  signal: AbortSignal | undefined,
): Promise<DriftAnswer> {
  const { clock } = service.surroundings
  const end = clock.now() + LONGEST_DETECTION_MS
  let latest: Extract<DriftAnswer, { outcome: 'working' }> | undefined
  let failures = 0
  for (let pause = FIRST_PAUSE_MS; ; pause = Math.min(2 * pause, LONGEST_PAUSE_MS)) {
    try {
      const answer = await askForDrift(service, existing, latest?.detection)
      if (answer.outcome !== 'working' || clock.now() >= end) return answer
      latest = answer
      failures = 0
    } catch (error) {
      failures += 1
      if (latest === undefined || failures > MOST_FAILURES || !mayPass(error)) throw error
    }
    await clock.sleep(pause, signal)
  }
}

function mayPass(error: unknown): boolean {
  return error instanceof CloudError && (error.kind === 'unavailable' || error.kind === 'throttled')
}

function impossible(reason: string): DriftOutcome {
  return { outcome: 'impossible', reason }
}

function masked<Stack>(outcome: DriftOutcome, { surroundings }: StackService<Stack>): DriftOutcome {
  const mask = (text: string): string => surroundings.secrets.mask(text)
  if (outcome.outcome === 'impossible') return { ...outcome, reason: mask(outcome.reason) }
  const maskOne = (one: DriftedResource): DriftedResource => ({
    ...one,
    resource: mask(one.resource),
    ...(one.physicalId === undefined ? {} : { physicalId: mask(one.physicalId) }),
    ...(one.properties === undefined ? {} : { properties: one.properties.map(mask) }),
  })
  return { ...outcome, drifted: outcome.drifted.map(maskOne), notes: outcome.notes.map(mask) }
}
