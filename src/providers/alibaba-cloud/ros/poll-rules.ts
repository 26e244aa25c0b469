import { isJsonValue, type JsonValue } from '../../../platform/json.ts'
import type { Logger } from '../../../platform/log.ts'
import type { Surroundings, Watch } from '../../provider.ts'
import type { Failure, PollRules, SettledOutputs } from '../../session/judge-poll.ts'
import type { RosClient, RosStack } from './client.ts'
import { eventsSince, ifReadable, isOfStackItself, parseTime } from './events.ts'
import { readMarker, type Marker } from './marker.ts'
import { adviceFor, isOfDeletion, mayRollBack, meaningOf, phaseOf } from './status.ts'

export function pollRules(client: RosClient, { log, clock }: Around): PollRules<RosStack> {
  return {
    statusOf: ({ Status }) => Status,
    phaseOf: ({ Status }, { kind }) => phaseOf(Status, kind),
    // ROS's documents do not say whether UpdateTime is the start or the end of an update.
    startTimeOf: ({ CreateTime }, kind) => (kind === 'create' ? parseTime(CreateTime) : undefined),
    isFresh: (stack, watch) => isFresh(stack, watch, client, { log, clock }),
    // ROS accepts a repeated update without starting it again. Then no new event ever shows, and the status is the
    // result.
    staleRule: ({ marker }) => (readMarker(marker).seen === true ? 'wait' : 'believe'),
    outputsOf,
    failureOf,
  }
}

type Around = Pick<Surroundings, 'log' | 'clock'>

/** How long a stack may show the state from before an operation whose end its events show. */
const LONGEST_LAG_MS = 15_000

async function isFresh(
  stack: RosStack,
  { kind, marker: written }: Watch,
  client: RosClient,
  { log, clock }: Around,
): Promise<boolean> {
  if (kind === 'create' || kind === 'read') return true
  const marker = readMarker(written)
  // An earlier time is that of a read from before the marker was made.
  if (kind === 'update' && (stack.UpdateTime ?? '') > (marker.updateTime ?? '')) return true
  if (kind === 'delete' && marker.seen === true && isOfDeletion(stack.Status)) return true
  // Events can be ahead of the stack: a success without a new UpdateTime may be that of the update before.
  const mayLag = kind === 'update' && phaseOf(stack.Status, kind) === 'succeeded'
  if (mayLag && clock.now() - marker.startedAt < LONGEST_LAG_MS) return false
  return showsItsEnd(marker, stack, client, log)
}

/** Whether new events, where they can be read, include one with the status that the stack shows. */
async function showsItsEnd(
  { events, seen }: Marker,
  { StackId, Status }: RosStack,
  client: RosClient,
  log: Logger,
): Promise<boolean> {
  if (events === undefined) return seen === true
  const since = await ifReadable(log, () => eventsSince(client, StackId, events))
  return since === undefined
    ? seen === true
    : since.some((event) => isOfStackItself(event, StackId) && event.Status === Status)
}

/** A stack in which an operation failed. */
function failureOf(stack: RosStack): Failure {
  const status = stack.Status
  // No advice after a failed Create: ROS deletes the stack.
  const advice = meaningOf(status).condition === 'failed-create' ? undefined : adviceFor(status)
  const reason = stack.StatusReason ?? ''
  return {
    final: !mayRollBack(status) || (status === 'CREATE_FAILED' && stack.DisableRollback === true),
    ...(isOfSuccess(reason) ? {} : { statusReason: reason }),
    ...(advice === undefined ? {} : { advice }),
  }
}

/** ROS gives a rollback the reason that it completed successfully, which explains no failure. */
function isOfSuccess(reason: string): boolean {
  return reason === '' || /completed successfully\.?$/.test(reason)
}

function outputsOf({ Outputs }: RosStack): SettledOutputs {
  const outputs = (Outputs ?? []).map(({ OutputKey, OutputValue }): [string, JsonValue] => [
    OutputKey,
    isJsonValue(OutputValue) ? OutputValue : null,
  ])
  return { outputs: Object.fromEntries(outputs) }
}
