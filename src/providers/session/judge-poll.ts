import type { EpochMs } from '../../platform/clock.ts'
import type { JsonObject } from '../../platform/json.ts'
import type { Secrets } from '../../platform/secrets.ts'
import type { Observation, Outputs, Watch } from '../provider.ts'

/** What a stack's status means for an operation. `gone`: the stack does not exist any more. */
export type Phase = 'working' | 'succeeded' | 'failed' | 'gone'

/** The details of a failed operation, as in `Observation`. */
export type Failure = Omit<Extract<Observation, { phase: 'failed' }>, 'phase' | 'status'>

export interface SettledOutputs {
  readonly outputs: Outputs
  readonly failedOutputs?: Readonly<Record<string, string>>
}

/**
 * How to judge a settled status that nothing proves to be this operation's, after stale reads have had time to end.
 * `believe`: take it as the operation's end. `wait`: keep polling. `reason`: the cloud accepted the operation but did not
 * start it.
 */
export type StaleRule = 'believe' | 'wait' | { readonly reason: string }

/** How one service's reads of a stack are judged for the watched operation. */
export interface PollRules<Stack> {
  statusOf(stack: Stack): string
  phaseOf(stack: Stack, watch: Watch): Phase
  /** When an operation of this kind started, by the cloud's clock; `undefined` where the cloud does not tell. */
  startTimeOf(stack: Stack, kind: Watch['kind']): EpochMs | undefined
  /** Whether a settled status is this operation's end, and not a stale read from before the operation. */
  isFresh(stack: Stack, watch: Watch): boolean | Promise<boolean>
  staleRule(watch: Watch): StaleRule
  outputsOf(stack: Stack, watch: Watch): SettledOutputs | Promise<SettledOutputs>
  failureOf(stack: Stack, watch: Watch): Failure
}

/** How long a cloud may still show the old status after it has accepted an operation. */
const STALE_READS_PASS_MS = 60_000

/**
 * Judges one read of a stack; `undefined`: the cloud said that the stack does not exist. After a poll that sees the
 * operation at work, the marker records that. A stale status proves nothing, so its observation has no marker.
 */
export async function judgePoll<Stack>(
  stack: Stack | undefined,
  watch: Watch,
  rules: PollRules<Stack>,
  { now, secrets }: { readonly now: EpochMs; readonly secrets: Secrets },
): Promise<Observation> {
  if (stack === undefined) return { phase: 'gone' }
  const phase = rules.phaseOf(stack, watch)
  if (phase === 'gone') return { phase }
  const status = rules.statusOf(stack)
  if (phase === 'working') return working(stack, watch, rules, status)
  if (!(await rules.isFresh(stack, watch))) {
    const rule = hasHadItsTime(watch.marker, now) ? rules.staleRule(watch) : 'wait'
    if (rule === 'wait')
      return { phase: 'working', status: watch.kind === 'create' ? status : `${status} (from before)` }
    if (rule !== 'believe') return { phase: 'failed', status, statusReason: rule.reason, final: true }
  }
  return phase === 'failed'
    ? { phase, status, ...maskedFailure(rules.failureOf(stack, watch), secrets) }
    : { phase, status, ...maskedOutputs(await rules.outputsOf(stack, watch), secrets) }
}

function working<Stack>(stack: Stack, watch: Watch, rules: PollRules<Stack>, status: string): Observation {
  const startTime = rules.startTimeOf(stack, watch.kind)
  return {
    phase: 'working',
    status,
    marker: { ...watch.marker, seen: true },
    ...(startTime === undefined ? {} : { startTime }),
  }
}

function hasHadItsTime({ startedAt }: JsonObject, now: EpochMs): boolean {
  return typeof startedAt !== 'number' || now - startedAt >= STALE_READS_PASS_MS
}

function maskedFailure({ statusReason, ...failure }: Failure, secrets: Secrets): Failure {
  return statusReason === undefined || statusReason === ''
    ? failure
    : { ...failure, statusReason: secrets.mask(statusReason) }
}

function maskedOutputs({ outputs, failedOutputs }: SettledOutputs, secrets: Secrets): SettledOutputs {
  if (failedOutputs === undefined) return { outputs }
  const masked = Object.entries(failedOutputs).map(([name, why]): [string, string] => [
    name,
    secrets.mask(why),
  ])
  return { outputs, failedOutputs: Object.fromEntries(masked) }
}
