import type { DriftProgress, DriftReport, FoundDrift } from '../drift.ts'
import { CloudError, type StackRequest, type Surroundings, type UpdateOutcome } from '../provider.ts'
import { askForDrift } from './ask-for-drift.ts'
import { driftInWords, MOST_NAMED } from './drift-in-words.ts'
import type { DriftAnswer, StackService, Existing } from './stack-service.ts'

/** The part of a `StackService` that this needs. */
export interface UpdatedService<Stack> extends Pick<StackService<Stack>, 'detectDrift' | 'onDrift'> {
  readonly request: Pick<StackRequest, 'kind'>
  readonly surroundings: Pick<Surroundings, 'clock' | 'log' | 'secrets'>
}

/** How long an Update waits for a detection. AWS: "up to several minutes". */
const LONGEST_DETECTION_MS = 20 * 60_000
/** The names in the answer: bytes as JSON. ROS takes 4,096 bytes for all outputs. */
const MOST_REPORTED_BYTES = 1000

/**
 * Detects drift if the Update's properties ask for it. `undefined`: the Update may follow. A failed detection prevents
 * the Update only if drift would.
 */
export async function driftBeforeUpdate<Stack>(
  service: UpdatedService<Stack>,
  existing: Existing<Stack>,
  progress: DriftProgress | undefined,
  detectUntil = Infinity,
): Promise<UpdateOutcome | undefined> {
  const { onDrift, request, surroundings } = service
  if (onDrift === undefined || request.kind !== 'update' || progress?.at === 'known') return undefined
  const now = surroundings.clock.now()
  const since = progress?.since ?? now
  const isOver = now >= Math.min(detectUntil, since + LONGEST_DETECTION_MS)
  const answer = await detected(service, existing, progress, isOver)
  switch (answer.outcome) {
    case 'working':
      return isOver
        ? undetected(service, onDrift, `${answer.status} after ${inWords(now - since)}`)
        : {
            outcome: 'planning',
            status: answer.status,
            drift: { at: 'detecting', since, detection: answer.detection },
          }
    case 'busy':
    case 'missing':
      return answer
    case 'impossible':
      return undetected(service, onDrift, answer.reason)
    case 'detected':
      return found(service, onDrift, answer)
  }
}

function inWords(ms: number): string {
  return ms < 120_000 ? `${String(Math.round(ms / 1000))} s` : `${String(Math.round(ms / 60_000))} minutes`
}

/**
 * A refusal of the cloud is an answer: only an outage, or a throttled call, is for the lifecycle to repeat, as long as there is
 * time. `isOver`: there is none.
 */
async function detected<Stack>(
  service: UpdatedService<Stack>,
  existing: Existing<Stack>,
  progress: Extract<DriftProgress, { at: 'detecting' }> | undefined,
  isOver: boolean,
): Promise<DriftAnswer> {
  try {
    return await askForDrift(service, existing, progress?.detection)
  } catch (error) {
    if (!(error instanceof CloudError)) throw error
    const mayPass = error.kind === 'unavailable' || error.kind === 'throttled'
    if (mayPass && !isOver) throw error
    return { outcome: 'impossible', reason: error.message }
  }
}

function found<Stack>(
  service: UpdatedService<Stack>,
  onDrift: 'report' | 'refuse',
  { drifted, isWhole, notes }: FoundDrift,
): UpdateOutcome {
  const { log, secrets } = service.surroundings
  const mask = (text: string): string => secrets.mask(text)
  const words = driftInWords(drifted, mask)
  if (drifted.length === 0 && !isWhole) return undetected(service, onDrift, notes.join(' '))
  if (drifted.length > 0 && onDrift === 'refuse')
    return { outcome: 'refused', reason: `the stack has drifted: ${words} (OnDrift)` }
  const fields = { drifted: drifted.length, ...(notes.length === 0 ? {} : { notes: notes.map(mask) }) }
  if (drifted.length === 0) {
    log.info(fields, 'no resource of the stack has drifted')
    return known({ status: 'IN_SYNC', resources: [] })
  }
  log.warn({ ...fields, resources: words }, 'resources of the stack have drifted')
  return known({
    status: 'DRIFTED',
    resources: bounded(drifted.map(({ resource }) => mask(resource))),
  })
}

function undetected<Stack>(
  { surroundings: { log, secrets } }: UpdatedService<Stack>,
  onDrift: 'report' | 'refuse',
  why: string,
): UpdateOutcome {
  const reason = secrets.mask(why)
  if (onDrift === 'refuse')
    return { outcome: 'refused', reason: `whether the stack has drifted is not known: ${reason} (OnDrift)` }
  log.warn({ reason }, 'the drift of the stack could not be detected')
  return known({ status: 'UNKNOWN', resources: [] })
}

function known(report: DriftReport): UpdateOutcome {
  return { outcome: 'drift-known', drift: { at: 'known', report } }
}

/** The first names, and the number of the others. */
function bounded(names: readonly string[]): string[] {
  for (let count = Math.min(names.length, MOST_NAMED); ; count -= 1) {
    const others = names.length - count
    const shown = [...names.slice(0, count), ...(others === 0 ? [] : [`and ${String(others)} more`])]
    if (count === 0 || Buffer.byteLength(JSON.stringify(shown)) <= MOST_REPORTED_BYTES) return shown
  }
}
